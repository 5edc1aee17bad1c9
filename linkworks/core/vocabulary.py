"""The words Linkworks uses, as data: ids that are stored, and the labels people read.

`vocabulary.NEEDS["loneliness"].label`, `vocabulary.choices("needs")`, `vocabulary.label("kinds", "lunch-club")`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

FILE = Path(__file__).with_name("data") / "vocabulary.yaml"


@dataclass(frozen=True, slots=True)
class Word:
    """One id of a list, and how it is said.

    short       reads well inside a sentence ("Helps with loneliness")
    categories  for kinds: the categories a kind belongs to
    by          for decline reasons: who decides (provider, person, either)
    what_next   for decline reasons: what happens next
    """

    id: str
    label: str
    short: str = ""
    description: str = ""
    categories: tuple[str, ...] = ()
    by: str = ""
    what_next: str = ""


WordList = Mapping[str, Word]


def word(identifier: str, entry: str | dict[str, Any]) -> Word:
    """A word as the file says it: a plain label, or a mapping."""
    if isinstance(entry, str):
        return Word(identifier, entry, short=lower_first(entry), description=entry)
    label = entry["label"]
    filled = {"short": lower_first(label), "description": label, **entry}
    return Word(identifier, **{**filled, "categories": tuple(entry.get("categories", ()))})


def lower_first(words: str) -> str:
    """The words as they read inside a sentence; capitals that mean something (GP, LGBTQ+, English) stay."""
    first = words.split(" ")[0].split(",")[0]
    return words if first in KEEP_CAPITAL or first[1:] != first[1:].lower() else words[:1].lower() + words[1:]


KEEP_CAPITAL = frozenset({"English", "British", "Easy", "Changing", "Deaf", "Black", "Jobcentre", "Linkworks"})


def load(path: Path = FILE) -> Mapping[str, WordList]:
    lists = yaml.safe_load(path.read_text(encoding="utf-8"))
    return MappingProxyType({name: frozen(entries) for name, entries in lists.items()})


def frozen(entries: Mapping[str, Any]) -> WordList:
    return MappingProxyType({key: word(key, entry) for key, entry in entries.items()})


LISTS = load()
CATEGORIES = LISTS["categories"]
KINDS = LISTS["kinds"]
NEEDS = LISTS["needs"]
BENEFITS = LISTS["benefits"]
REFERRER_TYPES = LISTS["referrer_types"]
DECLINE_REASONS = LISTS["decline_reasons"]
REASONS_ALTHOUGH_FULL = LISTS["reasons_although_full"]
ENDINGS = LISTS["endings"]
NON_ATTENDANCE = LISTS["non_attendance"]
UNMET_REASONS = LISTS["unmet_reasons"]
CLOSE_REASONS = LISTS["close_reasons"]
ACCESS_NEEDS = LISTS["access_needs"]
ADVICE_LEVELS = LISTS["advice_levels"]
COURSE_LEVELS = LISTS["course_levels"]
PLACE_KINDS = LISTS["place_kinds"]
PERSON_ATTRIBUTES = LISTS["person_attributes"]
LANGUAGES = LISTS["languages"]


def label(list_name: str, identifier: str) -> str:
    """What people read for an id; an id that has left the list is shown as plain words rather than not at all."""
    found = LISTS[list_name].get(identifier)
    return found.label if found else identifier.replace("-", " ").capitalize()


def labels(list_name: str, identifiers: Iterable[str]) -> list[str]:
    return [label(list_name, each) for each in identifiers]


def choices(list_name: str) -> list[tuple[str, str]]:
    """(id, label) pairs for a form field or a model field, in the list's order."""
    return [(each.id, each.label) for each in LISTS[list_name].values()]


def known(list_name: str, identifiers: Iterable[str]) -> list[str]:
    """The ids that are in the list, in the list's order and once each."""
    wanted = set(identifiers)
    return [each for each in LISTS[list_name] if each in wanted]


def categories_of(kinds: Iterable[str]) -> list[str]:
    """The categories the given kinds belong to."""
    return known("categories", (category for kind in kinds if kind in KINDS for category in KINDS[kind].categories))
