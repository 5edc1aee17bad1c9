"""Which listings answer a question and how well: the published score of rules/matching.py, for all of them at once.

The words or the box round the place come first, since they leave the fewest; then what is cheap to ask of those; then
distance and words.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from ...rules.matching import Wish
from ...rules.weights import POINTS
from . import ids
from .arrays import Array
from .columns import Columns
from .heard import Heard, Hits, heard, mark_saying, says
from .hours import this_minute
from .question import Looking, Question
from .reach import distances, mark_in_box


class Weighed(NamedTuple):
    """Listings that answer, with what puts them in order. `fits` is false where a must-have rules one out."""

    rows: Array
    for_others: Array
    own: Array
    points: Array
    distance: Array
    order: Array
    rank: Array
    has_all: Array
    is_needed: Array
    fits: Array

    @property
    def keys(self) -> tuple[Array, ...]:
        """What puts them in order, the smallest first."""
        return (self.for_others, -self.own, -self.points, self.distance, self.order)

    def only(self, kept: Array) -> "Weighed":
        return self if kept.all() else Weighed(*(each[kept] for each in self))

    def moved(self, by: int) -> "Weighed":
        return self._replace(rows=self.rows + by) if by else self


KINDS = (np.int64, np.bool_, np.int8, np.float64, np.float64, np.float64, np.float64, np.bool_, np.bool_, np.bool_)
NOTHING = Weighed(*(np.zeros(0, kind) for kind in KINDS))


def together(parts: Sequence[Weighed]) -> Weighed:
    if len(parts) == 1:
        return parts[0]
    return Weighed(*(np.concatenate(each) for each in zip(*parts, strict=True)))


def weighed(columns: Columns, gone: Array | None, question: Question, wish: Wish) -> Weighed:
    looking = question.looking
    rows = kept(columns, first_rows(columns, gone, question), question)
    distance = distances(columns, rows, looking.near) if looking.near else np.full(len(rows), np.inf)
    if not looking.is_goal and looking.near and looking.within_km:
        near_enough = ~too_far(columns, rows, distance, wish)
        rows, distance = rows[near_enough], distance[near_enough]
    said = heard(columns, rows, question) if question.typed else silent(len(rows))
    is_needed = has_any(columns, rows, "needs", looking.needs) if looking.is_goal else np.zeros(len(rows), np.bool_)
    answers = said.answers | is_needed if looking.needs else said.answers
    asked = Asked(columns, rows, distance, said, is_needed).only(answers)
    return scored(asked, question, wish)


class Asked(NamedTuple):
    """Listings that answer so far, how far they are, and what they say."""

    columns: Columns
    rows: Array
    distance: Array
    said: Heard
    is_needed: Array

    def only(self, kept: Array) -> "Asked":
        if kept.all():
            return self
        said = Heard(*(each[kept] for each in self.said))
        return Asked(self.columns, self.rows[kept], self.distance[kept], said, self.is_needed[kept])


def first_rows(columns: Columns, gone: Array | None, question: Question) -> Array:
    """The fewest listings that hold all that can answer: those in the box, those that say a word, else all."""
    looking, found = question.looking, np.zeros(len(columns), np.bool_)
    if looking.near and looking.within_km:
        mark_in_box(found, columns.places, looking.near, looking.within_km)
        if looking.words or looking.needs or looking.kinds:
            found[columns.placeless] = True
    elif question.typed and not (looking.is_goal and looking.needs):
        mark_saying(found, columns, question)
    else:
        found[:] = True
    if gone is not None:
        found &= ~gone
    return found.nonzero()[0]  # the method: half of so short a step is the way to it


def kept(columns: Columns, rows: Array, question: Question) -> Array:
    """Those of the rows that have what can be asked of a column. Each question is put only to those that are left."""
    looking = question.looking
    if looking.needs and not (looking.is_goal and question.typed):
        rows = rows[has_any(columns, rows, "needs", looking.needs)]
    for group, some in (("languages", looking.languages), ("access_needs", looking.access_needs)):
        if some:
            rows = rows[has_every(columns, rows, group, some)]
    for group, some in either(looking):
        if some:
            rows = rows[has_any(columns, rows, group, some)]
    if looking.is_open:
        rows = rows[columns.hours.open_at(this_minute())[rows]]
    return rows[columns.flat["is_free"][rows]] if looking.is_free else rows


def either(looking: Looking) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Of what any one of several is enough."""
    yield "categories", (looking.category,) if looking.category else ()
    for group in ("kinds", "advice_levels", "course_levels", "place_kinds", "times"):
        yield group, getattr(looking, group)


