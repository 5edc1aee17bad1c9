"""A group that fits on paper and that the person does not want: set aside for this goal, and put back."""

from uuid import UUID

from django.db import transaction

from linkworks.core.actor import Actor
from linkworks.core.errors import Invalid
from linkworks.directory.queries import service_card

from .. import access
from ..models import Goal, SetAside
from ..models.matching import WHY_ASIDE
from .history import written_by
from .plans import goal_in_hand


@transaction.atomic
def set_aside(goal: Goal, *, service_id: UUID, reason: str, note: str = "", by: Actor) -> SetAside:
    """Keep that the person does not want it for this goal. Said again, the newer words stand."""
    access.require(access.can_connect(by), "say what does not suit somebody")
    goal = goal_in_hand(goal, by)
    if reason not in dict(WHY_ASIDE):
        raise Invalid("Choose why it does not suit them.", field="reason")
    if reason == "other" and not note.strip():
        raise Invalid("Say in a few words why it does not suit them.", field="note")
    card = service_card(service_id)
    if card is None or not card.is_published:
        raise Invalid("This service is no longer listed.", field="reason")
    said = {"reason": reason, "note": note.strip()[:200], **written_by(by)}
    kept, _ = SetAside.objects.update_or_create(
        goal=goal, service_id=service_id, defaults={**said, "scheme_id": goal.scheme_id}
    )
    return kept


@transaction.atomic
def put_back(goal: Goal, *, service_id: UUID, by: Actor) -> None:
    """Offer it again. Pressed twice, nothing more happens."""
    access.require(access.can_connect(by), "say what suits somebody")
    SetAside.objects.filter(goal=goal_in_hand(goal, by), service_id=service_id).delete()
