"""What whoever referred is told: shown before it is sent, and exactly what the person agreed to share."""

from collections.abc import Iterable
from dataclasses import dataclass

from linkworks.core import vocabulary
from linkworks.people.queries import sharing_of
from linkworks.people.states import SharingTopic
from linkworks.referrals.models import Progress, Referral
from linkworks.referrals.queries import hears
from linkworks.referrals.states import Step

from ..models import Case, Goal
from ..states import GoalState

AT_THE_PLAN = ("goals of the plan",)
AT_THE_END = ("goals of the plan", "how each goal went", "why the work finished", "summary at the end")

HOW_IT_WENT: dict[str, str] = {
    GoalState.OPEN: "still open",
    GoalState.ACHIEVED: "achieved",
    GoalState.PARTLY_ACHIEVED: "partly achieved",
    GoalState.NOT_ACHIEVED: "not achieved",
    GoalState.DROPPED: "no longer wanted",
}


@dataclass(frozen=True)
class Told:
    """Who hears, and what they read; no words when the person has not agreed to share any."""

    readers: tuple[str, ...]
    words: str
    somebody: bool  # whether anything leaves at all: each referral is told of a step once


def may_tell(case: Case) -> bool:
    return sharing_of(case.person_id)[SharingTopic.REFERRER_FEEDBACK] is True


def referrals_to_tell(case: Case) -> list[Referral]:
    """The referrals that led to this case."""
    since = case.previous.closed_at if case.previous and case.previous.closed_at else None
    found = Referral.objects.filter(person_id=case.person_id, state="accepted").select_related("from_organisation")
    return list(found.filter(decided_at__gt=since) if since else found)


def reads_words(referral: Referral) -> bool:
    """Only in an account is anything read; an e-mail says no more than that something happened."""
    return referral.from_organisation_id is not None or referral.referrer_user_id is not None


def reader(referral: Referral) -> str:
    organisation = referral.from_organisation.name if referral.from_organisation else referral.from_organisation_name
    return ", ".join(filter(None, [referral.referrer_name, organisation]))


def plan_words(goals: Iterable[str]) -> str:
    return "\n".join(["They agreed to share what they are working towards:", *(f"• {each}" for each in goals)])


def end_words(case: Case, *, why: str, summary: str) -> str:
    lines = [f"• {goal.words.rstrip('. ')}: {HOW_IT_WENT[goal.state]}" for goal in Goal.objects.filter(case=case)]
    return "\n".join([f"Why it finished: {why}.", *lines, summary]).strip()


def how_it_went(case: Case) -> str:
    return end_words(case, why=vocabulary.label("close_reasons", case.close_reason), summary=case.close_summary)


def told_at_plan(case: Case) -> Told:
    """What the page of agreeing a plan shows first."""
    goals = Goal.objects.filter(case=case, state=GoalState.OPEN).values_list("words", flat=True)
    return told(case, Step.PLAN_AGREED, plan_words(goals))


def told_at_end(case: Case) -> Told:
    words = end_words(case, why="the reason you choose", summary="And the summary you write.")
    return told(case, Step.CASE_FINISHED, words)


def told(case: Case, step: Step, words: str) -> Told:
    """Who hears of this step now: nobody hears of the same step twice."""
    before = Progress.objects.filter(referral__person_id=case.person_id, step=step)
    told_before = set(before.values_list("referral_id", flat=True))
    hearing = [each for each in referrals_to_tell(case) if each.pk not in told_before]
    readers = tuple(dict.fromkeys(reader(each) for each in hearing if reads_words(each)))
    return Told(readers, words if may_tell(case) else "", any(is_written_to(each) for each in hearing))


def is_written_to(referral: Referral) -> bool:
    """Whoever referred is; a person who asked for themselves knows it already."""
    way = hears(referral)
    return bool(way.way) and not way.is_person
