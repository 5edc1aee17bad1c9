"""What a provider answers: yes, a waiting list, or no with its reason. The link worker may key in what was said by telephone."""

from datetime import date, timedelta

from django.db import transaction

from linkworks.core import vocabulary
from linkworks.core.actor import Actor
from linkworks.core.clock import now, today
from linkworks.core.errors import Invalid
from linkworks.core.permissions import Permission
from linkworks.ui.formats import long_date

from .. import access
from ..models import Connection
from ..states import Move
from .links import keep_links_alive
from .moves import in_hand, move

A_YEAR = timedelta(days=365)  # a slip of the finger in the year would keep a link open for as long


@transaction.atomic
def accept(connection: Connection, *, first_session_on: date | None = None, words: str = "", by: Actor) -> Connection:
    """Say yes, and take a place. When the last place has just gone, nothing is accepted and the message says so."""
    if first_session_on and first_session_on > today() + A_YEAR:
        raise Invalid(f"The first day must be {long_date(today() + A_YEAR)} or earlier.", field="first_session_on")
    connection = in_hand(connection)
    access.require_side(by, connection, Permission.CONNECTION_ANSWER)
    move(connection, Move.ACCEPT, by=by, reason=words.strip(), first_session_on=first_session_on, answered_at=now())
    keep_links_alive(connection)
    return connection


@transaction.atomic
def waitlist(connection: Connection, *, words: str = "", by: Actor) -> Connection:
    """Put the person on the waiting list."""
    connection = in_hand(connection)
    access.require_side(by, connection, Permission.CONNECTION_ANSWER)
    move(connection, Move.WAITLIST, by=by, reason=words.strip(), answered_at=now())
    keep_links_alive(connection)
    return connection


@transaction.atomic
def decline(connection: Connection, *, reason: str, words: str = "", by: Actor) -> Connection:
    """Say no, with a reason from the list: what happens next follows from it."""
    if reason not in vocabulary.DECLINE_REASONS:
        raise Invalid("Choose the reason.", field="reason")
    connection = in_hand(connection)
    access.require_side(by, connection, Permission.CONNECTION_ANSWER)
    said = ". ".join(filter(None, [vocabulary.label("decline_reasons", reason), words.strip()]))
    at = now()
    move(
        connection,
        Move.DECLINE,
        by=by,
        reason=said,
        decline_reason=reason,
        decline_words=words.strip(),
        answered_at=connection.answered_at or at,
        ended_at=at,
    )
    keep_links_alive(connection)
    return connection
