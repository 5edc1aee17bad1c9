"""Who says that an organisation is theirs."""

from uuid import UUID

from django.db.models import QuerySet

from linkworks.core.actor import Actor

from ..access import may_edit
from ..models import Claim
from ..states import ClaimState


def waiting_claims(actor: Actor) -> QuerySet[Claim]:
    if not may_edit(actor):
        return Claim.objects.none()
    return Claim.objects.filter(state=ClaimState.WAITING).select_related("organisation", "service")


def claim(actor: Actor, claim_id: UUID) -> Claim | None:
    """One claim, for whoever keeps the directory."""
    if not may_edit(actor):
        return None
    return Claim.objects.select_related("organisation", "service").filter(id=claim_id).first()


def claim_of_link(claim_id: UUID | None) -> Claim | None:
    """The claim a link opens."""
    rows = Claim.objects.select_related("organisation", "service")
    return rows.filter(id=claim_id).first() if claim_id else None


def known_addresses(claim: Claim) -> list[str]:
    """Where the organisation was known to be reached before, each once."""
    said = (claim.organisation.email, claim.service.email, claim.service.referral_email)
    return list(dict.fromkeys(each for each in said if each))
