"""Whoever referred hears when a plan is agreed and when the work has finished: what the person agreed to share, no more."""

from uuid import UUID

from django.db import transaction
from django.urls import reverse

from linkworks.core import vocabulary
from linkworks.core.actor import Actor
from linkworks.messaging.actions import tell_user
from linkworks.people.queries import sharing_of
from linkworks.people.states import SharingTopic
from linkworks.referrals.actions import tell_progress
from linkworks.referrals.models import Referral

from ..models import Case, Goal, Plan
from ..states import CaseState


@transaction.atomic
def tell_plan_agreed(plan_id: UUID, *, by: Actor) -> None:
    """Tell the referrers that a plan is agreed; once for a case, whatever later versions say."""
    plan = Plan.objects.select_related("case__scheme").get(pk=plan_id)
    details = ""
    if may_tell(plan.case) and plan.as_agreed:
        goals = "\n".join(f"• {goal['words']}" for goal in plan.as_agreed["goals"])
        details = f"They agreed to share what they are working towards:\n{goals}"
    tell_referrers(plan.case, "plan-agreed", details, by)


@transaction.atomic
def tell_finished(case_id: UUID, *, by: Actor) -> None:
    """Tell the referrers that the work has finished; how it went only if the person agreed."""
    case = Case.objects.select_related("scheme").get(pk=case_id)
    if case.state == CaseState.CLOSED:
        tell_referrers(case, "case-finished", how_it_went(case) if may_tell(case) else "", by)


def may_tell(case: Case) -> bool:
    return sharing_of(case.person_id)[SharingTopic.REFERRER_FEEDBACK] is True


def how_it_went(case: Case) -> str:
    said = [f"Why it finished: {vocabulary.label('close_reasons', case.close_reason)}."]
    said += [
        f"• {goal.words.rstrip('. ')}: {goal.get_state_display().lower()}" for goal in Goal.objects.filter(case=case)
    ]
    return "\n".join([*said, case.close_summary]).strip()


def tell_referrers(case: Case, template: str, details: str, by: Actor) -> None:
    """Each referral that led here gets its line of history, and whoever sent it is told."""
    since = case.previous.closed_at if case.previous and case.previous.closed_at else None
    referrals = Referral.objects.filter(person_id=case.person_id, state="accepted")
    for referral in referrals.filter(decided_at__gt=since) if since else referrals:
        tell_progress(referral.pk, step=template, words=details, by=by)


@transaction.atomic
def tell_allocated(case_id: UUID, *, by: Actor) -> None:
    """Tell a worker that a case is theirs now."""
    case = Case.objects.get(pk=case_id)
    if case.worker_id is None or case.allocated_at is None:
        return
    tell_user(
        user_id=case.worker_id,
        template="case-allocated",
        values={"reference": case.reference},
        link=reverse("casework:case", args=[case.pk]),
        about_id=case.pk,
        dedupe=f"allocated:{case.pk}:{case.worker_id}:{case.allocated_at:%Y%m%d%H%M%S%f}",
        scheme_id=case.scheme_id,
        by=by,
    )
