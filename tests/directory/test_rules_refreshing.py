"""When a group is asked, where, and when we stop."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.directory.rules import refreshing
from linkworks.directory.rules.refreshing import Asked, Reached

TODAY = date(2026, 11, 22)
AGES = st.none() | st.integers(0, 1000)


def confirmed(days: int | None) -> date | None:
    return None if days is None else TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "facts", "due"),
    [
        (None, {}, True),
        (119, {}, False),
        (120, {}, True),
        (59, {"is_high_risk": True}, False),
        (60, {"is_high_risk": True}, True),
        (60, {"counts_places": True}, True),
        (60, {}, False),
    ],
)
def test_a_group_is_asked_by_risk_and_age(days: int | None, facts: dict[str, bool], due: bool) -> None:
    assert refreshing.is_due(Asked(confirmed_on=confirmed(days), **facts), TODAY) is due


@given(AGES, st.booleans(), st.booleans())
def test_risk_never_makes_asking_later(days: int | None, is_high: bool, counts: bool) -> None:
    plain = refreshing.is_due(Asked(confirmed_on=confirmed(days)), TODAY)
    risky = refreshing.is_due(Asked(confirmed_on=confirmed(days), is_high_risk=is_high, counts_places=counts), TODAY)
    assert risky >= plain


@given(st.integers(0, 1000), st.integers(0, 400), st.booleans())
def test_what_is_due_stays_due_until_it_is_confirmed(days: int, more: int, is_high: bool) -> None:
    asked = Asked(confirmed_on=confirmed(days), is_high_risk=is_high)
    assert refreshing.is_due(asked, TODAY + timedelta(days=more)) >= refreshing.is_due(asked, TODAY)


@pytest.mark.parametrize(
    ("emails", "phone", "ours", "reached"),
    [
        (
            ["referrals@kettle.example.org", "hello@kettle.example.org"],
            "",
            True,
            Reached("email", "referrals@kettle.example.org"),
        ),
        (["", "hello@kettle.example.org"], "07700 900123", True, Reached("email", "hello@kettle.example.org")),
        (["jo.bloggs@gmail.com"], "", True, None),
        (["jo.bloggs@gmail.com", "info@kettle.example.org"], "", True, Reached("email", "info@kettle.example.org")),
        (["info@gmail.com"], "", True, Reached("email", "info@gmail.com")),
        ([], "07700 900123", True, Reached("text", "07700 900123")),
        ([], "07700 900123", False, None),
        ([], "020 7946 0123", True, None),
        ([], "", True, None),
    ],
)
def test_only_the_groups_own_addresses_are_written_to(
    emails: list[str], phone: str, ours: bool, reached: Reached | None
) -> None:
    assert refreshing.reach(emails=emails, phone=phone, phone_is_ours=ours) == reached


@pytest.mark.parametrize(
    ("days", "reminded", "todo"),
    [
        (0, False, ""), (6, False, ""), (7, False, "remind"), (29, False, "remind"), (7, True, ""), (29, True, ""),
        (30, True, "lapse"), (30, False, "lapse"), (300, True, "lapse"),
    ],
)  # fmt: skip
def test_silence_is_reminded_of_once_and_then_rests(days: int, reminded: bool, todo: str) -> None:
    assert refreshing.what_now(TODAY - timedelta(days=days), is_reminded=reminded, today=TODAY) == todo
