"""What a group can do with a connection, and on which days a register is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

# Answer → the states from which it can be given. The move table of connections has the last word.
POSSIBLE: dict[str, frozenset[str]] = {
    "accept": frozenset({"sent", "waitlisted"}),
    "waitlist": frozenset({"sent"}),
    "decline": frozenset({"sent", "waitlisted", "accepted"}),
    "ask": frozenset({"sent", "waitlisted", "accepted", "attending"}),
    "attendance": frozenset({"accepted", "attending"}),
    "enough": frozenset({"sent", "waitlisted", "accepted", "attending", "declined", "ended"}),
    "worry": frozenset({"sent", "waitlisted", "accepted", "attending", "declined", "ended"}),
}
DAYS_BACK = 14


@dataclass(frozen=True, slots=True)
class Marked:
    """One line of a register as somebody ticked it."""

    connection_id: UUID
    attended: str
    absence: str


def possible(state: str, answer: str) -> bool:
    return state in POSSIBLE[answer]


def register_days(today: date) -> list[date]:
    """The days a register can be kept for, the latest first."""
    return [today - timedelta(days=back) for back in range(DAYS_BACK)]


def chosen_day(typed: str, days: Sequence[date]) -> date:
    """The day in the address, or the latest when it is none of those a register is kept for."""
    return next((day for day in days if day.isoformat() == typed), days[0])
