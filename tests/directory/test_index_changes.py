"""Finding by columns without a database: what one listing is found by, and what a change of it does and leaves alone."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import asked
from linkworks.core.clock import today
from linkworks.directory.queries import Looking
from linkworks.directory.queries.finding import wish_of
from linkworks.directory.queries.index import Answers, Question, answer
from linkworks.directory.queries.index.columns import Columns, build
from linkworks.directory.queries.index.listed import Listed
from linkworks.directory.queries.index.shelves import Shelves, shelved
from linkworks.directory.rules.day_parts import TIMES
from linkworks.directory.rules.matching import Wish
from linkworks.organisations.rules.places import boroughs, metres_between

PECKHAM, CAMDEN, CROYDON = (51.4737, -0.0693), (51.5390, -0.1426), (51.3762, -0.0982)
SOUTHWARK, ELSEWHERE = sorted(boroughs())[:2]
NEEDS, ACCESS, LANGUAGES = ["loneliness", "housing", "nature"], ["step-free", "hearing-loop"], ["en", "bn"]


def one(number: int = 1, **facts: Any) -> Listed:
    """A listing of which nothing is known but what is said here."""
    bare = Listed(
        id=UUID(int=number), name=f"Group {number:02}", needs=[], kinds=[], categories=[], access_needs=[], languages=[],
        minimum_age=None, maximum_age=None, capacity_places=None, places_taken=0, is_referable=True, is_guessed=False,
        trust=0, wait_weeks=None, words="", places=[], boroughs=[], times=[], is_free=False, changes_on=None,
    )  # fmt: skip
    return bare._replace(**facts)


def put(shelves: Shelves, looking: Looking, **wished: Any) -> Answers:
    wish = wish_of(looking)
    return answer(shelves, Question(looking=looking), Wish(**{key: getattr(wish, key) for key in FIELDS} | wished))


FIELDS = Wish.__struct_fields__


def found(some: Iterable[Listed], looking: Looking, **wished: Any) -> list[int]:
    return [each.int for each in put(shelved(some), looking, **wished).ids()]


# ─── Each fact of one listing ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("asked_for", "has", "lacks"),
    [
        ({"needs": ("housing",)}, {"needs": ["loneliness", "housing"]}, {"needs": ["loneliness"]}),
        ({"needs": ("housing", "nature")}, {"needs": ["nature"]}, {"needs": []}),
        ({"access_needs": ("step-free", "hearing-loop")}, {"access_needs": ACCESS}, {"access_needs": ["step-free"]}),
        ({"languages": ("bn",)}, {"languages": ["en", "bn"]}, {"languages": ["en"]}),
        ({"category": "connected"}, {"categories": ["connected"]}, {"categories": []}),
        ({"times": ("TU", "TH-evening")}, {"times": ["TH", "TH-evening"]}, {"times": ["TH", "TH-morning"]}),
        (
            {"place_kinds": ("library", "park")},
            {"place_kinds": ["health", "park"]},
            {"place_kinds": ["health", "hospital"]},
        ),
        ({"place_kinds": ("health",)}, {"place_kinds": ["health", "hospital"]}, {"place_kinds": []}),
        ({"is_free": True}, {"is_free": True}, {"is_free": False}),
        ({"near": PECKHAM, "within_km": 1.0}, {"places": [CAMDEN, PECKHAM]}, {"places": [CAMDEN, CROYDON]}),
        ({"near": PECKHAM, "within_km": 1.0}, {"places": [PECKHAM]}, {"places": []}),
        ({"near": PECKHAM, "within_km": 1.0, "needs": ("housing",)}, {"needs": ["housing"]}, {"needs": ["nature"]}),
    ],
)
def test_a_question_finds_what_has_it_and_not_what_lacks_it(
    asked_for: dict[str, Any], has: dict[str, Any], lacks: dict[str, Any]
) -> None:
    assert found([one(1, **has), one(2, **lacks)], Looking(**asked_for)) == [1]


@pytest.mark.parametrize("group", ["needs", "access_needs", "languages", "times", "place_kinds"])
def test_an_id_that_is_no_longer_in_the_vocabulary_finds_nothing_and_breaks_nothing(group: str) -> None:
    every = [one(1, needs=["loneliness", "gone-long-ago"], languages=["en"], access_needs=["step-free"], times=["MO"])]
    assert found(every, Looking(**{group: ("gone-long-ago",)})) == []
    assert found(every, Looking()) == [1]


@pytest.mark.parametrize(
    ("facts", "wished", "fits"),
    [
        ({"minimum_age": 18, "maximum_age": 25}, {"age": 18}, True),
        ({"minimum_age": 18, "maximum_age": 25}, {"age": 25}, True),
        ({"minimum_age": 18}, {"age": 17}, False),
        ({"maximum_age": 25}, {"age": 26}, False),
        ({}, {"age": 120}, True),
        ({"capacity_places": 8, "places_taken": 8}, {}, False),
        ({"capacity_places": 0}, {}, False),
        ({"capacity_places": 8, "places_taken": 7}, {}, True),
        ({"is_referable": False}, {}, False),
        ({"categories": ["connected"]}, {"offered": ("connected",)}, True),
        ({"categories": ["creative"]}, {"offered": ("connected",)}, False),
        ({"categories": []}, {"offered": ("connected",)}, True),
        ({"access_needs": ["step-free"]}, {"access_needs": ("step-free",)}, True),
        ({"access_needs": []}, {"access_needs": ("step-free",)}, False),
    ],
)
def test_a_goal_keeps_apart_what_a_must_have_rules_out(
    facts: dict[str, Any], wished: dict[str, Any], fits: bool
) -> None:
    answers = put(shelved([one(1, needs=["housing"], **facts)]), Looking(needs=("housing",), is_goal=True), **wished)
    assert (len(answers), len(answers.not_shown(8))) == ((1, 0) if fits else (0, 1))


def test_somebody_who_only_looks_sees_what_is_full_and_who_takes_no_referrals() -> None:
    assert found([one(1, capacity_places=0), one(2, is_referable=False)], Looking()) == [1, 2]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"trust": 90}, {"trust": 10}),
        ({"capacity_places": 5, "places_taken": 4}, {"capacity_places": 5, "places_taken": 5}),
        ({"capacity_places": 5}, {}),
        ({}, {"is_guessed": True}),
        ({"needs": ["housing", "nature"]}, {"needs": ["housing"], "trust": 100, "capacity_places": 1}),
        ({"places": [PECKHAM]}, {"places": [CAMDEN]}),
        ({"places": [CROYDON, PECKHAM]}, {"places": [CAMDEN]}),
        ({"places": [CAMDEN]}, {"kinds": ["carers-support"], "places": [PECKHAM], "trust": 100}),
    ],
)
def test_the_better_comes_first_whichever_was_read_first(better: dict[str, Any], worse: dict[str, Any]) -> None:
    looking = Looking(needs=("housing", "nature"), near=PECKHAM, within_km=30.0)
    first, second = one(2, **{"needs": ["housing"], **better}), one(1, **{"needs": ["housing"], **worse})
    assert found([first, second], looking) == found([second, first], looking) == [2, 1]


def test_what_is_equal_goes_by_name_whatever_its_capitals_then_by_id() -> None:
    names = {1: "beta", 2: "Alpha", 3: "ALPHA", 4: "Émile", 5: "alphabet"}
    listed = [one(number, name=name) for number, name in names.items()]
    assert found(listed, Looking()) == found(reversed(listed), Looking()) == [2, 3, 5, 1, 4]


@given(st.lists(st.tuples(st.floats(51.3, 51.7), st.floats(-0.5, 0.3)), min_size=1, max_size=4), st.floats(0.5, 30.0))
def test_the_nearest_place_decides_how_far_it_is(places: list[tuple[float, float]], within_km: float) -> None:
    nearest = min(metres_between(PECKHAM, each) for each in places) / 1000
    if abs(nearest - within_km) < 1e-6:
        return
    answers = put(shelved([one(1, places=places)]), Looking(near=PECKHAM, within_km=within_km))
    assert len(answers) == (nearest <= within_km)
    assert all(each.distance_km == pytest.approx(nearest, abs=1e-9) for each in answers[:1])


def test_a_place_nobody_put_on_the_map_is_a_place_of_unknown_distance() -> None:
    listed = [one(1, places=[(None, None)]), one(2, places=[])]
    near = Looking(near=PECKHAM, within_km=5.0, needs=())
    assert found(listed, near) == []
    first, second = put(shelved(listed), Looking(near=PECKHAM))[:2]
    assert (first.has_place, first.distance_km) == (True, None)
    assert (second.has_place, second.distance_km) == (False, None)


def test_facets_count_a_listing_once_however_many_places_and_boroughs_it_has() -> None:
    listed = [
        one(1, places=[PECKHAM, CAMDEN], boroughs=[SOUTHWARK, ELSEWHERE], is_free=True, capacity_places=2),
        one(2, places=[PECKHAM], boroughs=[SOUTHWARK], capacity_places=2, places_taken=2, needs=["housing", "housing"]),
    ]
    counts = put(shelved(listed), Looking()).counts
    assert (counts["boroughs"][SOUTHWARK], counts["boroughs"][ELSEWHERE]) == (2, 1)
    assert (counts["is_free"]["yes"], counts["has_room"]["yes"], counts["needs"]["housing"]) == (1, 1, 1)


# ─── Columns are a matter of what they were made of, and of nothing else ─────────────────────────────────────────────


def flat(columns: Columns) -> list[Any]:
    arrays = [columns.uuids, columns.by_id, columns.order, columns.counted, columns.standing, columns.placeless]
    arrays += [columns.flat[name] for name in sorted(columns.flat)]
    places, postings = columns.places, columns.postings
    arrays += [places.latitude, places.longitude, places.rows, postings.starts, postings.rows, postings.weights]
    return [each.tolist() for each in arrays] + [postings.stems, columns.name_words.words]


def test_columns_made_twice_are_the_same() -> None:
    listed = list(asked.directory(80, seed=3))
    assert flat(build(listed)) == flat(build(iter(listed)))
    assert flat(build(listed)) != flat(build(listed[1:]))


def same(one: Shelves, other: Shelves, seed: int = 5) -> bool:
    """Whether some questions are answered alike: which, in which order, how many of each kind, and how near."""

    def told(shelves: Shelves, question: Question) -> Any:
        found = answer(shelves, question, wish_of(question.looking))
        return found.ids(), found.counts, found.within(1.0, 4.0), [each.name for each in found[:5]]

    everything = [Question(looking=Looking()), *asked.questions(12, seed=seed)]
    return len(one) == len(other) and all(told(one, each) == told(other, each) for each in everything)


@pytest.mark.parametrize("seed", range(4))
def test_a_change_that_is_changed_back_leaves_no_trace(seed: int) -> None:
    dice, listed = Random(seed), list(asked.directory(60, seed=seed))
    before = shelved(listed)
    some = dice.sample(listed, 9)
    ids = [each.id for each in some]
    other = [each._replace(name="Something else", needs=[], places=[CROYDON], words="", trust=0) for each in some]
    changed = before.changed(ids, other)
    assert not same(changed, before), "the change is seen"
    assert same(changed.changed(ids, some), before)
    assert same(before.changed(ids, []).changed(ids, some), before), "hidden and brought back"
    assert same(before, shelved(listed)), "nor was what others still hold touched"


@pytest.mark.parametrize("seed", range(4))
def test_changes_one_by_one_are_as_good_as_all_at_once(seed: int) -> None:
    dice = Random(seed)
    listed = {each.id: each for each in asked.directory(50, seed=seed)}
    one_by_one = shelved(listed.values())
    for _ in range(25):
        id = dice.choice([*listed, UUID(int=dice.getrandbits(128), version=4)])
        if id in listed and dice.random() < 0.4:
            del listed[id]
        else:
            listed[id] = next(asked.directory(1, seed=dice.getrandbits(30)))._replace(id=id)
        one_by_one = one_by_one.changed({id}, [listed[id]] if id in listed else [])
    assert same(one_by_one, shelved(listed.values()), seed)


def test_one_that_came_and_went_again_is_nowhere() -> None:
    before = shelved([one(1), one(2)])
    came = before.changed({UUID(int=9)}, [one(9, name="Aardvarks")])
    assert [each.int for each in put(came, Looking()).ids()] == [9, 1, 2]
    went = came.changed({UUID(int=9)}, [])
    assert [each.int for each in put(went, Looking()).ids()] == [1, 2]
    assert (len(came), len(went), went.fresh) == (3, 2, {})


def test_to_take_away_what_was_never_there_takes_nothing_away() -> None:
    before = shelved([one(1), one(2)])
    assert same(before.changed({UUID(int=77), UUID(int=0)}, []), before)


def test_what_was_read_for_showing_is_kept_of_all_but_what_changed() -> None:
    shelves = replace(shelved([one(1), one(2)]), details={UUID(int=1): "read", UUID(int=2): "read"})
    after = shelves.changed({UUID(int=1)}, [one(1, name="New")])
    assert after.details == {UUID(int=2): "read"}
    assert set(shelves.details) == {UUID(int=1), UUID(int=2)}, "who looks at the older data meanwhile loses nothing"


def test_ids_whose_first_halves_are_equal_are_told_apart() -> None:
    """As rows are looked up by the first half of an id."""
    twins = [one((7 << 64) + second) for second in (3, 1, 2)]
    shelves = shelved(twins)
    assert [shelves.large.row_of(each.id) for each in twins] == [0, 1, 2]
    assert shelves.large.row_of(UUID(int=(7 << 64) + 9)) is None
    assert [each.int & 15 for each in put(shelves.changed({twins[1].id}, []), Looking()).ids()] == [2, 3]


@given(st.lists(st.text("abcé ", max_size=4), max_size=8), st.lists(st.text("abcé ", max_size=4), max_size=4))
def test_new_names_stand_among_the_old_as_if_all_were_sorted(old: list[str], new: list[str]) -> None:
    before = [one(number, name=name) for number, name in enumerate(old, 1)]
    came = [one(number, name=name) for number, name in enumerate(new, 100)]
    shelves = shelved(before).changed({each.id for each in came}, came)
    wanted = sorted([*before, *came], key=lambda each: (each.name.lower(), str(each.id)))
    assert put(shelves, Looking()).ids() == [each.id for each in wanted]


LISTED = st.builds(
    one,
    needs=st.lists(st.sampled_from(NEEDS), unique=True),
    access_needs=st.lists(st.sampled_from(ACCESS), unique=True),
    languages=st.lists(st.sampled_from(LANGUAGES), unique=True),
    times=st.lists(st.sampled_from(TIMES[:3]), unique=True),
    is_free=st.booleans(),
)
LOOKING = st.builds(
    Looking,
    needs=st.lists(st.sampled_from(NEEDS), unique=True, max_size=2).map(tuple),
    access_needs=st.lists(st.sampled_from(ACCESS), unique=True, max_size=2).map(tuple),
    languages=st.lists(st.sampled_from(LANGUAGES), unique=True, max_size=1).map(tuple),
    times=st.lists(st.sampled_from(TIMES[:3]), unique=True, max_size=2).map(tuple),
    is_free=st.booleans(),
)


def holds(each: Listed, looking: Looking) -> bool:
    """The same in plain words: of needs and times any, of access and languages all."""

    def any_of(wanted: Sequence[str], has: Sequence[str]) -> bool:
        return not wanted or bool(set(wanted) & set(has))

    must = set(looking.access_needs) <= set(each.access_needs) and set(looking.languages) <= set(each.languages)
    may = any_of(looking.needs, each.needs) and any_of(looking.times, each.times)
    return must and may and (each.is_free or not looking.is_free)


@given(st.lists(LISTED, max_size=10), LOOKING)
def test_what_is_found_is_what_holds_read_one_by_one(some: list[Listed], looking: Looking) -> None:
    listed = [each._replace(id=UUID(int=number)) for number, each in enumerate(some, 1)]
    answers = put(shelved(listed), looking)
    wanted = {each.id for each in listed if holds(each, looking)}
    assert set(answers.ids()) == wanted
    for need in NEEDS:
        assert answers.counts["needs"][need] == sum(need in each.needs for each in listed if each.id in wanted)


def test_a_page_beyond_the_last_is_empty_and_pages_add_up() -> None:
    answers = put(shelved(asked.directory(45, seed=8)), Looking())
    pages = [answers[start : start + 20] for start in range(0, 80, 20)]
    assert [len(each) for each in pages] == [20, 20, 5, 0]
    assert [each.id for page in pages for each in page] == answers.ids()


def test_tomorrow_is_of_no_account_until_it_comes() -> None:
    """A listing keeps the day on which something of it changes as a number; of no change it keeps one that never comes."""
    columns = build([one(1, changes_on=today() + timedelta(days=1)), one(2)])
    days = columns.flat["changes_on"]
    assert np.flatnonzero(days <= today().toordinal()).tolist() == []
    assert np.flatnonzero(days <= today().toordinal() + 1).tolist() == [0]
