"""What a group does, each form once however often its button is pressed."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from linkworks.connections import actions as connections
from linkworks.connections.access import visible_connections
from linkworks.connections.models import Connection
from linkworks.core.actor import Actor
from linkworks.core.idempotency import once, remember

from ..rules import Marked

DOING: dict[str, Any] = {
    "accept": connections.accept,
    "waitlist": connections.waitlist,
    "decline": connections.decline,
    "attendance": connections.mark_attendance,
    "enough": connections.say_whether_enough,
    "worry": connections.say_worry,
}


@transaction.atomic
def answer(connection: Connection, *, kind: str, given: Mapping[str, Any], token: str, by: Actor) -> None:
    """Give an answer, ask a question or mark a session, once per form."""
    door = f"{by.id}:{kind}:{connection.id}"[:100]
    if token and once(door, token, given):
        return
    if kind == "ask":
        made: Any = connections.ask(connection, from_provider=True, by=by, **given)
    else:
        made = DOING[kind](connection, by=by, **given)
    if token:
        remember(door, token, made.id)


@transaction.atomic
def keep_register(marks: Iterable[Marked], *, session_on: date, by: Actor) -> int:
    """Note who came to a session. People who are not the group's own, or no longer expected, are passed over."""
    ticked = {mark.connection_id: mark for mark in marks}
    kept = 0
    for connection in visible_connections(by).filter(pk__in=ticked).order_by("pk"):
        mark = ticked[connection.pk]
        connections.mark_attendance(
            connection, session_on=session_on, attended=mark.attended, absence=mark.absence, by=by
        )
        kept += 1
    return kept
