"""What leads to fewer answers, and to more: how many each further choice leaves, and what leaving one out would bring."""

from dataclasses import replace
from typing import Any

from ..rules.levels import UNSAID
from .finding import again
from .index import Answers, Counts, Looking
from .saying import InOrder

FEW = 3
# What can be left out, by its name on the finding page, and the question without it.
WITHOUT: dict[str, dict[str, Any]] = {
    "distance": {"within_km": None},
    "now": {"is_open": False},
    "day": {"times": ()},
    "free": {"is_free": False},
    "place": {"place_kinds": ()},
    "language": {"languages": ()},
    "advice": {"advice_levels": ()},
    "course": {"course_levels": ()},
    "access": {"access_needs": ()},
    "category": {"category": ""},
    "sector": {"kinds": ()},
    "need": {"needs": ()},
    "q": {"words": ""},
}


def relaxed(looking: Looking, answers: Answers | InOrder) -> dict[str, int]:
    """How many would answer without each, where that is more. Nothing while enough is found."""
    found = len(answers)
    if found >= FEW:
        return {}
    others = {name: replace(looking, **without) for name, without in WITHOUT.items()}
    counts = {
        name: len(again(answers.plain, each)) for name, each in others.items() if each != looking and is_question(each)
    }
    return {name: count for name, count in counts.items() if count > found}


def unsaid(looking: Looking, answers: Answers | InOrder) -> int:
    """How many give advice and do not say how far it goes, which therefore are not among those that say."""
    if not looking.advice_levels or UNSAID in looking.advice_levels:
        return 0
    return again(answers.plain, replace(looking, advice_levels=())).counts["advice_levels"].get(UNSAID, 0)


def counts(looking: Looking, answers: Answers | InOrder) -> Counts:
    """How many of each kind each further choice leaves. With a need or a sector chosen, what has no place is found from anywhere too."""
    found = answers.counts
    if looking.needs or looking.words or looking.kinds or not (looking.near and looking.within_km):
        return found
    anywhere = again(answers.plain, replace(looking, near=None, within_km=None)).without_place().counts["needs"]
    return found | {"needs": {each: count + anywhere[each] for each, count in found["needs"].items()}}


def is_question(looking: Looking) -> bool:
    """Whether anything is left to look for: without it the whole directory would answer."""
    return bool(looking.needs or looking.words.strip() or looking.category or looking.kinds or looking.near)
