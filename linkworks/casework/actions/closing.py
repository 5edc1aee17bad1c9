"""Reviewing goals; pausing, closing and taking a case up again."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.urls import reverse

from linkworks.connections import actions as connections
from linkworks.connections import states as connection_states
from linkworks.connections.models import Connection
from linkworks.core import clock, vocabulary
from linkworks.core.actor import Actor
from linkworks.core.errors import Invalid, NotAllowed
from linkworks.core.later import later
from linkworks.core.states import after
from linkworks.messaging.actions import tell_person, tell_user_about
from linkworks.people import actions as people
from linkworks.people.models import Person

from ..models import Case, CaseMeasure, Goal, GoalMove
from ..queries.closing import closing_facts, todays_review
from ..queries.contacts import tries_of
from ..queries.file import open_concerns
from ..queries.letters import COULD_NOT_REACH, WORK_FINISHED, letter_values, safe_way
from ..queries.reviewing import review_day
from ..queries.team import carries_cases
from ..rules.closing import CONCERN_OPEN, NOT_REACHED, ends_with_letter, obstacles
from ..rules.facts import GoalReview
from ..states import GOAL_MOVES, CaseMove, CaseState, NextKind
from ..states import GoalMove as MoveOfGoal
from .history import (
    case_in_hand,
    in_working_days,
    move,
    plan_next,
    require_started,
    review_words,
    save_next,
    signed,
    take_up_words,
)
from .tasks import finish_all_tasks

GONE = ("deceased", "moved-away")  # reasons to close that are endings of a connection too


@transaction.atomic
def review_goals(case: Case, *, reviews: Sequence[GoalReview], review_on: date | None = None, by: Actor) -> Case:
    """How each goal went, in the person's words. A goal without a move goes on."""
    case = case_in_hand(case, by)
    require_started(case)
    goals = {goal.pk: goal for goal in Goal.objects.select_for_update().filter(case=case)}
    for review in reviews:
        if review.goal_id not in goals:
            raise Invalid("Choose one of this person’s goals.")
        review_goal(goals[review.goal_id], review, by)
    day = review_on or review_day(case.scheme_id)
    if day <= clock.today():
        raise Invalid("The next review must be after today.", field="review_on")
    case.plans.filter(state="agreed").update(review_on=day)
    after_review(case, day)
    save_next(case)
    return case


@transaction.atomic
def reopen_goal(goal: Goal, *, by: Actor) -> Case:
    """Work on a reviewed goal again; the day of the review stays while it lies ahead."""
    agreed = goal.case.plans.filter(state="agreed", review_on__gt=clock.today()).first()
    again = GoalReview(goal.pk, MoveOfGoal.REOPEN.value)
    return review_goals(goal.case, reviews=[again], review_on=agreed.review_on if agreed else None, by=by)


def after_review(case: Case, day: date) -> None:
    """While a goal is open the next review is next. With nothing left to work on, finishing is, and it does not wait weeks."""
    if case.goals.filter(state="open").exists():
        plan_next(case, review_words(case), day, NextKind.REVIEW)
    else:
        plan_next(case, f"Finish with {case.person.called}, or set a new goal", in_working_days(3), NextKind.FINISH)


def review_goal(goal: Goal, review: GoalReview, by: Actor) -> None:
    goal.review_words = review.words.strip() or goal.review_words
    if review.move:
        made = MoveOfGoal(review.move)
        goal.state = after(GOAL_MOVES, goal.state, made).value
        GoalMove.objects.create(
            goal=goal, scheme_id=goal.scheme_id, move=made.value, to_state=goal.state, reason=review.words, **signed(by)
        )
    goal.save(update_fields=["state", "review_words"])


@transaction.atomic
def pause(case: Case, *, until: date, reason: str, by: Actor) -> Case:
    """Wait with a person until a day, for a reason. The case comes back to its worker then."""
    case = case_in_hand(case, by)
    if until <= clock.today():
        raise Invalid("Choose a day after today.", field="until")
    if not reason.strip():
        raise Invalid("Say why, in a few words.", field="reason")
    plan_next(case, take_up_words(case), until)
    case.paused_until = until
    move(case, CaseMove.PAUSE, by=by, reason=reason)
    return case


@transaction.atomic
def resume(case: Case, *, reason: str = "", by: Actor) -> Case:
    """Take a paused case up again."""
    case = case_in_hand(case, by)
    case.paused_until = None
    plan_next(case, f"Call {case.person.called}", in_working_days(1))
    move(case, CaseMove.RESUME, by=by, reason=reason)
    return case


@transaction.atomic
def close(
    case: Case,
    *,
    reason: str,
    summary: str = "",
    missing_because: str = "",
    todays_answers: bool = False,
    withdraw_unanswered: bool = False,
    lead_knows: bool = False,
    with_letter: bool = True,
    died_on: date | None = None,
    by: Actor,
) -> Case:
    """Close a case with its reason, when the goals were reviewed and the closing answers are there or said to be missing."""
    case = case_in_hand(case, by)
    if reason not in vocabulary.CLOSE_REASONS:
        raise Invalid("Choose why the work is finished.", field="reason")
    facts = closing_facts(case)
    found = obstacles(
        facts, reason=reason, missing_because=missing_because, todays_answers=todays_answers, lead_knows=lead_knows
    )
    for obstacle in found:
        raise Invalid(obstacle.message, field=obstacle.field)
    if todays_answers and facts.lacks_closing_answers:
        close_with(todays_review(case))
    finish_unanswered(case, withdraw_unanswered, by)
    finish_for_good(case, reason, by)
    if reason == "deceased":
        people.change_details(case.person, changes={"died_on": died_on or clock.today()}, by=by)
    if with_letter and ends_with_letter(reason):
        send_letter(case, WORK_FINISHED, by)
    return shut(case, reason=reason, summary=summary, missing_because=missing_because, by=by)


