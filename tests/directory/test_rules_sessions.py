"""When a service happens next: the rules of weekly and monthly schedules."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.directory.rules import patterns, sessions
from linkworks.directory.rules.facts import SessionFacts

SUNDAY = date(2026, 11, 22)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
TOKENS = st.sampled_from(list(sessions.DAYS))


def weekly(byday: str, **more: object) -> SessionFacts:
    return SessionFacts(freq="WEEKLY", byday=byday, **more)  # type: ignore[arg-type]


def monthly(byday: str = "", **more: object) -> SessionFacts:
    return SessionFacts(freq="MONTHLY", byday=byday, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        (weekly("TU"), date(2026, 11, 24)),
        (weekly("SU"), SUNDAY),
        (weekly("MO,FR"), date(2026, 11, 23)),
        (weekly("MO", interval=2, dtstart=date(2026, 11, 16)), date(2026, 11, 30)),
        (weekly("", dtstart=date(2026, 11, 4)), date(2026, 11, 25)),
        (weekly("TU", valid_from=date(2027, 1, 1)), date(2027, 1, 5)),
        (weekly("TU", valid_to=date(2026, 11, 23)), None),
        (monthly("2FR"), date(2026, 12, 11)),
        (monthly("-1SU"), date(2026, 11, 29)),
        (monthly("5MO"), date(2026, 11, 30)),
        (monthly(bymonthday="25"), date(2026, 11, 25)),
        (monthly(bymonthday="-1"), date(2026, 11, 30)),
        (monthly("1TU", interval=3, dtstart=date(2026, 10, 1)), date(2027, 1, 5)),
        (monthly(dtstart=date(2026, 1, 31)), date(2026, 12, 31)),
        (SessionFacts(description="Every now and then"), None),
        (SessionFacts(valid_from=date(2026, 12, 1), valid_to=date(2026, 12, 1)), date(2026, 12, 1)),
        (SessionFacts(freq="WEEKLY", byday="nonsense"), None),
    ],
)
def test_the_next_session(schedule: SessionFacts, expected: date | None) -> None:
    found = sessions.next_session([schedule], SUNDAY)
    assert (found.day if found else None) == expected


def test_the_first_of_several_schedules_and_the_earlier_of_a_day() -> None:
    late, early = weekly("TU", opens_at=time(18)), weekly("TU", opens_at=time(9))
    found = sessions.next_session([weekly("FR"), late, early], SUNDAY)
    assert found == sessions.Session(date(2026, 11, 24), early)


@pytest.mark.parametrize(
    ("opens", "closes", "at", "day"),
    [
        (time(10), time(12), time(9), 24),
        (time(10), time(12), time(11, 59), 24),  # still on: somebody may yet go
        (time(10), time(12), time(12), 1),
        (time(10), time(12), time(17), 1),
        (time(10), None, time(9, 59), 24),
        (time(10), None, time(10), 1),
        (None, time(12), time(12, 1), 1),
        (None, None, time(23, 59), 24),
        (time(22), time(2), time(23), 24),
    ],
)
def test_what_is_over_today_is_not_next(opens: time | None, closes: time | None, at: time, day: int) -> None:
    tuesday = date(2026, 11, 24)
    found = sessions.next_session([weekly("TU", opens_at=opens, closes_at=closes)], tuesday, at)
    assert found is not None
    assert found.day.day == day


def test_another_session_later_today_is_next() -> None:
    morning, evening = (weekly("TU", opens_at=time(start), closes_at=time(start + 2)) for start in (9, 18))
    found = sessions.next_session([morning, evening], date(2026, 11, 24), time(12))
    assert found == sessions.Session(date(2026, 11, 24), evening)


def test_a_single_day_that_is_over_has_no_next() -> None:
    day = date(2026, 11, 24)
    once = SessionFacts(valid_from=day, valid_to=day, opens_at=time(9), closes_at=time(10))
    assert sessions.next_session([once], day, time(9)) is not None
    assert sessions.next_session([once], day, time(11)) is None


@given(DAYS, TOKENS)
def test_a_weekly_session_is_within_a_week_and_on_its_day(today: date, token: str) -> None:
    found = sessions.next_session([weekly(token)], today)
    assert found is not None
    assert today <= found.day < today + timedelta(days=7)
    assert sessions.ORDER[found.day.weekday()] == token


@given(DAYS, TOKENS, st.sampled_from([1, 2, 3, 4, -1]))
def test_a_monthly_session_is_the_nth_of_its_month_and_never_past(today: date, token: str, ordinal: int) -> None:
    found = sessions.next_session([monthly(f"{ordinal}{token}")], today)
    assert found is not None
    assert today <= found.day <= today + timedelta(days=63)
    beyond = found.day + timedelta(days=7 * (1 if ordinal == -1 else -ordinal))
    assert beyond.month != found.day.month
    assert sessions.ORDER[found.day.weekday()] == token


@given(st.text(max_size=40))
def test_any_byday_text_is_read_without_harm(byday: str) -> None:
    sessions.next_session([weekly(byday), monthly(byday)], SUNDAY)
    assert isinstance(patterns.pattern_words(weekly(byday)), str)


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        (weekly("TU"), "Every Tuesday"),
        (weekly("FR,MO"), "Every Monday and Friday"),
        (weekly("MO", interval=2), "Every 2 weeks on Monday"),
        (monthly("2TU"), "The second Tuesday of the month"),
        (monthly("2FR,4FR"), "The second Friday and fourth Friday of the month"),
        (monthly("-1TH", interval=3), "The last Thursday of every 3 months"),
        (monthly(bymonthday="1,15"), "Day 1, 15 of the month"),
        (monthly("TU"), "Every tuesday of the month"),
        (SessionFacts(description="Term time only"), "Term time only"),
    ],
)
def test_how_often_is_said_in_words(schedule: SessionFacts, words: str) -> None:
    assert patterns.pattern_words(schedule).lower() == words.lower()


@pytest.mark.parametrize(
    ("words", "pattern", "repeats"),
    [("Tuesdays", "Every Tuesday", True), ("", "Every Tuesday", True), ("Not in August", "Every Tuesday", False)],
)
def test_words_that_only_repeat_the_rule_say_nothing_new(words: str, pattern: str, repeats: bool) -> None:
    assert patterns.says_nothing_new(words, pattern) is repeats
