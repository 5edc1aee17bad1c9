"""What a group's listing says now, and what of it waits for a steward."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from linkworks.core.actor import Actor

from ..access import may_edit
from ..models import Location, ProposedEdit, Service
from ..rules import editing
from ..rules.proposing import AT_ONCE, PLACE, WAITS
from ..states import LocationType, ProposedEditState


def place_of(service: Service) -> Location | None:
    """The one place whose address a group can change; none when there are several, or it is kept hidden."""
    rows = [
        each.location
        for each in service.places.select_related("location")
        if each.location.location_type == LocationType.PHYSICAL
    ]
    return rows[0] if len(rows) == 1 and not rows[0].is_address_hidden else None


def has_one_place(service: Service) -> bool:
    """Whether a group can say its address anew."""
    return place_of(service) is not None


def own_facts(service: Service) -> dict[str, Any]:
    """What its group may change of a listing, and the mark that stands for having seen just that."""
    place = place_of(service)
    facts = {name: getattr(place if name in PLACE else service, name, "") for name in (*WAITS, *AT_ONCE)}
    return {**facts, "seen": editing.mark(facts, sorted(facts))}


def waiting_edits(service: Service) -> list[ProposedEdit]:
    return list(ProposedEdit.objects.filter(service=service, state=ProposedEditState.WAITING))


def edits_of(service: Service) -> list[ProposedEdit]:
    """What a group proposed, the newest first, without what it replaced itself."""
    rows = ProposedEdit.objects.filter(service=service).exclude(state=ProposedEditState.REPLACED)
    return list(rows.order_by("-created_at")[:10])


def every_waiting_edit(actor: Actor) -> QuerySet[ProposedEdit]:
    if not may_edit(actor):
        return ProposedEdit.objects.none()
    return ProposedEdit.objects.filter(state=ProposedEditState.WAITING).select_related("service__organisation")


def proposed_edit(actor: Actor, edit_id: UUID) -> ProposedEdit | None:
    if not may_edit(actor):
        return None
    return ProposedEdit.objects.select_related("service__organisation").filter(id=edit_id).first()


def decided_edit(edit_id: UUID) -> ProposedEdit | None:
    """An edit that was decided, for telling whoever proposed it."""
    decided = [ProposedEditState.ACCEPTED, ProposedEditState.REFUSED]
    return ProposedEdit.objects.filter(id=edit_id, state__in=decided).first()
