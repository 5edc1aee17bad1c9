"""The parts that finding by columns is made of, each held against the slow and plain way."""

from dataclasses import replace
from random import Random
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from bench import asked
from linkworks.core import vocabulary
from linkworks.core.clock import today
from linkworks.directory import queries
from linkworks.directory.queries.finding import wish_of
from linkworks.directory.queries.index import answer, arrays, ids, points
from linkworks.directory.queries.index import shelves as shelving
from linkworks.directory.queries.index.columns import build
from linkworks.directory.queries.index.ranking import best
from linkworks.directory.queries.index.said import weighed
from linkworks.directory.queries.index.shelves import Shelves, shelved
from linkworks.directory.rules import matching
from linkworks.directory.rules.matching import Wish

FEW = st.integers(0, 3)
NUMBERS = st.lists(st.integers(0, 40), unique=True, max_size=20).map(sorted)


@given(st.lists(st.tuples(FEW, FEW, st.integers(0, 500)), min_size=1, max_size=300), st.integers(0, 30))
def test_the_best_are_the_first_of_all_in_order(rows: list[tuple[int, int, int]], how_many: int) -> None:
    keys = [np.array(column) for column in zip(*rows, strict=True)]
    found = [rows[place] for place in best(min(how_many, len(rows)), keys).tolist()]
    assert found == sorted(rows)[: min(how_many, len(rows))]


@given(NUMBERS, NUMBERS)
def test_what_is_in_both_is_found_in_both(one: list[int], other: list[int]) -> None:
    first, second = arrays.where(np.array(one, np.int64), np.array(other, np.int64))
    assert [one[at] for at in first] == [other[at] for at in second] == sorted(set(one) & set(other))


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 99)), max_size=40))
def test_lists_keep_each_keys_values_in_order(pairs: list[tuple[int, int]]) -> None:
    keys, values = (np.array([pair[at] for pair in pairs], np.int64) for at in (0, 1))
    found = arrays.gathered(keys, values, 6)
    for key in range(6):
        assert found.under(key).tolist() == [value for each, value in pairs if each == key]


@given(st.lists(st.text(max_size=12), max_size=8))
def test_texts_come_back_as_they_were(some: list[str]) -> None:
    some = [each.encode("utf-8", "ignore").decode() for each in some]
    kept = arrays.texts(some)
    assert [kept.text(number) for number in range(len(some))] == some


@pytest.mark.parametrize("group", ids.lists())
def test_ids_have_a_bit_and_a_number_of_their_own(group: str) -> None:
    listed = ids.lists()[group]
    assert len(listed) <= 64
    assert ids.named(group, ids.mask(group, listed)) == listed
    assert len({*ids.numbers(group, listed)}) == len(listed)
    assert ids.mask(group, ["no-such-id"]) == 0 and ids.numbers(group, ["no-such-id"]) == []


def test_no_two_ids_are_counted_as_one() -> None:
    every = [number for group, listed in ids.lists().items() for number in ids.numbers(group, listed)]
    assert len(every) == len(set(every)) == ids.how_many() - 1
    assert 0 not in every, "nought fills the rows up"


@pytest.mark.parametrize("text", ["tea", "tea tea tea", "tea and cake, cake and tea and a walk with tea", "walk " * 30])
def test_a_stem_weighs_what_postgresql_says(db: None, text: str) -> None:
    """One stem asked for: its rank there, before it is scaled, is the weight kept here divided by PostgreSQL's limit."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ts_rank(v, to_tsquery('english', 'tea'))::float8, v::text FROM (SELECT setweight(to_tsvector('english',"
            " %s), 'A') || setweight(to_tsvector('english', %s), 'C') AS v) made",
            [text, text],
        )
        rank, vector = cursor.fetchone()
    places = [each.split(":")[1] for each in vector.split(" ") if each.startswith("'tea'")]
    kept = weighed("".join(letter for letter in places[0] if not letter.isdigit()))[0] if places else 0.0
    assert kept / 1.64493406685 == pytest.approx(rank, rel=1e-6)


@pytest.fixture(scope="module")
def shelves() -> Shelves:
    return shelved(asked.directory(300))


WISHES = [
    Wish(today=today(), needs=("housing",), is_near=True, within_km=8.0, age=40),
    Wish(today=today(), needs=("loneliness", "bereavement"), languages=("bn",), access_needs=("step-free",)),
    Wish(today=today(), offered=("connected",), age=90),
    Wish(today=today(), is_near=True, within_km=3.0, languages=("so", "en")),
]


@pytest.mark.parametrize("wish", WISHES)
def test_points_and_must_haves_are_those_that_are_published(shelves: Shelves, wish: Wish) -> None:
    """Each listing's points, order and place among what fits are what `rules/matching.py` says of it alone, to the last bit."""
    near = (51.5074, -0.1278) if wish.is_near else None
    looking = queries.Looking(needs=wish.needs, near=near, within_km=60.0 if near else None, is_goal=True)
    found = answer(shelves, points_question(looking), wish)
    fitting, missed = found[:1000], found.not_shown(1000)
    assert fitting and missed
    assert all(matching.why_not(each, wish) is None for each in fitting)
    assert all(matching.why_not(each, wish) for each in missed)
    for some, weighed_ in ((fitting, found.weighed), (missed, found.missed)):
        assert [each.id for each in some] == [
            each.id for each in sorted(some, key=lambda each: matching.sort_key(each, wish))
        ]
        by_id = {shelves.id(row): float(weighed_.points[place]) for place, row in enumerate(weighed_.rows.tolist())}
        assert by_id == {each.id: matching.score(each, wish) for each in some}


