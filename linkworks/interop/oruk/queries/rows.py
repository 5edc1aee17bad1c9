"""Rows of the feed in an order that never moves: as they were made, whatever is renamed or changed since."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

AT_ONCE = 500
MADE = "created_at"

Shape = Callable[[Sequence[Any]], list[str]]


@dataclass(frozen=True)
class Rows:
    """What a list holds: texts of ours first, then rows of the database, each made into text by `shape`, many at once.

    `keys` are the columns the rows stand in order by; the last of them tells every two rows apart. `read` names what `shape` is given.
    """

    found: QuerySet[Any]
    shape: Shape
    read: tuple[str, ...]
    keys: tuple[str, ...] = (MADE, "id")
    ours: list[str] = field(default_factory=list)

    def count(self) -> int:
        return len(self.ours) + self.found.count()

    def part(self, start: int, stop: int) -> list[str]:
        """The rows from one number to another."""
        first = self.ours[start:stop]
        beyond = (max(0, start - len(self.ours)), max(0, stop - len(self.ours)))
        if beyond[0] == beyond[1]:
            return first
        return [*first, *self.shape(list(self.between(*beyond)))]

    def between(self, start: int, stop: int) -> QuerySet[Any]:
        """Which rows they are is told by their keys alone; only those are then read whole, however far down they stand."""
        wanted = self.found.order_by(*self.keys).values("pk")[start:stop]
        rows: QuerySet[Any] = self.found.model._default_manager.filter(pk__in=wanted)
        return rows.order_by(*self.keys).values_list(*self.read)

    def each(self) -> Iterator[str]:
        """All of them, a few hundred in memory at a time. Each is met once, even while others are added or changed."""
        yield from self.ours
        last: Sequence[Any] | None = None
        while True:
            rows = list(self.after(last)[:AT_ONCE])
            yield from self.shape([row[: len(self.read)] for row in rows])
            if len(rows) < AT_ONCE:
                return
            last = rows[-1][len(self.read) :]

    def after(self, last: Sequence[Any] | None) -> QuerySet[Any]:
        """What comes after the row with these keys. The first comparison alone lets the database begin at the right place."""
        found = self.found.order_by(*self.keys).values_list(*self.read, *self.keys)
        if last is None:
            return found
        later = Q()
        for number, key in enumerate(self.keys):
            same = {each: last[before] for before, each in enumerate(self.keys[:number])}
            later |= Q(**same, **{f"{key}__gt": last[number]})
        return found.filter(Q(**{f"{self.keys[0]}__gte": last[0]}), later)


def first_column(rows: Sequence[Any]) -> list[str]:
    """Rows that are text already."""
    return [row[0] for row in rows]
