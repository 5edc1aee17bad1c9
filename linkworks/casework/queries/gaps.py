"""What is missing: who was sent although a group had no place, and what nothing fitted, counted for the last year."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from linkworks.core import clock
from linkworks.core.actor import Actor

from .. import access
from ..models import GoalConnection

FULL = "full-or-long-wait"
A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Gap:
    """One thing that is missing: a need, why, the group when there is one, and how often."""

    need: str
    why: str
    group: str
    times: int
    unresolved: int


@dataclass(frozen=True)
class Gaps:
    """Support there was no room for, and everything else that was missing."""

    rows: list[Gap]

    @property
    def unfunded(self) -> int:
        """How often there was a right place with no room: sent all the same, or recorded as unmet because it was full."""
        return sum(each.times for each in self.rows if each.why == FULL)

    @property
    def times(self) -> int:
        return sum(each.times for each in self.rows)


def gaps(actor: Actor) -> Gaps:
    """The commonest first. Nobody is named, and cases the actor may not open are not counted."""
    since = datetime.combine(clock.today() - A_YEAR, time(), tzinfo=clock.LONDON)
    counted: Counter[tuple[str, str, str]] = Counter()
    unresolved: Counter[tuple[str, str, str]] = Counter()
    for need, why, state in (
        access.visible_unmet_needs(actor).filter(created_at__gte=since).values_list("need", "reason", "state")
    ):
        counted[need, why, ""] += 1
        unresolved[need, why, ""] += state == "recorded"
    sent = GoalConnection.objects.filter(goal__in=access.visible_goals(actor), created_at__gte=since)
    for needs, group in sent.exclude(connection__although_full="").values_list(
        "goal__needs", "connection__service_name"
    ):
        counted[needs[0] if needs else "", FULL, group] += 1
    rows = [Gap(*key, times, unresolved[key]) for key, times in counted.items()]
    return Gaps(sorted(rows, key=lambda each: (-each.times, each.need, each.why, each.group)))
