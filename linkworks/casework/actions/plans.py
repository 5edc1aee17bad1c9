"""Plans: what the person wants, who does what, and each agreed version kept word for word."""

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.errors import Invalid, NotAllowed
from linkworks.core.later import later
from linkworks.core.states import after

from ..models import Case, Goal, GoalMove, Plan, PlanMove, Step
from ..queries.reviewing import review_day
from ..rules.facts import GoalFacts, StepFacts
from ..states import PLAN_MOVES, GoalState, NextKind, PlanState
from ..states import GoalMove as MoveOfGoal
from ..states import PlanMove as MoveOfPlan
from .history import (
    case_in_hand,
    in_working_days,
    made_before,
    plan_next,
    remember,
    require_started,
    review_words,
    save_next,
    signed,
    written_by,
)


@transaction.atomic
def start_plan(case: Case, *, by: Actor) -> Plan:
    """Start the next version of the plan, or go on with the one being written."""
    case = case_in_hand(case, by)
    require_started(case)
    return draft_of(case, by)


def draft_of(case: Case, by: Actor) -> Plan:
    draft = Plan.objects.filter(case=case, state=PlanState.DRAFT).first()
    if draft:
        return draft
    last = Plan.objects.filter(case=case).aggregate(last=Max("version"))["last"] or 0
    draft = Plan.objects.create(case=case, scheme_id=case.scheme_id, version=last + 1, **written_by(by))
    write_plan_move(draft, MoveOfPlan.DRAFT, by)
    return draft


def write_plan_move(plan: Plan, move: MoveOfPlan, by: Actor, reason: str = "") -> None:
    PlanMove.objects.create(
        plan=plan, scheme_id=plan.scheme_id, move=move.value, to_state=plan.state, reason=reason, **signed(by)
    )


@transaction.atomic
def set_goal(case: Case, *, facts: GoalFacts, token: str = "", by: Actor) -> Goal:
    """Add something the person wants, in their words."""
    case = case_in_hand(case, by)
    require_started(case)
    door = f"goal:{case.pk}"
    if earlier := made_before(Goal, door, token, asdict(facts)):
        return earlier
    check_goal(facts)
    draft_of(case, by)
    last = Goal.objects.filter(case=case).aggregate(last=Max("position"))["last"] or 0
    goal = Goal.objects.create(case=case, scheme_id=case.scheme_id, position=last + 1, **goal_values(facts))
    GoalMove.objects.create(goal=goal, scheme_id=goal.scheme_id, move=MoveOfGoal.SET, to_state=goal.state, **signed(by))
    remember(door, token, goal)
    return goal


def check_goal(facts: GoalFacts) -> None:
    if not facts.words.strip():
        raise Invalid("Write what the person wants, in their own words.", field="words")


def goal_values(facts: GoalFacts) -> dict[str, Any]:
    return {"words": facts.words.strip()[:300], "needs": list(facts.needs), "benefit": facts.benefit}


@transaction.atomic
def change_goal(goal: Goal, *, facts: GoalFacts, by: Actor) -> Goal:
    """Put a goal into better words. What was agreed before stays in the earlier version of the plan."""
    goal = goal_in_hand(goal, by)
    check_goal(facts)
    draft_of(goal.case, by)
    for name, value in goal_values(facts).items():
        setattr(goal, name, value)
    goal.save()
    return goal


def goal_in_hand(goal: Goal, by: Actor) -> Goal:
    """The goal, with its case locked for this change; an open goal of an open case."""
    case = case_in_hand(goal.case_id, by)
    require_started(case)
    found = Goal.objects.select_for_update().get(pk=goal.pk)
    found.case = case
    if found.state != GoalState.OPEN:
        raise NotAllowed("This goal was reviewed already. Set a new goal, or take it up again.")
    return found


@transaction.atomic
def add_step(goal: Goal, *, facts: StepFacts, token: str = "", by: Actor) -> Step:
    """Note what somebody will do towards a goal, and by when."""
    goal = goal_in_hand(goal, by)
    door = f"step:{goal.pk}"
    if earlier := made_before(Step, door, token, asdict(facts)):
        return earlier
    if not facts.what.strip():
        raise Invalid("Write what will be done.", field="what")
    if not facts.who.strip():
        raise Invalid("Say who will do it.", field="who")
    draft_of(goal.case, by)
    step = Step.objects.create(
        goal=goal,
        scheme_id=goal.scheme_id,
        what=facts.what.strip()[:300],
        who=facts.who.strip()[:100],
        due_on=facts.due_on,
    )
    remember(door, token, step)
    return step


