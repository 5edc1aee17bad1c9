"""One service in short, for a plan, a connection and a message."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from linkworks.core.clock import today

from ..models import Service
from ..rules import room
from ..states import ServiceStatus
from .going import Going, going_to, with_parts


@dataclass(frozen=True, kw_only=True)
class ServiceCard:
    """What somebody needs to go there: where, when, how much, who to ask for."""

    service_id: UUID
    name: str
    organisation_id: UUID
    organisation_name: str
    going: Going
    phone: str
    email: str
    url: str
    ask_for: str
    getting_there: str
    first_visit: str
    cost: str
    is_referable: bool
    referral_note: str
    full: bool
    wait: str
    is_published: bool
    status: ServiceStatus
    left_its_feed: date | None
    is_fresh: bool

    @property
    def runs(self) -> bool:
        return self.status == ServiceStatus.ACTIVE


def service_card(service_id: UUID) -> ServiceCard | None:
    """The service in short, published or not (a plan keeps what was agreed), or None when there is no such service."""
    return service_cards([service_id]).get(service_id)


def service_cards(service_ids: Collection[UUID]) -> dict[UUID, ServiceCard]:
    """The same of several at once, each under its id."""
    rows = Service.objects.select_related("organisation").filter(id__in=service_ids)
    return {each.id: card_of(each) for each in with_parts(rows)}


def card_of(service: Service) -> ServiceCard:
    going = going_to(service)
    return ServiceCard(
        service_id=service.id,
        name=service.name,
        organisation_id=service.organisation_id,
        organisation_name=service.organisation.name,
        going=going,
        phone=service.phone,
        email=service.email,
        url=service.url or service.organisation.website,
        ask_for=service.ask_for,
        getting_there=service.getting_there,
        first_visit=service.first_visit,
        cost=room.cost_words(going.prices, service.fees),
        is_referable=service.is_referable,
        referral_note=service.referral_note,
        full=room.has_room(service.capacity_places, service.places_taken) is False,
        wait=room.wait_words(service.wait_weeks, service.wait_words),
        is_published=service.is_published,
        status=ServiceStatus(service.status),
        left_its_feed=room.left_its_feed(service.gone_since, service.verified_on),
        is_fresh=room.is_fresh(service.verified_on, today()),
    )
