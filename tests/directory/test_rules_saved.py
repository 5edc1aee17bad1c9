"""What is kept of a saved list in somebody's browser, and what they may say when they ring."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.directory.rules import ringing, saved
from linkworks.directory.rules.ringing import Known
from linkworks.directory.rules.saved import MOST, SavedList

A, B, C = (UUID(int=number) for number in (1, 2, 3))
LISTS = st.builds(
    SavedList,
    st.lists(st.uuids(), max_size=MOST, unique=True).map(tuple),
    st.none() | st.uuids().filter(lambda each: each.int != 0),
)


@given(LISTS)
def test_what_is_written_is_read_again(kept: SavedList) -> None:
    assert saved.read(kept.written()) == kept
    assert len(kept.written()) <= (MOST + 1) * 23 < 4096, "it fits in a cookie"


@given(st.text(max_size=200))
def test_what_nobody_wrote_so_is_an_empty_list(text: str) -> None:
    kept = saved.read(text)
    assert len(kept.ids) <= MOST and (not text or saved.read(kept.written()) == kept)


@pytest.mark.parametrize("text", ["", ".", "x", "AAAAAAAAAAAAAAAAAAAAAA.", "é" * 22, "!" * 22])
def test_nonsense_is_nothing(text: str) -> None:
    assert saved.read(text) == SavedList()


def test_each_service_stands_once_in_the_order_it_was_saved() -> None:
    kept = SavedList().adding([A, B]).adding([A]).adding([C, C])
    assert kept.ids == (A, B, C)
    assert kept.without(B).ids == (A, C) and kept.without(B).without(B).ids == (A, C)
    assert SavedList((A,), shared=C).without(A) == SavedList((), shared=C)


def test_a_list_holds_only_so_many() -> None:
    full = SavedList().adding(uuid4() for _ in range(MOST))
    assert full.is_full and not SavedList((A,)).is_full
    assert full.adding([uuid4()]) == full
    longer = ".".join([full.written(), saved.short(A)])
    assert len(saved.read(longer).ids) == MOST


ALL_KNOWN = Known(ask_for="Dot", still_runs=True, has_next=True, has_place=True, has_cost=True)
NEVER_LEFT_OUT = [ringing.OPENING, "Is there room for somebody new?", "What should I bring, and who will meet me?"]


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        (ALL_KNOWN, "Could I speak to Dot, please?"),
        (Known(), "Is it still running?"),
        (Known(), "When is the next one I can come to?"),
        (Known(), "Where do I go?"),
        (Known(), "What does it cost?"),
        (Known(is_full=True), "Is there a waiting list? How long is it?"),
    ],
)
def test_what_the_listing_leaves_open_is_asked(known: Known, asked: str) -> None:
    said = ringing.to_say(known)
    assert asked in said and said[0] == ringing.OPENING


def test_what_the_listing_tells_is_not_asked() -> None:
    assert [each for each in ringing.to_say(ALL_KNOWN) if "Dot" not in each] == NEVER_LEFT_OUT
    assert "Is there room for somebody new?" not in ringing.to_say(Known(is_full=True))
