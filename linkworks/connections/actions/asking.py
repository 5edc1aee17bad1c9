"""Questions and answers between the provider and the link worker about one connection."""

from django.db import transaction

from linkworks.core.actor import Actor
from linkworks.core.clock import now
from linkworks.core.errors import Invalid, NotAllowed
from linkworks.core.later import later
from linkworks.core.permissions import Permission

from .. import access, queries
from ..models import Connection, Question
from .links import keep_links_alive
from .moves import in_hand

LONGEST = 1000


@transaction.atomic
def say_worry(connection: Connection, *, text: str, by: Actor) -> Question:
    """Somebody at the group is worried about a person: the scheme's safeguarding lead hears it, and nobody else reads it."""
    connection = in_hand(connection)
    access.require_side(by, connection, Permission.SAFEGUARDING_RAISE)
    worry = written(connection, text, by, from_provider=True, is_worry=True)
    later("casework.worry_said", worry.id, scheme=connection.scheme_id)
    return worry


@transaction.atomic
def ask(connection: Connection, *, text: str, from_provider: bool, by: Actor) -> Question:
    """Ask the other side something, or answer it."""
    connection = in_hand(connection)
    if from_provider:
        access.require_side(by, connection, Permission.CONNECTION_ANSWER)
    else:
        access.require_scheme(by, connection)
        check_group_reads(connection)
    question = written(connection, text, by, from_provider=from_provider)
    keep_links_alive(connection)
    if from_provider:
        later("casework.question_asked", question.id, scheme=connection.scheme_id)
    else:
        later("connections.tell_provider_question", question.id, scheme=connection.scheme_id)
    return question


def check_group_reads(connection: Connection) -> None:
    """Nobody is written to about what they cannot open: neither read nor answered, it would be lost."""
    if not queries.group_reads(connection):
        raise NotAllowed("The group can read this no longer. Telephone them instead.")


def written(connection: Connection, text: str, by: Actor, *, from_provider: bool, is_worry: bool = False) -> Question:
    text = text.strip()
    if not text:
        raise Invalid("Write your message first.", field="text")
    if len(text) > LONGEST:
        raise Invalid(f"Your message must be {LONGEST} characters or fewer.", field="text")
    return Question.objects.create(
        connection=connection,
        scheme_id=connection.scheme_id,
        provider_id=connection.provider_id,
        from_provider=from_provider,
        is_worry=is_worry,
        text=text,
        asked_by=by.id,
        asked_by_name=by.name,
        asked_at=now(),
    )
