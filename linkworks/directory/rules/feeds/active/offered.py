"""What an activity says of itself, by table: the name it is kept by, and how it is found in the feed."""

from collections.abc import Callable, Mapping
from typing import Any

from ... import text
from .. import reading
from . import linked, timed

Raw = Mapping[str, Any]
LOOKS: Mapping[str, Callable[[Raw], Any]] = {
    "name": lambda raw: linked.words(raw, "name"),
    "description": lambda raw: linked.paragraphs(raw, "description"),
    "url": lambda raw: text.web_address(linked.value(raw, "url")),
    "organizer": lambda raw: organiser(raw),
    "place": lambda raw: place(raw),
    "activity": lambda raw: linked.labels(raw, "activity"),
    "category": lambda raw: linked.labels(raw, "category"),
    "level": lambda raw: linked.labels(raw, "level"),
    "gender": lambda raw: linked.last_part(linked.one(raw, "genderRestriction")),
    "ages": lambda raw: ages(raw),
    "offers": lambda raw: [offer(each) for each in linked.things(raw, "offers")],
    "free": lambda raw: linked.value(raw, "isAccessibleForFree") is True,
    "support": lambda raw: linked.labels(raw, "accessibilitySupport"),
    "support_words": lambda raw: linked.paragraphs(raw, "accessibilityInformation"),
    "instructions": lambda raw: linked.paragraphs(raw, "attendeeInstructions"),
    "meeting": lambda raw: linked.words(raw, "meetingPoint"),
    "status": lambda raw: linked.last_part(linked.one(raw, "eventStatus")),
    "is_online": lambda raw: linked.last_part(linked.one(raw, "eventAttendanceMode")) == "OnlineEventAttendanceMode",
    "schedules": lambda raw: [timed.schedule_of(each) for each in linked.things(raw, "eventSchedule")],
    "dates": lambda raw: dates(raw),
}


def kept(key: str, raw: Raw) -> dict[str, Any]:
    found = {name: look(raw) for name, look in LOOKS.items()}
    return {"id": key, **{name: each for name, each in found.items() if each not in (None, "", [], {}, False)}}


def organiser(raw: Raw) -> dict[str, Any]:
    """The organisation. Of a person only that it is one: they were not asked whether their name may stand in a directory."""
    found = linked.thing(raw, "organizer", "organiser")
    if linked.kind(found) == "Person":
        return {"is_person": True}
    return {
        "id": linked.name_of(found),
        "name": linked.words(found, "name", most=200),
        "description": linked.paragraphs(found, "description"),
        "website": text.web_address(linked.value(found, "url")),
        "email": text.email_address(linked.said(found, "email")),
        "phone": linked.words(found, "telephone", most=40),
    }


def place(raw: Raw) -> dict[str, Any]:
    found = linked.thing(raw, "location", "affiliatedLocation")
    address = linked.one(found, "address")
    geo = linked.thing(found, "geo")
    written = {"street": text.one_line(address)} if isinstance(address, str) else {}
    named = {"street": "streetAddress", "city": "addressLocality", "region": "addressRegion", "postcode": "postalCode"}
    latitude, longitude = reading.position(linked.value(geo, "latitude"), linked.value(geo, "longitude"))
    return written | {
        **({name: linked.words(address, theirs) for name, theirs in named.items()} if not written else {}),
        "name": linked.words(found, "name"),
        "latitude": latitude,
        "longitude": longitude,
        "phone": linked.words(found, "telephone", most=40),
        "amenities": [each for row in linked.things(found, "amenityFeature") if (each := amenity(row))],
    } if found else {}  # fmt: skip


def amenity(row: Raw) -> str:
    """A thing that the place has; what it says it has not is nothing to tell."""
    return "" if linked.value(row, "value") is False or row.get("value") is False else linked.words(row, "name")


def ages(raw: Raw) -> list[Any]:
    """The youngest and the oldest. A single age is the youngest; a text such as "16-25" is taken apart."""
    found = linked.one(raw, "ageRange")
    if isinstance(found, str):
        low, _, high = found.replace("–", "-").strip().partition("-")
        return [reading.age(low.strip(" +")), reading.age(high)]
    if isinstance(found, Mapping):
        return [reading.age(linked.value(found, "minValue", "value")), reading.age(linked.value(found, "maxValue"))]
    return [reading.age(found), None] if found is not None else []


def offer(row: Raw) -> dict[str, Any]:
    currency = linked.words(row, "priceCurrency", most=3).upper()
    price = row.get("price", row.get("schema:price"))
    return {"name": linked.words(row, "name", "identifier"), "price": price_of(price), "currency": currency or "GBP"}


def price_of(raw: Any) -> str | None:
    """As text, so that it stays what it was."""
    amount = reading.money(raw)
    return None if amount is None else str(amount)


def dates(raw: Raw) -> list[dict[str, Any]]:
    """Its own day, when it happens once, and the sessions that are written out inside it."""
    inside = [
        timed.date_of(each) for each in linked.things(raw, "subEvent") if linked.moment(linked.value(each, "startDate"))
    ]
    own = linked.moment(linked.value(raw, "startDate"))
    is_series = linked.kind(raw) == "SessionSeries"
    return inside or ([timed.date_of(raw)] if own and not is_series else [])
