"""Sectors and what is known of whether they help: cards written by hand in `data/evidence.yaml`, and what a card must say.

docs/evidence-cards.md says how certainty is graded. A file that breaks a rule is refused whole, with everything that is wrong in it.
"""

import datetime
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml
from msgspec import Struct

from linkworks.core import vocabulary
from linkworks.core.errors import Invalid

FILE = Path(__file__).resolve().parent.parent / "data" / "evidence.yaml"
ALL = "all"
Certainty = Literal["high", "moderate", "low", "very-low"]
Design = Literal["systematic-review", "randomised-trial", "controlled-not-randomised", "survey", "before-after"]
Read = Literal["full", "abstract", "part-of-abstract", "summary"]
DESIGNS: Mapping[str, str] = {
    "systematic-review": "Review of all studies that could be found",
    "randomised-trial": "Randomised trial: chance decided who had it",
    "controlled-not-randomised": "Compared with others, but not chosen by chance",
    "survey": "Survey of many people at several times",
    "before-after": "Before and after, with nobody to compare with",
}
CERTAINTY: Mapping[str, str] = {
    "high": "High: more studies are unlikely to change this",
    "moderate": "Moderate: the truth is probably close to this",
    "low": "Low: the truth may well be different",
    "very-low": "Very low: we cannot tell from this",
}
# The most that a design can carry by itself: what compares nobody says nothing of what caused what.
MOST_CERTAIN: Mapping[str, tuple[str, ...]] = {
    "before-after": ("very-low",),
    "survey": ("very-low", "low"),
    "controlled-not-randomised": ("very-low", "low", "moderate"),
}
MOST_CERTAIN_BY_READING: Mapping[str, tuple[str, ...]] = {"part-of-abstract": ("very-low", "low")}
CAUSAL = ("improves", "reduces", "leads to", "causes", "thanks to", "because of", "effective")


class Sector(Struct, frozen=True, forbid_unknown_fields=True):
    """A field of support: what it is, and the kinds of listing that belong to it."""

    label: str
    about: str
    kinds: tuple[str, ...]
    nothing_on: str = ""


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """Where it was read. The licence is of its text, where that is known; we quote none of it."""

    title: str
    who: str
    year: int
    address: str
    licence: str = ""


class Card(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that is known, how, how surely, and what it does not show."""

    id: str
    sectors: tuple[str, ...]
    claim: str
    design: Design
    certainty: Certainty
    why: str
    does_not_show: str
    source: Source
    read: Read
    read_on: datetime.date
    people: int | None = None
    studies: int | None = None
    effect: str = ""
    uncertainty: str = ""


class Evidence(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    sectors: dict[str, Sector]
    cards: tuple[Card, ...]

    def of(self, sector: str) -> tuple[Card, ...]:
        return tuple(each for each in self.cards if sector in each.sectors)


@cache
def evidence() -> Evidence:
    return read(FILE.read_text(encoding="utf-8"))


def read(text: str) -> Evidence:
    """What the file says; raises Invalid with every problem in it."""
    try:
        found = msgspec.convert(yaml.safe_load(text), Evidence)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise Invalid(f"The evidence file cannot be read: {error}") from error
    problems = list(problems_in(found))
    if problems:
        raise Invalid("\n".join(problems))
    return found


def problems_in(found: Evidence) -> Iterator[str]:
    for name, sector in found.sectors.items():
        yield from (
            f"{name}: {kind} is no kind of our vocabulary" for kind in sector.kinds if kind not in vocabulary.KINDS
        )
        if not (sector.kinds and sector.label.strip() and sector.about.strip()):
            yield f"{name}: needs a label, what it is about, and kinds"
    seen: set[str] = set()
    for card in found.cards:
        yield from (f"{card.id}: {each}" for each in wrong_with(card, found.sectors))
        if card.id in seen:
            yield f"{card.id}: is there twice"
        seen.add(card.id)


def wrong_with(card: Card, sectors: Mapping[str, Any]) -> Iterator[str]:
    unknown = [each for each in card.sectors if each not in sectors and each != ALL]
    if unknown or not card.sectors:
        yield f"belongs to no sector of ours ({', '.join(unknown)})"
    for name in ("claim", "why", "does_not_show"):
        if not getattr(card, name).strip():
            yield f"{name} must have words"
    if not card.source.address.startswith(("https://", "http://")):
        yield "the source's address must begin with https://"
    if not 1900 <= card.source.year <= card.read_on.year:
        yield "the source's year cannot be right"
    yield from too_sure(card)


def too_sure(card: Card) -> Iterator[str]:
    """What claims more than its design, or our reading of it, can carry."""
    for most in (MOST_CERTAIN.get(card.design), MOST_CERTAIN_BY_READING.get(card.read)):
        if most and card.certainty not in most:
            yield f"certainty can be {most[-1]} at most, for how it was studied or read"
    said = card.claim.lower()
    if card.design in ("before-after", "survey"):
        yield from (f"“{word}” says what caused what, which this design cannot" for word in CAUSAL if word in said)
    if card.uncertainty and not card.effect:
        yield "uncertainty without the effect it is of"


def sector_of(kinds: tuple[str, ...] | list[str]) -> str | None:
    """The sector a listing belongs to: the first of ours that has one of its kinds."""
    wanted = set(kinds)
    return next((name for name, each in evidence().sectors.items() if wanted & set(each.kinds)), None)
