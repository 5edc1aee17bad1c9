"""A fair share of the work: the weight of a caseload, and who has room for one more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

FULL_WEEK = 37.5
WEIGHTS = {1: 1, 2: 2, 3: 4}  # a complex case takes about four times a light one
COMPLEX = 3
COMPLEXITY_WORDS = {1: "Light", 2: "Usual", 3: "Complex"}


def weight(complexities: Iterable[int]) -> int:
    """The weight of a worker's open cases."""
    return sum(WEIGHTS.get(each, WEIGHTS[2]) for each in complexities)


EVERYBODY_OVER = "Everybody would be over a full caseload with one more"
OVER_WITH_ONE_MORE = "Would be over a full caseload with one more"


@dataclass(frozen=True)
class Worker:
    """Somebody who carries cases, and what they carry now."""

    id: UUID
    name: str
    weekly_hours: float
    complexities: tuple[int, ...] = ()
    full_caseload: float = float("inf")
    away_until: date | None = None
    covered_by: str = ""

    @property
    def weight(self) -> int:
        return weight(self.complexities)

    @property
    def need_a_lot(self) -> int:
        """How many of their people need a lot of help."""
        return sum(each == COMPLEX for each in self.complexities)

    @property
    def load(self) -> float:
        """The weight carried for each full week worked: the number to keep even across a team."""
        return load(self.weight, self.weekly_hours)

    @property
    def is_over(self) -> bool:
        """More than the scheme calls a full caseload, for their hours."""
        return self.weight > 0 and self.load > self.full_caseload


def load(carried: int, weekly_hours: float) -> float:
    return carried * FULL_WEEK / weekly_hours if weekly_hours > 0 else float("inf")


def over(worker: Worker, added: int) -> bool:
    """Whether one more case of this weight makes it more than a full caseload."""
    return load(worker.weight + added, worker.weekly_hours) > worker.full_caseload


@dataclass(frozen=True)
class Suggestion:
    """Whom to give a case, and why, in sentences."""

    worker: Worker
    reasons: tuple[str, ...]


def suggest(workers: Iterable[Worker], complexity: int) -> Suggestion | None:
    """The worker whose load is lowest once they had this case; then fewest cases; then by name. Nobody who is away."""
    free = [each for each in workers if each.weekly_hours > 0 and each.away_until is None]
    if not free:
        return None
    added = WEIGHTS.get(complexity, WEIGHTS[2])
    best = min(free, key=lambda each: (load(each.weight + added, each.weekly_hours), len(each.complexities), each.name))
    return Suggestion(best, reasons(best, free, added))


def reasons(best: Worker, team: list[Worker], added: int) -> tuple[str, ...]:
    said = [f"Works with {people_words(best)}, in {best.weekly_hours:g} hours a week"]
    if len(team) > 1:
        average = sum(each.load for each in team) / len(team)
        if best.load < average:
            said.append("Carries less than the team’s average for their hours")
        else:
            said.append("Carries no more than anybody else would with one more")
    if best.complexities and over(best, added):
        everybody = len(team) > 1 and all(each.complexities and over(each, added) for each in team)
        said.append(EVERYBODY_OVER if everybody else OVER_WITH_ONE_MORE)
    return tuple(said)


def people_words(worker: Worker) -> str:
    """How much somebody carries, as one would say it: 9 people, 2 of whom need a lot of help."""
    count, heavy = len(worker.complexities), worker.need_a_lot
    if not count:
        return "nobody at the moment"
    people = "1 person" if count == 1 else f"{count} people"
    if not heavy:
        return people
    if heavy == count:
        return f"{people}, who {'needs' if count == 1 else 'all need'} a lot of help"
    return f"{people}, {heavy} of whom {'needs' if heavy == 1 else 'need'} a lot of help"


def priority(first_contact_by: date, today: date) -> str:
    """How the scheme's promise to a waiting person stands: late, today, soon or on time."""
    days = (first_contact_by - today).days
    if days < 0:
        return "late"
    if days == 0:
        return "today"
    return "soon" if days <= 2 else "on-time"
