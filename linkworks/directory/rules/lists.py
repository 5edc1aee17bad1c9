"""Our own lists of words as taxonomies of the standard, so that whoever reads our feed can look each term up."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from linkworks.core import vocabulary

from . import text

OURS = uuid5(NAMESPACE_URL, "linkworks:vocabulary")
LISTS = {
    "categories": "What a service is about, in five broad words.",
    "kinds": "What a service is: a lunch club, a walking group, benefits advice.",
    "needs": "What a service helps with, in the words of social prescribing.",
    "person_attributes": "Whom a service is meant for.",
    "advice_levels": "How far the advice goes that a service gives.",
    "course_levels": "At what level a course is.",
    "access_needs": "What makes a service easier to take part in.",
}


OF_PLACES = {"place_kinds": "What kind of place a service is held at: a library, a park, a GP surgery."}
ALL = LISTS | OF_PLACES


def list_id(name: str) -> str:
    return str(uuid5(OURS, name))


def list_name(name: str) -> str:
    return f"Linkworks {name.replace('_', ' ')}"


def word_id(name: str, word: str) -> str:
    return str(uuid5(OURS, f"{name}:{word}"))


def term(
    identifier: str,
    name: str,
    *,
    taxonomy: str,
    taxonomy_id: str,
    description: str = "",
    uri: str = "",
    parent: object = None,
) -> dict[str, Any]:
    """One term as the standard writes it. It must be described; many lists describe none of theirs."""
    return {
        "id": identifier,
        "name": name,
        "description": description or name,
        "parent_id": str(parent) if parent else "",
        "taxonomy": taxonomy,
        "taxonomy_id": taxonomy_id,
        "term_uri": text.uri(uri),
    }


def our_term(name: str, word: str) -> dict[str, Any]:
    found = vocabulary.LISTS[name].get(word)
    return term(
        word_id(name, word),
        vocabulary.label(name, word),
        taxonomy=list_name(name),
        taxonomy_id=list_id(name),
        description=found.description if found else "",
    )


def our_terms() -> list[dict[str, Any]]:
    """Every word of our lists, in the lists' order."""
    return [our_term(name, word) for name in ALL for word in vocabulary.LISTS[name]]


def our_lists() -> list[dict[str, Any]]:
    return [{"id": list_id(name), "name": list_name(name), "description": about} for name, about in ALL.items()]


def word_of(identifier: str) -> tuple[str, str] | None:
    """Which list and which word of ours a term's id stands for."""
    return next(
        ((name, word) for name in ALL for word in vocabulary.LISTS[name] if word_id(name, word) == identifier), None
    )
