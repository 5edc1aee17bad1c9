import smtplib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as some
from procrastinate.contrib.django.models import ProcrastinateJob

from linkworks.core.actor import job_actor
from linkworks.core.clock import now
from linkworks.messaging import actions
from linkworks.messaging.models import Message
from linkworks.messaging.states import Audience, State, Way
from tests.cast import Cast
from tests.factories.messaging import make_channel, make_message
from tests.fakes.notify import FakeNotify
from tests.fakes.smtp import FakeSMTP

Deliver = Callable[[Message], Message]


def to_person(cast: Cast, **facts: Any) -> Message:
    channel = make_channel(cast.scheme, **facts)
    way = Way.TEXT if channel.kind == "text" else Way.EMAIL
    return make_message(
        scheme=cast.scheme, audience=Audience.PERSON, way=way, person_channel=channel, address=channel.value, user=None
    )


def test_an_email_leaves_by_the_mail_server(cast: Cast, smtp: type[FakeSMTP], deliver: Deliver) -> None:
    message = deliver(make_message(scheme=cast.scheme))
    assert (message.state, message.attempts) == (State.SENT, 1)
    assert message.sent_at is not None
    [(_, recipients, letter)] = smtp.letters
    assert recipients == ["hello@kettle.example.org"]
    assert letter["Subject"] == message.subject
    assert [line.move for line in message.moves.order_by("made_at")] == ["start", "send"]


def test_a_message_without_a_scheme_leaves_too(cast: Cast, smtp: type[FakeSMTP], deliver: Deliver) -> None:
    assert deliver(make_message()).state == State.SENT


def test_a_text_leaves_by_notify(cast: Cast, notify: FakeNotify, deliver: Deliver) -> None:
    message = deliver(to_person(cast, kind="text", value="07700 900123"))
    assert message.state == State.SENT
    assert notify.taken[0]["to"] == "07700 900123"
    assert message.provider_reference == notify.taken[0]["id"]


def test_with_nothing_set_up_it_lands_in_the_outbox(cast: Cast, deliver: Deliver) -> None:
    message = deliver(make_message(scheme=cast.scheme))
    assert (message.state, message.provider_reference) == (State.SENT, "outbox")


def test_in_production_nothing_pretends_to_have_left(cast: Cast, deliver: Deliver, settings: Any) -> None:
    settings.IN_PRODUCTION = True
    message = deliver(make_message(scheme=cast.scheme))
    assert message.state == State.FAILED_FOR_NOW
    assert message.why == "No way of sending e-mail is set up."


def test_delivering_twice_sends_once(cast: Cast, smtp: type[FakeSMTP], deliver: Deliver) -> None:
    message = make_message(scheme=cast.scheme)
    deliver(message)
    deliver(message)
    assert len(smtp.letters) == 1


def test_what_a_worker_is_sending_is_not_sent_by_another(cast: Cast, smtp: type[FakeSMTP], deliver: Deliver) -> None:
    deliver(make_message(scheme=cast.scheme, state=State.SENDING))
    assert smtp.letters == []


@pytest.mark.parametrize("facts", [{"is_safe": False}, {"is_safe": None}])
def test_a_channel_that_became_unsafe_after_queueing_gets_nothing(
    cast: Cast, smtp: type[FakeSMTP], deliver: Deliver, facts: dict[str, Any]
) -> None:
    message = to_person(cast)
    channel = message.person_channel
    channel.is_safe = facts["is_safe"]
    channel.asked_at = None if facts["is_safe"] is None else now()
    channel.save()
    message = deliver(Message.objects.get(id=message.id))
    assert message.state == State.SUPPRESSED
    assert message.why
    assert smtp.letters == []


def test_a_death_after_queueing_holds_it_back(cast: Cast, smtp: type[FakeSMTP], deliver: Deliver) -> None:
    message = to_person(cast)
    person = message.person_channel.person
    person.died_on = now().date()
    person.save()
    assert deliver(Message.objects.get(id=message.id)).state == State.SUPPRESSED
    assert smtp.letters == []


def test_somebody_whose_account_was_closed_gets_nothing(cast: Cast, smtp: type[FakeSMTP], deliver: Deliver) -> None:
    cast.link_worker.is_active = False
    cast.link_worker.save()
    message = deliver(make_message(user=cast.link_worker, audience=Audience.STAFF))
    assert message.state == State.SUPPRESSED
    assert smtp.letters == []


CHANGES = some.fixed_dictionaries(
    {
        "is_safe": some.sampled_from([True, False, None]),
        "ended": some.booleans(),
        "died": some.booleans(),
        "moved": some.booleans(),
    }
)


