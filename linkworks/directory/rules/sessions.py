"""When a service happens next, and how often, from its weekly and monthly rules (the grammar of iCalendar)."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from typing import Protocol

from msgspec import Struct

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
ORDINALS = {
    1: "first",
    2: "second",
    3: "third",
    4: "fourth",
    5: "fifth",
    -1: "last",
    -2: "second last",
    -3: "third last",
    -4: "fourth last",
    -5: "fifth last",
}
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
    """One time it happens."""

    day: date
    opens_at: time | None = None
    closes_at: time | None = None


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
    days = [name for _, name in byday_tokens(schedule.byday)]
    start = schedule.dtstart or schedule.valid_from
    if not days and start:
        days = [ORDER[start.weekday()]]
    if ORDER[day.weekday()] not in days:
        return False
    if schedule.interval <= 1:
        return True
    if start is None:
        return False  # every second week, and nobody says which: no day can be promised
    weeks = (monday_of(day) - monday_of(start)).days // 7
    return weeks % schedule.interval == 0


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


def sessions_from(schedule: Timed, today: date) -> Iterator[Session]:
    if is_rule(schedule):
        for ahead in range(LOOK_AHEAD):
            day = today + timedelta(days=ahead)
            if falls_on(schedule, day):
                yield Session(day, schedule.opens_at, schedule.closes_at)
    elif schedule.valid_from and schedule.valid_from == schedule.valid_to and schedule.valid_from >= today:
        yield Session(schedule.valid_from, schedule.opens_at, schedule.closes_at)


def is_over(session: Session, today: date, at: time) -> bool:
    """Whether today's session has ended; one of which only the start is known is over once it has begun."""
    opens, closes = session.opens_at, session.closes_at
    if session.day != today or (opens and closes and closes < opens):  # it goes on past midnight
        return False
    ends = closes or opens
    return ends is not None and ends <= at


def next_session(schedules: Iterable[Timed], today: date, at: time = time.min) -> Session | None:
    """The first session of all the schedules from this time of today on."""
    coming = (
        (each for each in sessions_from(schedule, today) if not is_over(each, today, at)) for schedule in schedules
    )
    firsts = (next(each, None) for each in coming)
    return min((each for each in firsts if each), key=lambda each: (each.day, each.opens_at or time.min), default=None)


def pattern_words(schedule: Timed) -> str:
    """Says "Every Tuesday", "Every 2 weeks on Monday", "the first Tuesday of the month"; its own words when there is no rule."""
    tokens = byday_tokens(schedule.byday)
    if schedule.freq == "WEEKLY":
        return weekly_words(schedule, tokens) or schedule.description
    if schedule.freq == "MONTHLY" and (tokens or month_days(schedule.bymonthday)):
        return monthly_words(schedule, tokens)
    return schedule.description


def weekly_words(schedule: Timed, tokens: list[tuple[int | None, str]]) -> str:
    """The days it names, else the weekday it started on."""
    names = {name for _, name in tokens} or ({ORDER[schedule.dtstart.weekday()]} if schedule.dtstart else set())
    if not names:
        return ""
    days = joined([DAYS[name] for name in sorted(names, key=ORDER.index)])
    return f"Every {days}" if schedule.interval == 1 else f"Every {schedule.interval} weeks on {days}"


def says_nothing_new(words: str, pattern: str) -> bool:
    """Whether the listing's own words only repeat the rule: "Tuesdays" after "Every Tuesday"."""
    return words.strip().rstrip(".s").lower() in f"{pattern} {pattern.removeprefix('Every ')}".lower()


def monthly_words(schedule: Timed, tokens: list[tuple[int | None, str]]) -> str:
    month = "the month" if schedule.interval == 1 else f"every {schedule.interval} months"
    if tokens:
        days = joined([f"{ORDINALS[ordinal] if ordinal else 'every'} {DAYS[name]}" for ordinal, name in tokens])
        return f"The {days} of {month}" if tokens[0][0] else f"{days[:1].upper()}{days[1:]} of {month}"
    numbers = month_days(schedule.bymonthday)
    if any(number < 0 for number in numbers):
        return f"The {joined([month_day_words(number) for number in numbers])} of {month}"
    return f"Day {', '.join(str(number) for number in numbers)} of {month}"


def month_day_words(number: int) -> str:
    if number > 0:
        return f"day {number}"
    return f"{ORDINALS.get(number, f'{-number}th last')} day"


def joined(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
