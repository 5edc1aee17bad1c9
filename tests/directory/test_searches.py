"""What found nothing is counted without a trace of who looked, and read only when many looked for the same."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core import clock
from linkworks.core.actor import PUBLIC
from linkworks.core.clock import now
from linkworks.core.errors import NotAllowed
from linkworks.directory import actions, jobs, queries
from linkworks.directory.models import EmptySearch
from linkworks.directory.rules import searches
from tests.cast import Cast
from tests.factories import directory as make

pytestmark = pytest.mark.usefixtures("everything")


def look(words: str, *, times: int = 1, hours_apart: int = 2) -> None:
    for number in range(times):
        with clock.at(now() + timedelta(hours=number * hours_apart)):
            actions.note_empty_search(words, by=PUBLIC)


def kept() -> list[tuple[str, int]]:
    return list(EmptySearch.objects.order_by("times").values_list("words", "times"))


def test_rare_words_stand_as_a_code() -> None:
    look("Amina Khan of Peckham", times=4)
    assert kept() == [("", 4)]
    row = EmptySearch.objects.get()
    assert "amina" not in " ".join(str(getattr(row, each.attname)) for each in row._meta.concrete_fields).lower()


def test_words_that_many_look_for_can_be_read() -> None:
    look("Beekeeping", times=5)
    assert kept() == [("beekeeping", 5)]


@pytest.mark.parametrize("telling", ["07700 900123", "amina@example.org", "flat 4b rye lane"])
def test_what_looks_like_somebodys_details_is_never_read(telling: str) -> None:
    look(telling, times=9)
    assert kept() == [("", 9)]


def test_looking_again_within_the_hour_counts_once() -> None:
    look("Beekeeping", times=9, hours_apart=0)
    assert kept() == [("", 1)]


def test_the_same_words_written_otherwise_are_the_same() -> None:
    look(" Bee-keeping!")
    with clock.at(now() + timedelta(hours=3)):
        look("bee-keeping")
    assert kept() == [("", 2)]


@pytest.mark.parametrize("words", ["", "   ", "?!"])
def test_no_words_are_no_search(words: str) -> None:
    look(words)
    assert kept() == []


@given(st.text(max_size=300))
def test_any_words_fit(words: str) -> None:
    assert len(searches.tidy(words)) <= searches.LONGEST
    assert searches.code_of(words, "secret") == searches.code_of(searches.tidy(words), "secret")
    assert searches.code_of(words, "secret") != searches.code_of(words, "another")


def test_what_nobody_looks_for_is_forgotten(cast: Cast) -> None:
    look("Beekeeping")
    with clock.at(now() + timedelta(days=89)):
        jobs.weigh()
    assert kept()
    with clock.at(now() + timedelta(days=91)):
        jobs.weigh()
    assert not kept()
    with pytest.raises(NotAllowed):
        actions.forget_old_searches(by=cast.actor(cast.link_worker))


def test_the_finding_page_counts_what_it_did_not_find_and_nothing_else(client: Client) -> None:
    make.service()
    for words in ("lunch", "", "xylophones for badgers"):
        assert client.get(reverse("directory:find"), {"q": words}).status_code == 200
    assert kept() == [("", 1)]


class TestMissing:
    def page(self, cast: Cast) -> str:
        return cast.client(cast.steward).get(reverse("directory:steward-missing")).content.decode()

    def test_stewards_read_what_was_looked_for_in_vain(self, cast: Cast) -> None:
        look("Beekeeping", times=5)
        look("Amina Khan")
        shown = self.page(cast)
        assert "beekeeping" in shown and "1 rarer search found nothing" in shown
        assert "amina" not in shown.lower()

    def test_a_need_without_a_listing_in_a_borough_is_named(self, cast: Cast) -> None:
        make.service(places=(make.place(borough_code="E09000028"),), needs=("loneliness",))
        shown = self.page(cast)
        assert "Southwark: 33 needs" in shown and "money worries" in shown
        (missing,) = queries.needs_by_borough(cast.actor(cast.steward)).values()
        assert "loneliness" not in missing

    def test_others_are_told_nothing(self, cast: Cast) -> None:
        look("Beekeeping", times=5)
        make.service()
        who = cast.actor(cast.link_worker)
        assert queries.empty_searches(who) == ([], 0)
        assert queries.needs_by_borough(who) == {}

    @pytest.mark.parametrize("boroughs", [1, 3])
    def test_statements_do_not_grow(self, cast: Cast, boroughs: int, django_assert_max_num_queries: Any) -> None:
        for number in range(boroughs):
            make.service(name=f"{number}", places=(make.place(borough_code=f"E0900000{number + 1}"),))
        client = cast.client(cast.steward)
        with django_assert_max_num_queries(15):
            client.get(reverse("directory:steward-missing"))
