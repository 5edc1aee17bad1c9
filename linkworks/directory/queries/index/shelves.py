"""The data for finding at one moment: many listings in columns, and beside them the few that changed since those were made.

Nothing of it is ever changed: what is newer is a new `Shelves` that shares the large columns with the old one.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from math import isinf
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
from msgspec import structs

from ...rules.matching import Candidate
from ...rules.open_now import Moment
from . import ids
from .arrays import Array
from .columns import BITS, NO_LIMIT, Columns, build
from .heard import Hits, says
from .listed import Listed
from .points import Weighed
from .question import Question, Said

MOST_TOLD = 5_000  # under a kilobyte each


class Shelf(NamedTuple):
    columns: Columns
    gone: Array | None
    offset: int


@dataclass(frozen=True, slots=True)
class Shelves:
    """`gone` marks listings of the large columns that changed or went; `fresh` are those that changed or came, by id.

    `details` is what was read of listings for showing them, `cards` what was made of it, for as long as they do not change;
    `places` are the real places of them all, for as long as none changes.
    """

    large: Columns
    gone: Array | None
    small: Columns
    fresh: dict[UUID, Listed]
    details: dict[UUID, Any] = field(default_factory=dict)
    cards: dict[Any, Any] = field(default_factory=dict)
    places: list[Any] = field(default_factory=list)

    def __len__(self) -> int:
        gone = 0 if self.gone is None else int(self.gone.sum())
        return len(self.large) - gone + len(self.small)

    def each(self) -> Iterator[Shelf]:
        yield Shelf(self.large, self.gone, 0)
        if len(self.small):
            yield Shelf(self.small, None, len(self.large))

    def changed(self, touched: Collection[UUID], found: Collection[Listed]) -> "Shelves":
        """With these listings read anew; those touched that were not found are gone."""
        fresh = {id: each for id, each in self.fresh.items() if id not in touched} | {each.id: each for each in found}
        gone = np.zeros(len(self.large), np.bool_) if self.gone is None else self.gone.copy()
        gone[[row for id in touched if (row := self.large.row_of(id)) is not None]] = True
        small = build(fresh.values())
        details = {id: each for id, each in self.details.copy().items() if id not in touched}
        cards = {card: each for card, each in self.cards.copy().items() if card.service_id not in touched}
        return Shelves(self.large, gone, replace(small, order=between(self.large, small)), fresh, details, cards)

    def place(self, row: int) -> tuple[Columns, int]:
        return (self.large, row) if row < len(self.large) else (self.small, row - len(self.large))

    def id(self, row: int) -> UUID:
        columns, at = self.place(row)
        return columns.id(at)

    def column(self, name: str, rows: Array) -> Array:
        return self.picked(rows, lambda columns: columns.flat[name])

    def counted(self, rows: Array) -> Array:
        """The ids of these listings, as numbers, one after the other."""
        return self.picked(rows, lambda columns: columns.counted)

    def has_any(self, rows: Array, first: int, end: int) -> Array:
        """Whether each of these listings has any of the ids from a number to before another."""
        return self.picked(rows, lambda columns: np.any((columns.counted >= first) & (columns.counted < end), axis=1))

    def open_at(self, at: Moment, rows: Array) -> Array:
        return self.picked(rows, lambda columns: columns.hours.open_at(at))

    def picked(self, rows: Array, column: Callable[[Columns], Array]) -> Array:
        """What a column has of these listings, in one row."""
        if not len(self.small):
            return column(self.large)[rows].ravel()
        is_small = rows >= len(self.large)
        large, small = column(self.large)[rows[~is_small]], column(self.small)[rows[is_small] - len(self.large)]
        return np.concatenate([large.ravel(), small.ravel()])

    def candidate(self, row: int, weighed: Weighed, place: int, question: Question) -> Candidate:
        """What a decision needs to know of one listing, for saying why it is here or why not."""
        columns, at = self.place(row)
        distance = float(weighed.distance[place])
        known = columns.told.get(at) or told(columns, at)
        return structs.replace(
            known,
            word_rank=float(weighed.rank[place]),
            has_all_words=bool(weighed.has_all[place]),
            own_words=int(weighed.own[place]),
            goal_words=said_in(columns, at, question.goal),
            goal_needs=tuple(need for need in question.goal_needs if need in known.needs),
            enjoyed=said_in(columns, at, question.enjoys),
            distance_km=None if isinf(distance) else distance,
        )


def said_in(columns: Columns, at: int, some: Collection[Said]) -> tuple[str, ...]:
    """Which of these words a listing says."""
    hits = Hits(columns, np.array([at])) if some else None
    return tuple(each.word for each in some if hits and says(hits, each)[0])


def told(columns: Columns, at: int) -> Candidate:
    """What a listing is, whatever was asked."""
    known = {name: values.item(at) for name, values in columns.flat.items()}
    capacity, oldest = known["capacity_places"], known["maximum_age"]
    named: dict[str, Any] = {group: ids.named(group, known[group]) for group in BITS}
    if len(columns.told) >= MOST_TOLD:
        columns.told.clear()
    made = columns.told[at] = Candidate(
        id=columns.id(at),
        name=columns.names.text(at),
        **named,
        minimum_age=known["minimum_age"] or None,
        maximum_age=None if oldest == NO_LIMIT else oldest,
        capacity_places=None if capacity < 0 else capacity,
        places_taken=known["places_taken"],
        is_referable=known["is_referable"],
        is_guessed=known["is_guessed"],
        trust=known["trust"],
        is_free=known["is_free"],
        wait_weeks=None if known["wait_weeks"] < 0 else known["wait_weeks"],
        has_place=known["has_place"],
    )
    return made


def between(large: Columns, small: Columns) -> Array:
    """Where the names of the small columns stand among those of the large ones."""
    order = np.empty(len(small), np.float64)
    for rank, row in enumerate(small.by_name.tolist()):
        order[row] = before(large, small.key(row)) - 1 + (rank + 1) / (len(small) + 1)
    return order


def before(large: Columns, key: tuple[str, str]) -> int:
    """How many listings come before this name and id."""
    low, high = 0, len(large)
    while low < high:
        middle = (low + high) // 2
        if large.key(int(large.by_name[middle])) < key:
            low = middle + 1
        else:
            high = middle
    return low


def shelved(some: Any) -> Shelves:
    return Shelves(build(some), None, build(()), {})
