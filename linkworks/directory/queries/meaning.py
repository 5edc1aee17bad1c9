"""The listings nearest in meaning to what somebody said. Without the model, or before the job made vectors: none."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

import numpy as np
from django.db.models import Count, Max

from linkworks.core import meaning

from ..models import ListingMeaning

ALIKE_FROM = 0.2  # below this likeness (of 1) two texts have nothing to do with each other


@dataclass(frozen=True)
class Meanings:
    """All the vectors in this process, and how many there were when until: that they are still those."""

    made: tuple[int, datetime | None]
    ids: tuple[UUID, ...]
    vectors: meaning.Vectors


NONE = Meanings((0, None), (), np.zeros((0, meaning.NUMBERS), np.float32))
_held = NONE


def nearest_in_meaning(text: str, *, limit: int) -> dict[UUID, float]:
    """The ids of those most alike, the most first, and how alike they are."""
    asked = vector_of(text)
    if asked is None:
        return {}
    held = current()
    alike = held.vectors @ asked
    order = np.argsort(-alike, kind="stable")[:limit]
    return {held.ids[at]: float(alike[at]) for at in order.tolist() if alike[at] >= ALIKE_FROM}


@lru_cache(maxsize=256)
def vector_of(text: str) -> meaning.Vectors | None:
    return meaning.vector(text)


def current() -> Meanings:
    """The vectors as they are now: read again only when one was made or went."""
    global _held
    rows = ListingMeaning.objects.filter(model=meaning.MODEL)
    counted = rows.aggregate(number=Count("service_id"), last=Max("made_at"))
    made = (counted["number"], counted["last"])
    if made != _held.made:
        listed = list(rows.order_by("service_id").values_list("service_id", "vector"))
        vectors = np.frombuffer(b"".join(bytes(each) for _, each in listed), np.float32)
        _held = Meanings(made, tuple(each for each, _ in listed), vectors.reshape(-1, meaning.NUMBERS))
    return _held
