"""What each thing done leaves behind: its line of history, who did it, the audit, what is next, and what waits to be told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from linkworks.casework import actions
from linkworks.casework.models import (
    Case,
    CaseMove,
    ConcernMove,
    GoalMove,
    PlanMove,
    Task,
    UnmetMove,
)
from linkworks.casework.rules.facts import GoalReview
from linkworks.core import clock
from linkworks.core.actor import Actor
from tests.casework.everything import World, world
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do

Act = Callable[[World, Actor, Cast], Any]
SOON = timedelta(days=5)


def day() -> Any:
    return clock.today() + SOON


# what is done: (how, the history it is written in, its move, why it says)
HISTORIES: dict[str, tuple[Act, type[models.Model], str, str]] = {
    "pause": (lambda it, by, _: actions.pause(it.case, until=day(), reason="Away", by=by), CaseMove, "pause", "Away"),
    "give": (
        lambda it, by, cast: actions.allocate(it.case, worker_id=cast.colleague.pk, reason="Nearer", by=by),
        CaseMove, "allocate", "Nearer"),
    "hand over": (
        lambda it, by, cast: actions.hand_over(it.case, worker_id=cast.colleague.pk, note="Mornings", by=by),
        CaseMove, "allocate", "Mornings"),
    "close": (
        lambda it, by, _: actions.close(it.case, reason="moved-away", withdraw_unanswered=True, lead_knows=True, by=by),
        CaseMove, "close", "Moved away"),
    "set a goal": (lambda it, by, _: actions.set_goal(it.case, facts=make.WISH, by=by), GoalMove, "set", ""),
    "review": (
        lambda it, by, _: actions.review_goals(it.case, reviews=[GoalReview(it.goal.pk, "drop", "Not now")], by=by),
        GoalMove, "drop", "Not now"),
    "draft": (lambda it, by, _: actions.start_plan(it.case, by=by), PlanMove, "draft", ""),
    "change a goal": (lambda it, by, _: actions.change_goal(it.goal, facts=make.WISH, by=by), PlanMove, "draft", ""),
    "note a gap": (
        lambda it, by, _: actions.record_unmet_need(it.case, facts=make.UNMET, by=by),
        UnmetMove, "record", "Nothing on Sundays"),
    "raise a concern": (
        lambda it, by, _: actions.raise_concern(it.case, facts=make.WORRY, by=by), ConcernMove, "raise", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", HISTORIES)
def test_one_line_of_history_says_who_when_and_why(cast: Cast, manager: Actor, name: str) -> None:
    act, history, move, why = HISTORIES[name]
    it = world(cast)
    before = set(history._default_manager.values_list("pk", flat=True))
    moment = clock.now()
    do(manager, lambda *, by: act(it, by, cast))
    (line,) = history._default_manager.exclude(pk__in=before)
    assert (line.move, line.made_by, line.made_by_name, line.scheme_id) == (
        move, manager.id, "Ruth Adeyemi", cast.scheme.pk,
    )  # fmt: skip
    assert why in line.reason
    assert moment <= line.made_at <= clock.now()


HISTORY_TABLES = [CaseMove, PlanMove, GoalMove, UnmetMove, ConcernMove]


@pytest.mark.parametrize("history", HISTORY_TABLES)
@pytest.mark.parametrize("how", ["update", "delete"])
def test_history_is_never_changed_or_taken_away(cast: Cast, history: type[models.Model], how: str) -> None:
    from django.db import DatabaseError, transaction

    it = world(cast)
    do(cast.actor(cast.link_worker), actions.start_plan, it.case)
    lines = history._default_manager.all()
    assert lines.exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        lines.update(reason="It was otherwise") if how == "update" else lines.delete()


# what is done: the tables whose audit has one more row, with who did it
AUDITED: dict[str, tuple[Act, set[str]]] = {
    "contact": (lambda it, by, _: actions.record_contact(it.case, facts=make.spoke(), by=by), {"contact", "case"}),
    "conversation": (lambda it, by, _: actions.hold_conversation(it.case, facts=make.talk(what_matters="My garden", complexity=3), by=by),
                     {"conversation", "case"}),
    "goal": (lambda it, by, _: actions.set_goal(it.case, facts=make.WISH, by=by), {"goal", "plan"}),
    "step": (lambda it, by, _: actions.finish_step(it.ids["step_id"], by=by), {"step"}),
    "remove a step": (lambda it, by, _: actions.remove_step(it.ids["step_id"], by=by), {"step", "plan"}),
    "weight": (lambda it, by, _: actions.set_complexity(it.case, complexity=3, by=by), {"case"}),
    "next": (lambda it, by, _: actions.set_next_action(it.case, action="Ring", on=day(), by=by), {"case"}),
    "task": (lambda it, by, _: actions.finish_task(Task.objects.get(pk=it.ids["task_id"]), by=by), {"task"}),
    "details": (lambda it, by, _: actions.change_details(it.case, changes={"chosen_name": "J"}, by=by), {"person"}),
    "sharing": (
        lambda it, by, _: actions.choose_sharing(it.case, choices={"research": True}, how="Said so", by=by),
        {"sharingchoice"}),
}  # fmt: skip


def audited() -> dict[str, int]:
    tables = [model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")]
    return {model.pgh_tracked_model.__name__.lower(): model._default_manager.count() for model in tables}


@pytest.mark.parametrize("name", AUDITED)
def test_what_changed_is_in_the_audit_whatever_wrote_it(cast: Cast, worker: Actor, name: str) -> None:
    act, tables = AUDITED[name]
    it = world(cast)
    before = audited()
    do(worker, lambda *, by: act(it, by, cast))
    after = audited()
    assert {table for table in after if after[table] > before[table]} == tables


# what is done: what is next then, and in how many days at most
NEXT: dict[str, tuple[Act, str, int]] = {
    "pause": (lambda it, by, _: actions.pause(it.case, until=day(), reason="Away", by=by), "Take up again with Jean", 5),
    "agree": (
        lambda it, by, _: (actions.start_plan(it.case, by=by), actions.agree_plan(it.case, how="Said so", by=by)),
        "Review the plan with Jean", 100),
    "review, still going": (
        lambda it, by, _: actions.review_goals(it.case, reviews=[GoalReview(it.goal.pk)], by=by),
        "Review the plan with Jean", 100),
    "review, all over": (
        lambda it, by, _: actions.review_goals(it.case, reviews=[GoalReview(it.goal.pk, "achieve")], by=by),
        "Finish with Jean, or set a new goal", 100),
    "a gap": (
        lambda it, by, _: actions.record_unmet_need(it.case, facts=make.UNMET, by=by), "Tell Jean what we could not find", 10),
    "a try": (lambda it, by, _: actions.record_contact(it.case, facts=make.NO_ANSWER, by=by), "Try Jean again", 7),
    "a word": (lambda it, by, _: actions.record_contact(it.case, facts=make.spoke(), by=by), "Visit at home", 3),
}  # fmt: skip


@pytest.mark.parametrize("name", NEXT)
def test_what_is_next_is_said_with_a_day_that_is_not_past(cast: Cast, worker: Actor, name: str) -> None:
    act, said, days = NEXT[name]
    it = world(cast)
    do(worker, lambda *, by: act(it, by, cast))
    case = make.fresh(it.case)
    assert case.next_action.startswith(said)
    assert case.next_action_on is not None
    assert clock.today() <= case.next_action_on <= clock.today() + timedelta(days=days + 10)


QUEUED: dict[str, tuple[Act, str]] = {
    "give": (
        lambda it, by, cast: actions.allocate(it.case, worker_id=cast.colleague.pk, by=by), "casework.tell_allocated"),
    "agree": (
        lambda it, by, _: (actions.start_plan(it.case, by=by), actions.agree_plan(it.case, how="Said so", by=by)),
        "casework.tell_plan_agreed"),
    "close": (
        lambda it, by, _: actions.close(it.case, reason="moved-away", withdraw_unanswered=True, lead_knows=True, by=by),
        "casework.tell_finished"),
    "concern": (
        lambda it, by, _: actions.raise_concern(it.case, facts=make.WORRY, by=by), "casework.tell_concern"),
}  # fmt: skip


@pytest.mark.parametrize("name", QUEUED)
def test_whoever_should_hear_is_told_once_by_id_alone(cast: Cast, manager: Actor, queued: Any, name: str) -> None:
    act, job = QUEUED[name]
    it = world(cast)
    before = len(queued(job))
    do(manager, lambda *, by: act(it, by, cast))
    waiting = queued(job)
    assert len(waiting) == before + 1
    assert len(waiting[-1]) == 1 and len(waiting[-1][0]) == 36, "an id, and nothing about anybody"


@pytest.mark.parametrize("name", ["give", "hand over", "close"])
def test_open_tasks_go_where_the_case_goes(cast: Cast, manager: Actor, name: str) -> None:
    act = HISTORIES[name][0]
    it = world(cast)
    do(manager, lambda *, by: act(it, by, cast))
    tasks = Task.objects.filter(case=it.case)
    if name == "close":
        assert not tasks.filter(done_at__isnull=True).exists()
    else:
        assert {task.worker_id for task in tasks.filter(done_at__isnull=True)} == {cast.colleague.pk}
    assert Case.objects.get(pk=it.case.pk).worker_id is not None


def test_what_was_done_before_stays_with_whoever_did_it(cast: Cast, worker: Actor, manager: Actor) -> None:
    it = world(cast)
    task = Task.objects.get(pk=it.ids["task_id"])
    do(worker, actions.finish_task, task)
    do(manager, actions.allocate, it.case, worker_id=cast.colleague.pk)
    task.refresh_from_db()
    assert (task.worker_id, task.done_by) == (cast.link_worker.pk, "Amara Boateng")