def points_question(looking: queries.Looking) -> Any:
    from linkworks.directory.queries.index.question import Question

    return Question(looking=looking)


@pytest.mark.parametrize("seed", range(6))
def test_what_changed_stands_as_if_all_had_been_read_anew(shelves: Shelves, seed: int) -> None:
    dice = Random(seed)
    listed = {each.id: each for each in asked.directory(300)}
    touched = dice.sample(sorted(listed), 30)
    gone, renamed = set(touched[:10]), touched[10:]
    for id in renamed:
        listed[id] = listed[id]._replace(
            name=f"{dice.choice('ABCXYZ')} {listed[id].name}", places_taken=0, capacity_places=5
        )
    new = list(asked.directory(5, seed=seed + 1))
    now = {id: each for id, each in listed.items() if id not in gone} | {each.id: each for each in new}
    changed = shelves.changed(
        [*touched, *(each.id for each in new)], [now[each] for each in [*renamed, *(x.id for x in new)]]
    )
    anew = shelved(now.values())
    assert len(changed) == len(anew) == len(now)
    for question in asked.questions(25, seed=seed):
        wish = wish_of(question.looking)
        one, other = answer(changed, question, wish), answer(anew, question, wish)
        assert (len(one), one.ids(), one.counts) == (len(other), other.ids(), other.counts)
        assert one.within(1.0, 5.0) == other.within(1.0, 5.0)


def test_listings_are_found_by_their_id(shelves: Shelves) -> None:
    for row in range(len(shelves.large)):
        assert shelves.large.row_of(shelves.id(row)) == row
    assert shelves.large.row_of(UUID(int=5)) is None
    assert build(()).row_of(UUID(int=5)) is None


def test_an_empty_directory_answers_nothing() -> None:
    empty = shelved(())
    for question in asked.questions(30):
        found = answer(empty, question, wish_of(question.looking))
        assert (len(found), found[:20], found.not_shown(8)) == (0, [], [])
    everything = answer(empty, points_question(queries.Looking()), wish_of(queries.Looking()))
    assert sum(everything.counts["needs"].values()) == 0
    assert points.NOTHING.only(np.zeros(0, np.bool_)) is points.NOTHING


@pytest.mark.parametrize("group", ["needs", "categories", "access_needs", "languages"])
def test_each_count_is_how_many_are_left_when_it_is_chosen(shelves: Shelves, group: str) -> None:
    looking = queries.Looking()
    whole = answer(shelves, points_question(looking), wish_of(looking)).counts[group]
    for each in list(vocabulary.LISTS[group])[:8]:
        value: Any = each if group == "categories" else (each,)
        chosen = replace(looking, **{"category" if group == "categories" else group: value})
        assert len(answer(shelves, points_question(chosen), wish_of(chosen))) == whole[each]


def test_what_is_kept_of_listings_is_what_would_be_told_now_and_no_more_than_agreed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    columns = build(asked.directory(30))
    fresh = [shelving.told(build(asked.directory(30)), at) for at in range(30)]
    monkeypatch.setattr(shelving, "MOST_TOLD", 7)
    for at in [*range(30), *range(30)]:
        assert shelving.told(columns, at) == fresh[at]
        assert len(columns.told) <= 7
