"""The photographs of a listing, and one of them to look at."""

from uuid import UUID

from django.db.models import QuerySet

from linkworks.core.actor import Actor

from ..access import visible_services
from ..models import Service, ServiceAtLocation, ServicePhoto


def is_private(service: Service) -> bool:
    """Whether it is somewhere that nobody may be led to: then no photograph is shown either."""
    return ServiceAtLocation.objects.filter(service=service, location__is_address_hidden=True).exists()


def photos_of(service: Service) -> list[ServicePhoto]:
    """What there is to look at of a listing, the first that was added first; the pictures themselves are fetched apart."""
    return list(ServicePhoto.objects.filter(service=service).defer("jpeg"))


def photo_of(service: Service, photo_id: UUID) -> ServicePhoto | None:
    return ServicePhoto.objects.filter(service=service, id=photo_id).defer("jpeg").select_related("service").first()


def photo(actor: Actor, service_id: UUID, photo_id: UUID) -> ServicePhoto | None:
    """One photograph with its pixels, for whoever may see the listing; none of a place that is private since."""
    return shown_photos().filter(id=photo_id, service__in=visible_services(actor).filter(id=service_id)).first()


def shown_photos() -> QuerySet[ServicePhoto]:
    private = ServiceAtLocation.objects.filter(location__is_address_hidden=True).values("service_id")
    return ServicePhoto.objects.exclude(service__in=private)
