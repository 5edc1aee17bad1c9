"""The Open Referral UK 3.0 document of a service: optional fields without a value are left out, never null or empty."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import orjson

from linkworks.core import vocabulary

OURS = uuid5(NAMESPACE_URL, "linkworks:vocabulary")
PROFILE_LISTS = ("categories", "kinds", "needs", "person_attributes", "access_needs")
SERVICE_FIELDS = (
    "name",
    "description",
    "url",
    "email",
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
PLACE_FIELDS = ("name", "description", "location_type", "latitude", "longitude")


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
        "organization": organisation_document(parts.organisation),
        "service_at_locations": [
            place_document(service, number, place, parts) for number, place in enumerate(parts.places)
        ],
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


def part_id(service: Any, kind: str, number: object) -> str:
    return str(uuid5(UUID(str(service.id)), f"{kind}:{number}"))


def organisation_document(organisation: Any) -> dict[str, Any]:
    return {
        "id": str(organisation.id),
        "name": organisation.name,
        "description": organisation.description or organisation.name,  # required by the standard; many feeds have none
        "email": organisation.email,
        "website": organisation.website,
    }


def place_document(service: Any, number: int, place: Any, parts: Parts) -> dict[str, Any]:
    location, location_id = place.location, part_id(service, "location", number)
    features = parts.accessibility.get(location.id, ())
    return {
        "id": part_id(service, "service_at_location", number),
        "service_id": str(service.id),
        "location_id": location_id,
        "location": {
            "id": location_id,
            **{name: value_of(getattr(location, name)) for name in PLACE_FIELDS},
            "addresses": [address_document(service, number, location)] if can_be_addressed(location) else [],
            "accessibility": [
                {
                    "id": part_id(service, f"accessibility:{number}", index),
                    "location_id": location_id,
                    "description": each.description,
                }
                for index, each in enumerate(features)
            ],
        },
    }


def can_be_addressed(location: Any) -> bool:
    """The standard's addresses need a street, a town and a postcode: half an address is left out."""
    return bool(location.address_1 and location.city and location.postcode)


def address_document(service: Any, number: int, location: Any) -> dict[str, Any]:
    return {
        "id": part_id(service, "address", number),
        "location_id": part_id(service, "location", number),
        "address_1": location.address_1,
        "city": location.city,
        "region": location.region,
        "state_province": location.state_province or location.city,
        "postal_code": location.postcode,
        "country": location.country or "GB",
        "address_type": location.location_type,
    }


def schedule_document(service: Any, number: int, schedule: Any) -> dict[str, Any]:
    fields = {name: value_of(getattr(schedule, name)) for name in SCHEDULE_FIELDS}
    return {
        "id": part_id(service, "schedule", number),
        "service_id": str(service.id),
        **fields,
        "interval": schedule.interval if schedule.freq and schedule.interval > 1 else None,
    }


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
        "email": contact.email,  # International names that the UK profile drops and permits
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
        {
            "id": part_id(service, f"profile:{name}", word),
            "link_id": str(service.id),
            "link_type": "service",
            "taxonomy_term_id": str(uuid5(OURS, f"{name}:{word}")),
            "taxonomy_term": term(
                str(uuid5(OURS, f"{name}:{word}")), vocabulary.label(name, word), f"Linkworks {name.replace('_', ' ')}"
            ),
        }
        for name in PROFILE_LISTS
        for word in getattr(service, name)
    ]


def attribute_document(service: Any, attribute: Any) -> dict[str, Any]:
    source = attribute.term
    return {
        "id": part_id(service, f"attribute:{attribute.link_type}", source.id),
        "link_id": str(service.id),
        "link_type": attribute.link_type or "service",
        "taxonomy_term_id": str(source.id),
        "taxonomy_term": term(str(source.id), source.name, source.taxonomy.name, source.description, source.term_uri),
    }


def term(identifier: str, name: str, taxonomy: str, description: str = "", uri: str = "") -> dict[str, Any]:
    return {"id": identifier, "name": name, "description": description or name, "taxonomy": taxonomy, "term_uri": uri}


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
    return value not in (None, "", [], {})
