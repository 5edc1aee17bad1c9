"""Places on a service: taken and given back by one conditional update each, so that two cannot share the last."""

from uuid import UUID

from django.db import transaction
from django.db.models import BooleanField, Case, F, Q, Value, When
from django.db.models.functions import Greatest

from linkworks.core.actor import PUBLIC, Actor
from linkworks.core.errors import Conflict, Invalid, NotAllowed

from ..models import Service

FULL_NOW = Q(capacity_places=F("places_taken") + 1)
NO_LONGER_FULL = Q(capacity_places=F("places_taken"))
HAS_ROOM = Q(capacity_places__isnull=True) | Q(places_taken__lt=F("capacity_places"))


@transaction.atomic
def take_place(service_id: UUID, *, one_more: bool = False, by: Actor) -> None:
    """Take one place on a service. When it is full nobody gets a place, and the message says so.

    A group that was asked although it is full says yes to `one_more` than it had places.
    """
    check_known(by)
    taken = F("places_taken") + 1
    if Service.objects.filter(HAS_ROOM, id=service_id).update(places_taken=taken, document_is_due=due_when(FULL_NOW)):
        return
    full = Service.objects.filter(id=service_id)
    if one_more and full.update(
        places_taken=taken, capacity_places=Greatest("capacity_places", taken), document_is_due=True
    ):
        return
    if full.exists():
        raise Conflict("There is no free place now. Use the waiting list, or say no because it is full.")
    raise Invalid("This service is no longer in the directory.")


@transaction.atomic
def release_place(service_id: UUID, *, by: Actor) -> None:
    """Give one place back. A service with nobody on it stays as it is."""
    check_known(by)
    theirs = Service.objects.filter(id=service_id, places_taken__gt=0)
    theirs.update(places_taken=F("places_taken") - 1, document_is_due=due_when(NO_LONGER_FULL))


def due_when(condition: Q) -> Case:
    """Our feed tells whether there is room, so its document is written anew when that turns; not for each place."""
    return Case(When(condition, then=Value(True)), default=F("document_is_due"), output_field=BooleanField())


def check_known(by: Actor) -> None:
    """Places are taken by somebody we know (staff, a provider's link, a job), never by a passer-by."""
    if by.id == PUBLIC.id:
        raise NotAllowed("Only the service or a link worker can take a place.")
