"""What a person is never ranks anything: age, access and whom a group is for only decide whether it fits. No database."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from linkworks.directory.presenters import order
from linkworks.directory.queries import Seeking
from linkworks.directory.rules import fitting, matching, weights
from linkworks.directory.rules.matching import Candidate, Wish
from tests.directory.test_rules_fitting import WISHES, service, services, wish

# The nine of the Equality Act 2010, and what often stands for one of them.
PROTECTED = (
    "age", "disab", "gender", "sex", "race", "ethnic", "national", "religio", "belief", "faith", "orientation", "marri",
    "civil", "pregnan", "matern", "pronoun", "birth", "born", "person_name", "postcode", "borough",
)  # fmt: skip
# What the directory is told for a goal, and nothing more: with what for.
TOLD = {
    "needs": "points", "words": "points", "goal_words": "points", "enjoys": "points", "near": "points",
    "within_km": "points and a must-have",
    "languages": "points", "times": "points and a must-have", "can_pay": "points and a must-have",
    "age": "a must-have", "access_needs": "a must-have", "only_for": "a must-have", "offered": "a must-have",
    "advice": "a must-have",
    "recently": "the order among equals", "without": "what they said no to",
}  # fmt: skip
BESIDE_WHOM = {"age": 70, "access_needs": ("step-free",), "only_for": ("women-only",)}


def test_the_directory_is_told_this_much_of_a_person_and_no_more() -> None:
    assert set(Seeking.__dataclass_fields__) == set(TOLD)
    told = {*TOLD} - {"age"}
    assert not [name for name in told if any(name.startswith(each) for each in PROTECTED)]


def test_nothing_that_is_counted_is_what_somebody_is() -> None:
    ids = {each.id for each in weights.TABLE}
    assert not ids & {"age", "access", "whom"}
    assert not [id for id in ids if any(each in id for each in PROTECTED if each != "age")]
    assert {name for name, use in TOLD.items() if use == "a must-have"} <= {
        "age",
        "access_needs",
        "only_for",
        "offered",
        "advice",
    }


@pytest.mark.parametrize("about", sorted(BESIDE_WHOM))
@given(services(), WISHES)
def test_points_are_the_same_whoever_they_are(about: str, some: list[Candidate], asked: Wish) -> None:
    """With another age, access need or answer to whom it must be for, each service has the points that it had."""
    other = altered(asked, **{about: BESIDE_WHOM[about]})
    for each in some:
        assert fitting.parts(each, asked) == fitting.parts(each, other)
        assert fitting.sort_key(each, asked) == fitting.sort_key(each, other)


@pytest.mark.parametrize("about", sorted(BESIDE_WHOM))
@given(services(), WISHES)
def test_what_fits_both_stands_in_the_same_order_for_both(about: str, some: list[Candidate], asked: Wish) -> None:
    other = altered(asked, **{about: BESIDE_WHOM[about]})
    here, there = fitting.sort_out(some, asked).fits, fitting.sort_out(some, other).fits
    both = {each.id for each in here} & {each.id for each in there}
    assert [each.id for each in here if each.id in both] == [each.id for each in there if each.id in both]


@given(services(), st.integers(0, 120), st.sampled_from(["bn", "so", "bfi"]))
def test_a_language_only_ever_lifts_and_never_rules_out(some: list[Candidate], age: int, language: str) -> None:
    plain, spoken = wish(age=age), wish(age=age, languages=(language,))
    with_it = [service(each.name, languages=(language,)) for each in some]
    for each in (*some, *with_it):
        assert fitting.failed(each, plain) == fitting.failed(each, spoken)
        assert fitting.score(each, plain) <= fitting.score(each, spoken)


@given(services(), WISHES)
def test_whom_a_group_is_for_gives_it_no_points(some: list[Candidate], asked: Wish) -> None:
    for each in some:
        women = service(each.name, **{**told(each), "for_whom": ("women-only", "faith-based")})
        assert fitting.score(women, asked) == fitting.score(each, asked)


def altered(asked: Wish, **other: Any) -> Wish:
    return wish(**{**told(asked), **other})


def told(one: Any) -> dict[str, Any]:
    left_out = () if isinstance(one, Wish) else ("id", "name")
    return {name: getattr(one, name) for name in one.__struct_fields__ if name not in left_out}


def test_the_published_words_say_what_never_counts() -> None:
    text = order.document()
    for said in ("## What never counts", "ethnicity", "religion", "The directory is not told"):
        assert said in text, said
    assert list(order.page()["never"]) == [*order.NEVER]


def test_whose_group_it_is_for_is_said_by_the_person_and_never_guessed() -> None:
    """Nothing of the person fills it in: an empty answer asks for nobody in particular."""
    women = service("Women’s choir", for_whom=("women-only",))
    assert fitting.failed(women, wish(only_for=())) == ()
    assert matching.why_not(women, wish(only_for=())) is None


# A wish that asks for more, and what it asks for more of: what fits it fits the wish without that as well.
MORE = [
    {"times": ("TU-morning",)}, {"can_pay": Decimal(0)}, {"age": 70}, {"access_needs": ("step-free",)}, {"only_for": ("women-only",)},
    {"within_km": 1.0}, {"offered": ("creative",)},
]  # fmt: skip


@given(services(), WISHES, st.sampled_from(MORE))
def test_who_asks_for_less_never_loses_what_fitted(some: list[Candidate], asked: Wish, more: dict[str, Any]) -> None:
    free = {
        "times": (),
        "can_pay": None,
        "age": None,
        "access_needs": (),
        "only_for": (),
        "within_km": 2.0,
        "offered": (),
    }
    less = altered(asked, **{name: free[name] for name in more})
    strict = {each.id for each in fitting.sort_out(some, altered(asked, **more)).fits}
    assert strict <= {each.id for each in fitting.sort_out(some, less).fits}


BETTER = [{"is_free": True}, {"wait_weeks": 0}, {"trust": 100}, {"distance_km": 0.1}, {"recently": 0}, {"goal_words": ("eat",)},
          {"enjoyed": ("trains",)}, {"capacity_places": 9, "places_taken": 0}]  # fmt: skip


@given(services(), WISHES, st.sampled_from(BETTER), st.integers(0, 9))
def test_a_group_that_gets_better_never_loses_its_place(
    some: list[Candidate], asked: Wish, better: dict[str, Any], which: int
) -> None:
    """Nobody is punished for a shorter wait, a lower price or a listing that was checked."""
    before = fitting.sort_out(some, asked).fits
    if not before:
        return
    one = before[which % len(before)]
    after = fitting.sort_out([structs.replace(each, **better) if each == one else each for each in some], asked).fits
    places = [[each.id for each in fits].index(one.id) for fits in (before, after)]
    assert places[1] <= places[0]
    for each in some:
        assert fitting.sort_key(structs.replace(each, **better), asked) <= fitting.sort_key(each, asked), (
            "nor would it alone"
        )


@given(services(), WISHES, st.integers(1, 50))
def test_sending_more_people_somewhere_never_brings_it_forward(some: list[Candidate], asked: Wish, more: int) -> None:
    before = fitting.sort_out(some, asked).fits
    for place, one in enumerate(before):
        busy = [structs.replace(each, recently=each.recently + more) if each == one else each for each in some]
        after = [each.id for each in fitting.sort_out(busy, asked).fits]
        assert after.index(one.id) >= place
        others = [each.id for each in before if each.id != one.id]
        assert [id for id in after if id != one.id] == others, "the others keep their order"
