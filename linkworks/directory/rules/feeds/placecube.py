"""Open Referral UK 1.0 as Placecube sends it: empty strings for everything unset, and pc_ extras."""

from collections.abc import Mapping
from typing import Any

from .. import text
from ..facts import Row, ServiceFacts, TermFacts
from ..terms import Meanings
from . import finishing, nested, reading


def read(raw: Any, meanings: Meanings) -> Row:
    key, name = finishing.key_and_name(raw)
    eligible = reading.rows_of(raw, "eligibilitys")
    lowest, highest = finishing.ages([(each.get("minimum_age"), each.get("maximum_age")) for each in eligible])
    named = terms(raw)
    audiences = [reading.words(each, "audienceType") for each in reading.rows_of(raw, "pc_targetAudience")]
    facts = ServiceFacts(
        name=name,
        description=reading.paragraphs(raw, "description"),
        url=text.web_address(raw.get("url")),
        email=text.email_address(raw.get("email")),
        status=finishing.status(raw),
        fees=reading.paragraphs(raw, "fees"),
        minimum_age=lowest,
        maximum_age=highest,
        assured_date=reading.day(raw.get("assured_date")),
        who_it_is_for=who_for(eligible, audiences),
        places=nested.places(raw),
        sessions=nested.sessions(raw),
        costs=nested.costs(raw),
        contacts=nested.contacts(raw),
        areas=nested.areas(raw),
        other_languages=nested.languages(raw),
        terms=named,
    )
    owner = finishing.organisation(raw.get("organization"), "url")
    return finishing.finished(
        key, owner, facts, term_names=[term.name for term in named], audiences=audiences, meanings=meanings
    )


def who_for(eligible: list[Mapping[str, Any]], audiences: list[str]) -> str:
    """Whom the feed says it is for: its eligibility rows, else its audiences."""
    said = [words for each in eligible if (words := reading.words(each, "eligibility"))]
    shown = said or [each.rpartition(">")[2].strip() for each in audiences if each.strip()]
    return finishing.clean(", ".join(dict.fromkeys(shown)))


def terms(raw: Mapping[str, Any]) -> tuple[TermFacts, ...]:
    found = []
    for each in reading.rows_of(raw, "service_taxonomys"):
        named = each.get("taxonomy")
        name = reading.words(named, "name")
        if name:
            listed = reading.words(named, "vocabulary", most=200) or "Terms without a list"
            found.append(TermFacts(taxonomy=listed, code=reading.key_of(named) or name[:200], name=name))
    return tuple(found)
