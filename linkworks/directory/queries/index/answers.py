"""Answering a question from columns: who answers, in which order, how many, and how many of each kind.

What is new stands in a second, small set of columns; both are weighed alike and put together before anything is ranked.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from ...rules.matching import Candidate, Wish
from . import ids, points
from .arrays import Array
from .hours import this_minute
from .question import Question
from .ranking import best
from .shelves import Shelves

Counts = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Answers:
    """The listings that answer, and those that a must-have rules out, not yet in order."""

    shelves: Shelves
    question: Question
    weighed: points.Weighed
    missed: points.Weighed

    def __len__(self) -> int:
        return len(self.weighed.rows)

    def __getitem__(self, wanted: slice) -> list[Candidate]:
        """Those of one page, best first. Only as many are put in order as are needed."""
        stop = len(self) if wanted.stop is None else wanted.stop
        order = best(min(stop, len(self)), self.weighed.keys)[wanted.start or 0 :]
        return [self.candidate(self.weighed, place) for place in order.tolist()]

    def ids(self) -> list[Any]:
        """All of them, best first."""
        return [self.shelves.id(row) for row in self.weighed.rows[best(len(self), self.weighed.keys)]]

    @cached_property
    def among(self) -> frozenset[Any]:
        """The ids of all of them, in no order."""
        return frozenset(self.shelves.id(row) for row in self.weighed.rows.tolist())

    def not_shown(self, most: int) -> list[Candidate]:
        order = best(min(most, len(self.missed.rows)), self.missed.keys)
        return [self.candidate(self.missed, place) for place in order.tolist()]

    def candidate(self, weighed: points.Weighed, place: int) -> Candidate:
        return self.shelves.candidate(int(weighed.rows[place]), weighed, place, self.question)

    @cached_property
    def numbers(self) -> Array:
        """How many of the answers there are of each id, by the id's number, in one pass."""
        return np.bincount(self.shelves.counted(self.weighed.rows), minlength=ids.how_many())

    @cached_property
    def counts(self) -> Counts:
        """How many of the answers there are of each id, group by group."""
        numbers, firsts = self.numbers.tolist(), ids.firsts()
        numbers[firsts["open_now"]] = self.open_now
        return {
            group: dict(zip(listed, numbers[firsts[group] : firsts[group] + len(listed)], strict=True))
            for group, listed in ids.lists().items()
        }

    @property
    def open_now(self) -> int:
        return int(self.shelves.open_at(this_minute(), self.weighed.rows).sum())

    @property
    def plain(self) -> "Answers":
        """The answers themselves, whoever puts them in another order."""
        return self

    def without_place(self) -> "Answers":
        """Those on the telephone, online or that come to one's home."""
        placeless = ~self.shelves.column("has_place", self.weighed.rows)
        return replace(self, weighed=self.weighed.only(placeless))

    def in_no_borough(self) -> int:
        """How many have no place in a borough that people may know: no place at all, elsewhere, or one that is kept private."""
        first = ids.firsts()["boroughs"]
        somewhere = self.shelves.has_any(self.weighed.rows, first, first + len(ids.lists()["boroughs"]))
        return int(np.count_nonzero(~somewhere))

    def within(self, *kilometres: float) -> list[int]:
        """How many would be left within each of these distances. What has no place is never too far."""
        far = np.sort(np.where(self.shelves.column("has_place", self.weighed.rows), self.weighed.distance, 0.0))
        return [int(each) for each in np.searchsorted(far, kilometres, "right")]


def answer(shelves: Shelves, question: Question, wish: Wish) -> Answers:
    """What a question finds. For a goal, what a must-have rules out is kept apart; for a page it is left out."""
    if question.is_nothing:
        together = points.NOTHING
    else:
        together = points.together(
            [points.weighed(shelf.columns, shelf.gone, question, wish).moved(shelf.offset) for shelf in shelves.each()]
        )
    missed = points.NOTHING if together.fits.all() else together.only(~together.fits)
    return Answers(shelves, question, whole_matches(together.only(together.fits), question), missed)


def whole_matches(weighed: points.Weighed, question: Question) -> points.Weighed:
    """When several words were asked for and some of what fits has them all, the others are left out.

    What answers a need of a goal stays: there either is enough.
    """
    if question.typed < 2 or not weighed.has_all.any():
        return weighed
    return weighed.only(weighed.has_all | weighed.is_needed if question.looking.is_goal else weighed.has_all)
