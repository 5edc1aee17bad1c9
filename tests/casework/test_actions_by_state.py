"""Every action on a case in every state: done where the table says, otherwise refused with nothing changed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, models, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from linkworks.casework import actions
from linkworks.casework.models import (
    Case,
    CaseMeasure,
    CaseMove,
    Concern,
    Contact,
    Conversation,
    Goal,
    GoalMove,
    Plan,
    PlanMove,
    Step,
    Task,
    UnmetNeed,
)
from linkworks.casework.rules.facts import GoalReview, MeasureFacts
from linkworks.casework.states import CASE_MOVES, CaseState
from linkworks.casework.states import CaseMove as Move
from linkworks.connections.models import Connection, ConnectionMove
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.errors import LinkworksError
from linkworks.messaging.models import Message
from linkworks.people.models import Channel, Disclosure, SharingChoice
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do

Act = Callable[["Arranged", Actor], Any]
KEPT: list[type[models.Model]] = [
    Case, CaseMove, Contact, Conversation, Goal, GoalMove, Plan, PlanMove, Step, Task, UnmetNeed, CaseMeasure, Concern,
    Connection, ConnectionMove, Message, Channel, SharingChoice, Disclosure, ProcrastinateJob,
]  # fmt: skip
WAITING, ALLOCATED, CONTACTING, ACTIVE, PAUSED, CLOSED = CaseState
ALL = set(CaseState)
OPEN = ALL - {CLOSED}
STARTED = OPEN - {WAITING}
NOTE = make.ContactFacts(how="note", result="note-only", note="She rang to say thank you.")


class Arranged:
    """A case with a goal, a step, a draft, a waiting connection and enough tries, put into a state."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.case, self.goal, self.connection = make.connected(cast)
        self.step = self.goal.steps.get()
        self.other = make.service(cast, name="Choir")
        worker = cast.actor(cast.link_worker)
        for _ in range(3):
            do(worker, actions.record_contact, self.case, facts=make.NO_ANSWER)
        self.unmet = do(worker, actions.record_unmet_need, self.case, facts=make.UNMET)
        do(worker, actions.start_plan, self.case)

    def put(self, state: CaseState) -> None:
        nobody = {"worker": None} if state == WAITING else {"worker": self.cast.link_worker}
        ended = {"closed_at": clock.now(), "close_reason": "goals-met"} if state == CLOSED else {}
        Case.objects.filter(pk=self.case.pk).update(state=state.value, **nobody, **ended)


def tomorrow() -> Any:
    return clock.today() + timedelta(days=1)


MEASURE = MeasureFacts(measure_id="ons4", stage="review", answers=make.FOUR_ANSWERS)
# name: (what is done, in which states, the move it writes)
TABLE: dict[str, tuple[Act, set[CaseState], Move | None]] = {
    "record a contact": (
        lambda it, by: actions.record_contact(it.case, facts=make.spoke(), by=by), STARTED, None),
    "write a note": (lambda it, by: actions.record_contact(it.case, facts=NOTE, by=by), STARTED | {CLOSED}, None),
    "hold the conversation": (
        lambda it, by: actions.hold_conversation(it.case, facts=make.talk(), by=by), STARTED, None),
    "ask the questions": (lambda it, by: actions.record_measure(it.case, facts=MEASURE, by=by), STARTED, None),
    "set a goal": (lambda it, by: actions.set_goal(it.case, facts=make.WISH, by=by), STARTED, None),
    "change a goal": (lambda it, by: actions.change_goal(it.goal, facts=make.WISH, by=by), STARTED, None),
    "add a step": (lambda it, by: actions.add_step(it.goal, facts=make.STEP, by=by), STARTED, None),
    "finish a step": (lambda it, by: actions.finish_step(it.step.pk, by=by), STARTED, None),
    "remove a step": (lambda it, by: actions.remove_step(it.step.pk, by=by), STARTED, None),
    "start a plan": (lambda it, by: actions.start_plan(it.case, by=by), STARTED, None),
    "agree the plan": (lambda it, by: actions.agree_plan(it.case, how="In person", by=by), STARTED, None),
    "review the goals": (
        lambda it, by: actions.review_goals(it.case, reviews=[GoalReview(it.goal.pk, "achieve")], by=by),
        STARTED, None),
    "connect": (
        lambda it, by: actions.connect(it.goal, service_id=it.other.id, sharing=make.SHARED, by=by), STARTED, None),
    "withdraw a connection": (
        lambda it, by: actions.withdraw_connection(it.connection, reason="She is away", by=by), STARTED, None),
    "write to a group": (lambda it, by: actions.write_to_provider(it.connection, text="Hello", by=by),
        STARTED | {CLOSED}, None),
    "key in an answer": (lambda it, by: actions.record_answer(it.connection, answer="accept", by=by), STARTED, None),
    "record an unmet need": (
        lambda it, by: actions.record_unmet_need(it.case, facts=make.UNMET, by=by), STARTED, None),
    "resolve an unmet need": (
        lambda it, by: actions.resolve_unmet_need(it.unmet, resolution="A new group", by=by), STARTED, None),
    "hand over": (
        lambda it, by: actions.hand_over(it.case, worker_id=it.cast.colleague.pk, note="Mornings", by=by),
        STARTED, Move.ALLOCATE),
    "pause": (
        lambda it, by: actions.pause(it.case, until=tomorrow(), reason="Away", by=by),
        {ALLOCATED, CONTACTING, ACTIVE}, Move.PAUSE),
    "resume": (lambda it, by: actions.resume(it.case, by=by), {PAUSED}, Move.RESUME),
    "close": (
        lambda it, by: actions.close(it.case, reason="deceased", withdraw_unanswered=True, lead_knows=True, by=by), OPEN, Move.CLOSE),
    "close unreached": (lambda it, by: actions.close_could_not_contact(it.case, by=by), OPEN, Move.CLOSE),
    "reopen": (lambda it, by: actions.reopen(it.case, reason="She rang", by=by), {CLOSED}, Move.REOPEN),
    "say what is next": (
        lambda it, by: actions.set_next_action(it.case, action="Ring", on=tomorrow(), by=by), OPEN, None),
    "set the weight": (lambda it, by: actions.set_complexity(it.case, complexity=3, by=by), OPEN, None),
    "add a task": (
        lambda it, by: actions.add_task(it.case, title="Ring", due_on=tomorrow(), token="t", by=by), OPEN, None),
    "change details": (
        lambda it, by: actions.change_details(it.case, changes={"chosen_name": "Jeannie"}, by=by), ALL, None),
    "choose sharing": (
        lambda it, by: actions.choose_sharing(it.case, choices={"research": True}, how="In person", by=by), ALL, None),
    "raise a concern": (lambda it, by: actions.raise_concern(it.case, facts=make.WORRY, by=by), ALL, None),
}  # fmt: skip


