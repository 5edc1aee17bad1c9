"""Dates, times, numbers and typed text as a person would say them."""

from datetime import UTC, date, datetime, time

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from linkworks.ui import formats

MONDAY = date(2026, 11, 23)
AFTERNOON = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
SUMMER = datetime(2026, 7, 6, 23, 30, tzinfo=UTC)


def test_dates_carry_their_weekday() -> None:
    assert formats.long_date(MONDAY) == "Monday 23 November 2026"
    assert formats.short_date(MONDAY) == "Mon 23 Nov 2026"
    assert formats.date_time(AFTERNOON) == "Monday 23 November 2026 at 2:30pm"


def test_a_summer_night_in_utc_is_the_next_day_in_london() -> None:
    assert formats.long_date(SUMMER) == "Tuesday 7 July 2026"
    assert formats.date_time(SUMMER) == "Tuesday 7 July 2026 at 12:30am"


@pytest.mark.parametrize("say", [formats.long_date, formats.short_date, formats.date_time, formats.days_from_now])
def test_no_date_says_nothing(say: object) -> None:
    assert say(None) == ""  # type: ignore[operator]


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (time(0), "midnight"),
        (time(12), "midday"),
        (time(0, 5), "12:05am"),
        (time(9), "9am"),
        (time(12, 30), "12:30pm"),
        (time(23, 59), "11:59pm"),
        (None, ""),
    ],
)
def test_times_are_said_as_on_a_poster(moment: time | None, said: str) -> None:
    assert formats.clock(moment) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [(22, "today"), (23, "tomorrow"), (21, "yesterday"), (25, "in 3 days"), (20, "2 days ago")],
)
def test_near_days_are_said_from_today(day: int, said: str) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=UTC), tick=False):
        assert formats.days_from_now(date(2026, 11, day)) == said


@pytest.mark.parametrize(
    ("metres", "said"),
    [
        (0, "10 yards (0 m)"),
        (100, "110 yards (100 m)"),
        (640, "0.4 miles (640 m)"),
        (1609, "1.0 mile (1.6 km)"),
        (5000, "3.1 miles (5.0 km)"),
        (None, ""),
    ],
)
def test_distances_are_miles_with_metric_beside(metres: float | None, said: str) -> None:
    assert formats.distance(metres) == said


def test_one_is_singular_and_every_other_number_plural() -> None:
    assert formats.plural(1, "visit") == "1 visit"
    assert formats.plural(0, "visit") == "0 visits"
    assert formats.plural(1200, "person", "people") == "1,200 people"


def test_a_list_is_read_out_with_and() -> None:
    assert formats.listed([]) == ""
    assert formats.listed(["tea"]) == "tea"
    assert formats.listed(["tea", "cake", "company"]) == "tea, cake and company"
    assert formats.listed(["tea", "cake"], joiner="or") == "tea or cake"
    assert formats.listed(["tea, cake", "company"]) == "tea, cake; company"


def test_a_phone_number_we_cannot_read_is_shown_as_it_was_given() -> None:
    assert formats.phone("07700900123") == "07700 900123"
    assert formats.phone("ask at the desk") == "ask at the desk"
    assert formats.phone(None) == ""


def test_typed_text_keeps_its_paragraphs_and_lines() -> None:
    assert formats.nl2p("One\r\ntwo\n\nthree\n") == Markup("<p>One<br>two</p>\n<p>three</p>")
    assert formats.nl2p(None) == ""


@given(st.text())
def test_typed_text_can_never_become_markup(text: str) -> None:
    shown = formats.nl2p(f"<script>{text}")
    inside = shown.replace("<p>", "").replace("</p>", "").replace("<br>", "")
    assert "<" not in inside
    assert ">" not in inside
