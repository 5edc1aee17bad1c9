"""The clock. Times are stored in UTC and shown in Europe/London."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from .days_off import BANK_HOLIDAYS

LONDON = ZoneInfo("Europe/London")
DAY = timedelta(days=1)
_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    return _told.get() or timezone.now()


def today() -> date:
    """Today's date in London."""
    return now().astimezone(LONDON).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the clock say `moment` for a while: keying in what happened earlier, and telling the demo's stories."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)


def is_working_day(day: date) -> bool:
    """Monday to Friday, and no bank holiday in England."""
    return day.weekday() < 5 and day not in BANK_HOLIDAYS


def working_day(day: date) -> date:
    """The date itself, or the next working day."""
    return day if is_working_day(day) else add_working_days(day, 1)


def add_working_days(start: date, days: int) -> date:
    """The date `days` working days after `start`."""
    current = start
    while days > 0:
        current += timedelta(days=1)
        days -= is_working_day(current)
    return current
