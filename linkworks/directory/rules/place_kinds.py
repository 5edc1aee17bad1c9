"""What kind of place it is: what is said of it, and else what a building's own name plainly says (data/place_kinds.yaml)."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import yaml
from msgspec import Struct, structs

from linkworks.core import vocabulary

from ..states import LocationType
from .facts import PlaceFacts

FILE = Path(__file__).resolve().parent.parent / "data" / "place_kinds.yaml"
HEALTH = "health"  # any of these, where people are treated
IN_HEALTH = ("gp-surgery", "health-centre", "hospital", "pharmacy")
CHOICES = (HEALTH, *vocabulary.PLACE_KINDS)
PARTS = re.compile(r"[,;:()\[\]/]| [-–] ")
MOST_WORDS = 12


class Table(Struct, frozen=True):
    """Which kind an ending or a beginning of a name stands for; none for what only looks like one."""

    endings: Mapping[str, str]
    beginnings: Mapping[str, str]


@cache
def table() -> Table:
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    none = dict.fromkeys(raw["none"], "")
    return Table(by_phrase(raw["endings"]) | none, by_phrase(raw["beginnings"]))


def by_phrase(kinds: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {phrase: kind for kind, phrases in kinds.items() for phrase in phrases}


def tidy(name: str) -> str:
    """Small letters without accents or apostrophes, one space between words, and one spelling of centre."""
    plain = unicodedata.normalize("NFKD", name.lower().replace("&", " and "))
    letters = "".join(each for each in plain if not unicodedata.combining(each) and each not in "'’‘`.")
    words = "".join(each if each.isalnum() else " " for each in letters).split()
    return " ".join("centre" if each == "center" else each for each in words)


def named(name: str) -> str:
    """The kind that a name says: the first of its parts that says any. Empty where none does."""
    return next((kind for part in PARTS.split(name) if (kind := part_says(tidy(part).split()))), "")


def part_says(words: list[str]) -> str:
    """The longest ending that is known decides, then the longest beginning."""
    known, most = table(), min(len(words), MOST_WORDS)
    ends = (" ".join(words[-many:]) for many in range(most, 0, -1))
    ending = next((each for each in ends if each in known.endings), None)
    if ending is not None:
        return known.endings[ending]
    begins = (" ".join(words[:many]) for many in range(most, 0, -1))
    return next((known.beginnings[each] for each in begins if each in known.beginnings), "")


def said(words: str) -> str:
    """The kind that somebody's word for it means: one of our labels, or what a name would say."""
    return our_labels().get(tidy(words)) or named(words)


@cache
def our_labels() -> dict[str, str]:
    return {tidy(word.label): word.id for word in vocabulary.PLACE_KINDS.values()}


def with_guess(place: PlaceFacts) -> PlaceFacts:
    """The place with the kind that its name says, where nobody said another. What is hidden or online is of no kind."""
    if place.place_kind or not can_have_kind(place):
        return place if can_have_kind(place) else structs.replace(place, place_kind="")
    first = place.address_1.split(",")[0]
    by_street = "" if place.name or first[:1].isdigit() else named(first)
    return structs.replace(place, place_kind=named(place.name) or by_street)


def can_have_kind(place: PlaceFacts) -> bool:
    return place.location_type == LocationType.PHYSICAL and not place.is_address_hidden


def counted(kinds: Iterable[str]) -> list[str]:
    """The kinds of a listing's places, as finding counts them: health settings are counted together, too."""
    known = vocabulary.known("place_kinds", kinds)
    return [HEALTH, *known] if set(known) & set(IN_HEALTH) else known


def label(kind: str) -> str:
    """What people choose; empty for what nobody could."""
    if kind == HEALTH:
        return "In a health setting"
    return vocabulary.label("place_kinds", kind) if kind in vocabulary.PLACE_KINDS else ""
