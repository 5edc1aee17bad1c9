"""A group meant for one trouble never stands above one meant for the trouble somebody has."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core import vocabulary
from linkworks.directory.rules import matching
from linkworks.directory.rules.matching import MEANT_FOR, Candidate, Wish

TODAY = date(2026, 11, 22)
BEREAVEMENT = {"kinds": ("bereavement-support",), "needs": ("bereavement", "loneliness", "low-mood")}
ADDICTION = {"kinds": ("addiction-support",), "needs": ("substance-use", "low-mood", "loneliness")}
LUNCH = {"kinds": ("lunch-club",), "needs": ("loneliness", "food-access")}


def candidate(**facts: Any) -> Candidate:
    return Candidate(**{"id": uuid4(), "name": "A group", "has_place": True, **facts})


def best(*found: Candidate, **asked: Any) -> tuple[str, ...]:
    wish = Wish(today=TODAY, within_km=8.0, is_near=True, **asked)
    return tuple(each.kinds[0] for each in sorted(found, key=lambda each: matching.sort_key(each, wish)))


def test_the_words_of_the_vocabulary() -> None:
    assert set(MEANT_FOR) <= set(vocabulary.KINDS) and set(MEANT_FOR.values()) <= set(vocabulary.NEEDS)


@pytest.mark.parametrize(
    "needs", [("bereavement",), ("loneliness", "bereavement"), ("low-mood", "loneliness", "bereavement")]
)
def test_next_door_with_room_and_freshly_checked_an_addiction_group_still_comes_after(needs: tuple[str, ...]) -> None:
    near = candidate(**ADDICTION, distance_km=0.1, capacity_places=9, trust=100)
    far = candidate(**BEREAVEMENT, distance_km=7.9, is_guessed=True)
    lunch = candidate(**LUNCH, distance_km=7.9, is_guessed=True)
    assert best(near, far, lunch, needs=needs) == ("bereavement-support", "lunch-club", "addiction-support")


def test_for_whom_it_is_meant_it_comes_first() -> None:
    near, far = candidate(**BEREAVEMENT, distance_km=0.1), candidate(**ADDICTION, distance_km=7.0)
    assert best(near, far, needs=("substance-use", "loneliness")) == ("addiction-support", "bereavement-support")


def test_asked_for_in_words_it_is_not_put_last() -> None:
    asked_for = candidate(**ADDICTION, word_rank=0.8, has_all_words=True)
    assert best(asked_for, candidate(**LUNCH), needs=("loneliness",), words="gambling")[0] == "addiction-support"


def test_without_needs_nothing_is_for_others() -> None:
    assert not matching.meant_for_others(candidate(**ADDICTION), Wish(today=TODAY))


def test_a_group_for_two_situations_is_for_either() -> None:
    both = candidate(kinds=("carers-support", "bereavement-support"), needs=("caring",))
    assert not matching.meant_for_others(both, Wish(today=TODAY, needs=("bereavement",)))


@given(
    needs=st.lists(st.sampled_from(list(vocabulary.NEEDS)), unique=True, min_size=1, max_size=4).map(tuple),
    kinds=st.lists(st.sampled_from(list(vocabulary.KINDS)), unique=True, max_size=3).map(tuple),
    far=st.floats(0, 8),
)
def test_whatever_it_is_a_group_for_this_need_is_never_below_one_for_another(
    needs: tuple[str, ...], kinds: tuple[str, ...], far: float
) -> None:
    wish = Wish(today=TODAY, needs=needs, is_near=True, within_km=8.0)
    fitting = candidate(kinds=tuple(kind for kind, need in MEANT_FOR.items() if need in needs)[:1], distance_km=8.0)
    other = candidate(kinds=kinds, needs=tuple(vocabulary.NEEDS), distance_km=far, capacity_places=5)
    if matching.meant_for_others(other, wish):
        assert matching.sort_key(fitting, wish) < matching.sort_key(other, wish)
