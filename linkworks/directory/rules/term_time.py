"""What happens in school terms only, and when that may be.

Terms differ by borough, and by school: each council and each academy sets its own, within a few days of the others. So
there are days that are holidays in all of London, on which nothing that keeps to terms is on; days that are holidays in
many places and not in all, on which only the group itself can say; and the rest, which are school days nearly everywhere.
"""

import re
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple, Protocol

from linkworks.core.days_off import BANK_HOLIDAYS, easter

TERM_TIME = "Term time only"
SAYS_SO = re.compile(r"\bterm[ -]?time only\b|(?<!not )\bonly (?:in|during) term[ -]?time\b", re.IGNORECASE)


class Break(NamedTuple):
    """From a day to a day of the same year, each as (month, day)."""

    name: str
    first: tuple[int, int]
    last: tuple[int, int]


EVERYWHERE = (
    Break("New Year", (1, 1), (1, 1)),
    Break("August", (8, 1), (8, 31)),
    Break("Christmas", (12, 24), (12, 31)),
)
IN_MANY_PLACES = (
    Break("after Christmas", (1, 2), (1, 7)),
    Break("half term in February", (2, 10), (2, 25)),
    Break("Easter, where it is not tied to the feast", (4, 1), (4, 17)),
    Break("the end of July", (7, 15), (7, 31)),
    Break("the first days of September", (9, 1), (9, 7)),
    Break("half term in October", (10, 17), (11, 2)),
    Break("before Christmas", (12, 15), (12, 23)),
)
FORTNIGHT = timedelta(days=16)  # two school weeks with the weekends on either side


class Worded(Protocol):
    description: str


def is_term_time(schedule: Worded) -> bool:
    """Whether its words say that it keeps to school terms."""
    return bool(SAYS_SO.search(schedule.description))


def is_holiday(day: date) -> bool:
    """Whether every school in London is shut for the holidays, or for a bank holiday."""
    from_easter = day - easter(day.year)
    at_easter = timedelta(days=-2) <= from_easter <= timedelta(days=1)
    return at_easter or day in BANK_HOLIDAYS or lies_in(day, EVERYWHERE)


def may_be_holiday(day: date) -> bool:
    """Whether schools are shut in many places, or in all."""
    near_easter = abs(day - easter(day.year)) <= FORTNIGHT
    return near_easter or is_in_whitsun_week(day) or lies_in(day, IN_MANY_PLACES) or is_holiday(day)


def lies_in(day: date, breaks: tuple[Break, ...]) -> bool:
    return any(each.first <= (day.month, day.day) <= each.last for each in breaks)


def is_in_whitsun_week(day: date) -> bool:
    """The week of the last Monday of May, with the weekends on either side."""
    monday = last_monday_of_may(day.year)
    return timedelta(days=-2) <= day - monday <= timedelta(days=6)


@cache
def last_monday_of_may(year: int) -> date:
    last = date(year, 5, 31)
    return last - timedelta(days=last.weekday())


def without_term_time(words: str) -> tuple[str, bool]:
    """The words of a time, and whether they begin by saying that it keeps to school terms."""
    said = words.strip()
    if not said.lower().startswith(TERM_TIME.lower()):
        return said, False
    return said[len(TERM_TIME) :].lstrip(" .;,"), True


def with_term_time(words: str, *, is_term_time: bool) -> str:
    said = words.strip()
    return ". ".join(part for part in (TERM_TIME, said) if part) if is_term_time else said
