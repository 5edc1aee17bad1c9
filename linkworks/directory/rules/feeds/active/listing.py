"""An activity with its dates, as one of our listings."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import structs

from ....states import LocationType, ServiceStatus
from ... import terms, text
from ...facts import AccessFacts, CostFacts, OrganisationFacts, PlaceFacts, Row, ServiceFacts, TermFacts
from .. import finishing, reading
from . import timed

Raw = Mapping[str, Any]
TAXONOMIES = {"activity": "OpenActive activities", "category": "OpenActive categories", "level": "OpenActive levels"}
GENDERS = {"FemaleOnly": "women-only", "MaleOnly": "men-only"}
STATUSES = {"EventCancelled": ServiceStatus.INACTIVE, "EventPostponed": ServiceStatus.TEMPORARILY_CLOSED}
PERSON = finishing.MAY_BE_PRIVATE


def read(raw: Any, meanings: terms.Meanings) -> Row:
    """The listing; `today` in the row is the day from which its dates are told."""
    key, name = finishing.key_and_name(raw)
    today = date.fromisoformat(raw["today"])
    facts = facts_of(raw, name, today)
    owner = raw.get("organizer", {})
    words = [each.name for each in facts.terms]
    row = finishing.finished(key, organisation(owner), facts, term_names=words, audiences=words, meanings=meanings)
    return restricted(held_for_person(row) if owner.get("is_person") else row, raw)


def over(row: Row) -> bool:
    """Whether nothing of it lies ahead."""
    return not row.service.sessions


def facts_of(raw: Raw, name: str, today: date) -> ServiceFacts:
    owner, place = raw.get("organizer", {}), raw.get("place", {})
    ages, sessions = (
        raw.get("ages") or [None, None],
        timed.sessions(raw.get("schedules", []), raw.get("dates", []), today),
    )
    return ServiceFacts(
        name=name,
        description=description(raw),
        url=text.web_address(raw.get("url")) or text.web_address(owner.get("website")),
        email=text.email_address(owner.get("email")),
        phone=reading.words(owner, "phone", most=40) or reading.words(place, "phone", most=40),
        status=STATUSES.get(raw.get("status", ""), ServiceStatus.ACTIVE if sessions else ServiceStatus.INACTIVE).value,
        minimum_age=ages[0],
        maximum_age=ages[1],
        who_it_is_for=who_it_is_for(raw),
        places=places(raw),
        sessions=sessions,
        costs=costs(raw),
        terms=tuple(
            TermFacts(listed, each[:200], each) for name, listed in TAXONOMIES.items() for each in raw.get(name, [])
        ),
    )


def organisation(owner: Raw) -> OrganisationFacts | None:
    return None if owner.get("is_person") else finishing.organisation(owner, "website")


def held_for_person(row: Row) -> Row:
    """What a person runs in their own name waits until a steward has looked."""
    held = " ".join(dict.fromkeys([row.service.held_because.replace(finishing.NO_ORGANISATION, "").strip() or PERSON]))
    return structs.replace(row, service=structs.replace(row.service, held_because=held, is_published=False))


def restricted(row: Row, raw: Raw) -> Row:
    """Who it is for, as the feed says it outright: that is no guess."""
    said = GENDERS.get(raw.get("gender", ""))
    if not said:
        return row
    attributes = tuple(dict.fromkeys([*row.service.person_attributes, said]))
    return structs.replace(row, service=structs.replace(row.service, person_attributes=attributes))


def who_it_is_for(raw: Raw) -> str:
    """Women only and men only stand beside it already."""
    parts = [
        f"Level: {', '.join(raw['level'])}" if raw.get("level") else "",
        f"With support for: {', '.join(raw['support'])}" if raw.get("support") else "",
        reading.paragraphs(raw, "support_words"),
    ]
    return finishing.clean(". ".join(each.removesuffix(".") for each in parts if each))


def description(raw: Raw) -> str:
    """What it is, and what somebody who comes should know. It stays the feed's to change."""
    what = reading.paragraphs(raw, "description") or ", ".join(raw.get("activity", []))
    meet = f"Meet at: {raw['meeting']}" if raw.get("meeting") else ""
    return "\n\n".join(each for each in (what, reading.paragraphs(raw, "instructions"), meet) if each)


def places(raw: Raw) -> tuple[PlaceFacts, ...]:
    found = raw.get("place", {})
    if raw.get("is_online"):
        return (PlaceFacts(name="Online", location_type=LocationType.VIRTUAL.value),)
    if not found:
        return ()
    place = PlaceFacts(
        name=reading.words(found, "name"),
        address_1=reading.words(found, "street"),
        city=reading.words(found, "city", most=100),
        region=reading.words(found, "region", most=100),
        postcode=reading.words(found, "postcode", most=10),
        latitude=found.get("latitude"),
        longitude=found.get("longitude"),
        accessibility=tuple(AccessFacts(each) for each in found.get("amenities", [])),
    )
    return (place,)


def costs(raw: Raw) -> tuple[CostFacts, ...]:
    """Each price once. In another currency it is told in words: an amount is in pounds."""
    if raw.get("free") and not raw.get("offers"):
        return (CostFacts(amount=Decimal(0)),)
    return tuple(
        dict.fromkeys(each for each in map(cost, raw.get("offers", [])) if each.option or each.amount is not None)
    )


def cost(offer: Raw) -> CostFacts:
    option, price = reading.words(offer, "name"), offer.get("price")
    if offer.get("currency", "GBP") != "GBP":
        return CostFacts(option=option, amount_description=f"{price} {offer['currency']}" if price else "")
    return CostFacts(option=option, amount=Decimal(price) if price is not None else None)
