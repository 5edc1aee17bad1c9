"""Silence is counted in working days: weekends and bank holidays are nobody's fault."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as some

from linkworks.connections import actions, jobs
from linkworks.connections.models import Connection
from linkworks.connections.rules import Silence, chase
from linkworks.core.clock import add_working_days, is_working_day
from linkworks.messaging.models import Message
from tests.cast import Cast
from tests.factories.connections import make_connection

LONDON = ZoneInfo("Europe/London")
DAYS = some.dates(date(2026, 1, 1), date(2028, 12, 31))

# Sent on → reminded on (6 working days), the link worker asked on (9).
CALENDAR = [
    (date(2026, 11, 23), date(2026, 12, 1), date(2026, 12, 4)),  # a plain week
    (date(2026, 11, 27), date(2026, 12, 7), date(2026, 12, 10)),  # over two weekends
    (date(2026, 11, 28), date(2026, 12, 7), date(2026, 12, 10)),  # sent on a Saturday
    (date(2026, 12, 18), date(2026, 12, 30), date(2027, 1, 5)),  # Christmas, Boxing Day on Monday, New Year
    (date(2027, 3, 19), date(2027, 3, 31), date(2027, 4, 5)),  # Good Friday and Easter Monday
    (date(2027, 4, 30), date(2027, 5, 11), date(2027, 5, 14)),  # the early May holiday
]


def noon(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), tzinfo=LONDON) + timedelta(hours=12)


def chased(cast: Cast, day: date) -> None:
    with time_machine.travel(noon(day), tick=False):
        jobs.chase()


@pytest.mark.parametrize(("sent", "remind", "escalate"), CALENDAR)
def test_reminded_and_escalated_on_the_day_and_not_the_day_before(
    cast: Cast, queued: Any, sent: date, remind: date, escalate: date
) -> None:
    connection = make_connection(cast, sent_at=noon(sent))
    reminders = Message.objects.filter(template="provider-reminder")
    chased(cast, remind - timedelta(days=1))
    assert not reminders.exists()
    chased(cast, remind)
    assert reminders.count() == 1
    chased(cast, escalate - timedelta(days=1))
    assert queued("casework.connection_unanswered") == []
    chased(cast, escalate)
    assert queued("casework.connection_unanswered") == [[str(connection.pk)]]
    chased(cast, escalate + timedelta(days=30))
    assert reminders.count() == 1
    assert len(queued("casework.connection_unanswered")) == 1


@given(start=DAYS, days=some.integers(1, 15))
def test_counting_working_days_agrees_with_counting_on_a_calendar(start: date, days: int) -> None:
    end = add_working_days(start, days)
    passed = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(is_working_day(day) for day in passed) == days
    assert is_working_day(end)


@given(
    sent=DAYS,
    waits=some.tuples(some.integers(1, 12), some.integers(1, 12)),
    steps=some.lists(some.integers(0, 6), max_size=30),
)
def test_whenever_we_look_each_is_done_once_and_never_early(
    sent: date, waits: tuple[int, int], steps: list[int]
) -> None:
    """The timer may run twice a day or miss a week: at most one reminder, at most one call for help, in that order."""
    remind_on, escalate_on = (add_working_days(sent, each) for each in waits)
    day, done = sent, []
    for step in steps:
        day += timedelta(days=step)
        due = chase(Silence(remind_on, escalate_on, "remind" in done, "escalate" in done), day)
        if due:
            assert day >= (remind_on if due == "remind" else escalate_on)
            done.append(due)
    assert done in ([], ["remind"], ["escalate"], ["remind", "escalate"])
    if day >= escalate_on and steps:
        assert "escalate" in done


def test_sent_late_in_the_evening_counts_from_that_day_in_london(cast: Cast) -> None:
    """Half past eleven in a London summer night is the next day nowhere but in UTC."""
    late = datetime(2027, 7, 5, 23, 30, tzinfo=LONDON)
    make_connection(cast, sent_at=late)
    chased(cast, date(2027, 7, 12))
    assert not Message.objects.filter(template="provider-reminder").exists()
    chased(cast, date(2027, 7, 13))
    assert Message.objects.filter(template="provider-reminder").exists()


@pytest.mark.parametrize("answer", ["accept", "waitlist", "decline"])
def test_an_answer_on_the_last_day_is_in_time(cast: Cast, queued: Any, answer: str) -> None:
    connection = make_connection(cast, sent_at=noon(date(2026, 11, 23)))
    given = {"reason": "full"} if answer == "decline" else {}
    getattr(actions, answer)(connection, by=cast.everything, **given)
    chased(cast, date(2026, 12, 4))
    assert queued("casework.connection_unanswered") == []
    assert Connection.objects.get().escalated_at is None


@pytest.mark.parametrize(("state", "expected"), [("accepted", 1), ("declined", 1), ("withdrawn", 1), ("waitlisted", 1)])
def test_what_we_wrote_after_an_answer_and_never_arrived_is_said_by_telephone(
    cast: Cast, queued: Any, state: str, expected: int
) -> None:
    connection = make_connection(cast, state)
    actions.escalate_unreachable(connection.pk, by=cast.everything)
    assert len(queued("casework.provider_unreachable")) == expected
    assert queued("casework.connection_unanswered") == []


def test_a_connection_that_is_gone_brings_nobody_anything(cast: Cast, queued: Any) -> None:
    actions.escalate_unreachable(cast.scheme.id, by=cast.everything)
    assert queued("casework.provider_unreachable") == queued("casework.connection_unanswered") == []
