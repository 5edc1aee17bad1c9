"""Where a request came from, roughly, and how often is too often."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.frontdoor import rules

HOUR = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        (" 203.0.113.1 ", "203.0.113.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("", "unknown"),
        ("nonsense", "unknown"),
    ],
)
def test_a_part_of_the_network_names_nobody(address: str, part: str) -> None:
    assert rules.neighbourhood(address) == part


def test_neighbours_share_a_code_and_others_do_not() -> None:
    code = rules.who("203.0.113.77", HOUR, "secret")
    assert code == rules.who("203.0.113.1", HOUR, "secret")
    assert code != rules.who("203.0.114.1", HOUR, "secret")


def test_the_code_says_nothing_in_the_next_hour_or_elsewhere() -> None:
    code = rules.who("203.0.113.77", HOUR, "secret")
    assert code != rules.who("203.0.113.77", HOUR + timedelta(hours=1), "secret")
    assert code != rules.who("203.0.113.77", HOUR, "another")


@given(st.ip_addresses())
def test_the_code_never_contains_the_address(address: object) -> None:
    assert str(address) not in rules.who(str(address), HOUR, "secret")


@pytest.mark.parametrize(("count", "answer"), [(1, False), (20, False), (21, True)])
def test_twenty_an_hour_is_enough(count: int, answer: bool) -> None:
    assert rules.is_too_often(count) is answer
