"""Groups hear what became of what they asked for."""

from uuid import UUID

from django.db import transaction
from django.urls import reverse

from linkworks.core.actor import Actor
from linkworks.directory import queries
from linkworks.directory.access import claim_token
from linkworks.directory.models import Claim
from linkworks.directory.rules.claims import NOT_CONFIRMED
from linkworks.directory.rules.proposing import REFUSED_BECAUSE
from linkworks.directory.states import ClaimState, ProposedEditState
from linkworks.messaging.actions import tell_address, tell_user
from linkworks.ui.formats import long_date


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


@transaction.atomic
def send_claim_link(claim_id: UUID, *, by: Actor) -> None:
    """Send whoever asks to look after an organisation the link that shows that the address is theirs."""
    claim = queries.claim_of_link(claim_id)
    if claim:
        link = reverse("frontdoor:claim-verify", args=[claim_token(claim.id)])
        write_to_claimant(claim, "claim-link", values={"date": long_date(claim.expires_at)}, link=link, by=by)


@transaction.atomic
def tell_claim_refused(claim_id: UUID, *, by: Actor) -> None:
    """Tell whoever asked that it was not confirmed, and why."""
    claim = queries.claim_of_link(claim_id)
    if claim and claim.state == ClaimState.REFUSED:
        write_to_claimant(claim, "claim-refused", values={"why": NOT_CONFIRMED[claim.why_not]}, link="", by=by)


def write_to_claimant(claim: Claim, template: str, *, values: dict[str, str], link: str, by: Actor) -> None:
    tell_address(
        audience="provider",
        address=claim.email,
        template=template,
        values=values,
        link=link,
        about_id=claim.id,
        dedupe=f"{template}:{claim.id}",
        scheme_id=None,
        by=by,
    )
