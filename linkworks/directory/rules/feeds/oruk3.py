"""Open Referral UK 3.0: a service with everything nested in it."""

from collections.abc import Iterable, Mapping
from typing import Any

from .. import levels, text
from ..facts import Row, ServiceFacts, TermFacts
from ..lists import list_name
from ..terms import Meanings
from . import finishing, nested, reading, really_like


def read(raw: Any, meanings: Meanings) -> Row:
    key, name = finishing.key_and_name(raw)
    lowest, highest = finishing.ages([(raw.get("minimum_age"), raw.get("maximum_age"))])
    named = terms(raw)
    facts = ServiceFacts(
        name=name,
        description=reading.paragraphs(raw, "description"),
        url=text.web_address(raw.get("url")),
        email=text.email_address(raw.get("email")),
        phone=next((each for each in nested.phones(raw) if nested.is_number(each)), ""),
        status=finishing.status(raw),
        fees=reading.paragraphs(raw, "fees", "fees_description"),
        minimum_age=lowest,
        maximum_age=highest,
        alert=reading.paragraphs(raw, "alert"),
        assured_date=reading.day(raw.get("assured_date")),
        who_it_is_for=finishing.clean(reading.paragraphs(raw, "eligibility_description")),
        places=nested.places(raw),
        sessions=nested.sessions(raw),
        costs=nested.costs(raw),
        contacts=nested.contacts(raw),
        areas=nested.areas(raw),
        other_languages=nested.languages(raw),
        advice_levels=levels_in(named, "advice_levels"),
        course_levels=levels_in(named, "course_levels"),
        referral_note=reading.paragraphs(raw, "application_process"),
        **really_like.of(raw.get("linkworks")),
        is_fictional=reading.value(raw.get("linkworks"), "is_fictional") is True,
        terms=named,
    )
    owner = finishing.organisation(raw.get("organization"), "website")
    words = [term.name for term in named]
    return finishing.finished(key, owner, facts, term_names=words, audiences=words, meanings=meanings)


def terms(raw: Mapping[str, Any]) -> tuple[TermFacts, ...]:
    found = (term(each) for each in reading.rows_of(raw, "attributes"))
    return tuple(each for each in found if each is not None)


def levels_in(named: Iterable[TermFacts], name: str) -> tuple[str, ...]:
    """What is said in the words of our own list, which others may use too."""
    return levels.said(name, (each.name for each in named if each.taxonomy == list_name(name)))


def term(attribute: Mapping[str, Any]) -> TermFacts | None:
    named = attribute.get("taxonomy_term")
    name = reading.words(named, "name")
    if not name:
        return None
    return TermFacts(
        taxonomy=reading.words(named, "taxonomy", most=200) or "Terms without a list",
        code=reading.words(named, "code", most=200) or reading.key_of(named) or name[:200],
        name=name,
        description=reading.paragraphs(named, "description"),
        term_uri=text.web_address(reading.value(named, "term_uri")),
        link_type=reading.words(attribute, "link_type", most=100),
        key=reading.key_of(named),
        above=reading.key_of(named, "parent_id"),
    )
