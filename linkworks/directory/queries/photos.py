"""The photographs of a listing, and one of them to look at."""

from uuid import UUID

from linkworks.core.actor import Actor

from ..access import may_edit_own, visible_services
from ..models import Location, Service, ServicePhoto
from ..rules import hiding


def is_private(service: Service) -> bool:
    """Whether it is somewhere that nobody may be led to: then no photograph is shown either."""
    return hiding.is_private(service, Location.objects.filter(services__service=service))


def photos_of(service: Service) -> list[ServicePhoto]:
    """What there is to look at of a listing, the first that was added first; the pictures themselves are fetched apart."""
    return list(ServicePhoto.objects.filter(service=service).defer("jpeg"))


def photo_of(service: Service, photo_id: UUID) -> ServicePhoto | None:
    return ServicePhoto.objects.filter(service=service, id=photo_id).defer("jpeg").select_related("service").first()


def photo(actor: Actor, service_id: UUID, photo_id: UUID) -> ServicePhoto | None:
    """One photograph with its pixels, for whoever may see the listing or looks after it; none of what is private."""
    one = ServicePhoto.objects.filter(id=photo_id, service=service_id).select_related("service").first()
    if one is None or is_private(one.service):
        return None
    is_seen = may_edit_own(actor, one.service) or visible_services(actor).filter(id=service_id).exists()
    return one if is_seen else None
