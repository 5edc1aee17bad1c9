"""How far a listing is trusted, held against the published formula by another hand and against what must always be true."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.directory.rules import freshness
from linkworks.directory.rules.freshness import GROUP, LIST, STEWARD, WHOLE, Confirmed

TODAY = date(2026, 11, 22)
FACTS = st.sampled_from([WHOLE, *freshness.KINDS])
DAYS = st.integers(0, 4000).map(lambda days: TODAY - timedelta(days=days))
SAID = st.builds(Confirmed, FACTS, DAYS, st.sampled_from([GROUP, STEWARD, LIST]))
SOME = st.lists(SAID, max_size=8)


def ago(days: int, fact: str = WHOLE, by: str = GROUP) -> Confirmed:
    return Confirmed(fact, TODAY - timedelta(days=days), by)


@pytest.mark.parametrize(("days", "points"), [(0, 100), (90, 77), (180, 62), (365, 42), (730, 22)])
def test_trust_of_a_whole_listing_goes_down_as_published(days: int, points: int) -> None:
    assert freshness.trust([ago(days)], TODAY) == pytest.approx(points, abs=1)


@pytest.mark.parametrize(
    ("said", "points"),
    [
        ([], 0),
        ([ago(0, by=LIST)], 60),
        ([ago(0, by=STEWARD)], 100),
        ([ago(0, "contact")], 25),
        ([ago(365, "contact")], 12),
        ([ago(0, "room")], 10),
        ([ago(60, "room")], 5),
        ([ago(0, "contact"), ago(0, "times")], 50),
        ([ago(0, "contact"), ago(0, "contact", LIST)], 25),
        ([ago(4000)], 0),
    ],
)
def test_each_kind_of_fact_counts_by_its_weight(said: list[Confirmed], points: int) -> None:
    assert freshness.trust(said, TODAY) == points


def test_the_weights_add_up_to_a_hundred() -> None:
    assert sum(kind.weight for kind in freshness.KINDS.values()) == 100


@given(SOME)
def test_trust_is_between_none_and_all(said: list[Confirmed]) -> None:
    assert 0 <= freshness.trust(said, TODAY) <= 100


@given(SOME, SAID)
def test_one_more_confirmation_never_lowers_trust(said: list[Confirmed], more: Confirmed) -> None:
    assert freshness.trust([*said, more], TODAY) >= freshness.trust(said, TODAY)


@given(SOME, st.integers(1, 2000))
def test_trust_never_grows_by_waiting(said: list[Confirmed], days: int) -> None:
    assert freshness.trust(said, TODAY + timedelta(days=days)) <= freshness.trust(said, TODAY)


@given(SOME)
def test_the_order_in_which_things_were_said_is_nothing(said: list[Confirmed]) -> None:
    assert freshness.trust(said, TODAY) == freshness.trust(said[::-1], TODAY)


@given(FACTS, DAYS)
def test_a_list_is_never_believed_more_than_the_group(fact: str, on: date) -> None:
    by_list, by_group = (freshness.trust([Confirmed(fact, on, by)], TODAY) for by in (LIST, GROUP))
    assert by_list <= by_group


def test_a_day_that_has_not_come_yet_counts_as_today() -> None:
    assert freshness.trust([ago(-30)], TODAY) == 100


@given(SOME)
def test_a_listing_is_confirmed_since_the_older_of_what_one_needs_most(said: list[Confirmed]) -> None:
    contact = [each.on for each in said if each.fact in (WHOLE, "contact")]
    times = [each.on for each in said if each.fact in (WHOLE, "times")]
    expected = min(max(contact), max(times)) if contact and times else None
    assert freshness.confirmed_on(said) == expected


@pytest.mark.parametrize(
    ("facts", "is_high"),
    [
        ({}, False),
        ({"kinds": ["domestic-abuse-support"]}, True),
        ({"kinds": ["food-bank-and-pantry", "cooking"]}, True),
        ({"kinds": ["lunch-club"], "needs": ["food-access"]}, False),
        ({"needs": ["domestic-abuse"]}, True),
        ({"name": "Bramblewick Crisis Café"}, True),
        ({"name": "Women’s refuge"}, True),
        ({"name": "Suicide prevention line"}, True),
        ({"name": "The night shelter"}, True),
        ({"name": "Refugee choir"}, False),
    ],
)
def test_what_may_harm_when_it_is_wrong_is_known(facts: dict[str, object], is_high: bool) -> None:
    told = {"kinds": [], "needs": [], "name": "Tuesday lunch club", **facts}
    assert freshness.is_high_risk(**told) is is_high  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "added", "days_left"),
    [
        ([], 0, 180),
        ([], 179, 1),
        ([], 181, -1),
        ([ago(10)], 400, 170),
        ([ago(300)], 400, -120),
        ([ago(300)], 20, 160),
        ([ago(10, "contact")], 400, -220),
        ([ago(10, "contact"), ago(100, "times")], 400, 80),
        ([ago(10, "room")], 400, -220),
    ],
)
def test_a_high_risk_listing_is_offered_for_half_a_year(said: list[Confirmed], added: int, days_left: int) -> None:
    until = freshness.offered_until(said, added_on=TODAY - timedelta(days=added), is_high_risk=True)
    assert until == TODAY + timedelta(days=days_left)
    assert freshness.is_hidden(until, TODAY) is (days_left < 0)


def test_any_other_listing_is_never_hidden_for_its_age() -> None:
    assert freshness.offered_until([], added_on=date(2001, 1, 1), is_high_risk=False) is None
    assert not freshness.is_hidden(None, TODAY)
