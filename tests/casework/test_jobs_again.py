"""Jobs come late, come twice, or come for something that has gone: none of it does harm."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product
from typing import Any
from uuid import uuid4

import pytest

from linkworks.casework import actions, jobs
from linkworks.casework.models import Concern, ConcernMove, Task
from linkworks.connections import actions as connections
from linkworks.core import clock
from linkworks.core.actor import Actor, job_actor
from linkworks.messaging.models import Message
from tests.casework.everything import rows, world
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do

BY_CONNECTION = [jobs.connection_moved, jobs.connection_unanswered]
GONE: list[tuple[Any, int]] = [(jobs.connection_moved, 1), (jobs.question_asked, 1), (jobs.connection_unanswered, 1),
                               (jobs.referral_changed, 2)]  # fmt: skip


@pytest.mark.parametrize(("run", "ids"), GONE, ids=lambda each: getattr(each, "__name__", ""))
def test_about_something_that_is_not_there_it_does_nothing(cast: Cast, job: Actor, run: Any, ids: int) -> None:
    world(cast)
    before = rows()
    do(job, lambda *, by: run(*[str(uuid4()) for _ in range(ids)], by=by))
    assert rows() == before


@pytest.mark.parametrize("state", ["sent", "accepted", "waitlisted", "declined", "withdrawn", "attending", "ended"])
@pytest.mark.parametrize("run", BY_CONNECTION, ids=lambda each: each.__name__)
def test_in_every_state_twice_is_as_once(cast: Cast, job: Actor, run: Any, state: str) -> None:
    it = world(cast)
    type(it.connection).objects.filter(pk=it.connection.pk).update(
        state=state,
        decline_reason="full" if state == "declined" else "",
        ending="completed" if state == "ended" else "",
    )
    do(job, run, str(it.connection.pk))
    once, due = rows(), sorted(Task.objects.values_list("title", "due_on", "done_at"))
    next_action = make.fresh(it.case).next_action
    do(job, run, str(it.connection.pk))
    assert rows() == once
    assert sorted(Task.objects.values_list("title", "due_on", "done_at")) == due
    assert make.fresh(it.case).next_action == next_action
    assert all(day >= clock.today() for _, day, _ in due)


@pytest.mark.parametrize("reason", ["deceased", "moved-away"])
@pytest.mark.parametrize("run", BY_CONNECTION, ids=lambda each: each.__name__)
def test_a_closed_case_takes_no_more_tasks(cast: Cast, worker: Actor, job: Actor, run: Any, reason: str) -> None:
    it = world(cast)
    do(worker, actions.close, it.case, reason=reason, withdraw_unanswered=True, lead_knows=True)
    do(job, run, str(it.connection.pk))
    assert not Task.objects.filter(case=it.case, done_at__isnull=True).exists()
    assert make.fresh(it.case).next_action == ""


def test_a_question_that_comes_after_closing_still_reaches_somebody(
    cast: Cast, worker: Actor, provider: Actor, job: Actor
) -> None:
    it = world(cast)
    question = do(provider, connections.ask, it.connection, text="Stairs?", from_provider=True)
    do(worker, actions.close, it.case, reason="moved-away", withdraw_unanswered=True, lead_knows=True)
    for _ in range(2):
        do(job, jobs.question_asked, str(question.pk))
    assert Task.objects.get(kind="question").worker == cast.link_worker


TOLD = [("tell_finished", "case"), ("tell_allocated", "case"), ("tell_concern", "concern")]


@pytest.mark.parametrize("times", [2, 3])
@pytest.mark.parametrize(("name", "about"), TOLD)
def test_however_often_it_comes_each_person_hears_once(
    cast: Cast, worker: Actor, job: Actor, name: str, about: str, times: int
) -> None:
    it = world(cast)
    if name == "tell_finished":
        do(worker, actions.close, it.case, reason="moved-away", withdraw_unanswered=True, lead_knows=True)
    target = it.case.pk if about == "case" else it.ids["concern_id"]
    do(job, getattr(jobs, name), str(target))
    once = sorted(Message.objects.values_list("dedupe", flat=True))
    for _ in range(times):
        do(job, getattr(jobs, name), str(target))
    assert sorted(Message.objects.values_list("dedupe", flat=True)) == once


def test_a_case_that_changed_hands_meanwhile_is_told_to_whoever_has_it_now(
    cast: Cast, manager: Actor, job: Actor
) -> None:
    it = world(cast)
    do(manager, actions.allocate, it.case, worker_id=cast.colleague.pk)
    before = Message.objects.filter(user=cast.link_worker, template="case-allocated").count()
    do(job, jobs.tell_allocated, str(it.case.pk))
    assert Message.objects.filter(user=cast.colleague, template="case-allocated", way="account").count() == 1
    assert Message.objects.filter(user=cast.link_worker, template="case-allocated").count() == before


def test_a_job_of_another_scheme_reaches_nothing_here(cast: Cast) -> None:
    it = world(cast)
    elsewhere = job_actor("test", cast.other_scheme.id)
    before = rows()
    for run in BY_CONNECTION:
        do(elsewhere, run, str(it.connection.pk))
    with pytest.raises(Exception, match="does not exist"):
        do(elsewhere, jobs.tell_concern, str(it.ids["concern_id"]))
    assert rows() == before


class TestConcernsNobodyAnswered:
    def concern(self, cast: Cast, minutes: int, state: str = "raised", told: int = 0) -> Concern:
        made = make.concern(cast)
        Concern.objects.filter(pk=made.pk).update(
            raised_at=clock.now() - timedelta(minutes=minutes), state=state, escalations=told,
            what_was_done="Seen" if state == "closed" else "",
        )  # fmt: skip
        return made

    @pytest.fixture(autouse=True)
    def wednesday_noon(self, cast: Cast) -> Iterator[None]:
        """Reminders come back on working mornings, so the hour and the weekday count."""
        with clock.at(datetime(2026, 11, 25, 12, tzinfo=clock.LONDON)):
            yield

    @pytest.mark.parametrize(
        ("minutes", "told", "due"),
        [(59, 0, 0), (61, 0, 1), (61, 1, 1), (239, 1, 1), (241, 0, 2), (241, 1, 2), (5_000, 2, 5), (5_000, 5, 5)],
    )
    @pytest.mark.parametrize("state", ["raised", "acknowledged", "closed"])
    def test_only_what_is_due_is_told_and_only_once(
        self, cast: Cast, minutes: int, told: int, due: int, state: str, lead: Actor
    ) -> None:
        made = self.concern(cast, minutes, state, told)
        steps = 1 if state == "raised" and due > told else 0
        for _ in range(2):
            jobs.escalate_concerns()
        made.refresh_from_db()
        assert made.escalations == (due if steps else told)
        assert ConcernMove.objects.filter(concern=made, move="escalate").count() == steps

    def test_several_at_once_each_in_its_own_line(self, cast: Cast) -> None:
        made = [self.concern(cast, minutes) for minutes in (61, 120, 300)]
        jobs.escalate_concerns()
        assert [Concern.objects.get(pk=each.pk).escalations for each in made] == [1, 1, 2]

    def test_the_deputy_and_the_owner_hear_and_nobody_else(self, cast: Cast) -> None:
        made = self.concern(cast, 61)
        jobs.escalate_concerns()
        heard = Message.objects.filter(about_id=made.pk, way="account").values_list("user__name", flat=True)
        assert sorted(heard) == ["Helen Marsh", "Ruth Adeyemi"]


DECISIONS = [(each, later) for each, later in product(["accept", "waitlist", "decline"], ["", "end", "withdraw"])
             if (each, later) not in (("decline", "end"), ("decline", "withdraw"), ("waitlist", "end"))]  # fmt: skip


@pytest.mark.parametrize(("answer", "later"), DECISIONS)
def test_jobs_that_come_late_see_how_it_stands_now(
    cast: Cast, worker: Actor, provider: Actor, job: Actor, answer: str, later: str
) -> None:
    """Two moves were made before the first job ran: what it leaves to do is about now, not about then."""
    it = world(cast)
    reason = {"reason": "full"} if answer == "decline" else {}
    do(provider, getattr(connections, answer), it.connection, **reason)
    if later == "end":
        do(worker, actions.end_connection, it.connection, ending="completed")
    elif later == "withdraw":
        do(worker, actions.withdraw_connection, it.connection, reason="She moved")
    for _ in range(2):
        do(job, jobs.connection_moved, str(it.connection.pk))
    kinds = set(Task.objects.filter(about_connection_id=it.connection.pk, done_at=None).values_list("kind", flat=True))
    expected: dict[tuple[str, str], set[str]] = {
        ("accept", ""): {"call", "follow-up"},
        ("accept", "end"): {"follow-up"},
        ("accept", "withdraw"): set(),
        ("waitlist", ""): {"waiting-list"},
        ("waitlist", "withdraw"): set(),
        ("decline", ""): {"find-another"},
    }
    assert kinds == expected[answer, later]
