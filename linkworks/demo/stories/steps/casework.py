"""A link worker reaches somebody, listens, makes a plan and comes to the end of it."""

from datetime import timedelta

from linkworks.casework import actions as casework
from linkworks.casework.models import Goal
from linkworks.casework.rules.facts import (
    ConcernFacts,
    ContactFacts,
    ConversationFacts,
    GoalFacts,
    GoalReview,
    MeasureFacts,
    StepFacts,
    UnmetFacts,
)
from linkworks.core import clock, tenancy
from linkworks.people import actions as people
from linkworks.people.states import Restriction

from ...world import told
from ..telling import Telling

ITEMS = ("satisfied", "worthwhile", "happy", "anxious")


def contact(tale: Telling, result: str, note: str, how: str = "phone") -> None:
    facts = ContactFacts(
        how=how, result=result, note=note, minutes=tale.world.dice.choice([5, 10, 20, 30]), happened_at=tale.moment
    )
    with tenancy.context(tale.by_worker):
        casework.record_contact(tale.case, facts=facts, by=tale.by_worker)


def try_once(tale: Telling) -> None:
    contact(tale, "no-answer", tale.says("no_answer"))


def try_again(tale: Telling) -> None:
    contact(tale, "left-message", tale.says("left_message"))


def try_last(tale: Telling) -> None:
    contact(tale, "no-answer", tale.says("last_try"))


def close_unreached(tale: Telling) -> None:
    with tenancy.context(tale.by_worker):
        casework.close_could_not_contact(tale.case, by=tale.by_worker)


def talk(tale: Telling) -> None:
    contact(tale, "spoke", tale.says("spoke"))
    facts = ConversationFacts(
        what_matters=tale.story["matters"],
        strengths=tale.story["strengths"],
        interests=tale.story["interests"],
        needs=tuple(tale.story["needs"]),
        held_on=clock.today(),
        people_around=tale.says("people_around"),
        how_support_should_be=tale.says("how_support_should_be"),
    )
    with tenancy.context(tale.by_worker):
        casework.hold_conversation(tale.case, facts=facts, by=tale.by_worker)
        agreed = {"referrer-feedback": tale.world.dice.random() < 0.8, "providers": True}
        casework.choose_sharing(tale.case, choices=agreed, how="Said on the telephone", by=tale.by_worker)


def measure(tale: Telling, stage: str, which: int) -> None:
    answers = tale.story["ons4"][which]
    with tenancy.context(tale.by_worker):
        given = {} if answers is None else dict(zip(ITEMS, jitter(tale, answers), strict=True))
        facts = MeasureFacts("ons4", stage, answers=given, how_asked="By telephone", declined=answers is None)
        casework.record_measure(tale.case, facts=facts, by=tale.by_worker)


def jitter(tale: Telling, answers: list[int]) -> list[int | None]:
    """Two people with one story do not give the same answers, and one in twelve questions is left out."""
    moved = [min(10, max(0, each + tale.world.dice.choice([-1, 0, 0, 1]))) for each in answers]
    return [None if tale.world.dice.random() < 1 / 12 else each for each in moved]


def measure_start(tale: Telling) -> None:
    if tale.world.dice.random() < 0.9:
        measure(tale, "start", 0)


def measure_review(tale: Telling) -> None:
    measure(tale, "review", 1)


def measure_end(tale: Telling) -> None:
    if tale.world.dice.random() < 0.75:
        measure(tale, "end", 1)


def plan(tale: Telling) -> None:
    with tenancy.context(tale.by_worker):
        for number, words in enumerate(tale.story["goals"]):
            need = tale.story["needs"][min(number, len(tale.story["needs"]) - 1)]
            goal = casework.set_goal(
                tale.case, facts=GoalFacts(words, needs=(need,), benefit="social-contact"), by=tale.by_worker
            )
            due = clock.today() + timedelta(days=14)
            casework.add_step(goal, facts=StepFacts(tale.says("first_step"), tale.worker.name, due), by=tale.by_worker)
            casework.add_step(
                goal,
                facts=StepFacts(tale.says("second_step"), tale.referral.given_name, due + timedelta(days=14)),
                by=tale.by_worker,
            )
            tale.goals.append(goal)
        can_manage(tale)


def can_manage(tale: Telling) -> None:
    """When, how far and at what cost they can go, where the story tells."""
    for about, said in tale.story.get("manages", {}).items():
        casework.set_limit(tale.case, about=about, said=said, by=tale.by_worker)


def agree(tale: Telling) -> None:
    with tenancy.context(tale.by_worker):
        casework.agree_plan(
            tale.case,
            how=tale.says("agreed"),
            by=tale.by_worker,
        )


def nothing_fits(tale: Telling) -> None:
    missing = tale.story.get("unmet") or {
        "need": tale.story["needs"][0],
        "reason": tale.world.dice.choice(["full-or-long-wait", "too-far", "wrong-time", "nothing-exists"]),
    }
    with tenancy.context(tale.by_worker):
        facts = UnmetFacts(missing["need"], missing["reason"], note=tale.says("looked"), goal_id=tale.goals[0].pk)
        casework.record_unmet_need(tale.case, facts=facts, by=tale.by_worker)


def review(tale: Telling) -> None:
    moves = (
        ["achieve", "achieve-partly", "miss"]
        if tale.stage.name in {"finished", "back again"}
        else ["", "achieve-partly", ""]
    )
    with tenancy.context(tale.by_worker):
        open_goals = Goal.objects.filter(case=tale.case, state="open")
        reviews = [GoalReview(goal.pk, tale.world.dice.choice(moves), tale.says("reviewed")) for goal in open_goals]
        casework.review_goals(tale.case, reviews=reviews, by=tale.by_worker)


def close(tale: Telling) -> None:
    with tenancy.context(tale.by_worker):
        reason, summary = ending(tale, set(Goal.objects.filter(case=tale.case).values_list("state", flat=True)))
        casework.close(
            tale.case, reason=reason, summary=summary, missing_because="They preferred not to answer again.",
            withdraw_unanswered=True, by=tale.by_worker,
        )  # fmt: skip


def ending(tale: Telling, goals: set[str]) -> tuple[str, str]:
    """Why it ended and what the referrer may read, as the goals went."""
    name = tale.referral.given_name
    if goals == {"achieved"}:
        return "goals-met", f"{name} reached what they wanted and knows where to come back to."
    if goals & {"achieved", "partly-achieved"}:
        return "plan-complete", f"{name} reached some of what they wanted and knows where to come back to."
    return "person-chose-to-stop", f"{name} did not reach what they wanted this time, and knows where to come back to."


def pause(tale: Telling) -> None:
    with tenancy.context(tale.by_worker):
        until = clock.today() + timedelta(days=tale.world.dice.choice([14, 28, 42]))
        casework.pause(
            tale.case,
            until=until,
            reason=tale.says("paused"),
            by=tale.by_worker,
        )


def concern(tale: Telling) -> None:
    worries = told("london")["worries"]
    facts = ConcernFacts(worries[tale.number % len(worries)], person_knows=tale.number % 3 > 0)
    with tenancy.context(tale.by_worker):
        casework.raise_concern(tale.case, facts=facts, by=tale.by_worker)


def protect(tale: Telling) -> None:
    """The safeguarding lead keeps the record close: their worker and the lead, and nobody else."""
    lead = tale.world.actor(tale.team.safeguarding_lead or tale.worker)
    with tenancy.context(lead):
        reason = "A brother-in-law works in a partner organisation and asks after her."
        people.restrict(tale.case.person, level=Restriction.PROTECTED, reason=reason, by=lead)
