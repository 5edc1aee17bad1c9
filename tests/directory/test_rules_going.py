"""A listing's times, places and prices as rows: put in, taken out, marked, kept as text, and compared with a feed's."""

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.directory.rules import editing, going
from linkworks.directory.rules.facts import AccessFacts, CostFacts, PlaceFacts, SessionFacts

NEEDS = ["step-free", "hearing-loop", "quiet-space"]
AMOUNTS = st.one_of(st.none(), st.decimals(0, 900, places=2))
COSTS = st.lists(st.builds(CostFacts, option=st.text(max_size=5), amount=AMOUNTS), max_size=4).map(tuple)
ACCESS = st.lists(st.builds(AccessFacts, st.text(max_size=5), st.sampled_from(["", *NEEDS])), max_size=3).map(tuple)
PLACES = st.lists(
    st.builds(
        PlaceFacts,
        address_1=st.text(max_size=5),
        latitude=st.one_of(st.none(), st.floats(-90, 90)),
        accessibility=ACCESS,
    ),
    max_size=3,
).map(tuple)
SESSIONS = st.lists(
    st.builds(
        SessionFacts,
        byday=st.sampled_from(["MO", "TU"]),
        opens_at=st.one_of(st.none(), st.times()),
        valid_to=st.one_of(st.none(), st.dates()),
        place=st.one_of(st.none(), st.integers(0, 2)),
    ),
    max_size=5,
).map(tuple)
EVERY = st.one_of(
    COSTS.map(lambda rows: ("costs", rows)),
    PLACES.map(lambda rows: ("places", rows)),
    SESSIONS.map(lambda rows: ("sessions", rows)),
)


@given(EVERY)
def test_what_is_kept_in_a_version_or_the_history_comes_back_the_same(case: tuple[str, Any]) -> None:
    part, rows = case
    assert going.told(part, going.plain(rows)) == rows
    assert going.read(part, going.written(rows)) == rows


@given(COSTS, COSTS)
def test_the_mark_is_another_for_other_rows(one: Any, other: Any) -> None:
    assert (going.mark(one) == going.mark(other)) is (going.plain(one) == going.plain(other))


@given(COSTS, st.data())
def test_rows_are_counted_from_one(rows: Any, data: st.DataObject) -> None:
    new = CostFacts(option="new")
    assert going.put(rows, None, new) == (*rows, new)
    if rows:
        number = data.draw(st.integers(1, len(rows)))
        changed, fewer = going.put(rows, number, new), going.put(rows, number, None)
        assert changed[number - 1] == new and len(changed) == len(rows)
        assert fewer == tuple(each for at, each in enumerate(rows, start=1) if at != number)
        assert [each for at, each in enumerate(changed, start=1) if at != number] == list(fewer)


@given(SESSIONS, st.integers(1, 3))
def test_a_place_that_goes_takes_its_times_and_the_others_still_point_right(rows: Any, number: int) -> None:
    names = ["one", "two", "three"]
    left_names = [each for at, each in enumerate(names, start=1) if at != number]
    left = going.without_place(rows, number)
    before = [(each.byday, names[each.place] if each.place is not None else None) for each in rows]
    after = [(each.byday, left_names[each.place] if each.place is not None else None) for each in left]
    assert after == [each for each in before if each[1] != names[number - 1]]


@given(st.lists(st.sampled_from([*NEEDS, "toilets"]), unique=True), PLACES, PLACES)
def test_access_follows_the_places(needs: list[str], before: Any, after: Any) -> None:
    found = going.access_after(needs, before, after)
    assert len(set(found)) == len(found)
    assert set(going.given(after)) <= set(found)
    assert set(found) - set(going.given(after)) == set(needs) - set(going.given(before)) - set(going.given(after))


@pytest.mark.parametrize(
    ("part", "feed", "kept", "is_other"),
    [
        ("costs", (CostFacts(amount=Decimal("3.50")),), (CostFacts(amount=Decimal("3.50")),), False),
        ("costs", (CostFacts(amount=Decimal("3.50")),), (CostFacts(amount=Decimal("4.00")),), True),
        ("costs", (), (CostFacts(),), True),
        ("sessions", (SessionFacts(opens_at=time(9)),), (SessionFacts(opens_at=time(10)),), True),
        ("sessions", (SessionFacts(valid_to=date(2026, 1, 1)),), (SessionFacts(valid_to=date(2026, 1, 1)),), False),
        (
            "places",
            (PlaceFacts(address_1="9 High Road", postcode="SE155DD", latitude=51.4),),
            (PlaceFacts(address_1="9 High Road", postcode="SE15 5DD", latitude=51.5, borough_code="E1"),),
            False,
        ),
        ("places", (PlaceFacts(address_1="9 High Road"),), (PlaceFacts(address_1="8 High Road"),), True),
        (
            "places",
            (PlaceFacts(accessibility=(AccessFacts("Level entrance", "step-free"),)),),
            (PlaceFacts(accessibility=(AccessFacts("Ramp", "step-free"),)),),
            False,
        ),
        ("places", (PlaceFacts(),), (PlaceFacts(), PlaceFacts()), True),
    ],
)
def test_a_feed_says_something_else_only_when_a_person_would_notice(
    part: str, feed: Any, kept: Any, is_other: bool
) -> None:
    assert going.differ(part, feed, kept) is is_other
    told = editing.kept_against({part: feed}, {part: kept})
    assert (going.LABELS[part] in told) is is_other


def test_nothing_is_written_as_nothing() -> None:
    assert going.written(()) == "" and going.read("costs", "") == ()


def test_each_part_is_told_confirmed_and_named() -> None:
    assert set(going.TOLD_BY) == set(going.LABELS) == set(going.CONFIRMS) == set(going.WORDS.values())
