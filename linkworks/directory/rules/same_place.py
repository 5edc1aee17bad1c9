"""When two listings are at the same real place: the same postcode, and the same name in all that matters of it.

Nothing fuzzy: a postcode is about fifteen doors, so that two of one name there are one place, and what is only nearly so stays
two. A place without a name goes by its street. One without a whole postcode, online or kept private has no key and no page.
"""

import re

from linkworks.core.postcodes import tidy_postcode

from .facts import PlaceFacts
from .place_kinds import can_have_kind, tidy

LONGEST = 120
SMALL_WORDS = frozenset({"the", "and", "of", "at", "in", "on"})
PARTS = re.compile(r"[,;:()\[\]]| [-–] ")
# What tells a room and not the building: where a name begins with it, the whole name counts.
WITHIN = frozenset(
    {
        "floor", "room", "rooms", "suite", "unit", "flat", "block", "wing", "level", "basement", "lower", "upper", "ground", "first",
        "second", "third", "fourth", "fifth", "1st", "2nd", "3rd", "4th", "5th", "c", "o", "n", "a", "reception", "hall", "entrance",
    }
)  # fmt: skip
SHORTEST = 3  # letters of a part that says something


def key(place: PlaceFacts) -> str:
    """What its page is called by: "se155dd-peckham-library"."""
    postcode = tidy_postcode(place.postcode)
    name = plain(place.name) or plain(place.address_1)
    if not (postcode and name and can_have_kind(place)):
        return ""
    return f"{postcode.replace(' ', '').lower()}-{name}"[:LONGEST].rstrip("-")


def plain(name: str) -> str:
    """The first part of a name, or all of it where that part names no building, in the letters of an address."""
    first = next((words for part in PARTS.split(name) if (words := slug(part))), "")
    return first if names_a_building(first) else slug(name)


def names_a_building(words: str) -> bool:
    said = [each for each in words.split("-") if each not in WITHIN and not each.isdigit()]
    return sum(map(len, said)) >= SHORTEST


def slug(part: str) -> str:
    words = tidy(part).encode("ascii", "ignore").decode().lower().split()
    return "-".join(each for each in words if each not in SMALL_WORDS)
