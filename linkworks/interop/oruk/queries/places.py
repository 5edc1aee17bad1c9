"""Services at locations: the places of what may be published, by what is asked of the service and by how far they are."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, FloatField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import ASin, Cos, Least, Power, Radians, Sin, Sqrt

from linkworks.directory.access import shared_services
from linkworks.directory.models import ServiceArea, ServiceAtLocation
from linkworks.directory.rules.places import box_around
from linkworks.organisations.models import Postcode
from linkworks.organisations.queries import find_postcode
from linkworks.organisations.rules.places import EARTH_RADIUS_M

from ..rules.asking import Asked, BadQuestion
from ..rules.envelope import with_field
from .rows import Rows
from .service import asked_for

AREAS_AROUND_LONDON = ("E12000007", "E92000001", "K02000001", "K03000001")
SERVICE = "service__summary"
IN_ORDER = ("service__created_at", "service_id", "id")


def places(asked: Asked) -> Rows:
    columns = ("document", "service__document") if asked.get("full") else ("summary", SERVICE)
    return Rows(wanted(asked), with_its_service, columns, IN_ORDER)


def place(place_id: UUID) -> str | None:
    found = of(shared_services()).filter(id=place_id).values_list("document", "service__document").first()
    return with_its_service([found])[0] if found else None


def with_its_service(rows: Sequence[Any]) -> list[str]:
    return [with_field(text, "service", service) for text, service in rows]


def of(services: QuerySet[Any]) -> QuerySet[ServiceAtLocation]:
    return ServiceAtLocation.objects.filter(service__in=services).exclude(document="")


def wanted(asked: Asked) -> QuerySet[ServiceAtLocation]:
    found = of(asked_for(asked))
    if not asked.get("postcode"):
        return found
    at = find_postcode(asked.get("postcode"))
    if at is None:
        raise BadQuestion({"postcode": f"postcode {asked.get('postcode')} is not one this directory knows."})
    metres = asked.get("proximity")
    return within(found, at, metres) if metres else covering(found, at)


def within(found: QuerySet[ServiceAtLocation], at: Postcode, metres: int) -> QuerySet[ServiceAtLocation]:
    """Places no further than this from the postcode, as the crow flies. Where an address is hidden, so is how far it is."""
    box = box_around((at.latitude, at.longitude), metres / 1000 * 1.01)
    near = found.filter(
        location__is_address_hidden=False,
        location__latitude__range=(box.south, box.north),
        location__longitude__range=(box.west, box.east),
    )
    return near.annotate(metres=metres_from(at)).filter(metres__lte=metres)


def metres_from(at: Postcode) -> Any:
    """The great-circle distance, as `metres_between` counts it."""
    lat, lon = Radians(F("location__latitude")), Radians(F("location__longitude"))
    here_lat, here_lon = Radians(Value(at.latitude)), Radians(Value(at.longitude))
    across = Power(Sin((lat - here_lat) / 2), 2)
    along = Cos(here_lat) * Cos(lat) * Power(Sin((lon - here_lon) / 2), 2)
    half = ASin(Least(Value(1.0), Sqrt(across + along)), output_field=FloatField())
    return Value(2 * EARTH_RADIUS_M) * half


def covering(found: QuerySet[ServiceAtLocation], at: Postcode) -> QuerySet[ServiceAtLocation]:
    """Places of services for where the postcode is: those whose areas hold it, and those that name no area we can tell."""
    areas = ServiceArea.objects.filter(service=OuterRef("service_id")).exclude(ons_code="")
    holding = areas.filter(ons_code__in=(at.borough_code, *AREAS_AROUND_LONDON))
    return found.filter(Q(Exists(holding)) | ~Q(Exists(areas)))
