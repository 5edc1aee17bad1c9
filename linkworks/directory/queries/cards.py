"""One service in short, for a plan, a connection and a message."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from ..models import Service
from ..rules import room
from ..states import LocationType
from .finding import coming_words, gone_words


@dataclass(frozen=True, kw_only=True)
class ServiceCard:
    """What somebody needs to go there: where, when, how much, who to ask for."""

    service_id: UUID
    name: str
    organisation_id: UUID
    organisation_name: str
    address: tuple[str, ...]
    postcode: str
    latitude: float | None
    longitude: float | None
    phone: str
    email: str
    url: str
    ask_for: str
    getting_there: str
    first_visit: str
    next_session: str | None
    cost: str
    is_referable: bool
    referral_email: str
    referral_note: str
    has_room: bool | None
    full: bool
    wait: str
    is_fictional: bool
    is_published: bool
    gone: str


def service_card(service_id: UUID) -> ServiceCard | None:
    """The service in short, published or not (a plan keeps what was agreed), or None when there is no such service."""
    return service_cards([service_id]).get(service_id)


def service_cards(service_ids: Collection[UUID]) -> dict[UUID, ServiceCard]:
    """The same of several at once, each under its id."""
    rows = Service.objects.select_related("organisation").filter(id__in=service_ids)
    return {each.id: card_of(each) for each in rows.prefetch_related("places__location", "schedules", "cost_options")}


def card_of(service: Service) -> ServiceCard:
    location = next(
        (each.location for each in service.places.all() if each.location.location_type == LocationType.PHYSICAL), None
    )
    free = room.has_room(service.capacity_places, service.places_taken)
    return ServiceCard(
        service_id=service.id,
        name=service.name,
        organisation_id=service.organisation_id,
        organisation_name=service.organisation.name,
        address=address_lines(location) if location else (),
        postcode=location.postcode if location else "",
        latitude=location.latitude if location else None,
        longitude=location.longitude if location else None,
        phone=service.phone,
        email=service.email,
        url=service.url,
        ask_for=service.ask_for,
        getting_there=service.getting_there,
        first_visit=service.first_visit,
        next_session=coming_words(list(service.schedules.all())),
        cost=room.cost_words(list(service.cost_options.all()), service.fees),
        is_referable=service.is_referable,
        referral_email=service.referral_email,
        referral_note=service.referral_note,
        has_room=free,
        full=free is False,
        wait=room.wait_words(service.wait_weeks, service.wait_words),
        is_fictional=service.is_fictional,
        is_published=service.is_published,
        gone=gone_words(service),
    )


def address_lines(location: object) -> tuple[str, ...]:
    """Name, street, town and postcode, each once."""
    parts = (getattr(location, name) for name in ("name", "address_1", "city", "postcode"))
    return tuple(dict.fromkeys(part for part in parts if part))
