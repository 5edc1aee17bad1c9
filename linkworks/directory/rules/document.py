"""The Open Referral UK 3.0 document of a service: optional fields without a value are left out, never null or empty."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Any

import orjson

from .extras import extra_properties
from .lists import LISTS, our_term, term
from .published_places import part_id, place_documents
from .text import email_address, uri

LONDON_TIME = "Europe/London"
SERVICE_FIELDS = (
    "name",
    "description",
    "status",
    "fees",
    "minimum_age",
    "maximum_age",
    "assured_date",
    "alert",
    "last_modified",
)
SCHEDULE_FIELDS = (
    "valid_from",
    "valid_to",
    "dtstart",
    "freq",
    "byday",
    "bymonthday",
    "description",
    "opens_at",
    "closes_at",
    "notes",
)


@dataclass(frozen=True)
class Parts:
    """The rows that hang on a service, in a steady order. Contacts are those that may be published."""

    organisation: Any
    places: Sequence[Any] = ()
    accessibility: Mapping[Any, Sequence[Any]] = field(default_factory=dict)
    schedules: Sequence[Any] = ()
    costs: Sequence[Any] = ()
    contacts: Sequence[Any] = ()
    languages: Sequence[Any] = ()
    areas: Sequence[Any] = ()
    attributes: Sequence[Any] = ()


def service_document(service: Any, parts: Parts) -> dict[str, Any]:
    """The service and everything nested in it. Ids below the service follow from its own, so saving again changes nothing."""
    document = {
        "id": str(service.id),
        "organization_id": str(parts.organisation.id),
        **{name: value_of(getattr(service, name)) for name in SERVICE_FIELDS},
        "url": uri(service.url),
        "email": email_address(service.email),
        **extra_properties(service, part_id(service, "phone", "own")),
        "organization": organisation_document(parts.organisation),
        "service_at_locations": place_documents(service, parts.places, parts.accessibility),
        "schedules": [schedule_document(service, number, each) for number, each in enumerate(parts.schedules)],
        "cost_options": [cost_document(service, number, each) for number, each in enumerate(parts.costs)],
        "contacts": [contact_document(service, number, each) for number, each in enumerate(parts.contacts)],
        "languages": [language_document(service, number, each) for number, each in enumerate(parts.languages)],
        "service_areas": [area_document(service, number, each) for number, each in enumerate(parts.areas)],
        "attributes": [*profile_attributes(service), *(attribute_document(service, each) for each in parts.attributes)],
    }
    return tidied(document)


def canonical(document: dict[str, Any]) -> str:
    """The document's one text: sorted keys, no spaces."""
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS).decode()


def fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def organisation_document(organisation: Any) -> dict[str, Any]:
    return {
        "id": str(organisation.id),
        "name": organisation.name,
        "description": organisation.description or organisation.name,  # required by the standard; many feeds have none
        "email": email_address(organisation.email),
        "website": uri(organisation.website),
    }


def schedule_document(service: Any, number: int, schedule: Any) -> dict[str, Any]:
    fields = {name: value_of(getattr(schedule, name)) for name in SCHEDULE_FIELDS}
    return {
        "id": part_id(service, "schedule", number),
        "service_id": str(service.id),
        "service_at_location_id": place_id(schedule),
        **fields,
        "interval": schedule.interval if schedule.freq and schedule.interval > 1 else None,
        "timezone": LONDON_TIME if schedule.opens_at or schedule.closes_at else None,
    }


def place_id(schedule: Any) -> str | None:
    """Where it happens, when only one of the places is meant."""
    return str(schedule.service_at_location_id) if schedule.service_at_location_id else None


def cost_document(service: Any, number: int, cost: Any) -> dict[str, Any]:
    fields = {
        name: value_of(getattr(cost, name))
        for name in ("valid_from", "valid_to", "option", "amount", "amount_description")
    }
    return {"id": part_id(service, "cost_option", number), "service_id": str(service.id), **fields}


def contact_document(service: Any, number: int, contact: Any) -> dict[str, Any]:
    phone = {
        "id": part_id(service, "phone", number),
        "contact_id": part_id(service, "contact", number),
        "number": contact.phone,
    }
    return {
        "id": part_id(service, "contact", number),
        "service_id": str(service.id),
        "name": contact.name,
        "title": contact.title,
        "email": email_address(contact.email),  # International names that the UK profile drops and permits
        "phones": [phone] if contact.phone else [],
    }


def language_document(service: Any, number: int, language: Any) -> dict[str, Any]:
    return {
        "id": part_id(service, "language", number),
        "service_id": str(service.id),
        "name": language.name,
        "code": language.code,
    }


def area_document(service: Any, number: int, area: Any) -> dict[str, Any]:
    uri = f"http://statistics.data.gov.uk/id/statistical-geography/{area.ons_code}" if area.ons_code else ""
    return {
        "id": part_id(service, "service_area", number),
        "service_id": str(service.id),
        "name": area.name,
        "uri": uri,
    }


def profile_attributes(service: Any) -> list[dict[str, Any]]:
    """Our own lists, said as attributes so that other readers of the standard can use them."""
    return [
        attribute(service, f"profile:{name}", word, our_term(name, word))
        for name in LISTS
        for word in getattr(service, name)
    ]


def attribute_document(service: Any, said: Any) -> dict[str, Any]:
    """A term that a feed says of the service."""
    kind = said.link_type or "service"
    return attribute(service, f"attribute:{said.link_type}", said.term.id, term_document(said.term), kind)


def attribute(service: Any, kind: str, key: object, said: dict[str, Any], link_type: str = "service") -> dict[str, Any]:
    return {
        "id": part_id(service, kind, key),
        "link_id": str(service.id),
        "link_type": link_type,
        "taxonomy_term_id": said["id"],
        "taxonomy_term": said,
    }


def term_document(row: Any) -> dict[str, Any]:
    """A term of somebody else's list."""
    return term(
        str(row.id),
        row.name,
        taxonomy=row.taxonomy.name,
        taxonomy_id=str(row.taxonomy_id),
        description=row.description,
        uri=row.term_uri,
        parent=row.parent_id,
    )


def service_summary(document: dict[str, Any]) -> dict[str, Any]:
    """The service's row in a list: its plain fields and its organisation, without what hangs on it."""
    return {name: value for name, value in document.items() if not is_nested(name, value)}


def is_nested(name: str, value: Any) -> bool:
    return isinstance(value, list) or (isinstance(value, dict) and name != "organization")


def place_summary(place: dict[str, Any]) -> dict[str, Any]:
    """The same of a service at a location; what is told of the service itself is added where it is read."""
    return {**place, "location": service_summary(place["location"])}


def value_of(value: Any) -> Any:
    """A value as the standard writes it. Times are local to London and carry no zone: they must not move in summer."""
    if isinstance(value, time):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def tidied(document: dict[str, Any]) -> dict[str, Any]:
    """Without what has no value, all the way down."""
    kept = {name: tidy(each) for name, each in document.items()}
    return {name: each for name, each in kept.items() if has_value(each)}


def tidy(value: Any) -> Any:
    if isinstance(value, dict):
        return tidied(value)
    if isinstance(value, list):
        return [each for each in map(tidy, value) if has_value(each)]
    return value


def has_value(value: Any) -> bool:
    return bool(value) or value == 0  # and False is one, too