@tries(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=CHANGES, after=CHANGES)
def test_nothing_ever_reaches_a_channel_that_is_not_safe(
    cast: Cast, smtp: type[FakeSMTP], deliver: Deliver, before: dict[str, Any], after: dict[str, Any]
) -> None:
    """Whatever was true when it was written, and whatever changed before it left."""
    smtp.reset()
    channel = make_channel(cast.scheme)
    apply(channel, before, "before@home.example.org")
    by = cast.everything
    told = actions.tell_person(
        channel_id=channel.id,
        template="could-not-reach",
        about_id=None,
        dedupe=str(channel.id),
        scheme_id=cast.scheme.id,
        by=by,
        values={"name": "Sam", "phone": "020 7946 0100", "reference": "C-7KQ4-M9TX"},
    )
    apply(channel, after, "after@home.example.org" if after["moved"] else channel.value)
    assert told is not None
    message = deliver(Message.objects.get(id=told.id))
    safe = all(each["is_safe"] is True and not each["ended"] and not each["died"] for each in (before, after))
    may_leave = safe and not after["moved"]
    assert len(smtp.letters) == may_leave
    assert message.state == (State.SENT if may_leave else State.SUPPRESSED)


def apply(channel: Any, facts: dict[str, Any], value: str) -> None:
    channel.value = value
    channel.is_safe = facts["is_safe"]
    channel.asked_at = None if facts["is_safe"] is None else now()
    channel.ended_at = now() if facts["ended"] else None
    channel.save()
    channel.person.died_on = now().date() if facts["died"] else None
    channel.person.save()


@pytest.mark.parametrize(
    ("error", "state", "unsure"),
    [
        (smtplib.SMTPRecipientsRefused({"x": (550, b"no such box")}), State.FAILED, False),
        (smtplib.SMTPRecipientsRefused({"x": (450, b"later")}), State.FAILED_FOR_NOW, False),
        (smtplib.SMTPDataError(554, b"spam"), State.FAILED, False),
        (smtplib.SMTPServerDisconnected("gone"), State.FAILED_FOR_NOW, True),
        (TimeoutError("slow"), State.FAILED_FOR_NOW, True),
    ],
)
def test_what_the_mail_server_says_decides(
    cast: Cast, smtp: type[FakeSMTP], deliver: Deliver, error: Exception, state: State, unsure: bool
) -> None:
    smtp.failing = error
    message = deliver(make_message(scheme=cast.scheme))
    assert (message.state, message.possibly_duplicate) == (state, unsure)
    assert message.why
    assert "kettle" not in message.why


def test_a_server_that_is_away_has_certainly_taken_nothing(cast: Cast, smtp: type[FakeSMTP], deliver: Deliver) -> None:
    smtp.refusing = ConnectionRefusedError()
    message = deliver(make_message(scheme=cast.scheme))
    assert (message.state, message.possibly_duplicate) == (State.FAILED_FOR_NOW, False)


def test_a_failure_is_tried_again_and_then_forgotten_as_failure(
    cast: Cast, smtp: type[FakeSMTP], deliver: Deliver
) -> None:
    smtp.refusing = ConnectionRefusedError()
    message = deliver(make_message(scheme=cast.scheme))
    smtp.refusing = None
    message = deliver(message)
    assert (message.state, message.attempts, message.why) == (State.SENT, 2, "")


def test_a_late_note_changes_nothing(cast: Cast) -> None:
    message = make_message(scheme=cast.scheme, state=State.SENT)
    actions.note(
        message.id,
        result=actions.Result(actions.carriers.Verdict.REFUSED, why="too late"),
        by=job_actor("x", cast.scheme.id),
    )
    message.refresh_from_db()
    assert message.state == State.SENT


def test_notify_refusing_is_final(cast: Cast, notify: FakeNotify, deliver: Deliver) -> None:
    notify.refuses = True
    assert deliver(make_message(scheme=cast.scheme)).state == State.FAILED


def test_through_a_post_office_that_fails_nothing_is_lost_and_nothing_doubled(
    cast: Cast, notify: FakeNotify, deliver: Deliver
) -> None:
    """It times out after taking 30% and fails outright for 20%. Asked by our reference, it tells a repeat."""
    notify.times_out, notify.breaks = 0.3, 0.2
    waiting = [make_message(scheme=cast.scheme) for _ in range(120)]
    for _ in range(9):
        for message in waiting:
            deliver(message)
        waiting = [each for each in waiting if each.state != State.SENT]
    assert waiting == []
    assert notify.timeouts > 10
    references = [each["reference"] for each in notify.taken]
    assert len(references) == len(set(references)) == 120
    assert not Message.objects.filter(possibly_duplicate=True).exists()


def test_where_nobody_can_be_asked_a_repeat_is_marked(cast: Cast, smtp: type[FakeSMTP], deliver: Deliver) -> None:
    smtp.failing = TimeoutError()
    message = deliver(make_message(scheme=cast.scheme))
    smtp.failing = None
    message = deliver(message)
    assert (message.state, message.possibly_duplicate) == (State.SENT, True)
    assert message.touched_at > now() - timedelta(minutes=1)


@pytest.mark.parametrize(("audience", "expected"), [(Audience.PROVIDER, 1), (Audience.REFERRER, 0)])
def test_a_group_that_can_not_be_reached_is_not_left_in_silence(
    cast: Cast, smtp: type[FakeSMTP], deliver: Deliver, audience: Audience, expected: int
) -> None:
    smtp.failing = smtplib.SMTPRecipientsRefused({"x": (550, b"no such box")})
    deliver(make_message(scheme=cast.scheme, audience=audience, about_id=cast.scheme.id))
    assert ProcrastinateJob.objects.filter(task_name="connections.provider_unreachable").count() == expected
