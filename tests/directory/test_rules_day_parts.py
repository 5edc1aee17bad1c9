"""On which days and parts of days something happens, and when that next changes."""

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.directory.rules import day_parts
from linkworks.directory.rules.facts import SessionFacts
from linkworks.directory.rules.sessions import ORDER, falls_on

TODAY = date(2026, 11, 22)  # a Sunday
WEEKLY = {
    "freq": "WEEKLY", "interval": 1, "byday": "TU", "bymonthday": "", "dtstart": None, "valid_from": None,
    "valid_to": None, "opens_at": time(10), "closes_at": time(12),
}  # fmt: skip


def told(**facts: Any) -> list[str]:
    return day_parts.times_of([SessionFacts(**{**WEEKLY, **facts})], TODAY)


@pytest.mark.parametrize(
    ("facts", "times"),
    [
        ({}, ["TU", "TU-morning"]),
        ({"closes_at": time(13)}, ["TU", "TU-morning", "TU-afternoon"]),
        ({"opens_at": time(17), "closes_at": None}, ["TU", "TU-evening"]),
        ({"opens_at": time(16, 30), "closes_at": time(19)}, ["TU", "TU-afternoon", "TU-evening"]),
        ({"opens_at": None}, ["TU"]),
        ({"byday": "SA,MO", "opens_at": None}, ["MO", "SA"]),
        ({"byday": "", "dtstart": date(2026, 11, 18)}, ["WE", "WE-morning"]),
        ({"freq": "MONTHLY", "byday": "1TH,3TH", "opens_at": None}, ["TH"]),
        ({"freq": "", "byday": "", "valid_from": TODAY, "valid_to": TODAY, "opens_at": None}, ["SU"]),
        ({"freq": "", "byday": ""}, []),
        ({"valid_to": date(2026, 11, 21)}, []),
    ],
)
def test_the_days_and_parts_of_days(facts: dict[str, Any], times: list[str]) -> None:
    assert told(**facts) == times


@given(st.sets(st.sampled_from(ORDER), min_size=1), st.integers(0, 23), st.integers(0, 23))
def test_a_weekly_rule_falls_on_the_days_it_is_found_by(days: set[str], opens: int, closes: int) -> None:
    rule = SessionFacts(**{**WEEKLY, "byday": ",".join(days), "opens_at": time(opens), "closes_at": time(closes)})
    found = day_parts.times_of([rule], TODAY)
    week = [date(2026, 11, number) for number in range(23, 30)]
    assert {each for each in found if "-" not in each} == {ORDER[day.weekday()] for day in week if falls_on(rule, day)}
    assert all(any(each.startswith(f"{day}-") for each in found) for day in days), "it is open in some part of each"


def test_when_what_a_listing_says_next_changes() -> None:
    spans = [(date(2026, 1, 1), date(2026, 11, 30)), (date(2026, 11, 25), None), (None, TODAY)]
    assert day_parts.next_change(spans, TODAY) == date(2026, 11, 23), "what ends today is over tomorrow"
    assert day_parts.next_change(spans[:2], TODAY) == date(2026, 11, 25)
    assert day_parts.next_change([(date(2026, 1, 1), None)], TODAY) is None
