"""A message's whole life, minute by minute, through carriers that fail in every way: it ends, and it says how."""

import smtplib
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from procrastinate.contrib.django.models import ProcrastinateJob

from linkworks.core.actor import job_actor
from linkworks.core.later import acting
from linkworks.messaging import actions, jobs
from linkworks.messaging.actions.carriers import Parcel, Result, Verdict
from linkworks.messaging.models import Message, MessageMove
from linkworks.messaging.rules import Todo, what_now
from linkworks.messaging.states import MOVES, Audience, Move, State, Way
from tests.cast import Cast
from tests.factories.messaging import make_message
from tests.fakes.smtp import FakeSMTP

START = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/London"))
OVER = {State.SENT, State.FAILED, State.DEAD, State.SUPPRESSED, State.DELIVERED}
BAD_DAYS: dict[str, Exception | None] = {
    "fine": None,
    "busy": smtplib.SMTPDataError(451, b"greylisted"),
    "full": smtplib.SMTPRecipientsRefused({"x": (452, b"mailbox full")}),
    "gone": smtplib.SMTPRecipientsRefused({"x": (550, b"no such box")}),
    "spam": smtplib.SMTPDataError(554, b"no"),
    "drops": smtplib.SMTPServerDisconnected("bye"),
    "hangs": TimeoutError(),
}


def run_queue(message: Message) -> None:
    """The worker takes the message's job."""
    jobs.deliver(str(message.pk), by=job_actor("messaging.deliver", *filter(None, [message.scheme_id])))


def live(message: Message, smtp: type[FakeSMTP], days: list[str], minutes: int = 400) -> list[datetime]:
    """Let minutes pass: the sweeper each minute, the worker at once; each attempt meets the next of `days`."""
    attempts: list[datetime] = []
    fate = iter(days)
    with time_machine.travel(START, tick=False) as clock:
        Message.objects.filter(pk=message.pk).update(touched_at=START)
        for minute in range(minutes):
            clock.move_to(START + timedelta(minutes=minute))
            message.refresh_from_db()
            if message.state in OVER:
                break
            due = minute == 0 or what_now(
                message.state, touched_at=message.touched_at, attempts=message.attempts, now=actions.sweeping.now()
            )
            if due == Todo.GIVE_UP:
                jobs.sweep()
            elif due:
                smtp.failing = BAD_DAYS[next(fate, "fine")]
                attempts.append(START + timedelta(minutes=minute))
                run_queue(message)
    message.refresh_from_db()
    return attempts


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=some.lists(some.sampled_from(sorted(BAD_DAYS)), max_size=7))
def test_whatever_the_carrier_does_a_message_ends_and_its_history_is_whole(
    cast: Cast, smtp: type[FakeSMTP], days: list[str]
) -> None:
    smtp.reset()
    message = make_message(scheme=cast.scheme)
    attempts = live(message, smtp, days)
    assert message.state in OVER
    assert 1 <= len(attempts) == message.attempts <= 5
    assert len(smtp.letters) == (message.state == State.SENT)
    moves = list(MessageMove.objects.filter(message=message).order_by("made_at", "created_at"))
    moves.sort(
        key=lambda line: (line.made_at, line.move != Move.START)
    )  # the clock stands: an attempt starts and ends at once
    state = State.CREATED
    for line in moves:
        assert MOVES[(state, line.move)] == line.to_state  # type: ignore[index]
        state = State(line.to_state)
    assert state == message.state
    if message.state in {State.FAILED, State.DEAD}:
        assert message.why


