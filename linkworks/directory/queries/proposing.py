"""What a group's listing says now, and what of it waits for a steward."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from linkworks.core.actor import Actor

from ..access import may_edit
from ..models import ProposedEdit, Service
from ..rules import editing
from ..rules.proposing import AT_ONCE, WAITS
from ..states import ProposedEditState


def own_facts(service: Service) -> dict[str, Any]:
    """What its group may change of a listing, and the mark that stands for having seen just that."""
    facts = {name: getattr(whose(service, name), name) for name in (*WAITS, *AT_ONCE)}
    return {**facts, "seen": editing.mark(facts, sorted(facts))}


def whose(service: Service, name: str) -> Any:
    """What the fact is told of: who is paid is told of the organisation, everything else of the listing."""
    return service.organisation if name == "payee" else service


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
