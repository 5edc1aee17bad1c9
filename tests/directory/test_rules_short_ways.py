"""What is done the short way, because it is done for every part of every listing, gives what the long way gives."""

import gc
from datetime import date, time
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core.apps import YOUNG
from linkworks.directory.rules.document import has_value, tidied
from linkworks.directory.rules.published_places import part_id

PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4) | st.decimals(0, 9)
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
)


@given(st.uuids(), st.text(max_size=30), st.integers() | st.text(max_size=30))
def test_the_id_of_a_part_is_the_one_that_the_standard_gives(service: UUID, kind: str, number: object) -> None:
    expected = str(uuid5(service, f"{kind}:{number}"))
    assert part_id(SimpleNamespace(id=service), kind, number) == expected
    assert part_id(SimpleNamespace(id=str(service)), kind, number) == expected


def test_parts_of_one_listing_have_ids_of_their_own() -> None:
    service = SimpleNamespace(id=UUID(int=7))
    ids = {part_id(service, kind, number) for kind in ("phone", "schedule", "location") for number in range(300)}
    assert len(ids) == 900
    assert all(str(UUID(each)) == each and UUID(each).version == 5 for each in ids)


def slowly(value: Any) -> bool:
    return not any(value == nothing and type(value) is type(nothing) for nothing in (None, "", [], {}))


@given(VALUES)
def test_only_nothing_is_left_out_of_a_document(value: Any) -> None:
    assert has_value(value) == slowly(value)


KEPT = {
    "no": False,
    "none": 0,
    "a free visit": Decimal("0.00"),
    "midnight": time(0),
    "a day": date(2026, 11, 22),
    "half": 0.5,
}


@pytest.mark.parametrize("name", KEPT)
def test_no_nought_and_midnight_are_told(name: str) -> None:
    assert tidied({"told": KEPT[name], "empty": "", "list": [], "object": {"nothing": None}}) == {"told": KEPT[name]}


def test_python_looks_for_circles_as_often_as_suits_thousands_of_rows() -> None:
    assert gc.isenabled()
    assert gc.get_threshold()[0] == YOUNG
