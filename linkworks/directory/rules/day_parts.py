"""The days, and the parts of days, on which something happens: "MO" for Mondays, "MO-evening" for Monday evenings."""

from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta

from .sessions import DAYS, ORDER, Timed, byday_tokens, has_ended, only_day

PARTS = {"morning": (time.min, time(12)), "afternoon": (time(12), time(17)), "evening": (time(17), time.max)}
TIMES = (*DAYS, *(f"{day}-{part}" for day in DAYS for part in PARTS))


def times_of(schedules: Iterable[Timed], today: date) -> list[str]:
    """All the days and parts of days of the schedules that have not ended, in the order of the week."""
    found = {each for schedule in schedules if not has_ended(schedule, today) for each in times_in(schedule)}
    return [each for each in TIMES if each in found]


def times_in(schedule: Timed) -> Iterator[str]:
    parts = [name for name, bounds in PARTS.items() if is_open_in(schedule, bounds)]
    for day in days_of(schedule):
        yield day
        yield from (f"{day}-{part}" for part in parts)


def days_of(schedule: Timed) -> list[str]:
    """The weekdays a rule names, else the weekday it started on; of what happens once, its own."""
    named = [name for _, name in byday_tokens(schedule.byday)]
    start = schedule.dtstart or schedule.valid_from
    if schedule.freq == "WEEKLY" and not named and start:
        return [ORDER[start.weekday()]]
    once = only_day(schedule)
    return named if schedule.freq else [ORDER[once.weekday()]] if once else []


def is_open_in(schedule: Timed, bounds: tuple[time, time]) -> bool:
    """Whether it is open in this part of the day. Of what tells no hour nobody can say."""
    if schedule.opens_at is None:
        return False
    closes = schedule.closes_at if schedule.closes_at and schedule.closes_at > schedule.opens_at else None
    begins, ends = bounds
    return schedule.opens_at < ends and (closes > begins if closes else schedule.opens_at >= begins)


def next_change(dates: Iterable[tuple[date | None, date | None]], today: date) -> date | None:
    """The first day after today on which one of the spans (from, to) begins, or is over."""
    turns = [begins for begins, _ in dates if begins] + [ends + timedelta(days=1) for _, ends in dates if ends]
    return min((each for each in turns if each > today), default=None)
