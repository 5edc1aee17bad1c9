"""Jobs of connections: ids in, one action, safe to run twice, in their own scheme only."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from linkworks.connections import actions, jobs
from linkworks.connections.models import Connection, Question
from linkworks.connections.states import State
from linkworks.core.actor import job_actor
from linkworks.core.clock import now
from linkworks.core.later import REGISTERED, SCHEDULED, acting
from linkworks.messaging.models import Message
from linkworks.organisations.models import Scheme
from tests.cast import Cast
from tests.factories.connections import make_connection, make_person, make_service

NAMES = ["invite_provider", "tell_provider_question", "tell_provider_withdrawn", "provider_unreachable"]
STATES = list(State)


def written() -> list[tuple[str, str, str]]:
    return list(
        Message.objects.exclude(template="new-message")
        .values_list("template", "way", "address")
        .order_by("template", "way")
    )


@pytest.fixture
def by(cast: Cast) -> Any:
    return job_actor("test", cast.scheme.id)


@pytest.mark.parametrize("name", NAMES)
def test_each_job_is_registered_and_does_nothing_about_what_is_gone(
    cast: Cast, by: Any, queued: Any, name: str
) -> None:
    assert f"connections.{name}" in REGISTERED
    getattr(jobs, name)(str(uuid4()), by=by)
    assert not Message.objects.exists()
    assert queued("casework.connection_unanswered") == []


@pytest.mark.parametrize("state", STATES)
def test_only_what_waits_is_announced_and_once(cast: Cast, by: Any, state: State) -> None:
    connection = make_connection(cast, state)
    for _ in range(3):
        jobs.invite_provider(str(connection.pk), by=by)
    expected = [] if state != State.SENT else [
        ("provider-connection", "email", "lunch@kettle.example.org"), ("provider-connection-account", "account", ""),
    ]  # fmt: skip
    assert written() == expected


@pytest.mark.parametrize("state", STATES)
def test_only_what_was_taken_back_is_said_to_be(cast: Cast, by: Any, state: State) -> None:
    connection = make_connection(cast, state)
    for _ in range(2):
        jobs.tell_provider_withdrawn(str(connection.pk), by=by)
    assert {template for template, _, _ in written()} == (
        {"provider-withdrawn", "provider-withdrawn-account"} if state == State.WITHDRAWN else set()
    )
    assert not any(
        "/provider/" in f"{each.body}{each.link}" for each in Message.objects.exclude(template="new-message")
    )


@pytest.mark.parametrize("state", STATES)
def test_a_question_is_told_until_it_was_taken_back(cast: Cast, by: Any, state: State) -> None:
    connection = make_connection(cast, state)
    question = Question.objects.create(
        connection=connection, scheme=cast.scheme, provider=cast.provider, from_provider=False, text="Canary: stairs?",
        asked_by="x", asked_by_name="Amara", asked_at=now(),
    )  # fmt: skip
    for _ in range(2):
        jobs.tell_provider_question(str(question.pk), by=by)
    count = Message.objects.filter(template="question-for-provider").count()
    assert count == (0 if state == State.WITHDRAWN else 1)
    assert not [each for each in Message.objects.all() if "Canary" in each.subject + each.body]


@pytest.mark.parametrize("name", ["invite_provider", "provider_unreachable"])
def test_a_job_of_another_scheme_reaches_nothing(cast: Cast, queued: Any, name: str) -> None:
    connection = make_connection(cast)
    theirs = job_actor("test", cast.other_scheme.id)
    with acting(theirs):
        getattr(jobs, name)(str(connection.pk), by=theirs)
    assert not Message.objects.exists()
    assert queued("casework.connection_unanswered") == []


@pytest.mark.parametrize("address", ["", "lunch@kettle.example.org"])
@pytest.mark.parametrize("has_account", [True, False])
def test_every_way_to_the_group_is_used_and_none_is_the_workers_call(
    cast: Cast, by: Any, queued: Any, address: str, has_account: bool
) -> None:
    group = cast.provider if has_account else cast.practice
    connection = make_connection(cast, service=make_service(group, referral_email=address))
    jobs.invite_provider(str(connection.pk), by=by)
    ways = {way for _, way, _ in written()}
    assert ways == ({"email"} if address else set()) | ({"account"} if has_account else set())
    assert (queued("casework.provider_without_address") == [[str(connection.pk)]]) is not bool(ways)


def test_the_number_to_ring_is_the_schemes_as_it_is_now(cast: Cast, by: Any) -> None:
    connection = make_connection(cast)
    Scheme.objects.filter(pk=cast.scheme.pk).update(phone="020 7946 0199")
    jobs.invite_provider(str(connection.pk), by=by)
    [letter] = Message.objects.filter(way="email", template="provider-connection")
    assert "020 7946 0199" in letter.body


def test_the_timer_is_watched_and_reaches_every_scheme(cast: Cast, queued: Any) -> None:
    assert SCHEDULED["connections.chase"] == 3600
    long_ago = now() - timedelta(days=40)
    here = make_connection(cast, sent_at=long_ago)
    there = make_connection(cast, sent_at=long_ago, scheme=cast.other_scheme, person=make_person(cast.other_scheme))
    jobs.chase()
    assert sorted(queued("casework.connection_unanswered")) == sorted([[str(here.pk)], [str(there.pk)]])


def test_a_scheme_whose_turn_fails_is_seen_and_not_passed_over(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The heartbeat is only moved when every scheme was looked at."""

    def broken(scheme_id: Any, *, by: Any) -> int:
        raise RuntimeError("no settings")

    monkeypatch.setattr(actions, "chase_scheme", broken)
    with pytest.raises(RuntimeError):
        jobs.chase()


def test_asking_and_answering_each_bring_their_own_job(cast: Cast, queued: Any) -> None:
    connection = make_connection(cast)
    asked = actions.ask(connection, text="Stairs?", from_provider=True, by=cast.actor(cast.provider_coordinator))
    answered = actions.ask(connection, text="Two.", from_provider=False, by=cast.actor(cast.link_worker))
    assert queued("casework.question_asked") == [[str(asked.pk)]]
    assert queued("connections.tell_provider_question") == [[str(answered.pk)]]


def test_nothing_a_group_is_told_has_more_than_a_reference(cast: Cast, by: Any) -> None:
    """Over every template that goes to groups: none names the person, the need or the service."""
    connection = make_connection(
        cast, name_shared="Canary-Name", support_need="Canary-Need", access_and_language="Canary-Access"
    )
    jobs.invite_provider(str(connection.pk), by=by)
    Connection.objects.update(sent_at=now() - timedelta(days=30))
    actions.chase_scheme(cast.scheme.id, by=by)
    actions.ask(connection, text="Canary-Words", from_provider=False, by=cast.everything)
    jobs.tell_provider_question(str(Question.objects.get().pk), by=by)
    actions.withdraw(connection, reason="Canary-Reason", by=cast.everything)
    jobs.tell_provider_withdrawn(str(connection.pk), by=by)
    said = "".join(f"{each.subject}{each.body}{each.address}" for each in Message.objects.all())
    assert "Canary" not in said
    assert "lunch club" not in said.lower()
    assert connection.reference in said
