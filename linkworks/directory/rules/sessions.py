"""When a service happens next, and how often, from its weekly and monthly rules (the grammar of iCalendar)."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from typing import Protocol

from msgspec import Struct

from .term_time import is_holiday, is_term_time

DAYS = {
    "MO": "Monday",
    "TU": "Tuesday",
    "WE": "Wednesday",
    "TH": "Thursday",
    "FR": "Friday",
    "SA": "Saturday",
    "SU": "Sunday",
}
ORDER = list(DAYS)
MONTH_DAY = re.compile(r"[+-]?[0-9]{1,2}")
TOKEN = re.compile(r"^([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)$")
LOOK_AHEAD = 400  # days: far enough to find a yearly gap in a monthly rule


class Timed(Protocol):
    """What a rule needs to know of a schedule (a stored one or one being told)."""

    freq: str
    interval: int
    byday: str
    bymonthday: str
    dtstart: date | None
    valid_from: date | None
    valid_to: date | None
    opens_at: time | None
    closes_at: time | None
    description: str


class Session(Struct, frozen=True):
    """One time it happens: the day, and the schedule that says so."""

    day: date
    schedule: Timed

    @property
    def opens_at(self) -> time | None:
        return self.schedule.opens_at

    @property
    def closes_at(self) -> time | None:
        return self.schedule.closes_at


def byday_tokens(byday: str) -> list[tuple[int | None, str]]:
    """(ordinal, day) pairs of a byday text; what cannot be read is left out."""
    found = (TOKEN.match(part.strip().upper()) for part in byday.split(","))
    return [(int(match[1]) if match[1] else None, match[2]) for match in found if match]


def is_rule(schedule: Timed) -> bool:
    """Whether the schedule says by rule when it happens, rather than in words only."""
    return bool(schedule.freq and (byday_tokens(schedule.byday) or schedule.bymonthday or schedule.dtstart))


def month_days(bymonthday: str) -> list[int]:
    """The days of a bymonthday text, counted from either end of the month; what cannot be read is left out."""
    parts = (part.strip() for part in bymonthday.split(","))
    return [int(part) for part in parts if MONTH_DAY.fullmatch(part) and 1 <= abs(int(part)) <= 31]


def falls_on(schedule: Timed, day: date) -> bool:
    """Whether the schedule has a session on this day."""
    if not starts_by(schedule, day) or (schedule.valid_to and day > schedule.valid_to):
        return False
    if schedule.freq == "WEEKLY":
        return falls_weekly(schedule, day)
    if schedule.freq == "MONTHLY":
        return falls_monthly(schedule, day)
    return False


def starts_by(schedule: Timed, day: date) -> bool:
    return all(start is None or start <= day for start in (schedule.dtstart, schedule.valid_from))


def falls_weekly(schedule: Timed, day: date) -> bool:
    if day.weekday() not in week_days(schedule):
        return False
    if schedule.interval <= 1:
        return True
    start = schedule.dtstart or schedule.valid_from
    if start is None:
        return False  # every second week, and nobody says which: no day can be promised
    weeks = (monday_of(day) - monday_of(start)).days // 7
    return weeks % schedule.interval == 0


def falls_every_week(schedule: Timed) -> bool:
    return is_rule(schedule) and schedule.freq == "WEEKLY" and schedule.interval <= 1


def week_days(schedule: Timed) -> set[int]:
    """The weekdays that a weekly rule names, Monday as nought; else the one it started on."""
    days = {ORDER.index(name) for _, name in byday_tokens(schedule.byday)}
    start = schedule.dtstart or schedule.valid_from
    return days or ({start.weekday()} if start else set())


def falls_monthly(schedule: Timed, day: date) -> bool:
    start = schedule.dtstart or schedule.valid_from
    if schedule.interval > 1 and (start is None or months_between(start, day) % schedule.interval):
        return False
    tokens = byday_tokens(schedule.byday)
    if tokens:
        return any(
            name == ORDER[day.weekday()] and (ordinal is None or is_nth(day, ordinal)) for ordinal, name in tokens
        )
    if schedule.bymonthday:
        return is_month_day(schedule.bymonthday, day)
    return start is not None and day.day == start.day


def months_between(start: date, day: date) -> int:
    return (day.year - start.year) * 12 + day.month - start.month


def is_nth(day: date, ordinal: int) -> bool:
    """Whether the day is the nth of its weekday in its month; -1 is the last."""
    if ordinal > 0:
        return (day.day - 1) // 7 + 1 == ordinal
    return (days_in_month(day) - day.day) // 7 + 1 == -ordinal


def is_month_day(bymonthday: str, day: date) -> bool:
    numbers = month_days(bymonthday)
    return day.day in numbers or day.day - days_in_month(day) - 1 in numbers


def days_in_month(day: date) -> int:
    return ((day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)).day


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def happens_on(schedule: Timed, day: date) -> bool:
    """Whether it has a session on this day, by its rule or as its only date."""
    return falls_on(schedule, day) if is_rule(schedule) else only_day(schedule) == day


def only_day(schedule: Timed) -> date | None:
    """The day of what happens once."""
    return schedule.valid_from if not is_rule(schedule) and schedule.valid_from == schedule.valid_to else None


def has_ended(schedule: Timed, today: date) -> bool:
    return schedule.valid_to is not None and schedule.valid_to < today


def begins_after(schedule: Timed, today: date) -> date | None:
    """The day it begins, while that lies ahead."""
    first = begins(schedule)
    return first if first and first > today else None


def begins(schedule: Timed) -> date | None:
    """The day it begins, whichever of its two days says so."""
    return max((each for each in (schedule.dtstart, schedule.valid_from) if each), default=None)


def without_a_day(schedules: Iterable[Timed], today: date) -> list[Timed]:
    """Those that go on and of which no day can be promised: words, or every second week of nobody knows which."""
    return [each for each in schedules if not has_ended(each, today) and not only_day(each) and not gives_days(each)]


def gives_days(schedule: Timed) -> bool:
    dated = schedule.interval <= 1 or schedule.dtstart or schedule.valid_from
    return bool(is_rule(schedule) and dated)


def is_once(schedule: Timed) -> bool:
    """Whether it happens on one day only, however that is told."""
    return schedule.valid_to is not None and begins(schedule) == schedule.valid_to


def sessions_from(schedule: Timed, today: date, ahead: int = LOOK_AHEAD) -> Iterator[Session]:
    """Its sessions in their order, so many days ahead; what keeps to school terms has none while every school is shut."""
    shuts = is_term_time(schedule) and not is_once(schedule)
    return (Session(day, schedule) for day in days_from(schedule, today, ahead) if not (shuts and is_holiday(day)))


def days_from(schedule: Timed, today: date, ahead: int = LOOK_AHEAD) -> Iterator[date]:
    """The days that its rule names, from this one on."""
    once = only_day(schedule)
    if once and once >= today:
        yield once
    if not is_rule(schedule):
        return
    last = min(today + timedelta(days=ahead - 1), schedule.valid_to or date.max)
    day = begins_after(schedule, today) or today
    while day <= last:
        if falls_on(schedule, day):
            yield day
        day += timedelta(days=1)


def is_over(session: Session, today: date, at: time) -> bool:
    """Whether today's session has ended."""
    ends = ends_on(session, today)
    return ends is not None and ends <= at


def ends_on(session: Session, today: date) -> time | None:
    """When today's session ends, if it is today's; one of which only the start is known is over once it has begun."""
    opens, closes = session.opens_at, session.closes_at
    if session.day != today or (opens and closes and closes < opens):  # it goes on past midnight
        return None
    return closes or opens


def next_session(schedules: Iterable[Timed], today: date, at: time = time.min) -> Session | None:
    """The first session of all the schedules from this time of today on."""
    coming = (
        (each for each in sessions_from(schedule, today) if not is_over(each, today, at)) for schedule in schedules
    )
    firsts = (next(each, None) for each in coming)
    return min((each for each in firsts if each), key=lambda each: (each.day, each.opens_at or time.min), default=None)