def has_any(columns: Columns, rows: Any, group: str, some: Sequence[str]) -> Array:
    found: Array = (columns.flat[group][rows] & np.uint64(ids.mask(group, some))) != 0
    return found


def has_every(columns: Columns, rows: Array, group: str, some: Sequence[str]) -> Array:
    if not set(some) <= set(ids.lists()[group]):
        return np.zeros(len(rows), np.bool_)
    wanted = np.uint64(ids.mask(group, some))
    found: Array = (columns.flat[group][rows] & wanted) == wanted
    return found


def silent(how_many: int) -> Heard:
    """Nothing was typed, so everything answers it and nothing says it."""
    nothing = np.zeros(how_many)
    return Heard(np.ones(how_many, np.bool_), nothing, nothing.astype(np.bool_), nothing.astype(np.int8))


def scored(asked: Asked, question: Question, wish: Wish) -> Weighed:
    """The points of `matching.score`, added up in the same order, so that they are equal to the last bit."""
    columns, rows, distance, said, is_needed = asked
    points, for_others = for_needs(columns, rows, said, wish)
    if question.typed:
        points += POINTS["words"] * np.minimum(1.0, np.maximum(0.0, said.rank))
    if wish.within_km:
        points += POINTS["near"] * np.maximum(0.0, 1.0 - distance / wish.within_km)
    if wish.languages:
        points += POINTS["language"] * has_any(columns, rows, "languages", wish.languages)
    if question.goal or question.goal_needs:
        points += POINTS["goal"] * says_goal(columns, rows, question)
    points += columns.standing[rows]
    fits = must_haves(columns, rows, distance, wish) if question.looking.is_goal else np.ones(len(rows), np.bool_)
    order = columns.order[rows]
    return Weighed(rows, for_others, said.own, points, distance, order, said.rank, said.has_all, is_needed, fits)


def for_needs(columns: Columns, rows: Array, said: Heard, wish: Wish) -> tuple[Array, Array]:
    """The points for the needs that are met, and which are meant for people with others."""
    if not wish.needs:
        return np.zeros(len(rows)), np.zeros(len(rows), np.bool_)
    wanted, meant = np.uint64(ids.mask("needs", wish.needs)), columns.flat["meant_for"][rows]
    for_others = (meant != 0) & ((meant & wanted) == 0) & (said.rank == 0)
    return POINTS["need"] * np.bitwise_count(columns.flat["needs"][rows] & wanted), for_others


def says_goal(columns: Columns, rows: Array, question: Question) -> Array:
    """Which have a word of the goal, or help with what it speaks of."""
    found, hits = has_any(columns, rows, "needs", question.goal_needs), Hits(columns, rows)
    for word in question.goal:
        found |= says(hits, word)
    return found


def too_far(columns: Columns, rows: Array, distance: Array, wish: Wish) -> Any:
    if not wish.is_near or wish.within_km is None:
        return np.zeros(len(rows), np.bool_)
    return columns.flat["has_place"][rows] & (distance > wish.within_km)


def must_haves(columns: Columns, rows: Array, distance: Array, wish: Wish) -> Array:
    """The same as `matching.why_not(...) is None`."""
    flat = columns.flat
    fits: Array = ~too_far(columns, rows, distance, wish)
    fits &= flat["is_referable"][rows] & (flat["room"][rows] != 0)
    fits &= has_every(columns, rows, "access_needs", wish.access_needs)
    if wish.offered:
        sorted_out = flat["categories"][rows] != 0
        fits &= ~sorted_out | has_any(columns, rows, "categories", wish.offered)
    if wish.age is not None:
        fits &= (flat["minimum_age"][rows] <= wish.age) & (flat["maximum_age"][rows] >= wish.age)
    return fits
