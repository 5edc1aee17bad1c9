"""What versions 1.0 and 3.0 nest inside a service: places, times, costs, contacts, languages, areas."""

import re
from collections.abc import Mapping
from typing import Any

from msgspec import structs

from ...states import LocationType
from .. import listing, place_kinds, text
from ..facts import AccessFacts, AreaFacts, ContactFacts, CostFacts, LanguageFacts, PlaceFacts, SessionFacts
from ..hiding import is_flagged
from ..sessions import byday_tokens
from . import reading

ONS_CODE = re.compile(r"[EWSN]\d{8}")
Raw = Mapping[str, Any]


def places(row: Raw) -> tuple[PlaceFacts, ...]:
    locations = (reading.value(each, "location") for each in reading.rows_of(row, "service_at_locations"))
    return tuple(place(each) for each in locations if isinstance(each, Mapping))


def place(location: Raw) -> PlaceFacts:
    address = next(iter(reading.rows_of(location, "addresses", "physical_addresses")), {})
    latitude, longitude = reading.position(location.get("latitude"), location.get("longitude"))
    kind = reading.words(location, "location_type")
    return PlaceFacts(
        name=reading.words(location, "name"),
        description=reading.paragraphs(location, "description"),
        location_type=kind if kind in list(LocationType) else LocationType.PHYSICAL.value,
        latitude=latitude,
        longitude=longitude,
        address_1=reading.words(address, "address_1"),
        city=reading.words(address, "city", most=100),
        region=reading.words(address, "region", most=100),
        state_province=reading.words(address, "state_province", most=100),
        postcode=reading.words(address, "postal_code", most=10),
        is_address_hidden=is_flagged(location),
        place_kind=kind_said(location),
        accessibility=tuple(features(location)),
    )


def kind_said(location: Raw) -> str:
    """What kind of place it is, by the first of its terms that means one."""
    terms = (reading.value(each, "taxonomy_term") for each in reading.rows_of(location, "attributes"))
    names = (reading.words(each, "name") for each in terms if isinstance(each, Mapping))
    return next((kind for name in names if (kind := place_kinds.said(name))), "")


def features(location: Raw) -> list[AccessFacts]:
    rows = reading.rows_of(location, "accessibility", "accessibility_for_disabilities")
    named = (reading.words(each, "description", "accessibility", "details") for each in rows)
    return [AccessFacts(name) for name in named if name]


def sessions(row: Raw) -> tuple[SessionFacts, ...]:
    """A service's schedules, its own and those of its places."""
    own = reading.rows_of(row, "schedules", "regular_schedules")
    found = [session(each) for each in own]
    for index, each in enumerate(located(row)):
        nested = reading.rows_of(each, "schedules", "regular_schedules")
        found += [structs.replace(session(schedule), place=index) for schedule in nested]
    return tuple(each for each in found if says_something(each))


def located(row: Raw) -> list[Raw]:
    """The service_at_locations that have a location, in the order of `places`."""
    return [each for each in reading.rows_of(row, "service_at_locations") if isinstance(each.get("location"), Mapping)]


def says_something(session: SessionFacts) -> bool:
    return bool(session.freq or session.description or session.valid_from or session.opens_at)


def session(schedule: Raw) -> SessionFacts:
    byday = days(schedule)
    freq = frequency(schedule, byday)
    interval = reading.number(schedule.get("interval"))
    return SessionFacts(
        freq=freq,
        interval=int(interval) if interval and 1 <= interval <= 52 else 1,
        byday=byday if freq else "",
        bymonthday=reading.words(schedule, "bymonthday", most=60) if freq == "MONTHLY" else "",
        dtstart=reading.day(schedule.get("dtstart")),
        valid_from=reading.day(schedule.get("valid_from")),
        valid_to=reading.day(schedule.get("valid_to")),
        opens_at=reading.clock(schedule.get("opens_at")),
        closes_at=reading.clock(schedule.get("closes_at")),
        description=reading.paragraphs(schedule, "description"),
        notes=reading.paragraphs(schedule, "notes"),
    )


def days(schedule: Raw) -> str:
    tokens = byday_tokens(reading.words(schedule, "byday", most=60))
    if tokens:
        return ",".join(f"{ordinal or ''}{name}" for ordinal, name in tokens)
    return reading.weekday(schedule.get("weekday"))


def frequency(schedule: Raw, byday: str) -> str:
    """WEEKLY or MONTHLY; "week" and "month" are old spellings, and an ordinal day ("2MO") can only be monthly."""
    said = reading.words(schedule, "freq").upper()
    if any(ordinal for ordinal, _ in byday_tokens(byday)) or said.startswith("MONTH"):
        return "MONTHLY"
    if said.startswith("WEEK") or (byday and not said):
        return "WEEKLY"
    return "WEEKLY" if said.startswith("DAI") and byday else ""


def costs(row: Raw) -> tuple[CostFacts, ...]:
    found = (cost(each) for each in reading.rows_of(row, "cost_options"))
    return tuple(each for each in found if each.amount is not None or each.option or each.amount_description)


def cost(each: Raw) -> CostFacts:
    amount = reading.money(each.get("amount"))
    unread = "" if amount is not None else reading.words(each, "amount")
    return CostFacts(
        option=reading.words(each, "option"),
        amount=amount,
        amount_description=reading.words(each, "amount_description", "cost_type") or unread,
        valid_from=reading.day(each.get("valid_from")),
        valid_to=reading.day(each.get("valid_to")),
    )


def contacts(row: Raw) -> tuple[ContactFacts, ...]:
    found = [contact(each, phone) for each in reading.rows_of(row, "contacts") for phone in phones(each)]
    return tuple(each for each in found if each.name or each.email or each.phone)


def phones(each: Raw) -> list[str]:
    numbers = [reading.words(phone, "number", most=40) for phone in reading.rows_of(each, "phones")]
    return [number for number in numbers if number] or [reading.words(each, "phone", most=40)]


def is_number(said: str) -> bool:
    return sum(letter.isdigit() for letter in said) >= 5


def contact(each: Raw, phone: str) -> ContactFacts:
    return ContactFacts(
        name=reading.words(each, "name", most=200),
        title=reading.words(each, "title", most=200),
        email=text.email_address(each.get("email")),
        phone=phone if is_number(phone) else "",
    )


def languages(row: Raw) -> tuple[LanguageFacts, ...]:
    names = (reading.words(each, "name", "language", most=60) for each in reading.rows_of(row, "languages"))
    return tuple(LanguageFacts(name, listing.language_id(name)) for name in names if name)


def areas(row: Raw) -> tuple[AreaFacts, ...]:
    found = []
    for each in reading.rows_of(row, "service_areas"):
        name = reading.words(each, "name", "service_area", "extent")
        code = ONS_CODE.search(reading.words(each, "uri", most=500))
        if name:
            found.append(AreaFacts(name, code[0] if code else ""))
    return tuple(found)
