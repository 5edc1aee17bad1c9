"""Whoever referred hears when a plan is agreed and when the work has finished: what the person agreed to share, no more."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from linkworks.accounts.queries import away
from linkworks.core.actor import Actor
from linkworks.messaging.actions import tell_user_about
from linkworks.people import actions as people
from linkworks.referrals.actions import tell_progress
from linkworks.ui import formats

from ..models import Case, Plan
from ..queries.telling import (
    AT_THE_END,
    AT_THE_PLAN,
    how_it_went,
    may_tell,
    plan_words,
    reader,
    reads_words,
    referrals_to_tell,
)
from ..states import CaseState, GoalState


@transaction.atomic
def tell_plan_agreed(plan_id: UUID, *, by: Actor) -> None:
    """Tell the referrers that a plan is agreed; once for a case, whatever later versions say."""
    plan = Plan.objects.select_related("case__scheme").get(pk=plan_id)
    words = plan_words(words_of_open_goals(plan.as_agreed)) if plan.as_agreed else ""
    tell_referrers(plan.case, "plan-agreed", words, AT_THE_PLAN, by)


def words_of_open_goals(agreed: dict[str, Any]) -> list[str]:
    """What they work towards now: a version keeps the goals that ended, too."""
    return [goal["words"] for goal in agreed["goals"] if goal["state"] == GoalState.OPEN]


@transaction.atomic
def tell_finished(case_id: UUID, *, by: Actor) -> None:
    """Tell the referrers that the work has finished; how it went only if the person agreed."""
    case = Case.objects.select_related("scheme").get(pk=case_id)
    if case.state == CaseState.CLOSED:
        tell_referrers(case, "case-finished", how_it_went(case), AT_THE_END, by)


def whom_to_ask(case: Case) -> str:
    """While the worker is away, who answers for them. Nothing about the person."""
    absent = away(case.worker_id, case.scheme_id) if case.worker_id else None
    if absent is None:
        return ""
    return f"{absent.worker_name} is away until {formats.long_date(absent.until)}: ask for {absent.cover_name}."


def tell_referrers(case: Case, template: str, words: str, fields: Sequence[str], by: Actor) -> None:
    """Each referral that led here gets its line of history, and whoever sent it is told. What they read is in the ledger."""
    agreed, instead = may_tell(case), whom_to_ask(case)
    for referral in referrals_to_tell(case):
        shared = words if agreed and reads_words(referral) else ""
        told = "\n".join(filter(None, [shared, instead]))
        if tell_progress(referral.pk, step=template, words=told, by=by) and shared:
            people.log_disclosure(
                person_id=case.person_id,
                scheme_id=case.scheme_id,
                recipient=reader(referral)[:200] or "Whoever referred",
                fields=fields,
                basis="The person agreed that whoever referred them hears it",
                purpose=f"Referral {referral.reference}",
                about_id=referral.pk,
                by=by,
            )


@transaction.atomic
def tell_allocated(case_id: UUID, *, by: Actor) -> None:
    """Tell a worker that a case is theirs now."""
    case = Case.objects.get(pk=case_id)
    if case.worker_id is None or case.allocated_at is None:
        return
    again, link = f"{case.allocated_at:%Y%m%d%H%M%S%f}", reverse("casework:case", args=[case.pk])
    tell_user_about(case, user_id=case.worker_id, template="case-allocated", link=link, again=again, by=by)
