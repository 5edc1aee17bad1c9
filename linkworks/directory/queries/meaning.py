"""The listings and the needs nearest in meaning to what somebody said. Without the model, or before the job made vectors: none."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from time import monotonic
from typing import Any

import numpy as np
from django.conf import settings
from django.db.models import Count, Max, QuerySet

from linkworks.core import meaning

from ..models import ListingMeaning, NeedMeaning
from ..rules import hearing

ALIKE_FROM = 0.2  # below this likeness (of 1) two texts have nothing to do with each other
NEAREST_SAYINGS = 3  # one saying may be alike by chance
Read = Iterable[tuple[Any, bytes]]


@dataclass(frozen=True)
class Meanings:
    """All the vectors of one sort in this process, and how many rows there were when until: that they are still those."""

    made: tuple[int, datetime | None]
    ids: tuple[Any, ...]
    vectors: meaning.Vectors
    looked_at: float = float("-inf")


NONE = Meanings((0, None), (), np.zeros((0, meaning.NUMBERS), np.float32))
_held = {"listings": NONE, "needs": NONE}


def forget() -> None:
    """Start anew, as a process that has just begun."""
    _held.update(listings=NONE, needs=NONE)
    vector_of.cache_clear()


def nearest_in_meaning(text: str, *, limit: int) -> dict[Any, float]:
    """The ids of those most alike, the most first, and how alike they are."""
    asked = vector_of(text)
    if asked is None:
        return {}
    held = current("listings", ListingMeaning.objects.all(), vectors_of_listings)
    alike = held.vectors @ asked
    order = np.argsort(-alike, kind="stable")[:limit]
    return {held.ids[at]: float(alike[at]) for at in order.tolist() if alike[at] >= ALIKE_FROM}


def needs_in_meaning(text: str) -> dict[str, float]:
    """How alike the text is to what people say of each need."""
    asked = vector_of(text) if text else None
    if asked is None:
        return {}
    held = current("needs", NeedMeaning.objects.all(), vectors_of_needs)
    alike, of = held.vectors @ asked, np.array(held.ids)
    return {need: float(np.sort(alike[of == need])[-NEAREST_SAYINGS:].mean()) for need in dict.fromkeys(held.ids)}


@lru_cache(maxsize=1024)
def vector_of(text: str) -> meaning.Vectors | None:
    return meaning.vector(text)


def current(sort: str, rows: QuerySet[Any], read: Callable[[QuerySet[Any]], Read]) -> Meanings:
    """The vectors as they are now: looked after as often as listings are, read again only when one was made or went."""
    held = _held[sort]
    if monotonic() - held.looked_at < settings.MATCH_POLL_SECONDS:
        return held
    ours = rows.filter(model=meaning.MODEL)
    counted = ours.aggregate(number=Count("pk"), last=Max("made_at"))
    made = (counted["number"], counted["last"])
    if made != held.made:
        listed = list(read(ours.order_by("pk")))
        vectors = np.frombuffer(b"".join(each for _, each in listed), np.float32).reshape(-1, meaning.NUMBERS)
        held = Meanings(made, tuple(id for id, _ in listed), vectors)
    _held[sort] = replace(held, looked_at=monotonic())
    return _held[sort]


def vectors_of_listings(rows: QuerySet[ListingMeaning]) -> Read:
    for id, vector in rows.values_list("service_id", "vector"):
        yield id, bytes(vector)


def vectors_of_needs(rows: QuerySet[NeedMeaning]) -> Read:
    """One for each saying, of the list as it is now."""
    size = meaning.NUMBERS * np.dtype(np.float32).itemsize
    for need, sayings_hash, vectors in rows.values_list("need", "sayings_hash", "vectors"):
        if sayings_hash == hearing.hash_of(hearing.sayings().get(need, ())):
            packed = bytes(vectors)
            yield from ((need, packed[at : at + size]) for at in range(0, len(packed), size))
