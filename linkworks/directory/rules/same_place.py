"""When two listings are at the same real place: the same postcode, and the same name in all that matters of it.

Nothing fuzzy: a postcode is about fifteen doors, so that two of one name there are one place, and what is only nearly so stays
two. A place without a name goes by its street. One without a whole postcode, online or kept private has no key and no page.
"""

from linkworks.core.postcodes import tidy_postcode

from .facts import PlaceFacts
from .place_kinds import PARTS, can_have_kind, tidy

LONGEST = 120
SMALL_WORDS = frozenset({"the", "and", "of", "at", "in", "on", "a"})


def key(place: PlaceFacts) -> str:
    """What its page is called by: "se155dd-peckham-library"."""
    postcode = tidy_postcode(place.postcode)
    name = plain(place.name) or plain(place.address_1)
    if not (postcode and name and can_have_kind(place)):
        return ""
    return f"{postcode.replace(' ', '').lower()}-{name}"[:LONGEST].rstrip("-")


def plain(name: str) -> str:
    """The first part of a name that says anything, in the letters of an address, without the small words."""
    return next((words for part in PARTS.split(name) if (words := slug(part))), "")


def slug(part: str) -> str:
    words = tidy(part).encode("ascii", "ignore").decode().lower().split()
    return "-".join(each for each in words if each not in SMALL_WORDS)
