"""Referrals, made up: as facts to send, as answers to post, and as stored."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from linkworks.core.actor import Actor
from linkworks.core.idempotency import new_token
from linkworks.referrals import actions
from linkworks.referrals.models import Referral
from linkworks.referrals.rules import Reach, ReferralDetails, reference_of
from linkworks.referrals.states import Door

DETAILS = ReferralDetails(
    referrer_type="gp",
    given_name="Jean",
    family_name="Marlow",
    born_on=date(1951, 6, 3),
    postcode="SE15 5DD",
    language="en",
    contact_channels=(Reach("phone", "020 7946 0001", may_leave_message=True, best_times="Mornings"),),
    needs=("loneliness", "bereavement"),
    in_their_words="The evenings are long since Alf died.",
    told_and_agrees=True,
)
# What a browser posts for the same referral.
ANSWERS: dict[str, Any] = {
    "referrer_type": "gp",
    "given_name": "Jean",
    "family_name": "Marlow",
    "born_on_day": "3",
    "born_on_month": "6",
    "born_on_year": "1951",
    "postcode": "se155dd",
    "needs_common": ["loneliness", "bereavement"],
    "in_their_words": "The evenings are long since Alf died.",
    "told_and_agrees": "yes",
    "ways": ["phone"],
    "phone": "02079460001",
    "phone_message": "yes",
    "phone_say_who": "no",
    "phone_times": "Mornings",
    "language": "en",
}


def details(**changes: Any) -> ReferralDetails:
    return replace(DETAILS, **changes)


def sent(by: Actor, scheme_id: UUID, **changes: Any) -> Referral:
    """A referral sent by somebody with an account."""
    own = {"from_organisation_id": by.organisation_id, "referrer_user_id": by.user_id, "referrer_name": by.name}
    made = actions.send(
        scheme_id=scheme_id, details=details(**{**own, **changes}), door=Door.ACCOUNT, by=by, token=new_token()
    )
    return Referral.objects.get(id=made.id)


def stored(scheme_id: UUID, **columns: Any) -> Referral:
    """A row as it would be, without its story: for lists."""
    key = uuid4()
    return Referral.objects.create(
        id=key, reference=reference_of(key), scheme_id=scheme_id, door="account", **{**DETAILS.stored(), **columns}
    )
