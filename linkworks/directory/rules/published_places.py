"""The places of a service as they are published: where an address is hidden, nothing that leads to it."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha1
from typing import Any
from uuid import UUID

from .lists import our_term

PLACE_FIELDS = ("location_type", "name", "description", "latitude", "longitude")


def part_id(service: Any, kind: str, number: object) -> str:
    """Ids below a service follow from its own, so that saving it again changes none. Each is what uuid5 gives, sooner."""
    own = service.id if isinstance(service.id, UUID) else UUID(str(service.id))
    made = sha1(own.bytes + f"{kind}:{number}".encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(made[16], 16) % 4]
    return f"{made[:8]}-{made[8:12]}-5{made[13:16]}-{variant}{made[17:20]}-{made[20:32]}"


def place_documents(service: Any, places: Iterable[Any], features: Mapping[Any, Sequence[Any]]) -> list[dict[str, Any]]:
    """Each place in order, as a service at a location."""
    return [
        place_document(service, number, place, features.get(place.location.id, ()))
        for number, place in enumerate(places)
    ]


def place_document(service: Any, number: int, place: Any, features: Sequence[Any]) -> dict[str, Any]:
    location, location_id = place.location, part_id(service, "location", number)
    shown = (
        hidden_location(location) if location.is_address_hidden else open_location(service, number, location, features)
    )
    return {
        "id": str(place.id),
        "service_id": str(service.id),
        "location_id": location_id,
        "location": {"id": location_id, **shown},
    }


def hidden_location(location: Any) -> dict[str, Any]:
    """That there is a place, of which kind, and that where it is is not told."""
    return {"location_type": location.location_type, "is_address_hidden": True}


def open_location(service: Any, number: int, location: Any, features: Sequence[Any]) -> dict[str, Any]:
    return {
        **{name: getattr(location, name) for name in PLACE_FIELDS},
        "addresses": [address_document(service, number, location)] if can_be_addressed(location) else [],
        "attributes": kind_attributes(service, number, location),
        "accessibility": [
            {
                "id": part_id(service, f"accessibility:{number}", index),
                "location_id": part_id(service, "location", number),
                "description": each.description,
            }
            for index, each in enumerate(features)
        ],
    }


def kind_attributes(service: Any, number: int, location: Any) -> list[dict[str, Any]]:
    """What kind of place it is, as a term of our list."""
    if not location.place_kind:
        return []
    said = our_term("place_kinds", location.place_kind)
    return [
        {
            "id": part_id(service, "place_kind", number),
            "link_id": part_id(service, "location", number),
            "link_type": "location",
            "taxonomy_term_id": said["id"],
            "taxonomy_term": said,
        }
    ]


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
