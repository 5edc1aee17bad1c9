"""Everything about one service, for its public page."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch

from linkworks.core.actor import Actor

from ..access import visible_services
from ..models import Contact, Service, ServiceAtLocation, ServicePhoto
from ..rules import hiding, room
from ..rules.freshness import Confirmed
from ..states import ServiceStatus
from .freshness import confirmed_facts
from .going import Going, going_to
from .photos import photos_of


@dataclass(frozen=True, kw_only=True)
class ServicePage:
    """A service with all that hangs on it; contacts are those that may be shown."""

    service: Service
    going: Going
    places: tuple[ServiceAtLocation, ...]
    contacts: tuple[Contact, ...]
    has_room: bool | None
    is_fresh: bool
    confirmed: tuple[Confirmed, ...] = ()
    photos: tuple[ServicePhoto, ...] = ()


def service_page(actor: Actor, service_id: UUID) -> ServicePage | None:
    """The service as this actor may see it; None when there is none, or it is not shown."""
    rows = visible_services(actor).select_related("organisation", "source").defer("document", "search_vector")
    places = ServiceAtLocation.objects.select_related("location").prefetch_related("location__accessibility")
    parts = (Prefetch("places", queryset=places), "schedules", "cost_options", "contacts", "language_rows", "areas")
    service = rows.prefetch_related(*parts).filter(id=service_id).first()
    if service is None:
        return None
    going, runs = going_to(service), service.status == ServiceStatus.ACTIVE
    found = tuple(service.places.all())
    is_private = hiding.is_private(service, [each.location for each in found])
    return ServicePage(
        service=service,
        going=going,
        places=found,
        contacts=tuple(each for each in service.contacts.all() if each.is_published),
        has_room=room.has_room(service.capacity_places, service.places_taken) if runs else None,
        is_fresh=room.is_fresh(service.verified_on, going.on),
        confirmed=tuple(confirmed_facts(service)),
        photos=tuple(photos_of(service)) if service.photo_count and not is_private else (),
    )
