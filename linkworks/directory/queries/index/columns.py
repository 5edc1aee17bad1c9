"""Listings as columns: one row for each, with its ids as bits, its numbers, and its places beside it. Never changed once made.

The facts of a listing stand once however many places it has, so nothing is counted twice; only distance asks for its places.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np

from ...rules.matching import MEANT_FOR, standing
from . import ids
from .arrays import Array, Lists, Texts, gathered, texts
from .hours import Hours, hours_of
from .listed import Listed
from .said import NameWords, Postings, Saying

NONE, NO_LIMIT, NEVER = -1, 2**31 - 1, 2**31 - 1
BITS = (
    "needs",
    "kinds",
    "categories",
    "access_needs",
    "languages",
    "times",
    "place_kinds",
    "advice_levels",
    "course_levels",
)
FLAT: dict[str, Any] = {
    **dict.fromkeys(BITS, np.uint64), "meant_for": np.uint64, "minimum_age": np.int32, "maximum_age": np.int32,
    "capacity_places": np.int32, "places_taken": np.int32, "room": np.int8, "is_referable": np.bool_, "is_guessed": np.bool_,
    "is_free": np.bool_, "has_place": np.bool_, "trust": np.int32, "changes_on": np.int32, "wait_weeks": np.int32,
}  # fmt: skip


class Places(NamedTuple):
    """Where listings are, from south to north (`roundness` is the cosine of that); and which of these each listing has."""

    latitude: Array
    longitude: Array
    rows: Array
    roundness: Array
    of_rows: Lists


@dataclass(frozen=True, slots=True)
class Columns:
    """So many listings. `order` is each one's place by name, `counted` its ids as numbers, filled up with noughts.

    `told` keeps what was lately said of a listing, by its row.
    """

    uuids: Array
    by_id: Array
    names: Texts
    order: Array
    by_name: Array
    flat: dict[str, Array]
    counted: Array
    standing: Array
    placeless: Array
    places: Places
    hours: Hours
    postings: Postings
    name_words: NameWords
    told: dict[int, Any] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.order)

    def id(self, row: int) -> UUID:
        return UUID(bytes=self.uuids[row].tobytes())

    def row_of(self, id: UUID) -> int | None:
        """Where a listing stands, if it does."""
        halves = self.uuids.view(">u8")[:, 0]
        first = int.from_bytes(id.bytes[:8], "big")
        at = int(np.searchsorted(halves, first, sorter=self.by_id))
        for row in self.by_id[at:].tolist():
            if int(halves[row]) != first:
                return None
            if self.uuids[row].tobytes() == id.bytes:
                return int(row)
        return None

    def key(self, row: int) -> tuple[str, str]:
        """By what listings that are equal otherwise are put in order."""
        return (self.names.text(row).lower(), str(self.id(row)))


def build(some: Iterable[Listed]) -> Columns:
    """The columns of listings, read once from first to last."""
    saying, flat, counted, places, spans = Saying(), [], [], [], []
    uuids, names = bytearray(), []
    for row, each in enumerate(some):
        saying.add(row, each.name, each.words)
        flat.append(flattened(each))
        counted.append(numbers_of(each))
        places += [(at[0], at[1], row) for at in each.places if at[0] is not None and at[1] is not None]
        spans += [(row, span) for span in each.spans]
        uuids += each.id.bytes
        names.append(each.name)
    identified = np.frombuffer(bytes(uuids), np.uint8).reshape(-1, 16)
    columns = zip(*flat, strict=True) if flat else [()] * len(FLAT)
    held = {name: np.array(column, kind) for (name, kind), column in zip(FLAT.items(), columns, strict=True)}
    by_name = in_order(names, identified)
    order = np.empty(len(names), np.float64)
    order[by_name] = np.arange(len(names), dtype=np.float64)
    return Columns(
        uuids=identified,
        by_id=np.argsort(identified.view(">u8")[:, 0], kind="stable").astype(np.int32),
        names=texts(names),
        order=order,
        by_name=by_name,
        flat=held,
        counted=filled_up(counted),
        standing=standing(held["room"] == 1, held["trust"], held["is_guessed"]),
        placeless=np.flatnonzero(~held["has_place"]),
        places=placed(places, len(names)),
        hours=hours_of(spans, len(names)),
        postings=saying.postings(),
        name_words=saying.name_words(),
    )


def flattened(each: Listed) -> tuple[Any, ...]:
    """The numbers of a listing, as `FLAT` names them."""
    meant = {MEANT_FOR[kind] for kind in each.kinds if kind in MEANT_FOR}
    room = NONE if each.capacity_places is None else int(each.places_taken < each.capacity_places)
    return (
        *(ids.mask(group, getattr(each, group)) for group in BITS), ids.mask("needs", meant), or_else(each.minimum_age, 0),
        or_else(each.maximum_age, NO_LIMIT), or_else(each.capacity_places, NONE), each.places_taken, room, each.is_referable,
        each.is_guessed, each.is_free, bool(each.places), each.trust, ordinal(each.changes_on),
        or_else(each.wait_weeks, NONE),
    )  # fmt: skip


def or_else(value: int | None, otherwise: int) -> int:
    return otherwise if value is None else value


def ordinal(day: date | None) -> int:
    return day.toordinal() if day else NEVER


def numbers_of(each: Listed) -> list[int]:
    """Its ids as numbers, for counting."""
    found = [number for group in (*BITS, "boroughs") for number in ids.numbers(group, getattr(each, group))]
    room = each.capacity_places is not None and each.places_taken < each.capacity_places
    flags = {"is_free": each.is_free, "has_room": room}
    return found + [ids.firsts()[name] for name, is_so in flags.items() if is_so]


def filled_up(counted: list[list[int]]) -> Array:
    width = max((len(each) for each in counted), default=1)
    filled = np.zeros((len(counted), max(1, width)), np.uint16)
    for row, numbers in enumerate(counted):
        filled[row, : len(numbers)] = numbers
    return filled


def in_order(names: list[str], uuids: Array) -> Array:
    """The listings by their names, then their ids."""
    keys = [(name.lower(), uuid.tobytes()) for name, uuid in zip(names, uuids, strict=True)]
    return np.array(sorted(range(len(keys)), key=keys.__getitem__), np.int32)


def placed(places: list[tuple[float, float, int]], how_many: int) -> Places:
    """The places from south to north."""
    places = sorted(places)
    columns = zip(*places, strict=True) if places else [(), (), ()]
    latitude, longitude, rows = (
        np.array(each, kind) for each, kind in zip(columns, (np.float64, np.float64, np.int32), strict=True)
    )
    of_rows = gathered(rows, np.arange(len(rows), dtype=np.int32), how_many)
    return Places(latitude, longitude, rows, np.cos(np.radians(latitude)), of_rows)
