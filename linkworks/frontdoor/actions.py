"""What the public does: ask for support, or for a call back. They add a referral and can read none."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from linkworks.core import clock, tenancy
from linkworks.core.actor import PUBLIC, Actor
from linkworks.core.errors import Unavailable
from linkworks.directory import actions as directory
from linkworks.referrals import actions as referrals
from linkworks.referrals.models import Referral
from linkworks.referrals.rules import ReferralDetails
from linkworks.referrals.states import Door

from . import rules
from .models import SendCount

TOO_OFTEN = (
    "Many requests have come from your connection in the last hour, so this one was not sent. Your answers are kept: "
    "try again in an hour, or call instead."
)
A_DAY = timedelta(days=1)


@transaction.atomic
def ask_for_support(*, scheme_id: UUID, details: ReferralDetails, token: str, by: Actor = PUBLIC) -> Referral:
    """Somebody asks for support for themselves. Whoever is signed in on this computer, it is the public that asks."""
    with tenancy.context(by):
        return referrals.send(scheme_id=scheme_id, details=details, door=Door.SELF, by=by, token=token)


@transaction.atomic
def report_listing(service_id: UUID, *, reason: str, words: str, token: str, address: str, by: Actor) -> UUID:
    """Somebody says that a listing is wrong. Those we do not know may say so only so often in an hour."""
    if not by.is_signed_in:
        count_sending(door="report", address=address)
    return directory.report_listing(service_id, reason=reason, words=words, token=token, by=by)


@transaction.atomic
def share_list(service_ids: Sequence[UUID], *, earlier: UUID | None, token: str, address: str, by: Actor) -> UUID:
    """A link to a list of services. We send it to nobody, and those we do not know make only so many in an hour."""
    if not by.is_signed_in:
        count_sending(door="share", address=address)
    return directory.share_list(service_ids, earlier=earlier, token=token, by=by)


@transaction.atomic
def say_nothing_fits(
    *, reason: str, need: str, borough_code: str, words: str, token: str, address: str, by: Actor
) -> None:
    """Somebody found nothing that fits. Those we do not know may say so only so often in an hour."""
    if not by.is_signed_in:
        count_sending(door="nothing-fits", address=address)
    directory.say_nothing_fits(reason=reason, need=need, borough_code=borough_code, words=words, token=token, by=by)


@transaction.atomic
def claim_organisation(
    service_id: UUID, *, name: str, job: str, email: str, token: str, address: str, by: Actor
) -> UUID:
    """Somebody asks to look after an organisation: so often in an hour, because each asking sends an e-mail."""
    count_sending(door="claim", address=address)
    return directory.claim_organisation(service_id, name=name, job=job, email=email, token=token, by=by)


def count_sending(*, door: str, address: str) -> None:
    """Count one more sending from this part of the network, and refuse when it is too often."""
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO frontdoor_sendcount (door, who, hour, count) VALUES (%s, %s, %s, 1)"
            " ON CONFLICT (door, who, hour) DO UPDATE SET count = frontdoor_sendcount.count + 1 RETURNING count",
            [door, rules.who(address, hour, settings.SECRET_KEY), hour],
        )
        (count,) = cursor.fetchone() or (0,)
    SendCount.objects.filter(hour__lt=hour - A_DAY).delete()
    if rules.is_too_often(count):
        raise Unavailable(TOO_OFTEN)
