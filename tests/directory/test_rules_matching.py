"""Why a service is offered, why another is not, and in which order."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core import vocabulary
from linkworks.directory.rules import matching
from linkworks.directory.rules.matching import Candidate, Wish

TODAY = date(2026, 11, 22)
NEEDS = st.lists(st.sampled_from(list(vocabulary.NEEDS)), unique=True, max_size=5).map(tuple)
ACCESS = st.lists(st.sampled_from(list(vocabulary.ACCESS_NEEDS)), unique=True, max_size=4).map(tuple)


def candidate(**facts: Any) -> Candidate:
    return Candidate(**{"id": uuid4(), "name": "Lunch club", "has_place": True, **facts})


def wish(**asked: Any) -> Wish:
    return Wish(**{"today": TODAY, **asked})


@pytest.mark.parametrize(
    ("facts", "asked", "why"),
    [
        ({"is_referable": False}, {}, "Does not take people from link workers"),
        ({"minimum_age": 50}, {"age": 49}, "For people aged 50 and over"),
        ({"minimum_age": 50}, {"age": 50}, None),
        ({"maximum_age": 25}, {"age": 26}, "For people aged 25 and under"),
        ({"minimum_age": 50}, {}, None),
        ({}, {"access_needs": ("step-free",)}, "Not known to be step-free"),
        ({"access_needs": ("step-free",)}, {"access_needs": ("step-free",)}, None),
        ({"languages": ("en",)}, {"languages": ("bn",)}, None),
        ({"distance_km": 5.0}, {"is_near": True, "within_km": 4.0}, "Too far: 3.1 miles away"),
        ({"distance_km": 4.0}, {"is_near": True, "within_km": 4.0}, None),
        ({}, {"is_near": True, "within_km": 4.0}, "We do not know where it is"),
        ({"has_place": False}, {"is_near": True, "within_km": 4.0}, None),
        ({"capacity_places": 8, "places_taken": 8}, {}, "Full"),
        ({"capacity_places": 8, "places_taken": 7}, {}, None),
        ({"capacity_places": 0}, {}, "Full"),
        ({"categories": ("nature",)}, {"offered": ("arts",)}, "Not a kind of support your scheme offers"),
        ({"categories": ("nature", "arts")}, {"offered": ("arts",)}, None),
        ({"categories": ("nature",)}, {}, None),
        ({"categories": ()}, {"offered": ("arts",)}, None),
    ],
)
def test_what_rules_a_service_out(facts: dict[str, Any], asked: dict[str, Any], why: str | None) -> None:
    assert matching.why_not(candidate(**facts), wish(**asked)) == why


@pytest.mark.parametrize(
    ("spoken", "wanted", "said"),
    [
        (("en",), ("bn",), ["Not known to be in Bengali: ask for an interpreter"]),
        (("en", "bn"), ("bn",), ["In Bengali"]),
        ((), ("en", "bn"), []),
        ((), ("bn",), ["Not known to be in Bengali: ask for an interpreter"]),
        (("en",), (), []),
    ],
)
def test_a_language_is_said_and_never_rules_out(
    spoken: tuple[str, ...], wanted: tuple[str, ...], said: list[str]
) -> None:
    assert matching.language_words(candidate(languages=spoken), wish(languages=wanted)) == said
    assert matching.why_not(candidate(languages=spoken), wish(languages=wanted)) is None


@pytest.mark.parametrize(
    ("facts", "points"),
    [
        ({"is_guessed": True}, 0),
        ({}, 1),
        ({"needs": ("loneliness",)}, 11),
        ({"needs": ("loneliness", "nature")}, 21),
        ({"word_rank": 0.5}, 11),
        ({"word_rank": 7.0}, 21),
        ({"distance_km": 0.0}, 11),
        ({"distance_km": 4.0}, 6),
        ({"distance_km": 9.0}, 1),
        ({"capacity_places": 5}, 4),
        ({"trust": 100}, 5),
        ({"trust": 25}, 2),
    ],
)
def test_the_published_score(facts: dict[str, Any], points: float) -> None:
    asked = wish(needs=("loneliness", "nature"), words="lunch", is_near=True, within_km=8.0)
    assert matching.score(candidate(**facts), asked) == pytest.approx(points)


@given(NEEDS, NEEDS)
def test_one_more_need_met_never_ranks_lower(asked: tuple[str, ...], met: tuple[str, ...]) -> None:
    question = wish(needs=asked)
    for need in asked:
        better = tuple({*met, need})
        assert matching.score(candidate(needs=better), question) >= matching.score(candidate(needs=met), question)


@given(st.floats(0, 50), st.floats(0, 50), st.floats(0.1, 20))
def test_nearer_never_ranks_lower(one: float, other: float, within: float) -> None:
    near, far = sorted([one, other])
    asked = wish(is_near=True, within_km=within)
    same = UUID(int=0)
    assert matching.sort_key(candidate(id=same, distance_km=near), asked) <= matching.sort_key(
        candidate(id=same, distance_km=far), asked
    )


@given(ACCESS, ACCESS)
def test_what_somebody_must_have_is_never_traded(asked: tuple[str, ...], offered: tuple[str, ...]) -> None:
    ruled_out = matching.why_not(candidate(access_needs=offered), wish(access_needs=asked))
    assert (ruled_out is None) == (set(asked) <= set(offered))


def test_reasons_are_plain_words_without_ids() -> None:
    fits = candidate(
        needs=("loneliness",), distance_km=0.65, access_needs=("step-free",), languages=("en", "bn"), capacity_places=4
    )
    asked = wish(needs=("loneliness", "benefits"), access_needs=("step-free",), languages=("bn", "en"))
    assert matching.reasons(fits, asked) == (
        "Helps with loneliness",
        "0.4 miles away",
        "Step-free access",
        "In Bengali",
        "Has room",
    )


def test_words_are_a_reason_when_no_need_is() -> None:
    said, alike = candidate(own_words=matching.SAID), candidate(own_words=matching.ALIKE)
    assert matching.reasons(said, wish(words="knit")) == ("Matches “knit”",)
    assert matching.reasons(said, wish(words="knit purl")) == ("Matches part of “knit purl”",)
    assert matching.reasons(alike, wish(words="knitt")) == ("Its name is like “knitt”",)
    assert matching.reasons(candidate(), wish(words="knit")) == ()


@given(NEEDS, ACCESS, st.text(max_size=60))
def test_reasons_can_always_be_said(needs: tuple[str, ...], access: tuple[str, ...], words: str) -> None:
    said = matching.reasons(
        candidate(needs=needs, access_needs=access, word_rank=0.1), wish(needs=needs, access_needs=access, words=words)
    )
    assert all(each and "-only" not in each for each in said)


def test_what_only_helps_with_the_need_behind_the_words_says_so() -> None:
    told = matching.reasons(candidate(needs=("creativity",), word_rank=0.4), wish(words="singing"))
    assert told == (f"Is for: {vocabulary.NEEDS['creativity'].short}",)
    assert matching.reasons(candidate(needs=("housing",), word_rank=0.4), wish(words="singing")) == ()


def test_saying_the_words_itself_comes_before_any_points() -> None:
    asked = wish(words="singing", is_near=True, within_km=8.0)
    only_need = candidate(name="a", word_rank=1.0, distance_km=0.0, capacity_places=5)
    ordered = [candidate(name=str(own), own_words=own, distance_km=8.0) for own in (3, 2, 1)] + [only_need]
    muddled = [ordered[place] for place in (3, 1, 2, 0)]
    assert sorted(muddled, key=lambda each: matching.sort_key(each, asked)) == ordered


def test_a_word_of_the_goal_counts_for_less_than_a_need() -> None:
    asked = wish(needs=("creativity", "loneliness"))
    speaks = candidate(needs=("creativity",), goal_words=("sing",))
    assert matching.score(speaks, asked) > matching.score(candidate(needs=("creativity",)), asked)
    assert matching.score(speaks, asked) < matching.score(candidate(needs=asked.needs), asked)
    assert "Speaks of “sing”, as in the goal" in matching.reasons(speaks, asked)
    helps = candidate(needs=("creativity",), goal_needs=("skills-learning",))
    assert matching.score(helps, asked) == matching.score(speaks, asked)
    assert matching.helps(candidate(goal_words=("sing",), goal_needs=("creativity",)), wish()) == [
        "Speaks of “sing”, as in the goal"
    ]
    ruled_out = candidate(goal_words=("sing",), is_referable=False)
    assert matching.why_not(ruled_out, asked) is not None
