from typing import Any
from uuid import uuid4

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from linkworks.core.actor import PUBLIC
from linkworks.core.errors import Invalid
from linkworks.messaging.actions import tell_address, tell_person, tell_user, tell_user_about
from linkworks.messaging.models import Message, MessageMove
from linkworks.messaging.states import State, Way
from tests.cast import Cast
from tests.context import acting
from tests.factories.connections import make_connection
from tests.factories.messaging import make_channel

VALUES = {"reference": "K-7KQ4-M9TX", "scheme": "Elm Tree Social Prescribing"}


def queued() -> list[str]:
    return [job.args["ids"][0] for job in ProcrastinateJob.objects.filter(task_name="messaging.deliver")]


def tell_the_worker(cast: Cast, **changes: Any) -> Message | None:
    facts: dict[str, Any] = {
        "user_id": cast.link_worker.id,
        "template": "question-for-worker",
        "values": {"reference": "K-7KQ4-M9TX"},
        "link": "/cases/",
        "about_id": uuid4(),
        "dedupe": "question:1",
        "scheme_id": cast.scheme.id,
        "by": cast.everything,
    }
    return tell_user(**{**facts, **changes})


def tell_the_group(cast: Cast, **changes: Any) -> Message | None:
    facts: dict[str, Any] = {
        "audience": "provider",
        "address": "hello@kettle.example.org",
        "template": "question-for-provider",
        "values": VALUES,
        "link": "/provider/c/token",
        "about_id": uuid4(),
        "dedupe": "question:2",
        "scheme_id": cast.scheme.id,
        "by": cast.everything,
    }
    return tell_address(**{**facts, **changes})


def tell_sam(cast: Cast, channel: Any, **changes: Any) -> Message | None:
    facts: dict[str, Any] = {
        "channel_id": channel.id,
        "template": "could-not-reach",
        "values": {
            "name": "Sam",
            "text": "We tried to reach you.",
            "phone": "020 7946 0100",
            "worker": "Amara Boateng",
            **VALUES,
        },
        "about_id": uuid4(),
        "dedupe": f"could-not-reach:{channel.id}",
        "scheme_id": cast.scheme.id,
        "by": cast.everything,
    }
    return tell_person(**{**facts, **changes})


def test_staff_are_told_in_their_account_at_once(cast: Cast) -> None:
    told = tell_the_worker(cast, details="What Sam agreed to share")
    assert told is not None
    assert (told.state, told.way, told.link) == (State.SENT, Way.ACCOUNT, "/cases/")
    assert told.sent_at is not None
    assert told.body.endswith("What Sam agreed to share")
    assert [line.to_state for line in told.moves.order_by("made_at")] == ["sending", "sent"]


def test_the_nudge_by_email_says_only_that_something_is_there(cast: Cast) -> None:
    tell_the_worker(cast, details="What Sam agreed to share")
    nudge = Message.objects.get(way=Way.EMAIL)
    assert nudge.address == cast.link_worker.email
    assert nudge.state == State.CREATED
    assert "K-7KQ4" not in nudge.subject + nudge.body
    assert "Sam" not in nudge.subject + nudge.body
    assert queued() == [str(nudge.id)]


def test_somebody_who_has_left_is_not_written_to(cast: Cast) -> None:
    cast.link_worker.is_active = False
    cast.link_worker.save()
    tell_the_worker(cast)
    assert not Message.objects.filter(way=Way.EMAIL).exists()


def test_the_same_event_is_told_once(cast: Cast) -> None:
    first = tell_the_worker(cast)
    assert first is not None
    assert tell_the_worker(cast) is None
    assert Message.objects.count() == 2
    assert tell_the_worker(cast, dedupe="question:other") is not None


def test_a_group_gets_one_email_with_a_link_that_works_from_outside(cast: Cast, settings: Any) -> None:
    settings.BASE_URL = "https://links.example.org"
    told = tell_the_group(cast)
    assert told is not None
    assert told.state == State.CREATED
    assert "https://links.example.org/provider/c/token" in told.body
    assert queued() == [str(told.id)]


