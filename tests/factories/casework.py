"""Cases at every stage, made by the actions that make them, with the smallest facts that hold."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from linkworks.casework import actions
from linkworks.casework.models import Case, Goal, Plan
from linkworks.casework.queries.sharing import THROUGH_WORKER
from linkworks.casework.rules.facts import (
    ConcernFacts,
    ContactFacts,
    ConversationFacts,
    GoalFacts,
    GoalReview,
    MeasureFacts,
    SharingFacts,
    StepFacts,
    UnmetFacts,
)
from linkworks.connections.models import Connection
from linkworks.core import clock, tenancy
from linkworks.core.actor import Actor
from linkworks.directory.models import Service
from tests.cast import Cast
from tests.factories import referrals
from tests.factories.connections import make_service

FOUR_ANSWERS = {"satisfied": 4, "worthwhile": 5, "happy": 3, "anxious": 7}
SPOKE = ContactFacts(
    how="phone", result="spoke", note="Talked about Tuesdays.", next_action="Visit at home", next_action_on=None
)
NO_ANSWER = ContactFacts(how="phone", result="no-answer")
TALK = ConversationFacts(
    what_matters="I want to get out of the house again.",
    strengths="A good cook; raised three children alone.",
    held_on=date(2026, 1, 5),
    interests="Cooking, crosswords",
    needs=("loneliness",),
    how_support_should_be="Mornings, with somebody I know",
)
WISH = GoalFacts(words="I want to eat with other people once a week", needs=("loneliness",), benefit="social-contact")
STEP = StepFacts(what="Ring the lunch club", who="My link worker")
SHARED = SharingFacts(
    name_shared="Jean",
    contact_shared=THROUGH_WORKER,
    support_need="I would like to eat with other people again",
    agreed=True,
    agreed_how="On the telephone",
)
UNMET = UnmetFacts(need="loneliness", reason="nothing-exists", note="Nothing on Sundays")
WORRY = ConcernFacts(what_happened="She said her nephew takes her pension.", person_knows=True)


def spoke(**changes: Any) -> ContactFacts:
    return replace(SPOKE, **{"next_action_on": clock.today() + timedelta(days=3), **changes})


def talk(**changes: Any) -> ConversationFacts:
    return replace(TALK, **{"held_on": clock.today(), **changes})


def do(by: Actor, act: Any, *args: Any, **facts: Any) -> Any:
    """Act as somebody, behind their own walls."""
    with tenancy.context(by):
        return act(*args, by=by, **facts)


def waiting(cast: Cast, *, complexity: int = 2, person_id: UUID | None = None, **details: Any) -> Case:
    """A case nobody has yet."""
    sender = cast.actor(cast.referrer)
    with tenancy.context(sender):
        referral = referrals.sent(sender, cast.scheme.id, **details)
    manager = cast.actor(cast.manager)
    return do(manager, actions.open_from_referral, referral, complexity=complexity, person_id=person_id)


def allocated(cast: Cast, worker: Any = None, **details: Any) -> Case:
    """A case given to the link worker (or another), not yet begun."""
    case = waiting(cast, **details)
    return do(cast.actor(cast.manager), actions.allocate, case, worker_id=(worker or cast.link_worker).id)


def contacting(cast: Cast, tries: int = 1, **details: Any) -> Case:
    """A case whose person was tried and not reached."""
    case = allocated(cast, **details)
    for number in range(tries):
        moment = clock.now() - timedelta(hours=tries - number)
        do(cast.actor(cast.link_worker), actions.record_contact, case, facts=replace(NO_ANSWER, happened_at=moment))
    return fresh(case)


def active(cast: Cast, worker: Any = None, **details: Any) -> Case:
    """A case after the first conversation."""
    case = allocated(cast, worker, **details)
    do(cast.actor(worker or cast.link_worker), actions.hold_conversation, case, facts=talk())
    return fresh(case)


def with_goal(cast: Cast, **details: Any) -> tuple[Case, Goal]:
    case = active(cast, **details)
    worker = cast.actor(cast.link_worker)
    goal = do(worker, actions.set_goal, case, facts=WISH)
    do(worker, actions.add_step, goal, facts=STEP)
    return fresh(case), goal


def planned(cast: Cast, **details: Any) -> tuple[Case, Goal, Plan]:
    """A case with an agreed plan."""
    case, goal = with_goal(cast, **details)
    plan = do(cast.actor(cast.link_worker), actions.agree_plan, case, how="On the telephone")
    return fresh(case), goal, plan


def service(cast: Cast, **facts: Any) -> Service:
    return make_service(cast.provider, **facts)


def connected(cast: Cast, **facts: Any) -> tuple[Case, Goal, Connection]:
    """A case with a connection that was sent and waits for its answer."""
    case, goal, _ = planned(cast)
    place = service(cast, **facts)
    connection = do(cast.actor(cast.link_worker), actions.connect, goal, service_id=place.id, sharing=SHARED)
    return fresh(case), goal, connection


def reviewed(cast: Cast) -> Case:
    """A case whose goal was achieved."""
    case, goal, _ = planned(cast)
    review = GoalReview(goal.id, "achieve", "I go every Tuesday now.")
    do(cast.actor(cast.link_worker), actions.review_goals, case, reviews=[review])
    return fresh(case)


def closed(cast: Cast) -> Case:
    case = reviewed(cast)
    answers(cast, case, "end")
    return do(
        cast.actor(cast.link_worker), actions.close, case, reason="goals-met", summary="Goes to lunch every week."
    )


def paused(cast: Cast) -> Case:
    case = active(cast)
    until = clock.today() + timedelta(days=21)
    return do(cast.actor(cast.link_worker), actions.pause, case, until=until, reason="Away with her sister")


def answers(cast: Cast, case: Case, stage: str, **changed: int | None) -> Any:
    facts = MeasureFacts(measure_id="ons4", stage=stage, answers={**FOUR_ANSWERS, **changed})
    return do(cast.actor(cast.link_worker), actions.record_measure, case, facts=facts)


def concern(cast: Cast, case: Case | None = None, **changes: Any) -> Any:
    facts = replace(WORRY, **changes)
    return do(cast.actor(cast.link_worker), actions.raise_concern, case or active(cast), facts=facts)


def fresh(case: Case) -> Case:
    """The case as the database has it now."""
    return Case.objects.select_related("person", "worker").get(pk=case.pk)


def a_moment(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), tzinfo=clock.LONDON) + timedelta(hours=10)
