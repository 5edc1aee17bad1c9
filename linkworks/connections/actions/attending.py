"""Who came, who did not and why, and how it ended."""

from datetime import date

from django.db import transaction

from linkworks.core import vocabulary
from linkworks.core.actor import Actor
from linkworks.core.clock import now, today
from linkworks.core.errors import Invalid, NotAllowed
from linkworks.core.later import later
from linkworks.core.permissions import Permission
from linkworks.ui.formats import long_date

from .. import access
from ..models import Attendance, Connection
from ..rules import too_early
from ..states import HOLDS_A_PLACE, Attended, Move, NonAttendance, State
from .links import keep_links_alive
from .moves import in_hand, move


@transaction.atomic
def mark_attendance(
    connection: Connection,
    *,
    session_on: date,
    attended: str,
    absence: str = "",
    note: str | None = None,
    date_changed: bool = False,
    by: Actor,
) -> Attendance:
    """Note whether somebody came to a session. Marking the same session again puts it right.

    Each side keeps a note of its own: the group never reads the scheme's, and no note at all leaves what was written.
    Nobody is marked before the first session that was agreed, unless whoever marks says that its date was changed.
    """
    absence = checked(session_on, attended, absence)
    connection = in_hand(connection)
    access.require_side(by, connection, Permission.ATTENDANCE_MARK)
    if State(connection.state) not in HOLDS_A_PLACE:
        raise NotAllowed("Attendance is marked once somebody has been accepted, and until it has ended.")
    mind_the_first_day(connection, session_on, came=attended != Attended.NO, date_changed=date_changed)
    marked = {
        "scheme_id": connection.scheme_id,
        "provider_id": connection.provider_id,
        "attended": attended,
        "absence": absence,
        "marked_by": by.id,
        "marked_by_name": by.name,
    }
    if note is not None:
        marked["worker_note" if access.is_schemes_own(by, connection) else "note"] = note.strip()[:300]
    kept, _ = Attendance.objects.update_or_create(connection=connection, session_on=session_on, defaults=marked)
    follow(connection, came=attended != Attended.NO, by=by)
    return kept


def mind_the_first_day(connection: Connection, session_on: date, *, came: bool, date_changed: bool) -> None:
    """Refuse a session before the first that was agreed; a first day that was changed is the day somebody came."""
    if not too_early(session_on, connection.first_session_on):
        return
    agreed = long_date(connection.first_session_on)
    if not came:
        raise Invalid(
            f"The first session was agreed for {agreed}. Nobody is missed before it: leave this day unmarked.",
            field="session_on",
        )
    if not date_changed:
        raise Invalid(
            f"The first session was agreed for {agreed}. If they came earlier, say that the date was changed.",
            field="session_on",
        )
    connection.first_session_on = session_on
    connection.save(update_fields=["first_session_on"])


def checked(session_on: date, attended: str, absence: str) -> str:
    """The kind of absence that belongs to this mark. Raises Invalid for what cannot be."""
    if session_on > today():
        raise Invalid("The session must be today or in the past.", field="session_on")
    if attended not in set(Attended):
        raise Invalid("Choose whether they came.", field="attended")
    if attended != Attended.NO:
        return ""
    if absence not in set(NonAttendance):
        raise Invalid("Choose what kind of absence it was.", field="absence")
    return absence


def follow(connection: Connection, *, came: bool, by: Actor) -> None:
    """The first time somebody comes they are attending; every mark reaches the link worker."""
    if came and connection.state == State.ACCEPTED:
        move(connection, Move.ATTEND, by=by)
    else:
        later("casework.connection_moved", connection.id, scheme=connection.scheme_id)
    keep_links_alive(connection)


@transaction.atomic
def end(connection: Connection, *, ending: str, words: str = "", by: Actor) -> Connection:
    """The person has finished with the service: how it ended. The place is free again."""
    if ending not in vocabulary.ENDINGS:
        raise Invalid("Choose how it ended.", field="ending")
    connection = in_hand(connection)
    access.require_side(by, connection, Permission.CONNECTION_ANSWER)
    said = ". ".join(filter(None, [vocabulary.label("endings", ending), words.strip()]))
    move(connection, Move.END, by=by, reason=said, ending=ending, ended_at=now())
    keep_links_alive(connection)
    return connection