@pytest.mark.parametrize(
    "address", ["a@x.example,b@x.example", "a@x.example;b@x.example", "a@x.example\nBcc: b@x.example", "nobody", ""]
)
def test_one_message_never_has_two_recipients(cast: Cast, address: str) -> None:
    with pytest.raises(Invalid):
        tell_the_group(cast, address=address)
    assert not Message.objects.exists()


def test_the_front_door_may_write_and_never_read(cast: Cast) -> None:
    facts = {
        "template": "guest-link",
        "values": {"scheme": "Elm Tree", "date": "Monday"},
        "audience": "referrer",
        "scheme_id": None,
    }
    with acting(PUBLIC):
        assert tell_the_group(cast, **facts, by=PUBLIC) is not None
        assert tell_the_group(cast, **facts, by=PUBLIC) is None
        assert not Message.objects.exists()
    assert Message.objects.count() == 1


def test_a_safe_channel_is_written_to(cast: Cast) -> None:
    told = tell_sam(cast, make_channel(cast.scheme))
    assert told is not None
    assert (told.state, told.way, told.address) == (State.CREATED, Way.EMAIL, "sam@home.example.org")
    assert queued() == [str(told.id)]


@pytest.mark.parametrize(
    ("facts", "why"),
    [({"is_safe": False}, "not safe"), ({"is_safe": None}, "not been asked"), ({"kind": "phone"}, "speaking")],
)
def test_any_other_is_held_back_and_says_why(cast: Cast, facts: dict[str, Any], why: str) -> None:
    told = tell_sam(cast, make_channel(cast.scheme, **facts))
    assert told is not None
    assert told.state == State.SUPPRESSED
    assert why in told.why
    assert queued() == []
    assert MessageMove.objects.get(message=told).move == "suppress"


def test_nobody_who_has_died_is_written_to(cast: Cast) -> None:
    told = tell_sam(cast, make_channel(cast.scheme, died_on="2026-11-01"))
    assert told is not None
    assert told.state == State.SUPPRESSED


def test_a_letter_waits_to_be_printed(cast: Cast) -> None:
    told = tell_sam(cast, make_channel(cast.scheme, kind="letter", value="1 Made-up Road\nLondon\nSE15 5DD"))
    assert told is not None
    assert (told.state, told.way) == (State.CREATED, Way.LETTER)
    assert told.body.startswith("Dear Sam")
    assert queued() == []


def test_another_schemes_person_can_not_be_written_to(cast: Cast) -> None:
    channel = make_channel(cast.other_scheme)
    with pytest.raises(Invalid):
        tell_sam(cast, channel)


def tell_about(cast: Cast, row: Any, **changes: Any) -> Message | None:
    facts = {"user_id": cast.link_worker.id, "template": "answer-unsafe", "link": "/cases/", "by": cast.everything}
    return tell_user_about(row, **{**facts, **changes})


def test_told_about_a_row_it_is_about_that_row_in_its_scheme_by_its_reference(cast: Cast) -> None:
    connection = make_connection(cast, reference="K-TEST-0001")
    told = tell_about(cast, connection)
    assert told is not None
    assert (told.about_id, told.scheme_id) == (connection.pk, cast.scheme.pk)
    assert "K-TEST-0001" in told.subject + told.body


@pytest.mark.parametrize(
    ("changes", "told_again"),
    [
        ({}, False),
        ({"link": "/elsewhere/"}, False),
        ({"again": "Friday"}, True),
        ({"template": "case-allocated"}, True),
    ],
)
def test_about_one_row_the_same_is_told_once(cast: Cast, changes: dict[str, str], told_again: bool) -> None:
    connection = make_connection(cast)
    assert tell_about(cast, connection)
    assert bool(tell_about(cast, connection, **changes)) is told_again


def test_each_who_is_told_and_each_row_is_another_event(cast: Cast) -> None:
    first, second = make_connection(cast), make_connection(cast)
    assert all([tell_about(cast, first), tell_about(cast, second), tell_about(cast, first, user_id=cast.manager.id)])
