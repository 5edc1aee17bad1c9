"""What people type is read kindly, and what cannot be read is not guessed."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.ui import typed

NUMBERS = st.from_regex(r"0(20[3-8]|7[1-9][0-9]{2}|1[2-9][0-9]{2}|800|300)[0-9]{6,7}", fullmatch=True).filter(
    lambda number: len(number) == 11 or (len(number) == 10 and number.startswith("01"))
)


@st.composite
def scattered(draw: st.DrawFn, text: str, fillers: str) -> str:
    """The text with white space and the like put anywhere between its characters."""
    return "".join(letter + draw(st.sampled_from(["", "", *fillers])) for letter in text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("07700900123", "07700 900123"),
        ("+44 7700 900 123", "07700 900123"),
        ("+44 (0)7700 900123", "07700 900123"),
        ("0044 20 7946 0018", "020 7946 0018"),
        ("(020) 7946-0018", "020 7946 0018"),
        ("01632960001", "01632 960001"),
        ("0121 4960000", "0121 496 0000"),
        ("0161.496.0000", "0161 496 0000"),
        ("0300 123 1234", "0300 123 1234"),
        ("08001111", "0800 1111"),
        ("116 123", "116 123"),
        ("111", "111"),
        ("020 7946 0018 ext. 12", "020 7946 0018 ext 12"),
        ("020 7946 0018 x3", "020 7946 0018 ext 3"),
        ("+33 1 23 45 67 89", "+33123456789"),
        ("7946 0018", None),
        ("0770090012", "07700 90012"),
        ("077009001234", None),
        ("0400 123 4567", None),
        ("after 6pm", None),
        ("+1", None),
        ("", None),
    ],
)
def test_a_phone_number_is_understood_however_it_is_typed(text: str, meant: str | None) -> None:
    assert typed.phone(text) == meant


@given(st.data(), NUMBERS)
def test_spaces_and_brackets_do_not_change_a_phone_number(data: st.DataObject, number: str) -> None:
    standard = typed.phone(number)
    assert standard is not None
    assert typed.phone(data.draw(scattered(number, " -().")).lstrip()) == standard
    assert typed.phone("+44" + number[1:]) == standard
    assert standard.replace(" ", "") == number


@given(st.text(max_size=30))
def test_reading_a_phone_number_never_fails_and_what_it_gives_stays_the_same(text: str) -> None:
    found = typed.phone(text)
    assert found is None or typed.phone(found) == found


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2.30pm", time(14, 30)),
        ("2:30 PM", time(14, 30)),
        ("14:30", time(14, 30)),
        ("1430", time(14, 30)),
        ("2.30", time(14, 30)),
        ("2", time(14)),
        ("230", time(14, 30)),
        ("6:59", time(18, 59)),
        ("7", time(7)),
        ("2.30am", time(2, 30)),
        ("02:30", time(2, 30)),
        ("0230", time(2, 30)),
        ("00:15", time(0, 15)),
        ("9am", time(9)),
        ("9", time(9)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("noon", time(12)),
        ("midday", time(12)),
        ("midnight", time(0)),
        ("9 a.m.", time(9)),
        ("25:00", None),
        ("13pm", None),
        ("9:75", None),
        ("after lunch", None),
    ],
)
def test_a_time_is_understood_as_people_write_it(text: str, meant: time | None) -> None:
    assert typed.clock_time(text) == meant


@given(st.integers(0, 23), st.integers(0, 59))
def test_a_time_of_the_twenty_four_hour_clock_is_that_time(hour: int, minute: int) -> None:
    """Two digits for the hour, as timetables write it, are never the afternoon's."""
    assert typed.clock_time(f"{hour:02}:{minute:02}") == time(hour, minute)


@given(st.integers(1, 12), st.integers(0, 59))
def test_an_hour_without_a_half_is_in_the_day(hour: int, minute: int) -> None:
    meant = typed.clock_time(f"{hour}.{minute:02}")
    assert meant is not None
    assert time(7) <= meant < time(19)
    assert (meant.hour - hour) % 12 == 0
