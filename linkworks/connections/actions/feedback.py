"""How the group was for the person, and how what it was told was for the group."""

from django.db import transaction

from linkworks.core.actor import Actor
from linkworks.core.clock import now, today
from linkworks.core.errors import Invalid, NotAllowed
from linkworks.core.permissions import Permission

from .. import access
from ..models import Connection, GroupFeedback, PersonFeedback, SharedWords
from ..rules import LONGEST_FEEDBACK, Feedback
from ..states import HAS_BEEN, NOT_SENT, Enough, State
from .links import keep_links_alive
from .moves import in_hand


@transaction.atomic
def record_feedback(connection: Connection, *, feedback: Feedback, by: Actor) -> PersonFeedback:
    """Keep what the person said about the group. Recording it again puts it right; words no longer shared are gone at once."""
    problem = feedback.problem()
    if problem:
        raise Invalid(problem[1], field=problem[0])
    connection = in_hand(connection)
    access.require_scheme(by, connection)
    if State(connection.state) not in HAS_BEEN:
        raise NotAllowed("They can say how it was once they have been.")
    kept = PersonFeedback.objects.filter(connection=connection).first() or PersonFeedback(
        connection=connection, scheme_id=connection.scheme_id, service_id=connection.service_id
    )
    kept.as_expected, kept.recommends = feedback.as_expected, feedback.recommends
    kept.text, kept.may_share = feedback.text.strip(), feedback.may_share
    kept.recorded_by, kept.recorded_by_name, kept.recorded_at = by.id, by.name, now()
    unshared = share(kept, connection)
    kept.save()
    if unshared:
        unshared.delete()
    count_once(connection)
    return kept


def share(kept: PersonFeedback, connection: Connection) -> SharedWords | None:
    """Put the words where the group reads them, or give back what it may read no longer."""
    if not kept.may_share:
        gone, kept.shared = kept.shared, None
        return gone
    if kept.shared:
        kept.shared.text = kept.text
        kept.shared.save(update_fields=["text"])
        return None
    kept.shared = SharedWords.objects.create(
        scheme_id=connection.scheme_id,
        provider_id=connection.provider_id,
        service_id=connection.service_id,
        text=kept.text,
        said_in=today().replace(day=1),
    )
    return None


def count_once(connection: Connection) -> None:
    """Of what somebody lets a group read about a service only the first counts: three words of one person are not three people."""
    said = {"connection__person_id": connection.person_id, "service_id": connection.service_id}
    theirs = PersonFeedback.objects.filter(**said, shared__isnull=False).order_by("recorded_at", "pk")
    shared = list(theirs.values_list("shared_id", flat=True))
    SharedWords.objects.filter(pk__in=shared[1:]).update(counts=False)
    SharedWords.objects.filter(pk__in=shared[:1]).update(counts=True)


@transaction.atomic
def say_whether_enough(connection: Connection, *, enough: str, text: str = "", by: Actor) -> GroupFeedback:
    """The group says whether what it was told was enough. Saying it again puts it right."""
    if enough not in set(Enough):
        raise Invalid("Choose whether it was enough.", field="enough")
    text = text.strip()
    if len(text) > LONGEST_FEEDBACK:
        raise Invalid(f"Your words must be {LONGEST_FEEDBACK} characters or fewer.", field="text")
    connection = in_hand(connection)
    access.require_side(by, connection, Permission.CONNECTION_ANSWER)
    if State(connection.state) in NOT_SENT:
        raise NotAllowed("This was not sent, or was taken back.")
    said = {
        "scheme_id": connection.scheme_id,
        "provider_id": connection.provider_id,
        "enough": enough,
        "text": text,
        "given_by": by.id,
        "given_by_name": by.name,
        "given_at": now(),
    }
    kept, _ = GroupFeedback.objects.update_or_create(connection=connection, defaults=said)
    keep_links_alive(connection)
    return kept
