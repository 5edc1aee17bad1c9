"""A referral was joined to somebody else's record by mistake: it is taken off again, and nothing is lost."""

from django.db import transaction

from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.errors import Invalid, NotAllowed
from linkworks.people import actions as people
from linkworks.people.queries import channels_of
from linkworks.referrals import actions as referrals
from linkworks.referrals.models import Referral

from .. import access
from ..models import Case, Task
from ..queries.unlinking import Link, link_of
from ..rules.unlinking import why_not_undone
from ..states import TaskKind
from .closing import shut
from .history import locked_case

BY_MISTAKE = "Opened by mistake: the referral was about somebody else."


@transaction.atomic
def undo_link(referral: Referral, *, reason: str, by: Actor) -> Referral:
    """Put a referral back in the inbox that was joined to the wrong person, while no work hangs on it."""
    access.require(access.can_triage(by), "decide about referrals")
    if not reason.strip():
        raise Invalid("Say how you know it is not the same person.", field="reason")
    link = _held(referral, by)
    obstacle = why_not_undone(link.facts)
    if obstacle or link.case is None:
        raise NotAllowed(obstacle)
    _take_off_channels(referral, link.case, by)
    put_back = referrals.unlink(referral, reason=reason, by=by)
    _let_go(link.case, referral, by)
    return put_back


def _held(referral: Referral, by: Actor) -> Link:
    """What hangs on it, looked at again with the case locked: nobody writes in it meanwhile."""
    case = link_of(referral, by).case
    if case is not None:
        locked_case(case, by)
    return link_of(referral, by)


def _take_off_channels(referral: Referral, case: Case, by: Actor) -> None:
    """Another person's number is never left on a record, and never rung."""
    told = {(each["kind"], each["value"].strip()) for each in referral.contact_channels}
    for channel in channels_of(case.person_id).filter(created_at__gte=referral.decided_at):
        if (channel.kind, channel.value) in told:
            people.end_channel(channel, by=by)


def _let_go(case: Case, referral: Referral, by: Actor) -> None:
    """The case it opened is closed; in one that was there before, there is nothing left to read."""
    if case.referral_id == referral.pk:
        shut(case, reason="inappropriate-referral", summary=BY_MISTAKE, by=by)
        return
    unread = Task.objects.filter(case=case, kind=TaskKind.NEW_REFERRAL, done_at__isnull=True)
    unread.filter(dedupe__startswith=f"referral:{referral.pk}").update(
        done_at=clock.now(), done_by=f"{by.name}: joined by mistake"[:200]
    )
