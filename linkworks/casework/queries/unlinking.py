"""What hangs on a referral that was joined to a person we knew."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from linkworks.core.actor import Actor
from linkworks.outcomes.models import AnswerSet
from linkworks.referrals.models import Progress, Referral

from .. import access
from ..models import (
    Case,
    Concern,
    Contact,
    Conversation,
    Goal,
    GoalConnection,
    Limits,
    Plan,
    SetAside,
    Step,
    Task,
    UnmetNeed,
)
from ..rules.unlinking import LinkFacts
from ..states import CaseState

HANGING: dict[Any, str] = {
    Contact: "case", Conversation: "case", Plan: "case", Goal: "case", UnmetNeed: "case", Concern: "case", Limits: "case",
    Step: "goal__case", GoalConnection: "goal__case", SetAside: "goal__case",
}  # fmt: skip


@dataclass(frozen=True)
class Link:
    """The case a referral was joined to, and what stands in the way of undoing that."""

    facts: LinkFacts
    case: Case | None = None


def link_of(referral: Referral, actor: Actor) -> Link:
    """How a referral hangs on a person, as far as the actor may know."""
    if referral.state != "accepted" or referral.person_id is None or referral.decided_at is None:
        return Link(LinkFacts(is_accepted=False))
    went_to = Q(referral=referral) | Q(opened_at__lte=referral.decided_at)
    case = access.visible_cases(actor).filter(went_to, person=referral.person_id).order_by("-opened_at").first()
    facts = LinkFacts(
        is_accepted=True,
        was_known=joined_somebody_known(referral),
        is_yours=case is not None,
        began=case is not None and _began(case, referral),
        was_told=Progress.objects.filter(referral=referral).exists(),
        case_is_open=case is not None and case.state != CaseState.CLOSED,
    )
    return Link(facts, case)


def joined_somebody_known(referral: Referral) -> bool:
    """Whether the person it belongs to was there before it: somebody chose “this is the same person”."""
    others = Referral.objects.filter(person=referral.person_id).exclude(pk=referral.pk)
    return referral.person_id is not None and others.exists()


def _began(case: Case, referral: Referral) -> bool:
    """Whether anything was written in the case since the referral was joined to it."""
    since = {"created_at__gte": referral.decided_at}
    if any(each.objects.filter(**{to_case: case}, **since).exists() for each, to_case in HANGING.items()):
        return True
    if Conversation.objects.filter(case=case, changed_at__gte=referral.decided_at).exists():
        return True
    answers = AnswerSet.objects.filter(person=case.person_id, **since)
    done = Task.objects.filter(case=case, done_at__gte=referral.decided_at)
    joined_later = Referral.objects.filter(person=case.person_id, decided_at__gt=referral.decided_at)
    return answers.exists() or done.exists() or joined_later.exists()