def close_with(answered: CaseMeasure | None) -> None:
    """What was answered at today's review is what was answered at the end."""
    if answered is not None:
        answered.stage = "end"
        answered.save(update_fields=["stage"])


def finish_for_good(case: Case, reason: str, by: Actor) -> None:
    """Somebody who died or moved away goes nowhere any more: their places are free."""
    if reason not in GONE:
        return
    going = Connection.objects.filter(
        person_id=case.person_id, state__in=[s.value for s in connection_states.HOLDS_A_PLACE]
    )
    for connection in going:
        connections.end(connection, ending=reason, by=by)


def finish_unanswered(case: Case, withdraw: bool, by: Actor) -> None:
    """No group is left waiting for somebody who will not come, and no answer arrives where nobody reads it."""
    waiting = list(
        Connection.objects.filter(person_id=case.person_id, state__in=[s.value for s in connection_states.UNANSWERED])
    )
    if waiting and not withdraw:
        names = ", ".join(each.service_name for each in waiting)
        raise Invalid(
            f"Still waiting for an answer from {names}. Withdraw, or wait before closing.", field="withdraw_unanswered"
        )
    for connection in waiting:
        connections.withdraw(connection, reason="Our work with this person has finished.", by=by)


def shut(case: Case, *, reason: str, summary: str, missing_because: str = "", by: Actor) -> Case:
    case.close_reason, case.close_summary = reason, summary.strip()
    case.closing_measure_missing = missing_because.strip()[:200]
    case.closed_at, case.paused_until = clock.now(), None
    case.next_action, case.next_action_on = "", None
    move(case, CaseMove.CLOSE, by=by, reason=vocabulary.label("close_reasons", reason))
    finish_all_tasks(case, because="Closed with the case")
    tell_leads(case, by)
    later("casework.tell_finished", case.pk, scheme=case.scheme_id)
    return case


def tell_leads(case: Case, by: Actor) -> None:
    """Whoever owns an open concern hears, by its reference alone, that the case about the person was closed."""
    for concern in open_concerns(case):
        tell_user_about(
            concern,
            user_id=concern.owner_id,
            template="case-closed-over-concern",
            values={"reference": case.reference},
            link=reverse("casework:concern-answer", args=[concern.pk]),
            again=f"{case.pk}:{case.moves.count()}",
            by=by,
        )


@transaction.atomic
def close_could_not_contact(case: Case, *, lead_knows: bool = False, by: Actor) -> Case:
    """Close after the scheme's number of tries. A letter goes where the person said letters are safe, and nowhere else."""
    case = case_in_hand(case, by)
    tries = tries_of(case)
    if not tries.may_close:
        raise NotAllowed(f"Try {tries.asked} times before closing; so far there were {tries.made}.")
    if not lead_knows and open_concerns(case).exists():
        raise Invalid(f"{CONCERN_OPEN}.", field="lead_knows")
    finish_unanswered(case, True, by)
    send_letter(case, COULD_NOT_REACH, by)
    return shut(case, reason=NOT_REACHED, summary="", by=by)


def send_letter(case: Case, template: str, by: Actor) -> None:
    """In the scheme's words, where writing is safe; nothing where the scheme writes no such letter."""
    address, values = safe_way(case, template), letter_values(case, template, by)
    if address is None or not values["text"]:
        return
    tell_person(
        channel_id=address.pk,
        template=template,
        values=values,
        about_id=case.pk,
        dedupe=f"{template}:{case.pk}:{case.moves.count()}",
        scheme_id=case.scheme_id,
        by=by,
    )


@transaction.atomic
def reopen(case: Case, *, reason: str, by: Actor) -> Case:
    """Take a closed case up again; what was before stays in its history."""
    Person.objects.select_for_update().filter(pk=case.person_id).first()  # no referral opens another case meanwhile
    case = case_in_hand(case, by)
    if not reason.strip():
        raise Invalid("Say why it is opened again.", field="reason")
    others = Case.objects.filter(person_id=case.person_id).exclude(pk=case.pk)
    if others.exclude(state=CaseState.CLOSED).exists():
        raise NotAllowed("This person has another open case. Go on there.")
    if case.close_reason == "deceased":
        people.change_details(case.person, changes={"died_on": None}, by=by)
    case.closed_at, case.close_reason = None, ""
    if case.worker_id is None:
        take(case, by)
    plan_next(case, f"Call {case.person.called}", in_working_days(2))
    move(case, CaseMove.REOPEN, by=by, reason=reason)
    return case


def take(case: Case, by: Actor) -> None:
    """Nobody ever had this case: whoever takes it up again has it, for an open one without a worker is in nobody's morning."""
    if by.user_id is None or not carries_cases(case.scheme_id, by.user_id):
        raise NotAllowed("Nobody had this case. Ask somebody who carries cases to open it again.")
    case.worker_id, case.allocated_at = by.user_id, clock.now()
