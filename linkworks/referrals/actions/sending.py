"""A referral is sent. Nothing is read back: the public may add a referral and never see one."""

import uuid

from django.db import transaction

from linkworks.core import clock, states
from linkworks.core.actor import Actor
from linkworks.core.errors import Invalid
from linkworks.core.idempotency import once, remember
from linkworks.core.later import later
from linkworks.organisations.queries import settings_of
from linkworks.people.rules import tidy_nhs_number

from .. import access, queries, rules
from ..models import Referral
from ..rules import ReferralDetails
from ..states import MOVES, Door, Move, State
from .moving import note


@transaction.atomic
def send(
    *,
    scheme_id: uuid.UUID,
    details: ReferralDetails,
    door: Door | str,
    by: Actor,
    token: str,
) -> Referral:
    """Send a referral to a scheme, once: the same form token gives the same referral however often it is pressed."""
    access.require_sending(by, scheme_id=scheme_id, organisation_id=details.from_organisation_id, door=door)
    _check(details, scheme_id, Door(door))
    referral = _unsent(scheme_id, details, Door(door))
    earlier = once(f"referral:{by.id}", token, {"scheme": scheme_id, **details.stored()})
    if earlier is not None:
        referral.id, referral.reference = earlier, rules.reference_of(earlier)
        return referral
    store(referral, by=by)
    remember(f"referral:{by.id}", token, referral.id)
    return referral


def store(referral: Referral, *, by: Actor) -> None:
    """Keep a new referral with the first line of its history, and tell whoever sent it."""
    referral.save(force_insert=True)
    note(referral, Move.SEND, by=by)
    later("referrals.tell_received", referral.id, scheme=referral.scheme_id)


def _check(details: ReferralDetails, scheme_id: uuid.UUID, door: Door) -> None:
    found = rules.problems(details, today=clock.today())
    if found:
        raise Invalid(found[0][1], field=found[0][0])
    settings = settings_of(scheme_id)
    if door not in settings.front_doors or details.referrer_type not in settings.referrer_types:
        raise Invalid("This scheme does not take referrals this way. Call the scheme to ask how.")
    refusal = queries.why_not_eligible(settings, details.born_on)
    if refusal:
        raise Invalid(refusal, field="born_on")


def _unsent(scheme_id: uuid.UUID, details: ReferralDetails, door: Door) -> Referral:
    key = uuid.uuid4()
    values = {**details.stored(), "nhs_number": tidy_nhs_number(details.nhs_number) or ""}
    return Referral(
        id=key,
        scheme_id=scheme_id,
        reference=rules.reference_of(key),
        state=states.after(MOVES, State.DRAFT, Move.SEND).value,
        door=door.value,
        sent_at=clock.now(),
        **values,
    )
