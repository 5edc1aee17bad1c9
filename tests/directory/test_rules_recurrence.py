"""When a service happens, held against a calendar gone through day by day."""

from calendar import monthrange
from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.directory.rules import patterns, sessions
from linkworks.directory.rules.facts import SessionFacts
from tests.directory import asking

WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
TODAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
STARTS = st.dates(date(2023, 6, 1), date(2031, 6, 1))
ONCE_A_MONTH = st.sampled_from([1, 2, 3, 4, 5, -1, -2])
SUNDAY = date(2026, 11, 22)
FAR = 400


def weekly_days(byday: list[str], interval: int, start: date, until: date) -> set[date]:
    """Every session from the start: the start's week, then each nth week after it."""
    monday = start - timedelta(days=start.weekday())
    found = set()
    while monday <= until:
        found |= {monday + timedelta(days=WEEKDAYS.index(name)) for name in byday}
        monday += timedelta(weeks=interval)
    return {day for day in found if start <= day <= until}


def monthly_days(tokens: list[tuple[int, str]], interval: int, start: date, until: date) -> set[date]:
    """Every session from the start: of each nth month, the days of that name, counted."""
    found, year, month = set(), start.year, start.month
    while date(year, month, 1) <= until:
        days = [date(year, month, number + 1) for number in range(monthrange(year, month)[1])]
        for ordinal, name in tokens:
            named = [day for day in days if WEEKDAYS[day.weekday()] == name]
            place = ordinal - 1 if ordinal > 0 else ordinal
            found |= {named[place]} if -len(named) <= place < len(named) else set()
        year, month = (year + (month - 1 + interval) // 12, (month - 1 + interval) % 12 + 1)
    return {day for day in found if start <= day <= until}


def next_of(schedule: SessionFacts, today: date) -> date | None:
    found = sessions.next_session([schedule], today)
    return found.day if found else None


def first(days: set[date], today: date) -> date | None:
    return min((day for day in days if today <= day < today + timedelta(days=FAR)), default=None)


@given(
    TODAYS,
    STARTS,
    st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=3),
    st.sampled_from([1, 2, 3, 4, 6]),
    st.integers(0, 500) | st.none(),
)
def test_weekly_and_fortnightly_sessions_are_those_of_the_calendar(
    today: date, start: date, byday: list[str], interval: int, lasts: int | None
) -> None:
    ends = start + timedelta(days=lasts) if lasts is not None else None
    rule = SessionFacts(freq="WEEKLY", byday=",".join(byday), interval=interval, dtstart=start, valid_to=ends)
    days = weekly_days(byday, interval, start, ends or today + timedelta(days=FAR))
    assert next_of(rule, today) == first(days, today)


@given(
    TODAYS,
    STARTS,
    st.lists(st.tuples(ONCE_A_MONTH, st.sampled_from(WEEKDAYS)), min_size=1, max_size=2),
    st.sampled_from([1, 2, 3, 6]),
    st.integers(0, 500) | st.none(),
)
def test_monthly_sessions_are_those_of_the_calendar(
    today: date, start: date, tokens: list[tuple[int, str]], interval: int, lasts: int | None
) -> None:
    ends = start + timedelta(days=lasts) if lasts is not None else None
    byday = ",".join(f"{ordinal}{name}" for ordinal, name in tokens)
    rule = SessionFacts(freq="MONTHLY", byday=byday, interval=interval, valid_from=start, valid_to=ends)
    days = monthly_days(tokens, interval, start, ends or today + timedelta(days=FAR))
    assert next_of(rule, today) == first(days, today)


@given(TODAYS, st.lists(st.integers(1, 31) | st.integers(-5, -1), min_size=1, max_size=3))
def test_days_of_the_month_count_from_either_end(today: date, numbers: list[int]) -> None:
    rule = SessionFacts(freq="MONTHLY", bymonthday=",".join(str(each) for each in numbers))
    day = today
    while not any(each in (day.day, day.day - monthrange(day.year, day.month)[1] - 1) for each in numbers):
        day += timedelta(days=1)
    assert next_of(rule, today) == day


