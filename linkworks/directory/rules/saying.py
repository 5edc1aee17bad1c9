"""Which services answer what somebody said, in their own words, and how well: one published score, from 0 to about 3.

1 for helping with the need said loudest (less for a fainter one, and a little for each further one); half for being the kind
of support that was spoken of; 2 for being called just what was asked for, and up to half for having a word of it in its name;
up to 0.3 for being near; a little for having room and a listing one can trust. A group meant for one trouble nobody spoke of
(`matching.MEANT_FOR`) loses 1.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from . import freshness, room, words
from .lay import ABOUT_AS_LOUD, CLEARLY, Heard
from .matching import ALIKE, MEANT_FOR, NAMED, Candidate, Wish

FURTHER_NEED, KIND, NAMED_SO, NAMED_PARTLY, NEAR, ROOM, TRUST, FOR_OTHERS = 0.2, 0.5, 2.0, 0.5, 0.3, 0.05, 0.02, -1.0
HALF_AS_NEAR_KM = 3.0
SPREAD, STILL_COUNTS = 3, 0.5  # of what one of the first three helps with, another counts half as much
HELPS = 0.4  # more than anything gets for being near, with room and trusted, alone
RANK_DAMPING = 60  # the usual constant of reciprocal rank: how little the very first places weigh against the next
CLEAR_DAMPING = 10
Key = TypeVar("Key", bound=Hashable)


def score(candidate: Candidate, heard: Heard, wish: Wish) -> float:
    points = helps(candidate, heard.needs)
    points += KIND * max((heard.kinds[kind] for kind in candidate.kinds if kind in heard.kinds), default=0.0)
    points += named(candidate, wish)
    if candidate.distance_km is not None:
        points += NEAR / (1.0 + candidate.distance_km / HALF_AS_NEAR_KM)
    points += ROOM if room.has_room(candidate.capacity_places, candidate.places_taken) else 0.0
    points += TRUST * freshness.points(candidate.trust)
    return points + (FOR_OTHERS if is_for_others(candidate, heard) else 0.0)


def loudest_first(said: Sequence[float]) -> float:
    """The loudest need counts whole, each further one a fifth: helping with two is better, but not twice as good."""
    return max(said, default=0.0) * (1 - FURTHER_NEED) + FURTHER_NEED * sum(said)


def spread(order: Sequence[Candidate], points: Mapping[UUID, float], heard: Heard) -> list[Candidate]:
    """The best first; then, for two places, those that help with what the ones before them do not."""
    left, covered = list(order), dict(heard.needs)
    first: list[Candidate] = []
    while left and len(first) < SPREAD:
        best = max(left, key=lambda each: points[each.id] - helps(each, heard.needs) + helps(each, covered))
        left.remove(best)
        first.append(best)
        covered |= {need: covered[need] * STILL_COUNTS for need in best.needs if need in covered}
    return [*first, *left]


def helps(candidate: Candidate, needs: Mapping[str, float]) -> float:
    return loudest_first([needs[need] for need in candidate.needs if need in needs])


def answers_loudest(candidate: Candidate, heard: Heard) -> bool:
    """It helps with what was said loudest, or about as loud. Where no need was heard, anything may be the answer."""
    loudest = {need for need, how in heard.needs.items() if how >= ABOUT_AS_LOUD}
    return not loudest or bool(loudest & set(candidate.needs))


def named(candidate: Candidate, wish: Wish) -> float:
    if candidate.own_words not in (NAMED, ALIKE):
        return 0.0
    return NAMED_SO if candidate.has_all_words else NAMED_PARTLY / max(1, len(words.asked_words(wish.words)))


def is_for_others(candidate: Candidate, heard: Heard) -> bool:
    meant = {MEANT_FOR[kind] for kind in candidate.kinds if kind in MEANT_FOR}
    return bool(meant and heard.needs) and not meant & set(heard.needs) and not set(candidate.kinds) & set(heard.kinds)


def alike_then_near(some: Sequence[Candidate], likeness: Mapping[UUID, float]) -> list[Candidate]:
    """Those most alike first; of those about as alike, the nearest."""
    return sorted(
        some, key=lambda each: (-round(likeness[each.id], 1), kilometres(each), -likeness[each.id], str(each.id))
    )


def kilometres(candidate: Candidate) -> float:
    return float("inf") if candidate.distance_km is None else candidate.distance_km


def merged(by_words: Iterable[Key], by_meaning: Iterable[Key], heard: Heard) -> dict[Key, float]:
    """Two orders as one, by reciprocal rank: each gives what it puts in place n one part in (60 + n). The best first.

    Where the words speak clearly of a need, they count double, and their first places more (10 + n): the list was reviewed,
    the model was not. Chosen on the odd sentences with six and nine in ten of the sayings taken away.
    """
    counts, damping = (2.0, CLEAR_DAMPING) if heard.loudness >= CLEARLY else (1.0, RANK_DAMPING)
    points: dict[Key, float] = {}
    for order, weight in ((by_words, counts), (by_meaning, 1.0)):
        for place, each in enumerate(order, 1):
            points[each] = points.get(each, 0.0) + weight / (damping + place)
    return dict(sorted(points.items(), key=lambda item: -item[1]))