@transaction.atomic
def finish_step(step_id: UUID, *, by: Actor) -> Step:
    """A step was done."""
    step = step_in_hand(step_id, by)
    if step.done_at is None:
        step.done_at = clock.now()
        step.save(update_fields=["done_at"])
    return step


@transaction.atomic
def remove_step(step_id: UUID, *, by: Actor) -> None:
    """Take a step out of the plan that is being written. Agreed versions keep it."""
    step = step_in_hand(step_id, by)
    draft_of(step.goal.case, by)
    step.delete()


def step_in_hand(step_id: UUID, by: Actor) -> Step:
    step = Step.objects.select_related("goal").filter(pk=step_id).first()
    if step is None:
        raise NotAllowed("This step is no longer in the plan.")
    step.goal = goal_in_hand(step.goal, by)
    return step


@transaction.atomic
def agree_plan(case: Case, *, how: str, review_on: date | None = None, by: Actor) -> Plan:
    """The person agrees the plan as it is written now. This version is kept as it is; the one before is superseded."""
    case = case_in_hand(case, by)
    require_started(case)
    plan = Plan.objects.select_for_update().filter(case=case, state=PlanState.DRAFT).first()
    if plan is None:
        raise NotAllowed("There is no new version of the plan to agree.")
    document = as_agreed(case)
    check_agreement(document, how, review_on)
    supersede(case, plan, by)
    plan.state = after(PLAN_MOVES, plan.state, MoveOfPlan.AGREE).value
    plan.as_agreed, plan.agreed_at, plan.agreed_how = document, clock.now(), how.strip()[:200]
    plan.review_on = review_on or review_day(case.scheme_id)
    plan.save()
    write_plan_move(plan, MoveOfPlan.AGREE, by, reason=plan.agreed_how)
    follow_agreement(case, plan)
    later("casework.tell_plan_agreed", plan.pk, scheme=case.scheme_id)
    return plan


def check_agreement(document: dict[str, Any], how: str, review_on: date | None) -> None:
    if not document["what_matters"]:
        raise Invalid("Have the first conversation before agreeing a plan: what matters to the person comes first.")
    if not any(goal["state"] == GoalState.OPEN for goal in document["goals"]):
        raise Invalid("Add at least one goal before the person agrees the plan.")
    if not how.strip():
        raise Invalid("Say how the person agreed, for example on the telephone.", field="agreed_how")
    if review_on and review_on <= clock.today():
        raise Invalid("The review must be after today.", field="review_on")


def supersede(case: Case, plan: Plan, by: Actor) -> None:
    for earlier in Plan.objects.select_for_update().filter(case=case, state=PlanState.AGREED):
        earlier.state = after(PLAN_MOVES, earlier.state, MoveOfPlan.SUPERSEDE).value
        earlier.save(update_fields=["state"])
        write_plan_move(earlier, MoveOfPlan.SUPERSEDE, by, reason=f"Version {plan.version} was agreed")


def as_agreed(case: Case) -> dict[str, Any]:
    """What matters, goals and steps, word for word as they stand."""
    talk = getattr(case, "conversation", None)
    goals = Goal.objects.filter(case=case).prefetch_related("steps")
    return {
        "what_matters": talk.what_matters if talk else "",
        "strengths": talk.strengths if talk else "",
        "how_support_should_be": talk.how_support_should_be if talk else "",
        "goals": [goal_as_agreed(goal) for goal in goals],
    }


def goal_as_agreed(goal: Goal) -> dict[str, Any]:
    steps = [
        {
            "what": step.what,
            "who": step.who,
            "due_on": step.due_on.isoformat() if step.due_on else None,
            "done": bool(step.done_at),
        }
        for step in goal.steps.all()
    ]
    kept = {
        "id": str(goal.pk),
        "words": goal.words,
        "needs": list(goal.needs),
        "benefit": goal.benefit,
        "state": goal.state,
    }
    return {**kept, "steps": steps}


def follow_agreement(case: Case, plan: Plan) -> None:
    """Next comes finding support for a goal that has none; otherwise the review."""
    waiting = Goal.objects.filter(
        case=case, state=GoalState.OPEN, goal_connections__isnull=True, unmet_needs__isnull=True
    ).first()
    day = plan.review_on or in_working_days(20)
    if waiting:
        plan_next(case, f"Find support for “{waiting.words}”", in_working_days(3), NextKind.FIND)
    else:
        plan_next(case, review_words(case), day, NextKind.REVIEW)
    save_next(case)