@given(TODAYS, st.sampled_from(WEEKDAYS), st.integers(2, 6))
def test_every_nth_week_goes_on_through_the_year_at_the_same_distance(today: date, name: str, interval: int) -> None:
    rule = SessionFacts(freq="WEEKLY", byday=name, interval=interval, dtstart=date(2024, 1, 3))
    days = [each.day for each in sessions.sessions_from(rule, today)]
    assert len(days) > FAR // 7 // interval - 2
    assert {later - earlier for earlier, later in pairwise(days)} == {timedelta(weeks=interval)}


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2026, 3, 28), "Sunday 29 March 2026"),
        (date(2026, 3, 29), "Sunday 29 March 2026"),
        (date(2026, 3, 30), "Sunday 5 April 2026"),
        (date(2026, 10, 24), "Sunday 25 October 2026"),
        (date(2026, 10, 25), "Sunday 25 October 2026"),
        (date(2026, 10, 26), "Sunday 1 November 2026"),
    ],
)
def test_a_session_stays_at_its_hour_when_the_clocks_change(today: date, day: str) -> None:
    rule = SessionFacts(freq="WEEKLY", byday="SU", opens_at=time(1, 30), closes_at=time(12))
    assert asking.next_words([rule], today) == f"{day}, 1:30am to midday"


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        (date(2026, 11, 24), "Tuesday 24 November 2026"),
        (date(2026, 11, 23), ""),
        (date(2020, 1, 1), ""),
    ],
)
def test_a_session_past_its_last_day_is_not_promised(ends: date, words: str) -> None:
    rule = SessionFacts(freq="WEEKLY", byday="TU", valid_to=ends)
    assert asking.next_words([rule], SUNDAY) == words


def test_of_an_ended_rule_and_one_that_goes_on_the_second_is_said() -> None:
    ended = SessionFacts(freq="WEEKLY", byday="MO", valid_to=date(2026, 1, 1))
    assert asking.next_words([ended, SessionFacts(freq="WEEKLY", byday="FR")], SUNDAY) == "Friday 27 November 2026"


def test_nothing_known_is_nothing_said() -> None:
    assert asking.next_words([], SUNDAY) == ""
    assert asking.next_words([SessionFacts()], SUNDAY) == ""


@pytest.mark.parametrize("text", ["--1", "+-5", "²", "1,,x", "9" * 60, "-", ",", "٣", "first", "1-2", "  "])
@pytest.mark.parametrize("freq", ["MONTHLY", "WEEKLY"])
def test_a_day_of_the_month_nobody_can_read_harms_nothing(text: str, freq: str) -> None:
    rule = SessionFacts(freq=freq, bymonthday=text, description="Ask us")
    assert isinstance(asking.next_words([rule], SUNDAY), str)
    assert isinstance(asking.time_line(rule), str)


@given(st.text(max_size=20))
def test_any_text_for_a_day_of_the_month_is_read_without_harm(text: str) -> None:
    rule = SessionFacts(freq="MONTHLY", bymonthday=text)
    asking.next_words([rule], SUNDAY)
    asking.time_line(rule)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (SessionFacts(freq="MONTHLY", byday="TU"), "Every Tuesday of the month"),
        (SessionFacts(freq="MONTHLY", byday="1TU,3TH"), "The first Tuesday and third Thursday of the month"),
        (SessionFacts(freq="MONTHLY", bymonthday="-1"), "The last day of the month"),
        (SessionFacts(freq="MONTHLY", bymonthday="25"), "Day 25 of the month"),
        (SessionFacts(freq="WEEKLY", dtstart=date(2026, 11, 4)), "Every Wednesday"),
        (SessionFacts(freq="WEEKLY", dtstart=date(2026, 11, 4), interval=2), "Every 2 weeks on Wednesday"),
        (SessionFacts(freq="WEEKLY", byday="MO,MO"), "Every Monday"),
    ],
)
def test_how_often_is_said_with_its_capitals(rule: SessionFacts, words: str) -> None:
    assert patterns.pattern_words(rule) == words


@given(
    st.sampled_from(["WEEKLY", "MONTHLY", ""]),
    st.lists(st.tuples(st.sampled_from(["", "1", "-1", "5", "-3"]), st.sampled_from(WEEKDAYS)), max_size=3),
    st.integers(1, 6),
    st.sampled_from(["", "1", "-1", "31"]),
    st.none() | STARTS,
)
def test_a_rule_that_has_sessions_has_words_with_its_days(
    freq: str, tokens: list[tuple[str, str]], interval: int, bymonthday: str, start: date | None
) -> None:
    byday = ",".join(ordinal + name for ordinal, name in tokens)
    rule = SessionFacts(freq=freq, byday=byday, interval=interval, bymonthday=bymonthday, dtstart=start)
    words = patterns.pattern_words(rule)
    assert not freq or all(sessions.DAYS[name] in words for _, name in tokens)
    assert not words or words[0].isupper()
    assert interval == 1 or not words or f"{interval} " in words


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("", "Every Tuesday, 10am to 11:30am"),
        ("Tuesdays", "Every Tuesday, 10am to 11:30am"),
        ("Every Tuesday.", "Every Tuesday, 10am to 11:30am"),
        ("Term time only", "Every Tuesday, 10am to 11:30am. Term time only"),
    ],
)
def test_a_listings_own_words_follow_when_they_add_something(words: str, line: str) -> None:
    rule = SessionFacts(freq="WEEKLY", byday="TU", opens_at=time(10), closes_at=time(11, 30), description=words)
    assert asking.time_line(rule) == line
