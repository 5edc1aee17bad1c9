"""What fits one person's goal: every must-have on its own, the points, the order among equals, and what nearly fits.

*Must-haves* rule a service out (`CHECKS`). What nobody knows rules nothing out: no known time, price or number of places is
to be asked, and said so. *Points* are the table of `rules/weights.py`. *Order*: results within a band of points are equals;
among those, who was sent fewer people lately comes first, so that a well-known group does not crowd out the others; nothing
ever moves across a band. A full group is shown after all that have room. *Too little fits*: what fails one must-have of
`weights.RELAXED`, and nothing else, is shown after what fits, one must-have at a time, and says so. Age, access, whom it is
for, how far advice goes and what a scheme offers are never set aside. Nobody is refused anything here: whatever it finds, people decide.
"""

from collections.abc import Callable, Iterable, Sequence
from math import inf

from msgspec import Struct

from linkworks.core import vocabulary

from . import levels, matching, room, week, weights
from .matching import Candidate, Wish
from .weights import POINTS

Check = Callable[[Candidate, Wish], str | None]


def wrong_times(candidate: Candidate, wish: Wish) -> str | None:
    if not wish.times or not candidate.times or week.shared(candidate.times, wish.times):
        return None
    return f"Not when they can go: {week.said(candidate.times)}"


def too_dear(candidate: Candidate, wish: Wish) -> str | None:
    if wish.can_pay is None or candidate.is_free or candidate.price is None or candidate.price <= wish.can_pay:
        return None
    return f"More than they can pay: {room.money(candidate.price)}"


def not_for_them(candidate: Candidate, wish: Wish) -> str | None:
    missing = [each for each in wish.only_for if each not in candidate.for_whom]
    said = " or ".join(vocabulary.label("person_attributes", each).lower() for each in missing)
    return f"Not known to be: {said}" if missing else None


def not_so_far(candidate: Candidate, wish: Wish) -> str | None:
    """What gives advice and does not say how far it goes is to be asked; what gives none is no answer."""
    if not wish.advice or {wish.advice, levels.UNSAID} & set(candidate.advice_levels):
        return None
    goes = " and ".join(vocabulary.ADVICE_LEVELS[each].short for each in candidate.advice_levels)
    return f"Its advice is said to be: {goes}" if goes else "Not known to give advice"


class Failed(Struct, frozen=True):
    """One must-have that a service fails, in words."""

    check: str
    why: str


CHECKS: dict[str, Check] = {
    "referable": matching.not_referable,
    "offered": matching.not_offered,
    "age": matching.wrong_age,
    "access": matching.not_accessible,
    "whom": not_for_them,
    "advice": not_so_far,
    "distance": matching.too_far,
    "times": wrong_times,
    "cost": too_dear,
    "room": matching.is_full,
}


def failed(candidate: Candidate, wish: Wish) -> tuple[Failed, ...]:
    """Every must-have it fails, in the order of `CHECKS`. Nothing when it fits."""
    found = ((name, check(candidate, wish)) for name, check in CHECKS.items())
    return tuple(Failed(name, why) for name, why in found if why)


def parts(candidate: Candidate, wish: Wish) -> dict[str, float]:
    """All the points it has, by the ids of the weights."""
    waiting = 1.0 if candidate.wait_weeks is None else candidate.wait_weeks / weights.LONG_WAIT
    affordable = candidate.is_free or (candidate.price is not None and not too_dear(candidate, wish))
    return {
        **matching.parts(candidate, wish),
        "enjoy": POINTS["enjoy"] * bool(candidate.enjoyed),
        "times": POINTS["times"] * any(map(week.is_sure, week.shared(candidate.times, wish.times))),
        "cost": POINTS["cost"] * bool(wish.can_pay is not None and affordable),
        "wait": POINTS["wait"] * max(0.0, 1.0 - waiting),
        "own": matching.own_points(candidate),
    }


def score(candidate: Candidate, wish: Wish) -> float:
    """The sum of all, rounded so that what is equal on paper is equal here."""
    return round(sum(parts(candidate, wish).values(), 0.0), 6)


def band(points: float) -> int:
    """Which results are equals: those of one band of points."""
    return int(points // weights.BAND)


def sort_key(candidate: Candidate, wish: Wish) -> tuple[bool, int, int, int, float, float, str, str]:
    points = score(candidate, wish)
    far = candidate.distance_km if candidate.distance_km is not None else inf
    others, own = matching.meant_for_others(candidate, wish), -candidate.own_words
    alike = (candidate.name.lower(), str(candidate.id))
    return (others, own, -band(points), candidate.recently, -points, far, *alike)


class Sorted(Struct, frozen=True):
    """What was weighed: what fits, what fits but is full, what nearly fits and what for, and the rest, each best first."""

    fits: list[Candidate]
    full: list[Candidate]
    nearly: list[tuple[Candidate, Failed]]
    others: list[tuple[Candidate, tuple[Failed, ...]]]


def sort_out(candidates: Iterable[Candidate], wish: Wish) -> Sorted:
    ordered = sorted(candidates, key=lambda each: sort_key(each, wish))
    weighed = [(each, failed(each, wish)) for each in ordered]
    fits = [each for each, why in weighed if not why]
    full = [each for each, why in weighed if fails_only(why, "room")]
    nearly = almost([(each, why[0]) for each, why in weighed if len(why) == 1], wish, len(fits))
    shown = {each.id for each, _ in nearly} | {each.id for each in (*fits, *full)}
    return Sorted(fits, full, nearly, [(each, why) for each, why in weighed if each.id not in shown])


def fails_only(why: Sequence[Failed], check: str) -> bool:
    return [each.check for each in why] == [check]


def almost(failing_one: Sequence[tuple[Candidate, Failed]], wish: Wish, fitting: int) -> list[tuple[Candidate, Failed]]:
    """What nearly fits: one must-have after the other is set aside, until there is enough to choose from."""
    found: list[tuple[Candidate, Failed]] = []
    for check in weights.RELAXED:
        if fitting + len(found) >= weights.FEW:
            break
        more = [(each, why) for each, why in failing_one if why.check == check and is_near_enough(each, wish)]
        found += more[: weights.MOST_NEARLY]
    return found


def is_near_enough(candidate: Candidate, wish: Wish) -> bool:
    """No further than a little further; a place nobody knows is not near."""
    if not wish.is_near or wish.within_km is None or not candidate.has_place:
        return True
    return candidate.distance_km is not None and candidate.distance_km <= wish.within_km * weights.FURTHER
