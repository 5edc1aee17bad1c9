"""What a group can do with a connection, and on which days a register is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from linkworks.connections.states import HOLDS_A_PLACE, MOVES, NOT_SENT, Move
from linkworks.core.states import can

DAYS_BACK = 14


@dataclass(frozen=True, slots=True)
class Marked:
    """One line of a register as somebody ticked it."""

    connection_id: UUID
    attended: str
    absence: str


def possible(state: str, answer: str) -> bool:
    """Whether a group can still say this. A question, a worry and whether it was enough: as long as it reads the page."""
    if answer == "attendance":
        return state in HOLDS_A_PLACE
    if answer in set(Move):
        return can(MOVES, state, Move(answer))
    return state not in NOT_SENT


def register_days(today: date) -> list[date]:
    """The days a register can be kept for, the latest first."""
    return [today - timedelta(days=back) for back in range(DAYS_BACK)]


def chosen_day(typed: str, days: Sequence[date]) -> date | None:
    """The day in the address, or the latest when it names none; nothing when no register is kept for that day."""
    return next((day for day in days if day.isoformat() == typed), None if typed else days[0])