def counted() -> dict[str, int]:
    """How many rows each table has, in one statement."""
    counts = ", ".join(f'(SELECT count(*) FROM "{model._meta.db_table}")' for model in KEPT)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        return dict(zip((model.__name__ for model in KEPT), cursor.fetchone(), strict=True))


def tried(it: Arranged, act: Act, by: Actor) -> tuple[bool, list[str], dict[str, int]]:
    """Whether it was done, the moves it wrote, and how many rows it made; then all of it is taken back."""
    before, known = counted(), set(CaseMove.objects.values_list("pk", flat=True))
    with transaction.atomic():
        try:
            do(by, lambda *, by: act(it, by))
            done = True
        except LinkworksError:
            done = False
        moves = [each.move for each in CaseMove.objects.exclude(pk__in=known)]
        made = {name: count - before[name] for name, count in counted().items() if count != before[name]}
        transaction.set_rollback(True)
    return done, moves, made


@pytest.mark.parametrize("state", list(CaseState))
def test_each_action_is_done_or_refused_by_the_table(cast: Cast, worker: Actor, state: CaseState) -> None:
    it = Arranged(cast)
    it.put(state)
    for name, (act, states, move) in TABLE.items():
        done, moves, made = tried(it, act, worker)
        assert (name, done) == (name, state in states)
        assert not done or move is None or (name, moves) == (name, [move.value])
        assert done or (name, made) == (name, {})


@pytest.mark.parametrize("state", list(CaseState))
def test_the_moves_of_the_table_are_those_the_actions_make(cast: Cast, manager: Actor, state: CaseState) -> None:
    """Every move that a state has can be made by an action, and leads where the states' table says."""
    it = Arranged(cast)
    it.put(state)
    acts: dict[Move, Act] = {move: act for act, _, move in TABLE.values() if move and move != Move.ALLOCATE}
    acts[Move.ALLOCATE] = lambda it, by: actions.allocate(it.case, worker_id=it.cast.colleague.pk, by=by)
    acts[Move.TRY_CONTACT] = lambda it, by: actions.record_contact(it.case, facts=make.NO_ANSWER, by=by)
    acts[Move.BEGIN] = lambda it, by: actions.hold_conversation(it.case, facts=make.talk(), by=by)
    for move, act in acts.items():
        with transaction.atomic():
            try:
                do(manager, lambda *, by, act=act: act(it, by))
                reached = CaseState(make.fresh(it.case).state)
            except LinkworksError:
                reached = None
            transaction.set_rollback(True)
        expected = CASE_MOVES.get((state, move))
        stays = state in (ACTIVE, PAUSED) and move in (Move.TRY_CONTACT, Move.BEGIN)  # said again, it moves nothing
        assert (move, reached) == (move, state if stays else expected)


STRANGERS = ["colleague", "outsider", "outside_manager", "signposter", "referrer", "provider_coordinator", "steward",
             "administrator", "commissioner", "session_leader", "safeguarding_lead"]  # fmt: skip


@pytest.mark.parametrize("who", STRANGERS)
def test_nobody_else_does_anything_to_a_workers_case(cast: Cast, who: str) -> None:
    it = Arranged(cast)
    before = counted()
    for name, (act, _, _) in TABLE.items():
        if (who, name) == ("safeguarding_lead", "raise a concern"):
            continue
        with pytest.raises(LinkworksError):
            do(cast.actor(getattr(cast, who)), lambda *, by, act=act: act(it, by))
    assert counted() == before


def test_the_manager_does_all_of_it_for_an_absent_worker(cast: Cast, manager: Actor) -> None:
    it = Arranged(cast)
    done = {name: tried(it, act, manager)[0] for name, (act, states, _) in TABLE.items() if ACTIVE in states}
    assert all(done.values()), done
