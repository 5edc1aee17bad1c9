"""What is open at a moment, from the hours it tells: for one listing, and for all of them at once as columns.

Open means that somebody who goes now can count on it. So a time must tell when it opens and when it closes; a bank
holiday, or a day in the holidays for what keeps to school terms, is no day to count on, unless that very date was told.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from linkworks.core.days_off import BANK_HOLIDAYS

from .sessions import Timed, begins, falls_every_week, falls_on, gives_days, is_once, only_day, week_days
from .term_time import is_term_time, may_be_holiday

AHEAD = 56  # days: so far ahead it is written down when something happens that is not on every week
EVERY_DAY = 0b1111111
HOUR_TWICE = 119  # 1:59am, at which the clock stays while its last hour comes a second time
DAY = timedelta(days=1)


class Span(NamedTuple):
    """Hours on some days of the week (Monday is the first bit) from one day on to another: of one time, or a column of many.

    Days are counted as `date.toordinal` does, hours in minutes. What closes before it opens goes on past midnight.
    """

    days: Any
    first: Any
    last: Any
    opens: Any
    closes: Any
    is_once: Any
    is_term_time: Any


class Moment(NamedTuple):
    """A minute of a day on London's clocks."""

    day: int
    minute: int


def moment(day: date, at: time) -> Moment:
    """When the clocks go back an hour is told twice: what ended in it has ended, and does not open again."""
    return Moment(day.toordinal(), max(minutes(at), HOUR_TWICE) if at.fold else minutes(at))


def minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def spans_of(schedules: Iterable[Timed], on: date, ahead: int = AHEAD) -> list[Span]:
    """The hours that hold on a day, and for so many days from then on, with what began the day before and goes on past midnight."""
    return [span for each in schedules for span in spans_in(each, on, ahead)]


def spans_in(schedule: Timed, on: date, ahead: int) -> Iterator[Span]:
    opens, closes = schedule.opens_at, schedule.closes_at
    if opens is None or closes is None or minutes(opens) == minutes(closes):
        return
    told = (minutes(opens), minutes(closes), is_once(schedule), is_term_time(schedule))
    if falls_every_week(schedule):
        first, last = begins(schedule) or date.min, schedule.valid_to or date.max
        if last >= on - DAY:
            yield Span(week_bits(schedule), first.toordinal(), last.toordinal(), *told)
        return
    for day in days_told(schedule, on, ahead):
        yield Span(EVERY_DAY, day.toordinal(), day.toordinal(), *told)


def days_told(schedule: Timed, on: date, ahead: int) -> Iterable[date]:
    """Its only day; or each day of a rule that is not one of every week, from the day before on."""
    once = only_day(schedule)
    if once or not gives_days(schedule):
        return [once] if once and once >= on - DAY else []
    return (day for each in range(-1, ahead) if falls_on(schedule, day := on + timedelta(days=each)))


def week_bits(schedule: Timed) -> int:
    return sum(1 << day for day in week_days(schedule))


def read_again(schedules: Iterable[Timed], on: date) -> date | None:
    """The day on which what happens every second week, or by the month, has to be written down anew."""
    again = on + timedelta(days=AHEAD)
    by_date = (each for each in schedules if gives_days(each) and not falls_every_week(each))
    return again if any(each.valid_to is None or each.valid_to >= again for each in by_date) else None


def is_open(span: Span, at: Moment) -> Any:
    """Whether it is open then: it began today and has not ended, or it began yesterday and goes on past midnight."""
    is_late = span.closes < span.opens
    since_today = (span.opens <= at.minute) & ((at.minute < span.closes) | is_late)
    since_yesterday = is_late & (at.minute < span.closes)
    return (since_today & holds(span, at.day)) | (
        since_yesterday & holds(span, at.day - 1) & can_be_counted_on(span, at.day)
    )


def holds(span: Span, day: int) -> Any:
    """Whether these hours are those of a day, and that day can be counted on."""
    bit = (span.days >> (day + 6) % 7) & 1
    return (bit == 1) & (span.first <= day) & (day <= span.last) & can_be_counted_on(span, day)


def can_be_counted_on(span: Span, day: int) -> Any:
    is_usual, is_in_term = kind_of(day)
    return span.is_once | (is_usual & (span.is_term_time <= is_in_term))


@lru_cache(maxsize=64)
def kind_of(day: int) -> tuple[bool, bool]:
    """Whether it is no bank holiday, and whether it is surely in a school term."""
    on = date.fromordinal(day)
    return on not in BANK_HOLIDAYS, not may_be_holiday(on)


def open_until(spans: Sequence[Span], at: Moment) -> time | None:
    """When the last of those that are open closes."""
    ends = [each.closes + (24 * 60 if each.closes <= at.minute else 0) for each in spans if is_open(each, at)]
    return time(*divmod(max(ends) % (24 * 60), 60)) if ends else None


def turns_at(spans: Sequence[Span], at: Moment) -> time | None:
    """When later this day it is the first time that something else holds."""
    now = open_until(spans, at)
    later = sorted({minute for each in spans for minute in (each.opens, each.closes) if minute > at.minute})
    turns = (minute for minute in later if open_until(spans, at._replace(minute=minute)) != now)
    return next((time(*divmod(minute, 60)) for minute in turns), None)
