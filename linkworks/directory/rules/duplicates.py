"""Which listings may be the same thing told twice: by name, place, telephone and web address. A person decides."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import combinations

from msgspec import Struct

from .holding import bare, digits

ENOUGH = 4
MOST_ALIKE = 20  # a number or address that more listings share says nothing about any two of them
SMALL_WORDS = frozenset(
    ["a", "an", "and", "at", "for", "group", "in", "of", "on", "service", "services", "the", "with", "club"]
)
SAME_NAME, LIKE_NAME, LIKE = "the same name", "a similar name", 0.72
JOINED = "It is the same as another listing, which is shown instead."


class Sketch(Struct, frozen=True):
    """As much of a listing as it is compared by."""

    id: str
    name: str
    organisation: str = ""
    postcode: str = ""
    phone: str = ""
    url: str = ""
    source: str = ""


class Likeness(Struct, frozen=True):
    one: str
    other: str
    reasons: tuple[str, ...]


def alike(sketches: Iterable[Sketch]) -> list[Likeness]:
    """The pairs that a person should look at, each once."""
    by_id = {each.id: each for each in sketches}
    return [found for pair in sorted(pairs(by_id.values())) if (found := compared(by_id[pair[0]], by_id[pair[1]]))]


def pairs(sketches: Iterable[Sketch]) -> set[tuple[str, str]]:
    """Those that share something at all: nobody compares every listing with every other."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for each in sketches:
        for key in keys(each):
            groups[key].append(each.id)
    return {
        (min(pair), max(pair))
        for group in groups.values()
        if 1 < len(group) <= MOST_ALIKE
        for pair in combinations(group, 2)
    }


def keys(sketch: Sketch) -> Iterator[tuple[str, str]]:
    shared = {
        "name": plain(sketch.name),
        "place": sketch.postcode,
        "phone": digits(sketch.phone),
        "url": bare(sketch.url),
    }
    return ((kind, value) for kind, value in shared.items() if value)


def compared(one: Sketch, other: Sketch) -> Likeness | None:
    """Why two may be the same. A name must be alike: one hall and one number serve many clubs."""
    points, reasons = name_points(one.name, other.name)
    if not points:
        return None
    for value, words in (
        (one.postcode and one.postcode == other.postcode, "the same place"),
        (digits(one.phone) and digits(one.phone) == digits(other.phone), "the same telephone number"),
        (bare(one.url) and bare(one.url) == bare(other.url), "the same web address"),
        (plain(one.organisation) and plain(one.organisation) == plain(other.organisation), "the same organisation"),
    ):
        points, reasons = points + bool(value), [*reasons, words] if value else reasons
    points += one.source != other.source
    return Likeness(one.id, other.id, tuple(reasons)) if points >= ENOUGH and len(reasons) > 1 else None


def name_points(one: str, other: str) -> tuple[int, list[str]]:
    first, second = plain(one), plain(other)
    if first == second:
        return 3, [SAME_NAME]
    return (2, [LIKE_NAME]) if SequenceMatcher(None, first, second).ratio() >= LIKE else (0, [])


def plain(name: str) -> str:
    """The words of a name that tell it apart; all of them when it has no others."""
    words = re.findall(r"[a-z0-9]+", name.lower().replace("’", "").replace("'", ""))
    return " ".join([word for word in words if word not in SMALL_WORDS] or words)
