"""Which listings answer a question and how well: the published score of rules/matching.py, for all of them at once.

The words or the box round the place come first, since they leave the fewest; then what is cheap to ask of those; then
distance and words.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from ...rules import freshness
from ...rules.matching import Wish
from . import ids
from .arrays import Array
from .columns import Columns
from .heard import Heard, heard, rows_saying, says
from .question import Question
from .reach import distances, rows_in_box

EVERYTHING = slice(None)


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
    rows = kept(columns, first_rows(columns, question), question)
    if gone is not None:
        rows = rows[~gone[rows]]
    distance = distances(columns, rows, looking.near) if looking.near else np.full(len(rows), np.inf)
    if not looking.is_goal and looking.near and looking.within_km:
        near_enough = ~too_far(columns, rows, distance, wish)
        rows, distance = rows[near_enough], distance[near_enough]
    said = heard(columns, rows, question) if question.typed else silent(len(rows))
    is_needed = has_any(columns, rows, "needs", looking.needs)
    answers = said.answers | is_needed if looking.is_goal and looking.needs else said.answers
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


def first_rows(columns: Columns, question: Question) -> Any:
    """The fewest listings that hold all that can answer: those in the box, those that say a word, else all."""
    looking = question.looking
    if looking.near and looking.within_km:
        rows = rows_in_box(columns.places, looking.near, looking.within_km)
        if not (looking.words or looking.needs):
            return rows
        return np.concatenate([rows, np.flatnonzero(~columns.flat["has_place"])])
    if question.typed and not (looking.is_goal and looking.needs):
        return rows_saying(columns, question)
    return EVERYTHING


def kept(columns: Columns, rows: Any, question: Question) -> Array:
    """Those of the rows that have what can be asked of a column, in order."""
    looking = question.looking
    found = np.ones(len(columns) if rows is EVERYTHING else len(rows), np.bool_)
    if looking.needs and not (looking.is_goal and question.typed):
        found &= has_any(columns, rows, "needs", looking.needs)
    if looking.category:
        found &= has_any(columns, rows, "categories", (looking.category,))
    if looking.times:
        found &= has_any(columns, rows, "times", looking.times)
    for group in ("access_needs", "languages"):
        found &= has_every(columns, rows, group, getattr(looking, group))
    if looking.is_free:
        found &= columns.flat["is_free"][rows]
    return np.flatnonzero(found) if rows is EVERYTHING else np.sort(rows[found])


def has_any(columns: Columns, rows: Any, group: str, some: Sequence[str]) -> Array:
    found: Array = (columns.flat[group][rows] & np.uint64(ids.mask(group, some))) != 0
    return found


def has_every(columns: Columns, rows: Any, group: str, some: Sequence[str]) -> Any:
    if not set(some) <= set(ids.lists()[group]):
        return False
    wanted = np.uint64(ids.mask(group, some))
    return (columns.flat[group][rows] & wanted) == wanted if some else True


def silent(how_many: int) -> Heard:
    """Nothing was typed, so everything answers it and nothing says it."""
    nothing = np.zeros(how_many)
    return Heard(np.ones(how_many, np.bool_), nothing, nothing.astype(np.bool_), nothing.astype(np.int8))


def scored(asked: Asked, question: Question, wish: Wish) -> Weighed:
    """The points of `matching.score`, added up in the same order, so that they are equal to the last bit."""
    columns, rows, distance, said, is_needed = asked
    flat, wanted = columns.flat, np.uint64(ids.mask("needs", wish.needs))
    points = 10.0 * np.bitwise_count(flat["needs"][rows] & wanted)
    points += 20.0 * np.minimum(1.0, np.maximum(0.0, said.rank))
    if wish.within_km:
        points += 10.0 * np.maximum(0.0, 1.0 - distance / wish.within_km)
    points += 6.0 * has_any(columns, rows, "languages", wish.languages)
    points += 8.0 * says_goal(columns, rows, question)
    points += 3.0 * (flat["room"][rows] == 1)
    trust: Any = flat["trust"][rows]
    points += freshness.points(trust)
    points += 1.0 * ~flat["is_guessed"][rows]
    meant = flat["meant_for"][rows]
    for_others = (meant != 0) & ((meant & wanted) == 0) & (said.rank == 0) & bool(wish.needs)
    return Weighed(
        rows, for_others, said.own, points, distance, columns.order[rows], said.rank, said.has_all, is_needed,
        must_haves(columns, rows, distance, wish) if question.looking.is_goal else np.ones(len(rows), np.bool_),
    )  # fmt: skip


def says_goal(columns: Columns, rows: Array, question: Question) -> Array:
    found = np.zeros(len(rows), np.bool_)
    for word in question.goal:
        found |= says(columns, rows, word)
    return found


def too_far(columns: Columns, rows: Array, distance: Array, wish: Wish) -> Any:
    if not wish.is_near or wish.within_km is None:
        return np.zeros(len(rows), np.bool_)
    return columns.flat["has_place"][rows] & (distance > wish.within_km)


def must_haves(columns: Columns, rows: Array, distance: Array, wish: Wish) -> Array:
    """The same as `matching.why_not(...) is None`."""
    flat = columns.flat
    fits: Array = ~too_far(columns, rows, distance, wish)
    fits &= (
        flat["is_referable"][rows]
        & (flat["room"][rows] != 0)
        & has_every(columns, rows, "access_needs", wish.access_needs)
    )
    if wish.offered:
        sorted_out = flat["categories"][rows] != 0
        fits &= ~sorted_out | has_any(columns, rows, "categories", wish.offered)
    if wish.age is not None:
        fits &= (flat["minimum_age"][rows] <= wish.age) & (flat["maximum_age"][rows] >= wish.age)
    return fits
