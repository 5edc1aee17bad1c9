"""What became of messages that left: delivered, tried again, or somebody's task."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from notifications_python_client.errors import HTTPError
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from linkworks.clients import notify as client
from linkworks.clients.mail import NoAnswer
from linkworks.core.actor import job_actor
from linkworks.core.clock import now
from linkworks.core.later import REGISTERED, SCHEDULED
from linkworks.core.models import Heartbeat
from linkworks.messaging import actions, jobs
from linkworks.messaging.models import Message, MessageMove
from linkworks.messaging.rules import SAID, meaning
from linkworks.messaging.states import MOVES, Audience, Move, State, Way
from tests.cast import Cast
from tests.factories.messaging import make_channel, make_message
from tests.fakes.notify import FakeNotify, answer

# What GOV.UK Notify's documentation calls the statuses of e-mails and texts.
ON_ITS_WAY = ["created", "sending", "pending", "sent", "", "something new"]


def left(notify: FakeNotify, **facts: Any) -> Message:
    """A message Notify took five minutes ago."""
    message = make_message(
        **{"state": State.SENT, "sent_at": now(), "touched_at": now() - timedelta(minutes=5), **facts}
    )
    given = notify.take(message.address, {}, str(message.pk))["id"]
    Message.objects.filter(pk=message.pk).update(provider_reference=given)
    message.refresh_from_db()
    return message


def after(message: Message, notify: FakeNotify, status: str) -> Message:
    notify.becomes[message.provider_reference] = status
    jobs.receipts()
    message.refresh_from_db()
    return message


def told(name: str) -> list[list[str]]:
    return [job.args["ids"] for job in ProcrastinateJob.objects.filter(task_name=name)]


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("delivered", State.DELIVERED),
        ("permanent-failure", State.FAILED),
        ("temporary-failure", State.FAILED_FOR_NOW),
        ("technical-failure", State.FAILED_FOR_NOW),
        *[(status, State.SENT) for status in ON_ITS_WAY],
    ],
)
def test_what_the_carrier_says_decides(cast: Cast, notify: FakeNotify, status: str, state: State) -> None:
    message = after(left(notify), notify, status)
    assert message.state == state
    lines = list(MessageMove.objects.filter(message=message))
    assert [line.to_state for line in lines] == ([] if state == State.SENT else [state])
    assert all(line.made_by == "job:messaging.receipts" for line in lines)


@pytest.mark.parametrize("status", [*ON_ITS_WAY, "delivered", "permanent-failure", "temporary-failure"])
def test_a_receipt_makes_only_moves_of_the_table(status: str) -> None:
    move = meaning(status)
    assert move is None or ((State.SENT, move) in MOVES and move in SAID)


def test_a_failure_says_why_without_the_address(cast: Cast, notify: FakeNotify) -> None:
    message = after(left(notify, address="sam@home.example.org"), notify, "permanent-failure")
    assert message.why
    assert "sam" not in message.why
    assert MessageMove.objects.get().reason == message.why


def test_what_failed_for_now_is_sent_again_and_not_taken_for_the_first_try(
    cast: Cast, notify: FakeNotify, deliver: Any
) -> None:
    """Notify still knows the first try by our reference: it must not be mistaken for an answer about the second."""
    message = left(notify, attempts=1, possibly_duplicate=True)
    after(message, notify, "temporary-failure")
    Message.objects.update(touched_at=now() - timedelta(minutes=90))
    jobs.sweep()
    assert told("messaging.deliver") == [[str(message.pk)]]
    first = message.provider_reference
    again = deliver(message)
    assert (again.state, again.attempts) == (State.SENT, 2)
    assert again.provider_reference != first
    assert len(notify.taken) == 2


def test_after_five_tries_a_full_inbox_is_a_dead_letter(cast: Cast, notify: FakeNotify) -> None:
    message = after(left(notify, attempts=5, about_id=uuid4(), scheme=cast.scheme), notify, "temporary-failure")
    jobs.sweep()
    message.refresh_from_db()
    assert message.state == State.DEAD
    assert "inbox was full" in message.why
    assert told("connections.provider_unreachable") == [[str(message.about_id)]]


@pytest.mark.parametrize(
    ("audience", "job"),
    [
        (Audience.PROVIDER, "connections.provider_unreachable"),
        (Audience.PERSON, "casework.person_unreachable"),
        (Audience.REFERRER, "casework.referrer_unreachable"),
    ],
)
def test_what_never_arrives_becomes_the_task_of_who_relied_on_it(
    cast: Cast, notify: FakeNotify, audience: Audience, job: str
) -> None:
    channel = make_channel(cast.scheme) if audience == Audience.PERSON else None
    facts = {"audience": audience, "about_id": uuid4(), "scheme": cast.scheme, "person_channel": channel}
    message = after(left(notify, **facts), notify, "permanent-failure")
    assert message.state == State.FAILED
    assert told(job) == [[str(message.about_id)]]
    assert job in REGISTERED


def test_a_nudge_to_staff_that_bounces_is_nobodys_task(cast: Cast, notify: FakeNotify) -> None:
    """What it nudged about is in their account."""
    message = left(notify, audience=Audience.STAFF, user=cast.link_worker, about_id=uuid4(), scheme=cast.scheme)
    after(message, notify, "permanent-failure")
    assert not ProcrastinateJob.objects.filter(task_name__startswith="casework.").exists()


def test_a_message_about_nothing_of_a_scheme_brings_no_task(cast: Cast, notify: FakeNotify) -> None:
    after(left(notify, audience=Audience.REFERRER), notify, "permanent-failure")
    assert not ProcrastinateJob.objects.filter(task_name="casework.referrer_unreachable").exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"state": State.DELIVERED},
        {"state": State.FAILED},
        {"state": State.SENDING},
        {"state": State.CREATED},
        {"way": Way.LETTER},
        {"way": Way.ACCOUNT},
        {"sent_at": now() - timedelta(days=8)},
        {"touched_at": now() + timedelta(hours=1)},  # however long ago this line was read
    ],
)
def test_only_what_left_this_week_and_was_not_just_asked_about_is_asked_about(
    cast: Cast, notify: FakeNotify, facts: dict[str, Any]
) -> None:
    left(notify, **facts)
    jobs.receipts()
    assert notify.asked == []


@pytest.mark.parametrize("reference", ["", "outbox"])
def test_what_no_carrier_took_is_not_asked_about(cast: Cast, notify: FakeNotify, reference: str) -> None:
    message = left(notify)
    Message.objects.filter(pk=message.pk).update(provider_reference=reference)
    jobs.receipts()
    assert notify.asked == []


def test_a_mail_servers_message_gives_no_receipt_and_is_not_asked_about(cast: Cast, notify: FakeNotify) -> None:
    message = left(notify)
    Message.objects.filter(pk=message.pk).update(provider_reference=str(message.pk))
    jobs.receipts()
    assert notify.asked == []


def test_where_notify_is_not_set_up_nobody_is_asked(cast: Cast, notify: FakeNotify, settings: Any) -> None:
    left(notify)
    settings.NOTIFY_KEY = ""
    jobs.receipts()
    assert notify.asked == []


def test_texts_are_asked_about_where_only_texts_leave_by_notify(cast: Cast, notify: FakeNotify, settings: Any) -> None:
    settings.NOTIFY_EMAIL_TEMPLATE = ""
    left(notify)
    text = left(notify, way=Way.TEXT)
    jobs.receipts()
    assert notify.asked == [text.provider_reference]


def test_those_asked_about_longest_ago_come_first_and_nobody_starves(
    cast: Cast, notify: FakeNotify, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linkworks.messaging.actions.receipts.AT_ONCE", 2)
    waiting = [left(notify, touched_at=now() - timedelta(minutes=60 - n)) for n in range(4)]
    for _ in range(2):
        jobs.receipts()
    assert notify.asked == [each.provider_reference for each in waiting]


def test_a_carrier_that_hangs_is_asked_once_and_left_alone(cast: Cast, notify: FakeNotify) -> None:
    """Two hundred messages at twenty seconds each would hold a worker for an hour."""
    waiting = [left(notify) for _ in range(3)]
    notify.hangs = True
    jobs.receipts()
    assert len(notify.asked) == 1
    assert set(Message.objects.values_list("state", flat=True)) == {State.SENT}
    notify.hangs = False
    notify.becomes = {each.provider_reference: "delivered" for each in waiting}
    jobs.receipts()
    assert set(Message.objects.values_list("state", flat=True)) == {State.DELIVERED}


def test_a_message_notify_forgot_does_not_stop_the_others(cast: Cast, notify: FakeNotify) -> None:
    forgotten = left(notify, touched_at=now() - timedelta(hours=2))
    other = left(notify)
    notify.taken = [each for each in notify.taken if each["id"] != forgotten.provider_reference]
    after(other, notify, "delivered")
    forgotten.refresh_from_db()
    assert (forgotten.state, other.state) == (State.SENT, State.DELIVERED)


def test_a_receipt_that_comes_late_changes_nothing(cast: Cast, notify: FakeNotify) -> None:
    message = after(left(notify), notify, "permanent-failure")
    actions.note_receipt(message.pk, status="delivered", by=job_actor("late", cast.scheme.id))
    actions.note_receipt(uuid4(), status="delivered", by=job_actor("late", cast.scheme.id))
    message.refresh_from_db()
    assert message.state == State.FAILED


def test_a_receipt_read_twice_is_one_line_of_history(cast: Cast, notify: FakeNotify) -> None:
    message = left(notify)
    for _ in range(3):
        after(message, notify, "delivered")
    assert MessageMove.objects.filter(message=message, move=Move.DELIVER).count() == 1
    assert notify.asked == [message.provider_reference]


def test_messages_of_every_scheme_and_of_none_are_asked_about(cast: Cast, notify: FakeNotify) -> None:
    made = [left(notify, scheme=scheme) for scheme in (cast.scheme, cast.other_scheme, None)]
    jobs.receipts()
    assert sorted(notify.asked) == sorted(each.provider_reference for each in made)


def test_reading_receipts_is_a_scheduled_job_whose_silence_is_noticed(cast: Cast, notify: FakeNotify) -> None:
    assert SCHEDULED["messaging.receipts"] == 300
    app.tasks["messaging.receipts"].func(0)
    assert Heartbeat.objects.get(job="messaging.receipts").expected_every_seconds == 300


def test_nothing_is_asked_inside_a_transaction_that_holds_rows(
    cast: Cast, notify: FakeNotify, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rows are read first, the carrier asked after, each answer noted in its own."""
    order: list[str] = []
    for name in ("awaiting_receipt", "ask_carrier", "note_receipt"):
        real = getattr(actions, name)
        monkeypatch.setattr(
            jobs.actions,
            name,
            lambda *args, _real=real, _name=name, **more: (order.append(_name), _real(*args, **more))[1],
        )
    for _ in range(2):
        left(notify)
    jobs.receipts()
    assert order == ["awaiting_receipt", "ask_carrier", "note_receipt", "ask_carrier", "note_receipt"]


@pytest.mark.parametrize(("status", "expected"), [(404, ""), (500, None), (429, None), (403, None), (400, "")])
def test_what_an_error_of_the_carrier_means(
    cast: Cast, notify: FakeNotify, monkeypatch: pytest.MonkeyPatch, status: int, expected: str | None
) -> None:
    def refuse(_: str) -> None:
        raise HTTPError(answer(status))

    monkeypatch.setattr(notify, "get_notification_by_id", refuse)
    assert actions.ask_carrier("x") == expected


def test_an_answer_that_can_not_be_read_is_no_answer(notify: FakeNotify, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notify, "get_notification_by_id", lambda _: {"nothing": "here"})
    with pytest.raises(NoAnswer):
        client.outcome("x")


def test_what_a_mail_server_took_stands_in_nobodys_way(
    cast: Cast, notify: FakeNotify, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a change of carrier there are many of those, and they are never asked about."""
    monkeypatch.setattr("linkworks.messaging.actions.receipts.AT_ONCE", 1)
    earlier = left(notify, touched_at=now() - timedelta(hours=1))
    Message.objects.filter(pk=earlier.pk).update(provider_reference=str(earlier.pk))
    assert after(left(notify), notify, "delivered").state == State.DELIVERED
