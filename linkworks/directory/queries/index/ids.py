"""Ids of our vocabulary as bits of a number and as countable numbers, in an order that is the same for every listing."""

from collections.abc import Iterable
from functools import cache, lru_cache

from linkworks.core import vocabulary
from linkworks.organisations.rules.places import boroughs

from ...rules import levels, place_kinds
from ...rules.day_parts import TIMES

YES, NOW = ("yes",), ("1",)


@cache
def lists() -> dict[str, tuple[str, ...]]:
    """What can be counted, group by group. At most 64 to a group: each is one bit of a column."""
    named = ("needs", "kinds", "categories", "access_needs", "languages")
    groups = {name: tuple(vocabulary.LISTS[name]) for name in named}
    return groups | {
        "place_kinds": place_kinds.CHOICES,
        "advice_levels": levels.CHOICES,
        "course_levels": tuple(vocabulary.COURSE_LEVELS),
        "times": TIMES,
        "boroughs": tuple(boroughs()),
        "is_free": YES,
        "has_room": YES,
        "open_now": NOW,
    }


@cache
def bits(group: str) -> dict[str, int]:
    return {each: 1 << place for place, each in enumerate(lists()[group])}


@cache
def firsts() -> dict[str, int]:
    """The number of each group's first id. Nought is nothing: it fills the rows of listings with fewer ids."""
    found, start = {}, 1
    for group, ids in lists().items():
        found[group], start = start, start + len(ids)
    return found


def how_many() -> int:
    return 1 + sum(len(ids) for ids in lists().values())


def mask(group: str, some: Iterable[str]) -> int:
    """The ids as bits; those that have left the vocabulary are left out."""
    known = bits(group)
    return sum(known[each] for each in set(some) if each in known)


def numbers(group: str, some: Iterable[str]) -> list[int]:
    known, first = bits(group), firsts()[group]
    return [first + known[each].bit_length() - 1 for each in dict.fromkeys(some) if each in known]


@lru_cache(maxsize=65_536)
def named(group: str, masked: int) -> tuple[str, ...]:
    """The ids whose bits are there, in the vocabulary's order."""
    return tuple(each for each, bit in bits(group).items() if masked & bit)
