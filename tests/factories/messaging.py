"""Messages for tests, kept without their actions."""

from typing import Any
from uuid import uuid4

from linkworks.core.clock import now
from linkworks.messaging.models import Message
from linkworks.messaging.states import Audience, Way
from linkworks.people.models import Channel, Person


def make_message(**facts: Any) -> Message:
    """A message to a group's e-mail address, created and not yet sent."""
    defaults: dict[str, Any] = {
        "audience": Audience.PROVIDER,
        "way": Way.EMAIL,
        "template": "provider-connection",
        "address": "hello@kettle.example.org",
        "subject": "Somebody would like to join you",
        "body": "See what they asked us to share.",
        "dedupe": f"made-up:{uuid4()}",
    }
    return Message.objects.create(**{**defaults, **facts})


def make_account_message(user: Any, **facts: Any) -> Message:
    """A message in somebody's account."""
    return make_message(
        **{"audience": Audience.STAFF, "way": Way.ACCOUNT, "address": "", "user": user, "state": "sent", **facts}
    )


def make_channel(
    scheme: Any, *, kind: str = "email", value: str = "sam@home.example.org", is_safe: bool | None = True, **facts: Any
) -> Any:
    """A way to reach a new person of the scheme; safe unless told otherwise."""
    person = Person.objects.create(scheme=scheme, given_name="Sam", family_name="Hale", **facts)
    asked_at = None if is_safe is None else now()
    return Channel.objects.create(
        scheme=scheme, person=person, kind=kind, value=value, is_safe=is_safe, asked_at=asked_at
    )
