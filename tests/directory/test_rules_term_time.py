"""What keeps to school terms: how its words are known, and on which days it can be promised, is in doubt, or is not on."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core.days_off import BANK_HOLIDAYS, easter
from linkworks.directory.rules import term_time
from linkworks.directory.rules.facts import SessionFacts
from tests import calendar

DAYS = st.dates(date(2022, 1, 1), date(2036, 12, 31))
EASTERS = {2024: (3, 31), 2025: (4, 20), 2026: (4, 5), 2027: (3, 28), 2028: (4, 16), 2030: (4, 21), 2035: (3, 25)}
# School holidays as most London boroughs set them: from the first weekday without school to the last.
HOLIDAYS = [
    ("2024-10-28", "2024-11-01"), ("2024-12-23", "2025-01-03"), ("2025-02-17", "2025-02-21"), ("2025-04-07", "2025-04-21"),
    ("2025-05-26", "2025-05-30"), ("2025-07-24", "2025-08-29"), ("2025-10-27", "2025-10-31"), ("2025-12-22", "2026-01-02"),
    ("2026-02-16", "2026-02-20"), ("2026-03-30", "2026-04-10"), ("2026-05-25", "2026-05-29"), ("2026-07-22", "2026-08-31"),
    ("2026-10-26", "2026-10-30"), ("2026-12-21", "2027-01-01"), ("2027-02-15", "2027-02-19"), ("2027-03-26", "2027-04-09"),
    ("2027-05-31", "2027-06-04"),
]  # fmt: skip
SHUT = ["2026-12-24", "2026-12-25", "2026-12-31", "2027-01-01", "2026-04-03", "2026-04-04", "2026-04-06", "2026-08-01",
        "2026-08-31", "2026-05-04", "2027-05-31", "2028-01-03"]  # fmt: skip
IN_DOUBT = ["2026-12-23", "2027-01-04", "2026-04-02", "2026-04-07", "2026-07-31", "2026-09-01", "2026-10-28", "2026-02-18",
            "2026-05-27", "2027-06-02", "2025-04-08", "2035-04-10"]  # fmt: skip
IN_TERM = ["2026-11-24", "2026-12-10", "2027-01-12", "2026-02-04", "2026-03-03", "2026-04-28", "2026-05-12", "2026-06-09",
           "2026-07-10", "2026-09-15", "2026-10-06", "2026-11-05", "2026-05-20", "2026-06-01"]  # fmt: skip


def test_easter_is_where_the_calendar_has_it() -> None:
    assert {year: (easter(year).month, easter(year).day) for year in EASTERS} == EASTERS


@pytest.mark.parametrize(
    ("days", "expected"), [(SHUT, (True, True)), (IN_DOUBT, (False, True)), (IN_TERM, (False, False))]
)
def test_each_day_is_a_holiday_everywhere_or_in_many_places_or_not(
    days: list[str], expected: tuple[bool, bool]
) -> None:
    for day in map(date.fromisoformat, days):
        assert (day, term_time.is_holiday(day), term_time.may_be_holiday(day)) == (day, *expected)


def test_no_day_of_a_boroughs_holidays_is_promised_and_most_school_days_are() -> None:
    spans = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in HOLIDAYS]
    off = {first + timedelta(days=each) for first, last in spans for each in range((last - first).days + 1)}
    assert [day for day in sorted(off) if not term_time.may_be_holiday(day)] == []
    begins, ends = min(off), max(off)
    every = (begins + timedelta(days=each) for each in range((ends - begins).days))
    school = [day for day in every if day not in off and day.weekday() < 5 and day not in BANK_HOLIDAYS]
    assert not any(term_time.is_holiday(day) for day in school), "nothing is called shut on a school day"
    assert sum(term_time.may_be_holiday(day) for day in school) < 0.25 * len(school)


@given(DAYS)
def test_what_is_a_holiday_everywhere_is_one_in_many_places(day: date) -> None:
    assert term_time.may_be_holiday(day) >= term_time.is_holiday(day)
    assert term_time.is_holiday(day) >= (day in calendar.BANK_HOLIDAYS)


@pytest.mark.parametrize("year", range(2024, 2037))
def test_every_year_has_its_six_holidays_and_terms_between_them(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=each) for each in range(366)]
    turns = sum(term_time.may_be_holiday(one) != term_time.may_be_holiday(other) for one, other in pairwise(days))
    assert 12 <= turns <= 18
    shut = sum(map(term_time.is_holiday, days))
    assert 46 <= shut <= 48 and 150 <= sum(map(term_time.may_be_holiday, days)) <= 165


@pytest.mark.parametrize(
    ("words", "says_so"),
    [
        ("Term time only", True),
        ("term-time only, bring a mug", True),
        ("Mondays, TERMTIME ONLY", True),
        ("Open to all, only in term time.", True),
        ("Only during term-time", True),
        ("Not only in term time", False),
        ("Term time and holidays", False),
        ("Long-term timely help", False),
        ("Terms and conditions", False),
        ("", False),
    ],
)
def test_its_words_say_whether_it_keeps_to_terms(words: str, says_so: bool) -> None:
    assert term_time.is_term_time(SessionFacts(description=words)) is says_so
    ticked = term_time.with_term_time(words, is_term_time=True)
    assert term_time.is_term_time(SessionFacts(description=ticked)), "what the form ticks is understood"


@pytest.mark.parametrize(
    ("words", "rest", "is_term_time"),
    [
        ("Term time only", "", True),
        ("term time only. Bring a mug", "Bring a mug", True),
        ("Bring a mug", "Bring a mug", False),
        ("In term time only", "In term time only", False),
        ("", "", False),
    ],
)
def test_term_time_is_a_tick_not_words(words: str, rest: str, is_term_time: bool) -> None:
    assert term_time.without_term_time(words) == (rest, is_term_time)
    again = term_time.with_term_time(rest, is_term_time=is_term_time)
    assert term_time.without_term_time(again) == (rest, is_term_time)
