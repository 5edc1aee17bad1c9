"""From other people's terms and words to ours: a reviewed table, then rules over the text. The result is a guess and says so."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

from linkworks.core import vocabulary

FILE = Path(__file__).resolve().parent.parent / "data" / "term_map.yaml"


class Meaning(Struct, frozen=True):
    """What a term or a text means in our words."""

    kinds: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()


Meanings = Mapping[str, Meaning]
NO_MEANINGS: Meanings = {}


class TextRule(Struct, frozen=True):
    pattern: re.Pattern[str]
    meaning: Meaning
    name_only: bool = False


class TermMap(Struct, frozen=True):
    terms: Mapping[str, Meaning]
    audiences: Mapping[str, Meaning]
    accessibility: Mapping[str, tuple[str, ...]]
    text: tuple[TextRule, ...]


@cache
def term_map() -> TermMap:
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return TermMap(
        terms=our_labels() | {tidy(name): meaning_of(entry) for name, entry in raw["terms"].items()},
        audiences={tidy(name): meaning_of(entry) for name, entry in raw["audiences"].items()},
        accessibility={tidy(name): tuple(needs) for name, needs in raw["accessibility"].items()},
        text=tuple(text_rule(each) for each in raw["text"]),
    )


def our_labels() -> dict[str, Meaning]:
    """Our own labels mean themselves, so that a listing that left as ours comes back as ours."""
    kinds = {tidy(word.label): Meaning(kinds=(word.id,)) for word in vocabulary.KINDS.values()}
    return kinds | {tidy(word.label): Meaning(needs=(word.id,)) for word in vocabulary.NEEDS.values()}


def text_rule(entry: Mapping[str, Any]) -> TextRule:
    return TextRule(re.compile(entry["pattern"], re.IGNORECASE), meaning_of(entry), entry.get("name_only", False))


def meaning_of(entry: Mapping[str, Any]) -> Meaning:
    return Meaning(*(tuple(entry.get(part, ())) for part in ("kinds", "needs", "categories", "attributes")))


def tidy(name: str) -> str:
    return " ".join(name.lower().split()).strip(" .:")


def together(meanings: Iterable[Meaning]) -> Meaning:
    """All of them as one, in the vocabulary's order, with the categories the kinds belong to."""
    several = list(meanings)
    kinds = vocabulary.known("kinds", (kind for each in several for kind in each.kinds))
    categories = [category for each in several for category in each.categories] + vocabulary.categories_of(kinds)
    return Meaning(
        tuple(kinds),
        tuple(vocabulary.known("needs", (need for each in several for need in each.needs))),
        tuple(vocabulary.known("categories", categories)),
        tuple(vocabulary.known("person_attributes", (each for meaning in several for each in meaning.attributes))),
    )


def in_text(name: str, description: str = "") -> Meaning:
    """What a listing's own words say it is and helps with."""
    whole = f"{name}\n{description}"
    return together(rule.meaning for rule in term_map().text if rule.pattern.search(name if rule.name_only else whole))


def guess(
    terms: Iterable[str], audiences: Iterable[str], name: str, description: str, *, own: Meanings = NO_MEANINGS
) -> Meaning:
    """Our words for a listing, from a feed's terms, its audiences and its text. What was said of the source's `own` terms comes first."""
    table = term_map()
    known = {**table.terms, **own} if own else table.terms
    by_term = [known[tidy(term)] for term in terms if tidy(term) in known]
    by_audience = [
        table.audiences[tidy(part)] for each in audiences for part in each.split(">") if tidy(part) in table.audiences
    ]
    return together([*by_term, *by_audience, in_text(name, description)])


def access_needs(features: Iterable[str]) -> tuple[str, ...]:
    """Our access needs that the features named in a feed meet."""
    table = term_map().accessibility
    return tuple(
        vocabulary.known("access_needs", (need for feature in features for need in table.get(tidy(feature), ())))
    )
