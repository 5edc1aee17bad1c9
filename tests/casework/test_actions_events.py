"""What a group answers becomes the worker's task, once, however often it is told."""

from datetime import timedelta
from typing import Any

import pytest

from linkworks.casework import actions
from linkworks.casework.models import Task
from linkworks.connections import actions as connections
from linkworks.core import clock, vocabulary
from linkworks.core.actor import Actor
from linkworks.messaging.models import Message
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do


def tasks(case: Any) -> list[tuple[str, bool]]:
    return [(each.kind, each.done_at is not None) for each in Task.objects.filter(case=case).order_by("created_at")]


def tell(job: Actor, connection: Any, times: int = 2) -> None:
    for _ in range(times):
        do(job, actions.follow_connection, connection.pk)


@pytest.mark.parametrize("reason", vocabulary.DECLINE_REASONS)
def test_every_no_becomes_one_task(cast: Cast, provider: Actor, job: Actor, reason: str) -> None:
    case, _, connection = make.connected(cast)
    do(provider, connections.decline, connection, reason=reason, words="Sorry")
    tell(job, connection)
    task = Task.objects.get(case=case)
    assert (task.worker_id, task.about_connection_id) == (cast.link_worker.id, connection.pk)
    assert "Tuesday lunch club" in task.title


def test_a_no_means_find_something_else_soon(cast: Cast, provider: Actor, job: Actor) -> None:
    case, _, connection = make.connected(cast)
    do(provider, connections.decline, connection, reason="full")
    tell(job, connection)
    task = Task.objects.get(case=case)
    assert (task.kind, task.due_on) == ("find-another", clock.add_working_days(clock.today(), 2))


def test_unsafe_is_due_today(cast: Cast, provider: Actor, job: Actor) -> None:
    case, _, connection = make.connected(cast)
    do(provider, connections.decline, connection, reason="unsafe")
    tell(job, connection)
    assert Task.objects.get(case=case).due_on == clock.today()


def test_a_yes_asks_later_whether_they_went(cast: Cast, provider: Actor, job: Actor) -> None:
    case, _, connection = make.connected(cast)
    first = clock.today() + timedelta(days=7)
    do(provider, connections.accept, connection, first_session_on=first)
    tell(job, connection)
    task = Task.objects.get(case=case, kind="follow-up")
    assert (task.kind, task.title) == ("follow-up", "Ask Jean how the first visit to Tuesday lunch club went")
    assert task.due_on == clock.add_working_days(first, 2)


def test_waiting_for_the_answer_is_over(cast: Cast, provider: Actor, job: Actor) -> None:
    case, _, connection = make.connected(cast)
    do(provider, connections.accept, connection)
    tell(job, connection)
    assert make.fresh(case).next_action == "Review the plan with Jean"


def test_a_next_action_of_the_workers_own_stays(cast: Cast, worker: Actor, provider: Actor, job: Actor) -> None:
    case, _, connection = make.connected(cast)
    do(worker, actions.set_next_action, case, action="Ring her sister", on=clock.today())
    do(provider, connections.accept, connection)
    tell(job, connection)
    assert make.fresh(case).next_action == "Ring her sister"


def test_a_waiting_list_is_told_to_the_person(cast: Cast, provider: Actor, job: Actor) -> None:
    case, _, connection = make.connected(cast)
    do(provider, connections.waitlist, connection)
    tell(job, connection)
    assert tasks(case) == [("waiting-list", False)]


def test_the_person_is_still_asked_after_the_group_marked_them(cast: Cast, provider: Actor, job: Actor) -> None:
    case, _, connection = make.connected(cast)
    do(provider, connections.accept, connection)
    tell(job, connection)
    do(provider, connections.mark_attendance, connection, session_on=clock.today(), attended="yes")
    tell(job, connection)
    assert tasks(case) == [("call", True), ("follow-up", False)]


def test_a_place_after_the_waiting_list_ends_the_waiting(cast: Cast, provider: Actor, job: Actor) -> None:
    case, _, connection = make.connected(cast)
    do(provider, connections.waitlist, connection)
    tell(job, connection)
    do(provider, connections.accept, connection)
    tell(job, connection)
    assert tasks(case) == [("waiting-list", True), ("call", False), ("follow-up", False)]


# How a connection got where it is, and the kinds of task that stay open then.
PATHS = [
    (["accept"], {"call", "follow-up"}),
    (["waitlist"], {"waiting-list"}),
    (["decline"], {"find-another"}),
    (["accept", "decline"], {"find-another"}),
    (["accept", "come"], {"follow-up"}),
    (["accept", "end"], {"follow-up"}),
    (["waitlist", "accept", "come", "end"], {"follow-up"}),
]
STEPS: dict[str, dict[str, Any]] = {
    "accept": {},
    "waitlist": {},
    "decline": {"reason": "full"},
    "come": {"session_on": clock.today, "attended": "yes"},
    "end": {"ending": "completed"},
}


@pytest.mark.parametrize(("path", "left"), PATHS)
def test_telling_it_again_changes_nothing(
    cast: Cast, provider: Actor, job: Actor, path: list[str], left: set[str]
) -> None:
    case, _, connection = make.connected(cast)
    for step in path:
        facts = {name: value() if callable(value) else value for name, value in STEPS[step].items()}
        do(provider, connections.mark_attendance if step == "come" else getattr(connections, step), connection, **facts)
        tell(job, connection, times=1)
    open_now = Task.objects.filter(case=case, done_at__isnull=True)
    once = set(open_now.values_list("pk", "kind"))
    assert {kind for _, kind in once} == left
    tell(job, connection, times=2)
    assert set(open_now.values_list("pk", "kind")) == once


