"""Why a service is offered to somebody, why another is not, and in which order: one published, checkable score.

The score is a sum of points (`score`); how much each thing counts is said once, in `rules/weights.py`. What says the words
asked for itself, first in its name, comes before what only helps with the need they speak of, whatever its points. Ties go to
the nearer, then to the name. What somebody must have is never a matter of points (`why_not`). What more counts for one
person's goal is in `rules/fitting.py`. A group meant for one trouble (an addiction group, a carers' group) comes after all
others for somebody who has another, whatever its points (`meant_for_others`).
"""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from msgspec import Struct

from linkworks.core import vocabulary

from . import freshness, room, words
from .places import miles_words
from .weights import POINTS

NAMED, ALIKE, SAID = 3, 2, 1


class Candidate(Struct, frozen=True, kw_only=True):
    """What a decision needs to know of a service.

    `price` is the lowest known, `for_whom` whom it is only for, and `recently` how many people were sent there lately: read
    only for a person's goal (`rules/fitting.py`).
    `own_words`: the words asked for stand in its name (NAMED), its name is nearly so (ALIKE), its text has them (SAID).
    """

    id: UUID
    name: str
    organisation_name: str = ""
    needs: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    access_needs: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    minimum_age: int | None = None
    maximum_age: int | None = None
    capacity_places: int | None = None
    places_taken: int = 0
    is_referable: bool = True
    is_guessed: bool = False
    trust: int = 0
    times: tuple[str, ...] = ()
    place_kinds: tuple[str, ...] = ()
    advice_levels: tuple[str, ...] = ()
    course_levels: tuple[str, ...] = ()
    is_free: bool = False
    wait_weeks: int | None = None
    price: Decimal | None = None
    for_whom: tuple[str, ...] = ()
    recently: int = 0
    word_rank: float = 0.0
    has_all_words: bool = False
    own_words: int = 0
    goal_words: tuple[str, ...] = ()
    goal_needs: tuple[str, ...] = ()
    enjoyed: tuple[str, ...] = ()
    distance_km: float | None = None
    has_place: bool = False


class Wish(Struct, frozen=True, kw_only=True):
    """What somebody is looking for. Needs and words say what would help; the rest must hold.

    `offered` are the kinds of support their scheme connects people to; empty means any. So it is of `times` they can go,
    and of whom it must be `only_for`. `can_pay` is the most they can pay each time; None when nobody said. `advice` is how
    far advice must go; empty when advice is not what is looked for, or any will do.
    """

    needs: tuple[str, ...] = ()
    words: str = ""
    is_near: bool = False
    within_km: float | None = None
    access_needs: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    age: int | None = None
    times: tuple[str, ...] = ()
    can_pay: Decimal | None = None
    only_for: tuple[str, ...] = ()
    advice: str = ""
    today: date


def score(candidate: Candidate, wish: Wish) -> float:
    return sum(parts(candidate, wish).values(), 0.0) + own_points(candidate)


def parts(candidate: Candidate, wish: Wish) -> dict[str, float]:
    """The points it has for what was asked, by the ids of the weights. Added up in this order everywhere."""
    rank, far = min(1.0, max(0.0, candidate.word_rank)), candidate.distance_km
    near = max(0.0, 1.0 - far / wish.within_km) if far is not None and wish.within_km else 0.0
    return {
        "need": POINTS["need"] * len(set(candidate.needs) & set(wish.needs)),
        "words": POINTS["words"] * rank,
        "near": POINTS["near"] * near,
        "language": POINTS["language"] * bool(set(wish.languages) & set(candidate.languages)),
        "goal": POINTS["goal"] * bool(candidate.goal_words or candidate.goal_needs),
    }


def own_points(candidate: Candidate) -> float:
    """The points it has whoever asks."""
    return float(standing(has_room(candidate), candidate.trust, candidate.is_guessed))


def own_parts(candidate: Candidate) -> dict[str, float]:
    """The same, one by one."""
    return {
        "room": POINTS["room"] * has_room(candidate),
        "trust": freshness.points(candidate.trust),
        "sorted": POINTS["sorted"] * (not candidate.is_guessed),
    }


def has_room(candidate: Candidate) -> bool:
    return room.has_room(candidate.capacity_places, candidate.places_taken) is True


def standing(has_room: Any, trust: Any, is_guessed: Any) -> Any:
    """The points a service has whoever asks: of one, or of columns of them."""
    return POINTS["room"] * has_room + freshness.points(trust) + POINTS["sorted"] * (1.0 - 1.0 * is_guessed)


FULL = "Full"
MEANT_FOR = {
    "addiction-support": "substance-use",
    "bereavement-support": "bereavement",
    "carers-support": "caring",
    "domestic-abuse-support": "domestic-abuse",
    "family-support": "family-parenting",
    "immigration-advice": "legal-immigration",
}


def meant_for_others(candidate: Candidate, wish: Wish) -> bool:
    """It is a group for people in one situation, and this is not the one asked for, by need or in words."""
    meant = {MEANT_FOR[kind] for kind in candidate.kinds if kind in MEANT_FOR}
    return bool(meant and wish.needs) and not meant & set(wish.needs) and not candidate.word_rank


