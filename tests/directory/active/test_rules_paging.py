"""Pages of a feed: the last one, the next one, and a cursor that only goes forward."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.clients.documents import parsed
from linkworks.directory.rules.feeds import Dialect, NotAFeed, open_envelope
from linkworks.directory.rules.feeds.active import Cursor, Page, moved, open_page, paging, started

AT = "https://feed.example.org/session-series"
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ITEM = {"id": "1", "state": "updated", "kind": "SessionSeries", "modified": 5, "data": {}}


@pytest.mark.parametrize(
    ("items", "onwards", "address", "is_last"),
    [
        ([], AT, AT, True),
        ([], f"{AT}?afterTimestamp=5&afterId=1", f"{AT}?afterTimestamp=5&afterId=1", True),
        ([], f"{AT}?afterId=1&afterTimestamp=5", f"{AT}?afterTimestamp=5&afterId=1", True),
        ([], f"{AT}/?a=%31", f"{AT}?a=1", True),
        ([], "https://FEED.example.org/session-series", AT, True),
        ([], f"{AT}?afterTimestamp=6", f"{AT}?afterTimestamp=5", False),
        ([], None, AT, True),
        ([], "", AT, True),
        ([ITEM], f"{AT}?afterTimestamp=5&afterId=1", AT, False),
        ([ITEM], None, AT, False),
    ],
)
def test_the_last_page_is_empty_and_names_itself(items: list[Any], onwards: Any, address: str, is_last: bool) -> None:
    page = open_page({"items": items, "next": onwards, "license": "CC"}, address)
    assert (page.is_last, len(page.items), page.licence) == (is_last, len(items), "CC")


@pytest.mark.parametrize(
    ("onwards", "address"),
    [
        ("?afterTimestamp=5", f"{AT}?afterTimestamp=5"),
        ("/other?x=1", "https://feed.example.org/other?x=1"),
        (f" {AT}?a=1 ", f"{AT}?a=1"),
        ("https://elsewhere.example.org/a", "https://elsewhere.example.org/a"),
    ],
)
def test_the_next_page_may_be_named_from_here(onwards: str, address: str) -> None:
    assert open_page({"items": [ITEM], "next": onwards}, AT).next == address


@pytest.mark.parametrize(
    ("payload", "why"),
    [
        ([], "it is not an object"),
        ("items", "it is not an object"),
        ({}, "it is empty"),
        ({"contents": [], "page": 1}, "it has contents, page and no list of items"),
        ({"items": {"a": 1}, "next": AT}, "no list of items"),
        ({"items": [ITEM], "next": AT}, "goes round in a circle"),
        ({"items": [ITEM], "next": 7}, "next page is not an address"),
        ({"items": [ITEM], "next": ["a"]}, "next page is not an address"),
        ({"items": [ITEM], "next": "https://[::1"}, "next page is not an address"),
    ],
)
def test_what_is_no_page_is_said(payload: Any, why: str) -> None:
    with pytest.raises(NotAFeed, match=why):
        open_page(payload, AT)


def test_a_page_that_says_its_items_twice_is_not_guessed_at() -> None:
    with pytest.raises(NotAFeed, match="twice"):
        open_page(parsed(b'{"items": [], "next": "a", "items": [1]}'), AT)


def test_a_feed_of_activities_among_lists_of_services_says_where_it_belongs() -> None:
    with pytest.raises(NotAFeed, match="OpenActive"):
        open_envelope({"items": [ITEM], "next": AT, "license": ""})
    assert open_envelope({"contents": []}).dialect is Dialect.ORUK_3


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        (5, 5),
        ("5", 5),
        (0, 0),
        (2**63 - 1, 2**63 - 1),
        (2**63, None),
        (-1, None),
        (1.5, None),
        ("2026-11-22T09:00:00Z", None),
        ("9" * 40, None),
        ("٣", None),
        (True, None),
        (None, None),
        ([], None),
    ],
)
def test_where_an_item_stands(raw: Any, number: int | None) -> None:
    assert paging.number(raw) == number


def page(*modified: int, onwards: str = f"{AT}?next", is_last: bool = False) -> tuple[Page, list[int]]:
    return Page(tuple({"modified": each} for each in modified), onwards, "", is_last), list(modified)


class TestCursor:
    def test_it_moves_behind_what_was_read(self) -> None:
        cursor = moved(Cursor(AT, AT), *page(3, 5), NOW)
        assert (cursor.next, cursor.modified, cursor.is_whole, cursor.read_at) == (f"{AT}?next", 5, False, NOW)

    def test_the_same_number_again_is_no_step_back(self) -> None:
        assert moved(Cursor(AT, AT, modified=5), *page(5, 5, 6), NOW).modified == 6

    @pytest.mark.parametrize("behind", [[4], [6, 4], [9, 9, 0]])
    def test_a_page_from_before_is_refused(self, behind: list[int]) -> None:
        with pytest.raises(NotAFeed, match="goes backwards"):
            moved(Cursor(AT, AT, modified=5), *page(*behind), NOW)

    def test_an_empty_page_leaves_it_where_it_is(self) -> None:
        last = moved(Cursor(AT, f"{AT}?5", modified=5), *page(onwards="", is_last=True), NOW)
        assert (last.next, last.modified, last.is_whole) == (f"{AT}?5", 5, True)

    def test_once_whole_it_stays_whole(self) -> None:
        assert moved(Cursor(AT, AT, is_whole=True), *page(3), NOW).is_whole

    @pytest.mark.parametrize(
        ("known", "address", "round", "onwards", "is_whole"),
        [
            (None, AT, 1, AT, False),
            (Cursor(AT, f"{AT}?5", 5, 2, True, NOW), AT, 2, f"{AT}?5", True),
            (Cursor(AT, f"{AT}?5", 5, 2, True, NOW - timedelta(days=6, hours=23)), AT, 2, f"{AT}?5", True),
            (Cursor(AT, f"{AT}?5", 5, 2, True, NOW - timedelta(days=7, hours=1)), AT, 3, AT, False),
            (Cursor(AT, f"{AT}?5", 5, 2, True, NOW), f"{AT}/v2", 3, f"{AT}/v2", False),
            (Cursor(AT, f"{AT}?5", 5, 2, False, None), AT, 2, f"{AT}?5", False),
        ],
    )
    def test_where_a_reading_begins(
        self, known: Cursor | None, address: str, round: int, onwards: str, is_whole: bool
    ) -> None:
        cursor = started(known, address, NOW)
        assert (cursor.address, cursor.round, cursor.next, cursor.is_whole) == (address, round, onwards, is_whole)
        assert cursor.modified == (known.modified if known and round == known.round else 0)

    def test_it_is_kept_as_plain_values(self) -> None:
        cursor = Cursor(AT, f"{AT}?5", 5, 2, True, NOW)
        assert msgspec.convert(msgspec.to_builtins(cursor), Cursor) == cursor

    @given(st.lists(st.lists(st.integers(0, 50), max_size=5), max_size=8))
    def test_it_never_goes_back_whatever_pages_come(self, pages: list[list[int]]) -> None:
        cursor = Cursor(AT, AT)
        for each in pages:
            before = cursor.modified
            try:
                cursor = moved(cursor, *page(*each), NOW)
            except NotAFeed:
                assert min(each) < before
            assert cursor.modified >= before
