"""Two orders made one by reciprocal rank, and what is near in meaning: whatever the orders, these things hold."""

from itertools import pairwise
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core import meaning
from linkworks.core.clock import now
from linkworks.directory import queries
from linkworks.directory.models import ListingMeaning
from linkworks.directory.queries import meaning as nearest
from linkworks.directory.rules import saying
from linkworks.directory.rules.lay import CLEARLY, Heard, heard
from linkworks.directory.rules.matching import Candidate
from tests.factories import directory as make

ORDER = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8)
SOFT, CLEAR = "a bit of company", "skint and the bailiffs are at the door"
SAID = st.sampled_from([SOFT, CLEAR]).map(heard)


def test_the_two_sayings_are_what_they_are_taken_for() -> None:
    assert heard(SOFT).loudness < CLEARLY <= heard(CLEAR).loudness


@given(ORDER, ORDER, SAID)
def test_each_is_there_once_and_points_go_down(one: list[str], other: list[str], said: Heard) -> None:
    points = saying.merged(one, other, said)
    assert set(points) == {*one, *other}
    assert list(points.values()) == sorted(points.values(), reverse=True)
    assert all(each > 0 for each in points.values())


@given(ORDER, SAID)
def test_one_order_alone_stays_as_it_is(order: list[str], said: Heard) -> None:
    assert list(saying.merged(order, [], said)) == list(saying.merged([], order, said)) == order
    assert list(saying.merged(order, order, said)) == order, "nor does agreement change it"


@given(ORDER, ORDER, SAID)
def test_what_both_put_higher_is_higher(one: list[str], other: list[str], said: Heard) -> None:
    places = list(saying.merged(one, other, said))
    for first in set(one) & set(other):
        for second in set(one) & set(other):
            if one.index(first) < one.index(second) and other.index(first) < other.index(second):
                assert places.index(first) < places.index(second)


@given(ORDER, ORDER)
def test_while_the_words_are_faint_neither_order_weighs_more(one: list[str], other: list[str]) -> None:
    said = heard(SOFT)
    forth, back = saying.merged(one, other, said), saying.merged(other, one, said)
    assert forth.keys() == back.keys()
    assert all(forth[each] == pytest.approx(back[each]) for each in forth)


@given(ORDER.filter(bool), ORDER)
def test_clear_words_keep_their_first_place_unless_meaning_has_it_too_far_down(
    one: list[str], other: list[str]
) -> None:
    """A first place in words gives 2/11; the most that meaning gives a later one is 1/11, and second in words 2/12."""
    points = saying.merged(one, other, heard(CLEAR))
    unheard = [each for each in other if each not in one]
    assert all(points[one[0]] > points[each] for each in unheard)


@given(st.lists(st.tuples(st.floats(0.2, 1.0), st.one_of(st.none(), st.floats(0, 40))), min_size=1, max_size=12))
def test_of_those_about_as_alike_the_nearest_comes_first(told: list[tuple[float, float | None]]) -> None:
    some = [Candidate(id=UUID(int=at), name="", distance_km=far) for at, (_, far) in enumerate(told)]
    alike = {UUID(int=at): each for at, (each, _) in enumerate(told)}
    order = saying.alike_then_near(some, alike)
    assert {each.id for each in order} == set(alike)
    for first, second in pairwise(order):
        assert round(alike[first.id], 1) >= round(alike[second.id], 1)
        if round(alike[first.id], 1) == round(alike[second.id], 1):
            assert saying.kilometres(first) <= saying.kilometres(second)
    assert saying.alike_then_near(some[::-1], alike) == order, "however they came"


# ─── The nearest of the vectors that are kept ────────────────────────────────────────────────────────────────────────


def vector(*values: float) -> Any:
    made = np.zeros(meaning.NUMBERS, np.float32)
    made[: len(values)] = values
    return made


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is asked points along the first axis, so that a listing is as alike as its first number says."""
    nearest.forget()
    monkeypatch.setattr(nearest, "vector_of", lambda text: vector(1.0))


def keep(alike: float, model: str | None = None) -> UUID:
    id = make.service(name=f"Alike {alike}").id
    ListingMeaning.objects.update_or_create(
        service_id=id, defaults={"vector": vector(alike).tobytes(), "model": model or meaning.MODEL, "made_at": now()}
    )
    return id


@pytest.mark.usefixtures("asked", "everything")
class TestNearest:
    def near(self, limit: int = 10) -> dict[UUID, float]:
        return queries.nearest_in_meaning("anything", limit=limit)

    def test_the_most_alike_come_first_and_no_more_than_asked_for(self) -> None:
        ids = {alike: keep(alike) for alike in (0.4, 0.9, 0.6)}
        assert list(self.near()) == [ids[0.9], ids[0.6], ids[0.4]]
        assert list(self.near(limit=2)) == [ids[0.9], ids[0.6]]
        assert self.near(limit=0) == {}
        assert self.near()[ids[0.6]] == pytest.approx(0.6)

    @pytest.mark.parametrize(("alike", "is_near"), [(0.21, True), (0.19, False), (0.0, False), (-0.9, False)])
    def test_what_has_nothing_to_do_with_it_is_left_out(self, alike: float, is_near: bool) -> None:
        id = keep(alike)
        assert (id in self.near()) == is_near

    def test_vectors_of_another_model_are_not_compared(self) -> None:
        keep(0.9, model="an older one")
        assert self.near() == {}
        kept = keep(0.5)
        assert list(self.near()) == [kept]

    def test_they_are_read_once_until_one_comes_or_goes(self, django_assert_num_queries: Any) -> None:
        first, second = keep(0.9), keep(0.5)
        self.near()
        with django_assert_num_queries(1):
            assert list(self.near()) == [first, second]
        ListingMeaning.objects.filter(service=first).delete()
        with django_assert_num_queries(2):
            assert list(self.near()) == [second]

    def test_between_two_looks_nothing_is_asked(self, settings: Any, django_assert_num_queries: Any) -> None:
        keep(0.9)
        self.near()
        settings.MATCH_POLL_SECONDS = 60.0
        with django_assert_num_queries(0):
            assert len(self.near()) == 1

    def test_none_are_kept_and_none_are_near(self) -> None:
        assert self.near() == {}
