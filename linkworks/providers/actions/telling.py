"""Groups hear what became of what they asked for."""

from uuid import UUID

from django.db import transaction
from django.urls import reverse

from linkworks.core.actor import Actor
from linkworks.directory import queries
from linkworks.directory.rules.proposing import REFUSED_BECAUSE
from linkworks.directory.states import ProposedEditState
from linkworks.messaging.actions import tell_user


@transaction.atomic
def tell_edit_decided(edit_id: UUID, *, by: Actor) -> None:
    """Tell whoever proposed a change that it is shown now, or why it is not."""
    edit = queries.decided_edit(edit_id)
    if edit is None:
        return
    accepted = edit.state == ProposedEditState.ACCEPTED
    tell_user(
        user_id=edit.proposed_by_id,
        template="listing-change-made" if accepted else "listing-change-refused",
        values={} if accepted else {"why": REFUSED_BECAUSE[edit.why_not]},
        link=reverse("providers:own-listing", args=[edit.service_id]),
        about_id=edit.id,
        dedupe=f"listing-edit:{edit.id}",
        scheme_id=None,
        by=by,
    )
