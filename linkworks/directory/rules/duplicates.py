"""Which listings may be the same thing told twice: by name, place, telephone, web address,
and charity or company number. A person decides."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import combinations

from msgspec import Struct

from .holding import bare, digits

ENOUGH = 4
SIGNS = {  # how much each says, beside a name that is alike, and how it is said
    "place": (1, "the same place"),
    "phone": (1, "the same telephone number"),
    "url": (1, "the same web address"),
    "charity": (2, "the same charity number"),
    "company": (2, "the same company number"),
    "organisation": (1, "the same organisation"),
}
OTHER_BODY = 2  # what it takes away that their organisations are registered under different numbers
MOST_ALIKE = 20  # a number or address that more listings share says nothing about any two of them
SMALL_WORDS = frozenset(
    ["a", "an", "and", "at", "for", "group", "in", "of", "on", "service", "services", "the", "with", "club"]
)
TELLS_APART = re.compile(r"[0-9]+|mon(?=day)|tue(?=sday)|wed(?=nesday)|thu(?=rsday)|fri(?=day)|sat(?=urday)|sun(?=day)")
SAME_NAME, LIKE_NAME, LIKE = "the same name", "a similar name", 0.72
JOINED = "It is the same as another listing, which is shown instead."


class Sketch(Struct, frozen=True):
    """As much of a listing as it is compared by."""

    id: str
    name: str
    organisation: str = ""
    postcodes: tuple[str, ...] = ()
    phone: str = ""
    url: str = ""
    source: str = ""
    charity: str = ""
    company: str = ""


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
    yield from (("place", each) for each in sketch.postcodes)
    yield from ((kind, value) for kind, value in shared(sketch).items() if value)


def shared(sketch: Sketch) -> dict[str, str]:
    """What two listings may have in common, spelled alike."""
    return {
        "name": plain(sketch.name),
        "phone": digits(sketch.phone),
        "url": bare(sketch.url),
        "charity": sketch.charity,
        "company": sketch.company,
        "organisation": plain(sketch.organisation),
    }


def compared(one: Sketch, other: Sketch) -> Likeness | None:
    """Why two may be the same. A name must be alike: one hall, one number and one charity serve many clubs."""
    points, reasons = name_points(one.name, other.name)
    if not points:
        return None
    first, second = shared(one), shared(other)
    same = {kind for kind in SIGNS if first.get(kind) and first.get(kind) == second.get(kind)}
    if set(one.postcodes) & set(other.postcodes):
        same.add("place")
    elif one.postcodes and other.postcodes and not same & {"phone", "url"}:
        return None  # one organisation, and two of its groups
    points += sum(SIGNS[kind][0] for kind in same) + (one.source != other.source)
    points -= OTHER_BODY * any(is_other(first[kind], second[kind]) for kind in ("charity", "company"))
    found = (*reasons, *(words for kind, (_, words) in SIGNS.items() if kind in same))
    return Likeness(min(one.id, other.id), max(one.id, other.id), found) if points >= ENOUGH and same else None


def is_other(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def name_points(one: str, other: str) -> tuple[int, list[str]]:
    first, second = sorted((plain(one), plain(other)))  # which comes first makes a difference to the ratio
    if first == second:
        return 3, [SAME_NAME]
    if is_other_set(first, second):
        return 0, []
    return (2, [LIKE_NAME]) if SequenceMatcher(None, first, second).ratio() >= LIKE else (0, [])


def is_other_set(one: str, other: str) -> bool:
    """“Stay and play 0 to 2” and “3 to 5”, Tuesday's club and Thursday's: two of one kind, told apart by name."""
    first, second = set(TELLS_APART.findall(one)), set(TELLS_APART.findall(other))
    return bool(first and second and first != second)


def plain(name: str) -> str:
    """The words of a name that tell it apart; all of them when it has no others."""
    words = re.findall(r"[a-z0-9]+", name.lower().replace("’", "").replace("'", ""))
    return " ".join([word for word in words if word not in SMALL_WORDS] or words)
