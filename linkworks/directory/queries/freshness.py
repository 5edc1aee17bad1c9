"""When each kind of fact of a listing was last confirmed, wherever that is written."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from linkworks.core.clock import LONDON, today

from ..models import Confirmation, Service
from ..rules.freshness import GROUP, LIST, STEWARD, WHO, WHOLE, Confirmed

WEIGHED_BY = (
    "kinds", "needs", "name", "created_at", "verified_on", "verified_by", "assured_date", "capacity_checked_on",
)  # fmt: skip


def confirmed_facts(service: Service) -> list[Confirmed]:
    """What was confirmed of one listing: on its own, and as a whole."""
    told = confirmed_of([service.id]).get(service.id, []) if service.pk and not service._state.adding else []
    return told + on_the_listing(service)


def confirmed_of(service_ids: Collection[UUID]) -> dict[UUID, list[Confirmed]]:
    """The newest confirmation of each kind by each sort of person, without what was taken back."""
    standing = Confirmation.objects.filter(service_id__in=service_ids, undoes__isnull=True, undone_by__isnull=True)
    rows = standing.order_by("service_id", "fact", "by_kind", "-confirmed_on").distinct("service_id", "fact", "by_kind")
    found: dict[UUID, list[Confirmed]] = {}
    for service_id, fact, on, by in rows.values_list("service_id", "fact", "confirmed_on", "by_kind"):
        found.setdefault(service_id, []).append(Confirmed(fact, on, by))
    return found


def on_the_listing(service: Service) -> list[Confirmed]:
    """What the listing itself says of when it was checked: as a whole, by its list, and its places."""
    whole = GROUP if service.verified_by == WHO[GROUP] else STEWARD
    said = [
        (WHOLE, service.verified_on, whole),
        (WHOLE, service.assured_date, LIST),
        ("room", service.capacity_checked_on, GROUP),
    ]
    return [Confirmed(fact, on, by) for fact, on, by in said if on]


def added_on(service: Service) -> date:
    """The day it came here; today when it is coming now."""
    return service.created_at.astimezone(LONDON).date() if service.created_at else today()
