"""Each job does its one thing, and doing it twice changes nothing more."""

from datetime import timedelta

import pytest

from linkworks.casework import jobs
from linkworks.casework.models import Concern, Task
from linkworks.connections import actions as connections
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.messaging.models import Message
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do


def twice(by: Actor, job, identifier) -> None:
    for _ in range(2):
        do(by, job, str(identifier))


def test_a_connection_moved(cast: Cast, provider: Actor, job: Actor) -> None:
    case, _, connection = make.connected(cast)
    do(provider, connections.decline, connection, reason="full")
    twice(job, jobs.connection_moved, connection.pk)
    assert Task.objects.filter(case=case).count() == 1


def test_a_question_was_asked(cast: Cast, provider: Actor, job: Actor) -> None:
    case, _, connection = make.connected(cast)
    question = do(provider, connections.ask, connection, text="Stairs?", from_provider=True)
    twice(job, jobs.question_asked, question.pk)
    assert Task.objects.get(case=case).kind == "question"


def test_a_group_is_silent(cast: Cast, job: Actor) -> None:
    case, _, connection = make.connected(cast)
    twice(job, jobs.connection_unanswered, connection.pk)
    assert Task.objects.get(case=case).kind == "unanswered"


@pytest.mark.parametrize(
    ("name", "template"),
    [
        ("tell_plan_agreed", "plan-agreed"),
        ("tell_finished", "case-finished"),
        ("tell_allocated", "case-allocated"),
        ("tell_concern", "concern-raised"),
    ],
)
def test_somebody_is_told_once(cast: Cast, job: Actor, name: str, template: str) -> None:
    made = {
        "tell_plan_agreed": lambda: make.planned(cast)[2],
        "tell_finished": lambda: make.closed(cast),
        "tell_allocated": lambda: make.allocated(cast),
        "tell_concern": lambda: make.concern(cast),
    }[name]()
    twice(job, getattr(jobs, name), made.pk)
    assert Message.objects.filter(template=template, way="account").count() == 1


def test_every_scheme_is_visited_for_concerns(cast: Cast) -> None:
    concern = make.concern(cast)
    Concern.objects.filter(pk=concern.pk).update(raised_at=clock.now() - timedelta(hours=2))
    for _ in range(2):
        jobs.escalate_concerns()
    concern.refresh_from_db()
    assert concern.escalations == 1
    assert Message.objects.filter(template="concern-raised", way="account").count() == 2
