"""Long lists come in pages, and nothing else the address says is lost."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from linkworks.ui import paging
from tests.ui.pages import sent, show


def test_the_first_page_is_shown_when_none_is_asked_for() -> None:
    page = paging.paginate(sent(), range(60), per_page=25)
    assert list(page) == list(range(25))
    assert (page.first, page.last, page.total) == (1, 25, 60)
    assert "previous" not in page.links
    assert page.links["next"] == {"href": "?page=2"}


@pytest.mark.parametrize(("asked", "number"), [("2", 2), ("99", 3), ("0", 3), ("-1", 3), ("rubbish", 1)])
def test_a_page_that_is_not_there_gives_one_that_is(asked: str, number: int) -> None:
    assert paging.paginate(sent(page=asked), range(60)).number == number


def test_links_keep_the_search_and_the_filters() -> None:
    page = paging.paginate(sent(q="sewing & tea", need=["a", "b"], page="2"), range(60))
    assert page.links["previous"]["href"] == "?q=sewing+%26+tea&need=a&need=b&page=1"
    assert page.keep == [("q", "sewing & tea"), ("need", "a"), ("need", "b")]


def test_an_empty_list_is_one_page_of_nothing() -> None:
    page = paging.paginate(sent(), [])
    assert (page.total, page.first, page.last, page.many) == (0, 0, 0, False)


def test_only_the_rows_on_the_page_are_presented() -> None:
    presented: list[int] = []
    page = paging.paginate(
        sent(page="2"), range(60), per_page=10, present=lambda row: presented.append(row) or str(row)
    )
    assert presented == list(range(10, 20))
    assert page.items[0] == "10"


@given(total=st.integers(1, 2000), asked=st.integers(1, 80))
def test_page_numbers_rise_show_both_ends_and_hide_no_single_page(total: int, asked: int) -> None:
    page = paging.paginate(sent(page=str(asked)), range(total))
    shown = [link.get("number") for link in page.links["items"]]
    numbers = [number for number in shown if number]
    assert numbers == sorted(set(numbers))
    assert numbers[0] == 1
    assert numbers[-1] == page.pages
    assert [link["number"] for link in page.links["items"] if link.get("current")] == [page.number]
    gaps = [(shown[i - 1], shown[i + 1]) for i, number in enumerate(shown) if number is None]
    assert all(after - before > 2 for before, after in gaps)


def test_pagination_is_shown_only_when_there_is_more_than_one_page() -> None:
    assert show("{{ ui.pagination(page) }}", page=paging.paginate(sent(), range(5))).text == ""
    shown = show("{{ ui.pagination(page) }}", page=paging.paginate(sent(page="2"), range(60)))
    assert "Previous page" in shown.text
    assert shown.one("a", **{"aria-current": "page"})["href"] == "?page=2"


@given(
    kept=st.dictionaries(st.sampled_from(["view", "state", "worker", "need"]), st.text(max_size=8)),
    words=st.text(min_size=1, max_size=12),
)
def test_clearing_the_search_keeps_view_and_filters(kept: dict[str, str], words: str) -> None:
    page = paging.paginate(sent(**kept, q=words, page="3"), range(90))
    assert QueryDict(page.without_search.removeprefix("?")).dict() == kept


VIEWS = {"": "All", "held": "Held back", "gone": "Gone"}


@pytest.mark.parametrize("chosen", [*VIEWS, "nonsense"])
def test_the_views_of_a_list_are_links_of_which_one_is_current(chosen: str) -> None:
    links = paging.views("view", chosen, VIEWS, {"": 9, "held": 0})
    assert [each["label"] for each in links] == list(VIEWS.values())
    assert [each["href"] for each in links] == ["?", "?view=held", "?view=gone"]
    assert [each["current"] for each in links] == [value == chosen for value in VIEWS]
    assert [each["count"] for each in links] == [9, 0, None], "none is a number, and not known is none"


def test_views_keep_what_else_was_asked() -> None:
    hrefs = [each["href"] for each in paging.views("view", "", VIEWS, q="men & tea", kind="")]
    assert hrefs == ["?q=men+%26+tea", "?view=held&q=men+%26+tea", "?view=gone&q=men+%26+tea"]


@given(
    asked=st.dictionaries(st.sampled_from(["q", "need", "day"]), st.text(max_size=12), max_size=3),
    number=st.integers(1, 40),
)
def test_the_bar_made_once_leads_where_the_links_say_whatever_was_asked_for(asked: dict[str, str], number: int) -> None:
    page = paging.paginate(sent(**asked, page=str(number)), range(1000))
    shown = show("{{ ui.pagination(page) }}", page=page)
    numbered = [each["href"] for each in page.links["items"] if "href" in each]
    beside = [page.links[end]["href"] for end in ("previous", "next") if end in page.links]
    assert sorted(str(each["href"]) for each in shown.all("a")) == sorted(numbered + beside)
    for address in numbered:
        led = QueryDict(address.removeprefix("?"), mutable=True)
        led.pop("page")
        assert led == QueryDict(page.query)


def test_what_is_asked_for_cannot_break_out_of_the_bar() -> None:
    page = paging.Page(items=(), total=60, number=1, pages=3, per_page=20, query='q="><script>alert(1)</script>')
    assert "<script" not in show("{{ ui.pagination(page) }}", page=page).html
