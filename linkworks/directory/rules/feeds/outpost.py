"""Outpost: whole rows in the list, integer ids, British spelling, and weekdays that do not say how often."""

import re
from collections.abc import Mapping
from typing import Any

from msgspec import structs

from .. import text
from ..facts import AccessFacts, ContactFacts, CostFacts, PlaceFacts, Row, ServiceFacts, SessionFacts, TermFacts
from ..hiding import is_flagged
from ..sessions import DAYS
from ..terms import Meanings
from . import finishing, nested, reading

ORDINALS = {
    "1st": 1,
    "first": 1,
    "2nd": 2,
    "second": 2,
    "3rd": 3,
    "third": 3,
    "4th": 4,
    "fourth": 4,
    "5th": 5,
    "last": -1,
}
ORDINAL = "|".join(ORDINALS)
NTH_DAYS = re.compile(  # six ordinals at most: a text full of them must not hold up a reading
    rf"((?:\b(?:{ORDINAL})\b(?:\s*(?:,|&|and)\s*)?){{1,6}})\s*((?:mon|tues|wednes|thurs|fri|satur|sun)day)",
    re.IGNORECASE,
)
NOT_WEEKLY = re.compile(
    r"\b(monthly|(each|every|a|the) month|fortnight(ly)?|alternate weeks?"
    r"|every (other|second|two|2|three|3|four|4|six|6) weeks?)\b",
    re.IGNORECASE,
)
MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
A_DATE = re.compile(rf"\b(mon|tues|wednes|thurs|fri|satur|sun)day \d{{1,2}}(st|nd|rd|th)? ({MONTHS})\b", re.IGNORECASE)
FIELDS = (
    ("taxonomies", "Outpost categories", ""),
    ("suitabilities", "Outpost suitabilities", "suitability"),
    ("send_needs", "Outpost special educational needs", "special educational need"),
)


def read(raw: Any, meanings: Meanings) -> Row:
    key, name = finishing.key_and_name(raw)
    lowest, highest = finishing.ages([(raw.get("min_age"), raw.get("max_age"))])
    named = terms(raw)
    description = reading.paragraphs(raw, "description")
    facts = ServiceFacts(
        name=name,
        description=description,
        url=text.web_address(raw.get("url")),
        status=finishing.status(raw),
        minimum_age=lowest,
        maximum_age=highest,
        referral_note="The service says that a referral is needed." if raw.get("needs_referral") is True else "",
        places=tuple(place(each) for each in reading.rows_of(raw, "locations")),
        sessions=tuple(session(each, f"{name}. {description}") for each in reading.rows_of(raw, "regular_schedules")),
        costs=costs(raw),
        contacts=tuple(contact(each) for each in reading.rows_of(raw, "contacts")),
        terms=named,
    )
    owner = finishing.organisation(raw.get("organisation"), "url")
    words = [term.name for term in named if not term.link_type]
    audiences = [term.name for term in named if term.link_type]
    return finishing.finished(key, owner, facts, term_names=words, audiences=audiences, meanings=meanings)


def place(location: Mapping[str, Any]) -> PlaceFacts:
    latitude, longitude = coordinates(location)
    features = (reading.words(each, "name") for each in reading.rows_of(location, "accessibilities"))
    return PlaceFacts(
        name=reading.words(location, "name"),
        latitude=latitude,
        longitude=longitude,
        address_1=reading.words(location, "address_1"),
        city=reading.words(location, "city", most=100),
        state_province=reading.words(location, "state_province", most=100),
        postcode=reading.words(location, "postal_code", most=10),
        is_address_hidden=is_flagged(location),
        accessibility=tuple(AccessFacts(name) for name in features if name),
    )


def coordinates(location: Mapping[str, Any]) -> tuple[float, float] | tuple[None, None]:
    """GeoJSON says longitude first."""
    pair = reading.value(location.get("geometry"), "coordinates")
    if not isinstance(pair, list) or len(pair) < 2:
        return (None, None)
    return reading.position(pair[1], pair[0])


def session(schedule: Mapping[str, Any], description: str) -> SessionFacts:
    """A weekday and its hours. Only the service's text says when it is the second Monday and not every one."""
    read = nested.session(schedule)
    if not read.byday:
        return read
    nth = [ordinal for ordinal, day in nth_days(description) if day == read.byday]
    if nth:
        return structs.replace(read, freq="MONTHLY", byday=",".join(f"{ordinal}{read.byday}" for ordinal in nth))
    if A_DATE.search(description):
        return structs.replace(read, freq="", byday="", description="On certain dates only")
    if NOT_WEEKLY.search(description):
        return structs.replace(
            read, freq="", byday="", description=f"Some {DAYS[read.byday]}s, not every week: ask which"
        )
    return read


def nth_days(description: str) -> list[tuple[int, str]]:
    """The days a text counts: "the 2nd and 4th Friday" is (2, FR) and (4, FR)."""
    found = []
    for ordinals, day in NTH_DAYS.findall(description):
        named = re.findall(rf"\b(?:{ORDINAL})\b", ordinals, re.IGNORECASE)
        found += [(ORDINALS[each.lower()], reading.weekday(day)) for each in named]
    return list(dict.fromkeys(found))


def costs(raw: Mapping[str, Any]) -> tuple[CostFacts, ...]:
    priced = nested.costs(raw)
    return priced or ((CostFacts(amount=reading.money("free")),) if raw.get("free") is True else ())


def contact(each: Mapping[str, Any]) -> ContactFacts:
    return nested.contact(each, reading.words(each, "phone", most=40))


def terms(raw: Mapping[str, Any]) -> tuple[TermFacts, ...]:
    """Its categories, and whom it suits."""
    return tuple(
        term(each, taxonomy, link_type)
        for field, taxonomy, link_type in FIELDS
        for each in reading.rows_of(raw, field)
        if reading.words(each, "name")
    )


def term(each: Mapping[str, Any], taxonomy: str, link_type: str) -> TermFacts:
    name = reading.words(each, "name")
    code = reading.words(each, "slug", most=200) or name[:200]
    key, above = reading.key_of(each), reading.key_of(each, "parent_id")
    return TermFacts(taxonomy, code, name, link_type=link_type, key=key, above=above)
