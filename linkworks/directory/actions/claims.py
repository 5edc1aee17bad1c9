"""Somebody asks to look after an organisation; who confirms it, and what they are given."""

from uuid import UUID

from django.db import transaction

from linkworks.accounts.actions import invite_claimant
from linkworks.core.actor import Actor
from linkworks.core.clock import now
from linkworks.core.errors import Conflict, Invalid
from linkworks.core.idempotency import once, remember
from linkworks.core.later import later
from linkworks.core.states import after

from ..access import check_holds_claim, check_may_edit, visible_services
from ..models import Claim, ClaimStep
from ..queries.claims import known_addresses
from ..rules import claims as rules
from ..states import CLAIM_MOVES, ClaimMove, ClaimState


@transaction.atomic
def claim_organisation(service_id: UUID, *, name: str, job: str, email: str, token: str, by: Actor) -> UUID:
    """Somebody says that they look after an organisation. A link goes to their address; nothing else happens before."""
    service = visible_services(by).filter(id=service_id).first()
    if service is None:
        raise Conflict("This listing is not shown any more.")
    door = f"claim:{service_id}"
    said = {"name": name.strip()[:200], "job": job.strip()[:120], "email": email.strip().lower()}
    if earlier := once(door, token, said):
        return earlier
    made = Claim.objects.create(
        service=service, organisation_id=service.organisation_id, expires_at=now() + rules.LINK_LIFE, **said
    )
    remember(door, token, made.id)
    later("providers.send_claim_link", made.id)
    return made.id


@transaction.atomic
def verify_claim(claim_id: UUID, *, by: Actor) -> ClaimState:
    """Whoever asked has the address they gave. When it is one the organisation was known by, that is enough; gives where it is."""
    claim = Claim.objects.select_for_update(of=("self",)).select_related("organisation", "service").get(id=claim_id)
    check_holds_claim(by, claim)
    if claim.state == ClaimState.ASKED:
        move(claim, ClaimMove.VERIFY, by=by)
        if rules.is_known_address(claim.email, known_addresses(claim)):
            settle(claim, by=by)
    return ClaimState(claim.state)


@transaction.atomic
def confirm_claim(claim: Claim, *, by: Actor) -> None:
    """A steward has asked the organisation: it is theirs. They are invited as its co-ordinator."""
    check_may_edit(by)
    settle(in_hand(claim), by=by)


@transaction.atomic
def refuse_claim(claim: Claim, *, why_not: str, by: Actor) -> None:
    """It is not confirmed, and whoever asked is told why."""
    check_may_edit(by)
    claim = in_hand(claim)
    if why_not not in rules.NOT_CONFIRMED:
        raise Invalid("Choose why not", field="why_not")
    claim.why_not = why_not
    move(claim, ClaimMove.REFUSE, by=by)
    later("providers.tell_claim_refused", claim.id)


@transaction.atomic
def forget_old_claims(*, by: Actor) -> None:
    """Names and addresses that nobody proved to be theirs are forgotten when their link has ended."""
    check_may_edit(by)
    Claim.objects.filter(state=ClaimState.ASKED, expires_at__lt=now()).delete()


def settle(claim: Claim, *, by: Actor) -> None:
    move(claim, ClaimMove.CONFIRM, by=by)
    invite_claimant(claim.organisation_id, name=claim.name, email=claim.email, by=by)


def in_hand(claim: Claim) -> Claim:
    claim = Claim.objects.select_for_update(of=("self",)).get(id=claim.id)
    if claim.state != ClaimState.WAITING:
        raise Conflict("This has been decided already.")
    return claim


def move(claim: Claim, named: ClaimMove, *, by: Actor) -> None:
    claim.state = after(CLAIM_MOVES, ClaimState(claim.state), named)
    claim.save(update_fields=["state", "why_not"])
    ClaimStep.objects.create(claim=claim, move=named, to_state=claim.state, made_by=by.id, made_by_name=by.name[:200])
