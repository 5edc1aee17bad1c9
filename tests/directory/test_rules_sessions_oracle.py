"""The next session of several schedules, held against a calendar gone through by a slow reader."""

from calendar import monthrange
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkworks.directory.rules import sessions
from linkworks.directory.rules.facts import SessionFacts
from tests.directory import asking

NAMES = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
DAYS = st.dates(date(2023, 12, 1), date(2029, 3, 1))
TOKEN = st.tuples(st.sampled_from(["", "1", "2", "5", "-1", "+3"]), st.sampled_from(NAMES)).map("".join)
SCHEDULES = st.builds(
    SessionFacts,
    freq=st.sampled_from(["WEEKLY", "MONTHLY", ""]),
    interval=st.sampled_from([1, 1, 1, 2, 3]),
    byday=st.lists(TOKEN, max_size=2).map(",".join),
    bymonthday=st.sampled_from(["", "", "1", "29", "31", "-1", "15,30"]),
    dtstart=st.none() | DAYS,
    valid_from=st.none() | DAYS,
    valid_to=st.none() | DAYS,
    opens_at=st.none() | st.sampled_from([time(9), time(14, 30), time(1, 30)]),
)


def happens(schedule: SessionFacts, day: date) -> bool:
    """Whether it happens on a day, said as a person would work it out with a calendar on the wall."""
    started = all(each is None or each <= day for each in (schedule.dtstart, schedule.valid_from))
    if not started or (schedule.valid_to and day > schedule.valid_to):
        return False
    if not schedule.freq:
        return False
    begin = schedule.dtstart or schedule.valid_from
    if schedule.interval > 1 and begin is None:
        return False
    tokens = [each for each in schedule.byday.split(",") if each]
    if schedule.freq == "WEEKLY":
        return in_week(schedule, day, begin, tokens)
    return in_month(schedule, day, begin, tokens)


def in_week(schedule: SessionFacts, day: date, begin: date | None, tokens: list[str]) -> bool:
    wanted = {each[-2:] for each in tokens} or ({NAMES[begin.weekday()]} if begin else set())
    if NAMES[day.weekday()] not in wanted:
        return False
    if begin is None:
        return True
    first_monday, monday = begin, day
    while first_monday.weekday():
        first_monday -= timedelta(days=1)
    while monday.weekday():
        monday -= timedelta(days=1)
    return (monday - first_monday).days % (7 * schedule.interval) == 0


def in_month(schedule: SessionFacts, day: date, begin: date | None, tokens: list[str]) -> bool:
    if begin and (12 * day.year + day.month - 12 * begin.year - begin.month) % schedule.interval:
        return False
    last = monthrange(day.year, day.month)[1]
    if tokens:
        same = [each for each in range(1, last + 1) if date(day.year, day.month, each).weekday() == day.weekday()]
        place = same.index(day.day)
        counted = {"", str(place + 1), f"+{place + 1}", str(place - len(same))}
        return any(each[-2:] == NAMES[day.weekday()] and each[:-2] in counted for each in tokens)
    if schedule.bymonthday:
        return any(int(each) in (day.day, day.day - last - 1) for each in schedule.bymonthday.split(","))
    return begin is not None and begin.day == day.day


def is_a_rule(schedule: SessionFacts) -> bool:
    return bool(schedule.freq and (schedule.byday or schedule.bymonthday or schedule.dtstart))


def slowly(schedules: list[SessionFacts], today: date) -> tuple[date, time | None] | None:
    found = []
    for each in schedules:
        days = (today + timedelta(days=ahead) for ahead in range(400))
        day = next((day for day in days if happens(each, day)), None) if is_a_rule(each) else once(each, today)
        found += [(day, each.opens_at)] if day else []
    return min(found, key=lambda pair: (pair[0], pair[1] or time.min), default=None)


def once(schedule: SessionFacts, today: date) -> date | None:
    """A single day: it starts and ends on it."""
    return (
        schedule.valid_from
        if schedule.valid_from == schedule.valid_to and (schedule.valid_from or date.min) >= today
        else None
    )


@settings(max_examples=250, deadline=None)
@given(st.lists(SCHEDULES, max_size=3), DAYS)
def test_the_next_session_is_the_calendars(schedules: list[SessionFacts], today: date) -> None:
    found = sessions.next_session(schedules, today)
    assert ((found.day, found.opens_at) if found else None) == slowly(schedules, today)


