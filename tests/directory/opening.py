"""What is open, worked out slowly: minute by minute over a year, and for one moment with a calendar on the wall."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np

from linkworks.core.clock import LONDON
from linkworks.directory.rules import open_now, sessions
from linkworks.directory.rules.term_time import may_be_holiday
from tests import calendar
from tests.directory import test_rules_sessions_oracle as by_calendar

DAY = timedelta(days=1)
BANK_HOLIDAYS = calendar.BANK_HOLIDAYS | {date(2026, 12, 26), date(2027, 12, 25), date(2027, 12, 26)}
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
# Every minute of 2026 by Greenwich, and what the clocks of London said at it: an hour more from March to October.
GREENWICH = np.arange("2026-01-01T00:00", "2027-01-01T00:00", dtype="datetime64[m]")
IS_SUMMER = (np.datetime64("2026-03-29T01:00") <= GREENWICH) & (np.datetime64("2026-10-25T01:00") > GREENWICH)
LONDONS = GREENWICH + IS_SUMMER * np.timedelta64(60, "m")
LATEST = np.maximum.accumulate(LONDONS)  # what the clocks have shown so far, so that an hour told twice ends once


def days_of(schedule: Any, first: date, last: date) -> list[date]:
    every = (first + timedelta(days=each) for each in range((last - first).days + 1))
    return [day for day in every if happens(schedule, day)]


def happens(schedule: Any, day: date) -> bool:
    if by_calendar.is_a_rule(schedule):
        return by_calendar.happens(schedule, day)
    return schedule.valid_from == schedule.valid_to == day


def ends_at(day: date, schedule: Any) -> datetime:
    ends = datetime.combine(day, schedule.closes_at)
    return ends if schedule.closes_at > schedule.opens_at else ends + DAY


def tells_hours(schedule: Any) -> bool:
    return None not in (schedule.opens_at, schedule.closes_at) and schedule.opens_at != schedule.closes_at


def painted(schedules: Iterable[Any]) -> Any:
    """For every minute of the year whether one of these is open, painted session by session."""
    found = np.zeros(len(GREENWICH), np.bool_)
    for each in schedules:
        ours = np.zeros(len(GREENWICH), np.bool_)
        for day in days_of(each, FIRST - DAY, LAST) if tells_hours(each) else ():
            if is_sure(each, day):
                ours[reached(datetime.combine(day, each.opens_at)) : reached(ends_at(day, each))] = True
        for day in (FIRST + timedelta(days=n) for n in range(365)):
            if not is_sure(each, day):
                ours[LONDONS.astype("datetime64[D]") == np.datetime64(day)] = False
        found |= ours
    return found


def reached(wall: datetime) -> int:
    """The first minute by which the clocks have shown this."""
    return int(np.searchsorted(LATEST, np.datetime64(wall, "m")))


def is_sure(schedule: Any, day: date) -> bool:
    return is_dated(schedule) or not (
        day in BANK_HOLIDAYS or (schedule.description.startswith("Term time only") and may_be_holiday(day))
    )


def is_dated(schedule: Any) -> bool:
    starts = [each for each in (schedule.dtstart, schedule.valid_from) if each]
    return bool(starts) and max(starts) == schedule.valid_to


def is_open(schedules: Iterable[Any], here: datetime) -> bool:
    """The same for one moment that is not in the hour told twice."""
    wall = here.replace(tzinfo=None)
    return any(
        datetime.combine(day, each.opens_at) <= wall < ends_at(day, each)
        and is_sure(each, day)
        and is_sure(each, here.date())
        for each in schedules
        if tells_hours(each)
        for day in (here.date(), here.date() - DAY)
        if happens(each, day)
    )


def said_open(schedules: Any, here: datetime, read_on: date | None = None) -> bool:
    """What the rules say of a moment, from what was written down on that day or earlier."""
    spans = open_now.spans_of(schedules, read_on or here.date())
    return any(open_now.is_open(each, open_now.moment(here.date(), here.time())) for each in spans)


def greenwich(minute: int) -> datetime:
    """The moment of a minute of the year, on London's clocks."""
    return datetime.fromisoformat(f"{GREENWICH[minute]}+00:00").astimezone(LONDON)


def at(day: str, hour: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(hour), LONDON)


def names_of_week() -> str:
    return ",".join(sessions.ORDER)
