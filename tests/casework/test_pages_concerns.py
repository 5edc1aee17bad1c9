"""The list of safeguarding concerns: the longest waiting first, found by name, in pages."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from linkworks.casework.models import Concern
from linkworks.core import clock
from tests.cast import Cast
from tests.factories import casework as make

ADDRESS = reverse("casework:concerns")


@pytest.fixture
def lead(cast: Cast) -> Any:
    return cast.client(cast.safeguarding_lead)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def raised(cast: Cast, name: str, days_ago: int, **changes: Any) -> Concern:
    found: Concern = make.concern(cast, make.active(cast, given_name=name))
    Concern.objects.filter(pk=found.pk).update(raised_at=clock.now() - timedelta(days=days_ago), **changes)
    return found


def test_nobody_waits(lead: Any) -> None:
    assert "No concerns here" in text(lead.get(ADDRESS))


def test_who_waits_longest_is_first_and_closed_ones_stand_apart(cast: Cast, lead: Any) -> None:
    for name, days_ago, state in (
        ("Ada", 1, "raised"),
        ("Bea", 9, "acknowledged"),
        ("Cyd", 20, "closed"),
        ("Dot", 30, "closed"),
    ):
        raised(cast, name, days_ago, state=state, what_was_done="Spoke with her." if state == "closed" else "")
    page, closed = text(lead.get(ADDRESS)), text(lead.get(ADDRESS, {"state": "closed"}))
    assert page.index("Bea Marlow") < page.index("Ada Marlow")
    assert "Cyd" not in page
    assert closed.index("Cyd Marlow") < closed.index("Dot Marlow")
    assert "Ada" not in closed


@pytest.mark.parametrize(
    ("words", "found"), [("ada", True), ("ada marlow", True), ("marlow ada", True), ("adam", False)]
)
def test_found_by_name(cast: Cast, lead: Any, words: str, found: bool) -> None:
    raised(cast, "Ada", 1)
    page = text(lead.get(ADDRESS, {"q": words}))
    assert ("Ada Marlow" in page) is found
    assert ("Nothing was found" in page) is not found


def test_many_come_in_pages_that_keep_what_was_asked_and_queries_do_not_grow(
    cast: Cast, lead: Any, django_assert_max_num_queries: Any
) -> None:
    case = make.active(cast)
    first: Concern = make.concern(cast, case)
    everything = {
        each.attname: getattr(first, each.attname) for each in Concern._meta.concrete_fields if each.name != "id"
    }
    Concern.objects.bulk_create(
        Concern(**everything | {"raised_at": clock.now() - timedelta(days=day)}) for day in range(60)
    )
    lead.get(ADDRESS)
    with django_assert_max_num_queries(14):
        page = text(lead.get(ADDRESS, {"q": "marlow"}))
    assert "of 61" in page
    assert re.search(r"\?[^\"]*q=marlow[^\"]*page=2|\?page=2[^\"]*q=marlow", page)
    assert "Read and answer" in text(lead.get(ADDRESS, {"q": "marlow", "page": "3"}))


def test_a_long_concern_shows_in_the_list_that_there_is_more(cast: Cast, lead: Any) -> None:
    raised(cast, "Ada", 1, what_happened="word " * 80)
    assert "word word…" in text(lead.get(ADDRESS))
