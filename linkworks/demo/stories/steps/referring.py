"""A person is referred, and the scheme decides."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from linkworks.casework import actions as casework
from linkworks.core import clock, tenancy
from linkworks.core.actor import Actor
from linkworks.referrals import actions as referrals
from linkworks.referrals.models import Referral
from linkworks.referrals.rules import Reach, ReferralDetails
from linkworks.referrals.states import Door

from ..people import details_for
from ..telling import Telling


def refer(tale: Telling) -> None:
    """By whoever would refer: with an account, by oneself, or on the telephone."""
    sender, by, door = who_refers(tale)
    tale.sent_by = by
    if not tale.times_referred:
        details = details_for(tale.world, tale.team, tale.story, sender)
    else:
        details = replace(details_of(tale.referral), **sender)
    with tenancy.context(by):
        sent = referrals.send(
            scheme_id=tale.team.scheme.id,
            details=details,
            door=door,
            by=by,
            token=f"demo-{tale.number}-{tale.moment:%Y%m%d%H%M}",
        )
    with tale.as_maker():
        tale.referral = Referral.objects.get(pk=sent.pk)
    tale.times_referred += 1


def refer_again(tale: Telling) -> None:
    """Months later, and still waiting in the inbox."""
    tale.moment = clock.now() - timedelta(days=tale.world.dice.randint(0, 3), hours=tale.world.dice.randint(1, 5))
    with clock.at(tale.moment):
        refer(tale)


def details_of(referral: Referral) -> ReferralDetails:
    names = [
        name
        for name in ReferralDetails.__dataclass_fields__
        if name not in {"contact_channels", "access_needs", "needs"}
    ]
    values = {name: getattr(referral, name) for name in names}
    ways = tuple(
        Reach(**{key: value for key, value in way.items() if key in Reach.__dataclass_fields__})
        for way in referral.contact_channels
    )
    return ReferralDetails(
        **values, contact_channels=ways, access_needs=tuple(referral.access_needs), needs=tuple(referral.needs)
    )


def who_refers(tale: Telling) -> tuple[dict[str, Any], Actor, Door]:
    kind = tale.story["referrer"]
    if kind == "self":
        return {}, tale.by_public, Door.SELF
    senders = [each for each in tale.world.referrers if each[2] == kind]
    if senders:
        body, user, _ = senders[0] if tale.team is tale.world.teams[0] else tale.world.dice.choice(senders)
        facts = {
            "from_organisation_id": body.id, "from_organisation_name": body.name, "referrer_user_id": user.id,
            "referrer_name": user.name, "referrer_email": user.email, "referrer_job": "",
        }  # fmt: skip
        return facts, tale.world.actor(user), Door.ACCOUNT
    facts = {"referrer_name": "A colleague who rang", "referrer_phone": "020 7946 0111"}
    return facts, tale.by_worker, tale.world.dice.choice([Door.PHONE, Door.PAPER])


def decline(tale: Telling) -> None:
    with tenancy.context(tale.by_manager):
        referrals.decline(
            tale.referral, reason="needs-other-service", by=tale.by_manager,
            words="Thank you. This needs the community mental health team first; we have rung you to explain."
            " We would welcome a referral later.",
        )  # fmt: skip


def withdraw(tale: Telling) -> None:
    by = tale.sent_by if tale.sent_by and tale.sent_by.is_signed_in else tale.by_manager
    with tenancy.context(by):
        referrals.withdraw(tale.referral, reason="They have moved in with family outside London.", by=by)


def accept(tale: Telling) -> None:
    with tenancy.context(tale.by_manager):
        tale.case = casework.open_from_referral(
            tale.referral, complexity=tale.world.dice.choice([1, 2, 2, 3]), by=tale.by_manager
        )


def allocate(tale: Telling) -> None:
    with tenancy.context(tale.by_manager):
        casework.allocate(tale.case, worker_id=tale.worker.id, reason="", by=tale.by_manager)
