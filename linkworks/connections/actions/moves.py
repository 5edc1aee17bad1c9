"""The one way a connection changes state: a move of the table, with its line of history and its echoes."""

from typing import Any

from linkworks.core import states
from linkworks.core.actor import Actor
from linkworks.core.clock import now
from linkworks.core.later import later
from linkworks.directory.actions import release_place, take_place

from .. import access
from ..models import Connection, ConnectionMove
from ..states import HOLDS_A_PLACE, MOVES, Move, State


def in_hand(connection: Connection) -> Connection:
    """The connection as it is now, locked until the transaction ends."""
    return Connection.objects.select_for_update(of=("self",)).get(pk=connection.pk)


def move(connection: Connection, name: Move, *, by: Actor, reason: str = "", **changes: Any) -> None:
    """Make a move of a connection in hand: state, place, history, and the casework that follows from it."""
    before = State(connection.state)
    connection.state = states.after(MOVES, before, name)
    mind_the_place(connection, before, State(connection.state), by)
    for field, value in changes.items():
        setattr(connection, field, value)
    connection.save(update_fields=["state", *changes])
    ConnectionMove.objects.create(
        connection=connection,
        scheme_id=connection.scheme_id,
        provider_id=connection.provider_id,
        move=name,
        to_state=connection.state,
        reason=reason,
        from_provider=not access.is_schemes_own(by, connection),
        made_by=by.id,
        made_by_name=by.name,
        made_at=now(),
    )
    later("casework.connection_moved", connection.id, scheme=connection.scheme_id)


def mind_the_place(connection: Connection, before: State, after: State, by: Actor) -> None:
    """Whoever is accepted holds a place, until it ends. A full service refuses, and then nothing moves."""
    if after in HOLDS_A_PLACE and before not in HOLDS_A_PLACE:
        take_place(connection.service_id, one_more=bool(connection.although_full), by=by)
    elif before in HOLDS_A_PLACE and after not in HOLDS_A_PLACE:
        release_place(connection.service_id, by=by)
