"""Listings that may be the same, for the stewards who decide."""

from uuid import UUID

from django.db.models import QuerySet

from linkworks.core.actor import Actor

from ..access import may_edit
from ..models import DuplicatePair, Service
from ..states import PairState


def pairs(actor: Actor, *, state: str = PairState.SUSPECTED) -> QuerySet[DuplicatePair]:
    if not may_edit(actor):
        return DuplicatePair.objects.none()
    both = ("one__organisation", "one__source", "other__organisation", "other__source")
    rows = DuplicatePair.objects.select_related(*both)
    return rows.filter(state=state).order_by("one__name", "id") if state in list(PairState) else rows


def pair(actor: Actor, pair_id: UUID) -> DuplicatePair | None:
    return pairs(actor, state="all").filter(id=pair_id).first()


def shown_instead(service_id: UUID) -> UUID | None:
    """The listing that is shown instead of one that was joined with it."""
    rows = Service.objects.filter(id=service_id, joined_into__is_published=True)
    return rows.values_list("joined_into_id", flat=True).first()


def joined_sources(service_id: UUID) -> list[str]:
    """Where the listings that were joined under this one come from."""
    rows = Service.objects.filter(joined_into_id=service_id, source__isnull=False)
    return list(rows.order_by("source__name").values_list("source__name", flat=True).distinct())
