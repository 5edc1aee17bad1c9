"""What the page about the feed shows of it: how much there is, and one of each to try."""

from linkworks.directory.access import shared_services
from linkworks.directory.models import ServiceAtLocation

from ..rules.asking import Asked
from .organisations import organisations
from .places import places
from .service import services


def how_many() -> dict[str, int]:
    all_of_it = Asked()
    return {
        "services": services(all_of_it).count(),
        "service_at_locations": places(all_of_it).count(),
        "organizations": organisations(all_of_it).count(),
    }


def an_example() -> dict[str, str]:
    """A service that can be looked at, and a postcode something is near to."""
    first = shared_services().order_by("created_at", "id").first()
    if first is None:
        return {}
    at = ServiceAtLocation.objects.filter(service__in=shared_services(), location__is_address_hidden=False)
    whole = at.filter(location__postcode__contains=" ").order_by("service__created_at", "id")
    return {"service": str(first.id), "postcode": whole.values_list("location__postcode", flat=True).first() or ""}
