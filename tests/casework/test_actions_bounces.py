"""What we wrote and never arrived becomes the worker's task, once a day, and nothing is lost silently."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from linkworks.casework import actions, jobs
from linkworks.casework.models import Case, Task
from linkworks.connections import actions as connections
from linkworks.connections.models import Connection
from linkworks.core.actor import Actor
from linkworks.core.clock import now
from linkworks.messaging.actions.moves import move
from linkworks.messaging.models import Message
from linkworks.messaging.states import Audience, Move, State, Way
from linkworks.referrals.models import Referral
from tests.cast import Cast
from tests.context import acting
from tests.factories import casework
from tests.factories.messaging import make_channel, make_message


@pytest.fixture
def accepted(cast: Cast) -> Connection:
    _, _, connection = casework.connected(cast)
    with acting(cast.everything):
        return connections.accept(connection, by=cast.everything)


def bounced_tasks() -> list[Task]:
    return list(Task.objects.filter(title__contains="did not arrive").order_by("created_at"))


def test_a_group_we_could_not_write_to_is_telephoned(cast: Cast, accepted: Connection, job: Actor) -> None:
    jobs.provider_unreachable(str(accepted.pk), by=job)
    [task] = bounced_tasks()
    assert accepted.service_name in task.title
    assert (task.kind, task.worker_id, task.about_connection_id) == ("call", cast.link_worker.pk, accepted.pk)


def test_ten_bounces_of_one_day_are_one_task_and_tomorrow_is_another(
    cast: Cast, accepted: Connection, job: Actor
) -> None:
    for _ in range(10):
        jobs.provider_unreachable(str(accepted.pk), by=job)
    assert len(bounced_tasks()) == 1
    with time_machine.travel(now() + timedelta(days=1)):
        jobs.provider_unreachable(str(accepted.pk), by=job)
    assert len(bounced_tasks()) == 2


def test_a_person_we_could_not_write_to_is_their_workers_to_find(cast: Cast, job: Actor) -> None:
    case = casework.active(cast)
    for _ in range(2):
        jobs.person_unreachable(str(case.pk), by=job)
    [task] = bounced_tasks()
    assert case.person.called in task.title
    assert "check how to reach them" in task.title


def test_a_referrer_we_could_not_write_to_is_telephoned(cast: Cast, job: Actor) -> None:
    case = casework.active(cast)
    jobs.referrer_unreachable(str(case.referral_id), by=job)
    [task] = bounced_tasks()
    assert "whoever referred" in task.title


@pytest.mark.parametrize("who", ["person", "referrer"])
def test_what_bounces_after_closing_is_not_lost(cast: Cast, job: Actor, who: str) -> None:
    case = casework.active(cast)
    Case.objects.filter(pk=case.pk).update(state="closed", close_reason="goals-met", closed_at=now())
    if who == "person":
        jobs.person_unreachable(str(case.pk), by=job)
    else:
        jobs.referrer_unreachable(str(case.referral_id), by=job)
    [task] = bounced_tasks()
    assert (task.case_id, task.worker_id) == (case.pk, cast.link_worker.pk)


def test_a_bounce_about_a_referral_that_joined_goes_to_whoever_has_the_case(cast: Cast, job: Actor) -> None:
    case = casework.active(cast)
    casework.waiting(cast, person_id=case.person_id)
    joined = Referral.objects.filter(person=case.person_id).exclude(pk=case.referral_id).get()
    jobs.referrer_unreachable(str(joined.pk), by=job)
    [task] = bounced_tasks()
    assert (task.case_id, task.worker_id) == (case.pk, cast.link_worker.pk)


def test_after_a_second_case_was_opened_the_new_worker_hears(cast: Cast, job: Actor) -> None:
    earlier = casework.closed(cast)
    again = casework.allocated(cast, cast.colleague, person_id=earlier.person_id)
    jobs.referrer_unreachable(str(earlier.referral_id), by=job)
    [task] = bounced_tasks()
    assert (task.case_id, task.worker_id) == (again.pk, cast.colleague.pk)


@pytest.mark.parametrize("name", ["provider_unreachable", "person_unreachable", "referrer_unreachable"])
def test_what_is_not_there_brings_nothing(cast: Cast, job: Actor, name: str) -> None:
    getattr(jobs, name)(str(cast.scheme.pk), by=job)
    assert bounced_tasks() == []


def test_another_scheme_brings_nothing(cast: Cast, outsider: Actor) -> None:
    case = casework.active(cast)
    with acting(outsider):
        actions.follow_bounce_to_person(case.pk, by=outsider)
    assert bounced_tasks() == []


@pytest.mark.parametrize("end", [Move.FAIL, Move.GIVE_UP])
@pytest.mark.parametrize("audience", [Audience.PROVIDER, Audience.PERSON, Audience.REFERRER])
def test_from_the_bounce_to_the_task(
    cast: Cast, accepted: Connection, queued: Any, job: Actor, audience: str, end: Move
) -> None:
    """The whole way: a message fails for good, its job is queued, the job makes the task."""
    case = casework.active(cast)
    about = {"provider": accepted.pk, "person": case.pk, "referrer": case.referral_id}[audience]
    channel = make_channel(cast.scheme) if audience == Audience.PERSON else None
    message = make_message(
        scheme=cast.scheme, audience=audience, about_id=about, person_channel=channel, way=Way.EMAIL,
        state=State.SENT if end == Move.FAIL else State.FAILED_FOR_NOW,
    )  # fmt: skip
    move(message, end, by=job, reason="It did not arrive")
    name = {"provider": "connections.provider_unreachable", "person": "casework.person_unreachable",
            "referrer": "casework.referrer_unreachable"}[audience]  # fmt: skip
    assert queued(name) == [[str(about)]]
    if audience == Audience.PROVIDER:
        connections.escalate_unreachable(about, by=job)
        assert queued("casework.provider_unreachable") == [[str(about)]]
        jobs.provider_unreachable(str(about), by=job)
    else:
        getattr(jobs, name.split(".")[1])(str(about), by=job)
    assert len(bounced_tasks()) == 1
    assert Message.objects.get(pk=message.pk).why == "It did not arrive"