def test_the_lead_hears_that_it_would_not_be_safe(cast: Cast, provider: Actor, job: Actor) -> None:
    _, _, connection = make.connected(cast)
    do(provider, connections.decline, connection, reason="unsafe", words="He carries a knife")
    tell(job, connection)
    told = Message.objects.get(user=cast.safeguarding_lead, way="account")
    assert str(connection.pk) in told.link
    assert "knife" not in told.body


def test_each_absence_becomes_one_task(cast: Cast, provider: Actor, job: Actor) -> None:
    case, _, connection = make.connected(cast)
    do(provider, connections.accept, connection)
    for days in (8, 1):
        day = clock.today() - timedelta(days=days)
        do(provider, connections.mark_attendance, connection, session_on=day, attended="no", absence="unacceptable")
        tell(job, connection)
    assert Task.objects.filter(case=case, kind="no-show").count() == 2


def test_an_ending_asks_what_changed(cast: Cast, provider: Actor, job: Actor) -> None:
    case, _, connection = make.connected(cast)
    do(provider, connections.accept, connection)
    do(provider, connections.end, connection, ending="completed")
    tell(job, connection)
    assert Task.objects.filter(case=case, title="Jean finished at Tuesday lunch club: ask what changed").count() == 1


@pytest.mark.parametrize("ending", ["deceased", "moved-away"])
def test_who_is_gone_is_not_asked_what_changed(cast: Cast, worker: Actor, job: Actor, ending: str) -> None:
    case, _, connection = make.connected(cast)
    do(worker, actions.record_answer, connection, answer="accept")
    do(worker, actions.end_connection, connection, ending=ending)
    tell(job, connection)
    (title,) = Task.objects.filter(case=case, done_at__isnull=True).values_list("title", flat=True)
    assert title.endswith("make sure, and close the case")
    do(worker, actions.close, case, reason=ending, missing_because="Gone")
    tell(job, connection)
    assert not Task.objects.filter(case=case, done_at__isnull=True).exists()


def test_what_the_worker_took_back_makes_no_task(cast: Cast, worker: Actor, job: Actor) -> None:
    case, _, connection = make.connected(cast)
    do(worker, actions.withdraw_connection, connection, reason="Moved")
    tell(job, connection)
    assert tasks(case) == []


class TestQuestions:
    def test_a_question_is_a_task_until_it_is_answered(
        self, cast: Cast, worker: Actor, provider: Actor, job: Actor
    ) -> None:
        case, _, connection = make.connected(cast)
        question = do(provider, connections.ask, connection, text="Stairs?", from_provider=True)
        for _ in range(2):
            do(job, actions.follow_question, question.pk)
        assert tasks(case) == [("question", False)]
        do(worker, actions.write_to_provider, connection, text="Fine with a rail")
        assert tasks(case) == [("question", True)]

    def test_the_workers_own_words_are_no_task(self, cast: Cast, worker: Actor, job: Actor) -> None:
        case, _, connection = make.connected(cast)
        do(worker, actions.write_to_provider, connection, text="Hello")
        do(job, actions.follow_question, connection.questions.get().pk)
        assert tasks(case) == []


class TestSilence:
    def test_the_worker_telephones_once(self, cast: Cast, job: Actor) -> None:
        case, _, connection = make.connected(cast)
        for _ in range(3):
            do(job, actions.follow_silence, connection.pk)
        assert tasks(case) == [("unanswered", False)]

    def test_an_answer_ends_it(self, cast: Cast, provider: Actor, job: Actor) -> None:
        case, _, connection = make.connected(cast)
        do(job, actions.follow_silence, connection.pk)
        do(provider, connections.accept, connection)
        tell(job, connection)
        assert ("unanswered", True) in tasks(case)

    def test_answered_meanwhile_there_is_nothing_to_do(self, cast: Cast, provider: Actor, job: Actor) -> None:
        case, _, connection = make.connected(cast)
        do(provider, connections.accept, connection)
        do(job, actions.follow_silence, connection.pk)
        assert tasks(case) == []


def test_a_connection_that_is_not_ours_is_nobodys_task(cast: Cast, job: Actor) -> None:
    do(job, actions.follow_connection, cast.scheme.id)
    do(job, actions.follow_question, cast.scheme.id)
    do(job, actions.follow_silence, cast.scheme.id)
    assert not Task.objects.exists()


def test_after_closing_the_persons_open_case_hears_of_it(
    cast: Cast, worker: Actor, provider: Actor, job: Actor
) -> None:
    case, goal, connection = make.connected(cast)
    do(provider, connections.accept, connection)
    do(worker, actions.review_goals, case, reviews=[make.GoalReview(goal.pk, "achieve")])
    do(worker, actions.close, case, reason="goals-met", missing_because="Did not want to")
    again = make.waiting(cast, person_id=case.person_id)
    do(provider, connections.end, connection, ending="completed")
    tell(job, connection)
    assert Task.objects.filter(case=again).count() == 1


class TestTasks:
    def test_ticked_off_once(self, cast: Cast, worker: Actor) -> None:
        task = do(worker, actions.add_task, make.active(cast), title="Ring", due_on=clock.today(), token="t")
        first = do(worker, actions.finish_task, task)
        assert (first.done_by, first.done_at) == ("Amara Boateng", do(worker, actions.finish_task, task).done_at)

    def test_pressed_twice_there_is_one(self, cast: Cast, worker: Actor) -> None:
        case = make.active(cast)
        for _ in range(2):
            do(worker, actions.add_task, case, title="Ring", due_on=clock.today(), token="same")
        assert Task.objects.filter(case=case).count() == 1
