"""What is wrong with a feed's items, counted: a thousand of a kind are one line for a person to read."""

from dataclasses import dataclass, field
from typing import Any

from ...states import Outcome
from ..problems import problem
from ..reading import Reading

MOST_REASONS = 50
OTHERWISE = "This item is wrong in yet another way."


@dataclass
class Seen:
    """How often, and where it was seen first."""

    number: int
    key: str
    name: str
    outcome: Outcome
    count: int = 0


@dataclass
class Tally:
    reasons: dict[str, Seen] = field(default_factory=dict)

    def add(
        self, reason: str, *, number: int = 0, key: str = "", name: str = "", outcome: Outcome = Outcome.NOTED
    ) -> None:
        if reason not in self.reasons and len(self.reasons) >= MOST_REASONS:
            reason = OTHERWISE
        self.reasons.setdefault(reason, Seen(number, key[:200], name[:255], outcome)).count += 1

    def tell(self, reading: Reading) -> None:
        """One row for each reason."""
        for reason, seen in self.reasons.items():
            more = f" There are {seen.count:,} like it; this is the first." if seen.count > 1 else ""
            where: dict[str, Any] = {"number": seen.number, "key": seen.key, "name": seen.name}
            reading.problems.append(problem(reading.run, seen.outcome, f"{reason}{more}", **where))
            if seen.outcome == Outcome.REJECTED:
                reading.run.rejected += seen.count
        reading.lay_aside()