@settings(max_examples=100, deadline=None)
@given(st.lists(SCHEDULES, min_size=1, max_size=3), DAYS)
def test_it_is_the_same_whichever_schedule_comes_first(schedules: list[SessionFacts], today: date) -> None:
    one, other = (sessions.next_session(each, today) for each in (schedules, schedules[::-1]))
    assert (one and (one.day, one.opens_at)) == (other and (other.day, other.opens_at))


@settings(max_examples=100, deadline=None)
@given(SCHEDULES, DAYS)
def test_the_day_after_todays_session_there_is_a_later_one_or_none(schedule: SessionFacts, today: date) -> None:
    first = sessions.next_session([schedule], today)
    if first is None:
        return
    assert first.day >= today
    if first.day > today:
        assert sessions.next_session([schedule], today + timedelta(days=1)) == first
    after = sessions.next_session([schedule], first.day + timedelta(days=1))
    assert after is None or after.day > first.day


@pytest.mark.parametrize(
    ("rule", "today", "day"),
    [
        ({"freq": "MONTHLY", "bymonthday": "29"}, date(2028, 2, 1), date(2028, 2, 29)),
        ({"freq": "MONTHLY", "bymonthday": "29"}, date(2027, 2, 1), date(2027, 3, 29)),
        ({"freq": "MONTHLY", "bymonthday": "-1"}, date(2028, 2, 1), date(2028, 2, 29)),
        ({"freq": "MONTHLY", "bymonthday": "-1"}, date(2027, 2, 1), date(2027, 2, 28)),
        ({"freq": "MONTHLY", "bymonthday": "31"}, date(2026, 4, 1), date(2026, 5, 31)),
        ({"freq": "MONTHLY", "byday": "5TU"}, date(2028, 2, 1), date(2028, 2, 29)),
        ({"freq": "WEEKLY", "byday": "TU"}, date(2028, 2, 29), date(2028, 2, 29)),
        (
            {"freq": "WEEKLY", "byday": "WE", "interval": 2, "dtstart": date(2028, 2, 23)},
            date(2028, 2, 24),
            date(2028, 3, 8),
        ),
        (
            {"freq": "MONTHLY", "byday": "1MO", "interval": 12, "dtstart": date(2026, 1, 1)},
            date(2026, 2, 1),
            date(2027, 1, 4),
        ),
        ({"freq": "WEEKLY", "byday": "FR", "valid_from": date(2026, 12, 25)}, date(2026, 12, 24), date(2026, 12, 25)),
        (
            {"freq": "WEEKLY", "byday": "TH", "interval": 2, "dtstart": date(2026, 12, 24)},
            date(2026, 12, 31),
            date(2027, 1, 7),
        ),
    ],
)
def test_leap_days_short_months_and_new_years(rule: dict[str, Any], today: date, day: date) -> None:
    found = sessions.next_session([SessionFacts(**rule)], today)
    assert found is not None
    assert found.day == day


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"freq": "WEEKLY", "byday": "MO", "interval": 2}, "Every 2 weeks on Monday"),
        ({"freq": "MONTHLY", "byday": "1MO", "interval": 3}, "The first Monday of every 3 months"),
    ],
)
def test_every_second_week_of_nobody_knows_which_promises_no_day(rule: dict[str, Any], words: str) -> None:
    """A person who comes in the wrong week stands before a closed door."""
    schedule = SessionFacts(**rule)
    assert sessions.next_session([schedule], date(2026, 11, 22)) is None
    assert asking.next_words([schedule], date(2026, 11, 22)) == words


@pytest.mark.parametrize("clocks_change", [date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28)])
@pytest.mark.parametrize("opens", [time(0, 30), time(1, 30), time(2), time(23, 59)])
def test_no_day_is_lost_or_doubled_when_the_clocks_change(clocks_change: date, opens: time) -> None:
    every_day = SessionFacts(freq="WEEKLY", byday=",".join(NAMES), opens_at=opens)
    around = [clocks_change + timedelta(days=off) for off in (-1, 0, 1)]
    assert [sessions.next_session([every_day], each) for each in around] == [
        sessions.Session(each, every_day) for each in around
    ]