def test_five_tries_are_spread_over_an_hour_and_then_it_is_dead(cast: Cast, smtp: type[FakeSMTP]) -> None:
    message = make_message(scheme=cast.scheme, about_id=uuid4())
    attempts = live(message, smtp, ["busy"] * 9)
    waits = [int((later - earlier).total_seconds() // 60) for earlier, later in pairwise(attempts)]
    assert waits == [1, 5, 15, 60]
    assert message.state == State.DEAD
    assert "try later" in message.why
    assert ProcrastinateJob.objects.filter(task_name="connections.provider_unreachable").count() == 1


@pytest.mark.parametrize("day", ["gone", "spam"])
def test_what_is_refused_for_good_is_tried_once(cast: Cast, smtp: type[FakeSMTP], day: str) -> None:
    message = make_message(scheme=cast.scheme)
    assert len(live(message, smtp, [day])) == 1
    assert message.state == State.FAILED
    assert "SMTP" not in message.why
    assert "no such box" not in message.why


@pytest.mark.parametrize("day", ["drops", "hangs"])
def test_a_try_nobody_knows_the_end_of_marks_the_next_as_a_possible_repeat(
    cast: Cast, smtp: type[FakeSMTP], day: str
) -> None:
    message = make_message(scheme=cast.scheme)
    live(message, smtp, [day])
    assert (message.state, message.possibly_duplicate) == (State.SENT, True)


@pytest.mark.parametrize("day", ["busy", "full"])
def test_a_try_that_certainly_did_not_leave_marks_nothing(cast: Cast, smtp: type[FakeSMTP], day: str) -> None:
    message = make_message(scheme=cast.scheme)
    live(message, smtp, [day])
    assert (message.state, message.possibly_duplicate) == (State.SENT, False)


def parcel(**changes: Any) -> Parcel:
    usual = {"reference": "r", "way": Way.EMAIL, "address": "a@example.org", "subject": "s", "body": "b"}
    return Parcel(**{**usual, **changes})


@pytest.mark.parametrize(
    ("production", "way", "expected", "said"),
    [
        (False, Way.EMAIL, Verdict.SENT, ""),
        (False, Way.TEXT, Verdict.SENT, ""),
        (True, Way.EMAIL, Verdict.TRY_LATER, "No way of sending e-mail is set up."),
        (True, Way.TEXT, Verdict.TRY_LATER, "No way of sending text messages is set up."),
    ],
)
def test_without_a_carrier(settings: Any, production: bool, way: Way, expected: Verdict, said: str) -> None:
    settings.IN_PRODUCTION, settings.EMAIL_URL, settings.NOTIFY_KEY = production, "", ""
    result = actions.carry(parcel(way=way))
    assert (result.verdict, result.why) == (expected, said)
    assert result.reference == ("outbox" if expected == Verdict.SENT else "")


def test_a_mail_server_carries_e_mail_and_never_a_text(settings: Any, smtp: type[FakeSMTP]) -> None:
    settings.NOTIFY_KEY = ""
    assert actions.carry(parcel()).reference == "r"
    assert actions.carry(parcel(way=Way.TEXT)).reference == "outbox"
    assert len(smtp.letters) == 1


@pytest.mark.parametrize("state", [state for state in State if state != State.SENDING])
def test_a_late_result_is_not_written_over_what_is_known(cast: Cast, state: State) -> None:
    message = make_message(scheme=cast.scheme, state=state)
    by = job_actor("late", cast.scheme.id)
    for verdict in Verdict:
        actions.note(message.pk, result=Result(verdict, "x", "too late"), by=by)
    message.refresh_from_db()
    assert (message.state, message.why, message.provider_reference) == (state, "", "")
    assert not MessageMove.objects.exists()


@pytest.mark.parametrize("state", [state for state in State if state not in {State.CREATED, State.FAILED_FOR_NOW}])
def test_only_what_waits_is_claimed(cast: Cast, state: State) -> None:
    message = make_message(scheme=cast.scheme, state=state)
    assert actions.claim(message.pk, by=job_actor("x", cast.scheme.id)) is False
    assert not MessageMove.objects.exists()


@pytest.mark.parametrize("way", [Way.LETTER, Way.ACCOUNT])
def test_letters_and_account_messages_are_no_parcels(cast: Cast, way: Way) -> None:
    message = make_message(scheme=cast.scheme, way=way, audience=Audience.STAFF, user=cast.link_worker)
    assert actions.claim(message.pk, by=job_actor("x", cast.scheme.id)) is False


def test_a_worker_of_another_scheme_can_not_even_claim_it(cast: Cast) -> None:
    message = make_message(scheme=cast.scheme)
    by = job_actor("messaging.deliver", cast.other_scheme.id)
    with acting(by):
        assert actions.claim(message.pk, by=by) is False
    message.refresh_from_db()
    assert message.state == State.CREATED


def test_two_workers_claim_it_once(cast: Cast) -> None:
    message = make_message(scheme=cast.scheme)
    by = job_actor("x", cast.scheme.id)
    assert [actions.claim(message.pk, by=by) for _ in range(3)] == [True, False, False]
    message.refresh_from_db()
    assert message.attempts == 1