def sort_key(candidate: Candidate, wish: Wish) -> tuple[bool, int, float, float, str, str]:
    far = candidate.distance_km if candidate.distance_km is not None else float("inf")
    others, own, points = meant_for_others(candidate, wish), -candidate.own_words, -score(candidate, wish)
    return (others, own, points, far, candidate.name.lower(), str(candidate.id))


def why_not(candidate: Candidate, wish: Wish) -> str | None:
    """The first thing that rules a service out for this person, in words; None when it may be offered."""
    return next((why for check in MUST_HAVES if (why := check(candidate, wish))), None)


def too_far(candidate: Candidate, wish: Wish) -> str | None:
    if not wish.is_near or wish.within_km is None or not candidate.has_place:
        return None
    if candidate.distance_km is None:
        return "We do not know where it is"
    return f"Too far: {miles_words(candidate.distance_km)}" if candidate.distance_km > wish.within_km else None


def wrong_age(candidate: Candidate, wish: Wish) -> str | None:
    if wish.age is None:
        return None
    if candidate.minimum_age is not None and wish.age < candidate.minimum_age:
        return f"For people aged {candidate.minimum_age} and over"
    if candidate.maximum_age is not None and wish.age > candidate.maximum_age:
        return f"For people aged {candidate.maximum_age} and under"
    return None


def not_accessible(candidate: Candidate, wish: Wish) -> str | None:
    missing = [need for need in wish.access_needs if need not in candidate.access_needs]
    if not missing:
        return None
    return f"Not known to be {' or '.join(access_words(need) for need in missing)}"


def language_words(candidate: Candidate, wish: Wish) -> list[str]:
    """Whether somebody there speaks their language. An interpreter can come along, so it never rules a service out."""
    shared = [code for code in wish.languages if code in candidate.languages]
    if shared or not wish.languages:
        return [f"In {vocabulary.label('languages', code)}" for code in shared if code != "en"]
    if "en" in wish.languages and not candidate.languages:
        return []
    return [f"Not known to be in {' or '.join(vocabulary.labels('languages', wish.languages))}: ask for an interpreter"]


def is_full(candidate: Candidate, wish: Wish) -> str | None:
    return FULL if room.has_room(candidate.capacity_places, candidate.places_taken) is False else None


def not_referable(candidate: Candidate, wish: Wish) -> str | None:
    return None if candidate.is_referable else "Does not take people from link workers"


def not_offered(candidate: Candidate, wish: Wish) -> str | None:
    """A service nobody has sorted yet may be any kind."""
    outside = wish.offered and candidate.categories and not set(wish.offered) & set(candidate.categories)
    return "Not a kind of support your scheme offers" if outside else None


MUST_HAVES = (not_referable, not_offered, wrong_age, not_accessible, too_far, is_full)


def access_words(need: str) -> str:
    word = vocabulary.ACCESS_NEEDS.get(need)
    return word.short if word else need.replace("-", " ")


def reasons(candidate: Candidate, wish: Wish) -> tuple[str, ...]:
    """Why it is here, in words: what it helps with, how far it is, what it has."""
    said = helps(candidate, wish)
    if candidate.distance_km is not None:
        said.append(miles_words(candidate.distance_km).capitalize())
    said += access_and_language(candidate, wish)
    if has_room(candidate):
        said.append("Has room")
    return tuple(said)


def helps(candidate: Candidate, wish: Wish) -> list[str]:
    """What it helps with of what was asked for."""
    said = [
        f"Helps with {vocabulary.NEEDS[need].short}"
        for need in wish.needs
        if need in candidate.needs and need in vocabulary.NEEDS
    ]
    if wish.words and not said:
        said += reasons_in_words(candidate, wish)
    return said + as_the_goal_says(candidate)


def as_the_goal_says(candidate: Candidate) -> list[str]:
    """A word of the goal that it says; when it says none, what it helps with that the goal speaks of."""
    said = [f"Speaks of “{word}”, as in the goal" for word in candidate.goal_words[:1]]
    return said or [f"Helps with {vocabulary.NEEDS[need].short}, as in the goal" for need in candidate.goal_needs[:1]]


def access_and_language(candidate: Candidate, wish: Wish) -> list[str]:
    have = [vocabulary.label("access_needs", need) for need in wish.access_needs if need in candidate.access_needs]
    return have + language_words(candidate, wish)


def reasons_in_words(candidate: Candidate, wish: Wish) -> list[str]:
    """That it says the words asked for; or, when it does not say them all, the needs they speak of that it is for."""
    asked = f"“{room.shortened(wish.words, 40)}”"
    if candidate.own_words == ALIKE:
        return [f"Its name is like {asked}"]
    is_part = len(words.asked_words(wish.words)) > 1 and not candidate.has_all_words
    spoken = words.needs_spoken_of(wish.words)
    helps = [f"Is for: {vocabulary.NEEDS[need].short}" for need in candidate.needs if need in spoken]
    if candidate.own_words and not (is_part and helps):
        return [f"Matches {'part of ' if is_part else ''}{asked}"]
    return helps
