"""Answers and change, held against slow and obvious ways of counting, over many made-up people."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core.errors import Invalid
from linkworks.outcomes import presenters, queries, rules
from linkworks.outcomes.rules import Answered

ONS4 = queries.measure("ons4")
IDS = [each.id for each in ONS4.items]
START = date(2026, 9, 1)
answers = st.none() | st.integers(0, 10)
sets = st.fixed_dictionaries(dict.fromkeys(IDS, answers))
histories = st.lists(sets, max_size=5).map(
    lambda said: [Answered(START + timedelta(weeks=n), each) for n, each in enumerate(said)]
)
people = st.lists(histories, max_size=7)


@given(histories)
def test_dates_belong_to_the_answers_they_are_shown_with(past):
    for change in rules.pair_all(ONS4, past):
        by_day = {each.on: each.answers[change.item] for each in past}
        if change.first is not None:
            assert by_day[change.first_on] == change.first
        if change.last is not None:
            assert by_day[change.last_on] == change.last
            assert change.first_on < change.last_on


@given(histories)
def test_what_is_missing_and_what_was_given_are_everything_that_was_asked(past):
    for change in rules.pair_all(ONS4, past):
        given_to_it = [each for each in past if each.answers[change.item] is not None]
        assert change.missing + len(given_to_it) == change.asked == len(past)
        assert change.is_paired == (len(given_to_it) >= 2)
        assert (change.change is None) == (not change.is_paired)


@given(histories, st.integers(0, 5))
def test_being_asked_and_not_answering_changes_no_answer(past, after):
    """A form left empty between two answers must not move the first or the last."""
    at = min(after, len(past))
    empty = Answered(START, dict.fromkeys(IDS))
    padded = [*past[:at], empty, *past[at:]]
    for before, now in zip(rules.pair_all(ONS4, past), rules.pair_all(ONS4, padded), strict=True):
        assert (now.first, now.last, now.change, now.better) == (
            before.first,
            before.last,
            before.change,
            before.better,
        )
        assert now.missing == before.missing + 1


@given(histories)
def test_answers_in_the_middle_never_count(past):
    ends = past if len(past) < 3 else [past[0], past[-1]]
    if any(None in each.answers.values() for each in ends):
        return
    whole, short = rules.pair_all(ONS4, past), rules.pair_all(ONS4, ends)
    assert [each.change for each in whole] == [each.change for each in short]


@given(people)
def test_the_order_of_people_changes_nothing(crowd):
    there, back = rules.summarise(ONS4, crowd), rules.summarise(ONS4, reversed(crowd))
    assert (there.asked, there.paired, there.missing) == (back.asked, back.paired, back.missing)
    for one, other in zip(there.items, back.items, strict=True):
        assert (one.n, one.better, one.same, one.worse) == (other.n, other.better, other.same, other.worse)
        assert one.mean_change == pytest.approx(other.mean_change)


@given(people, people)
def test_two_crowds_together_are_both(one, other):
    both = rules.summarise(ONS4, [*one, *other])
    apart = [rules.summarise(ONS4, each) for each in (one, other)]
    assert both.asked == sum(each.asked for each in apart)
    assert both.paired == sum(each.paired for each in apart)
    for place, item in enumerate(both.items):
        parts = [each.items[place] for each in apart]
        assert item.n == sum(each.n for each in parts)
        total = sum(each.n * (each.mean_change or 0) for each in parts)
        assert item.mean_change == (pytest.approx(total / item.n) if item.n else None)


@given(people)
def test_a_mean_change_is_the_mean_at_the_end_less_the_mean_at_the_start(crowd):
    for item in rules.summarise(ONS4, crowd).items:
        if item.n:
            assert item.mean_change == pytest.approx(item.mean_last - item.mean_first)
            assert -10 <= item.mean_change <= 10
        else:
            assert item.mean_first is item.mean_last is item.mean_change is None


@given(people)
def test_those_who_cannot_be_compared_are_always_said(crowd):
    summary = rules.summarise(ONS4, crowd)
    said = presenters.asked_words(summary)
    if summary.asked:
        assert said.startswith(presenters.people(summary.asked))
        assert presenters.people(summary.missing) in said
    else:
        assert said == "Nobody has been asked yet."


@given(histories)
def test_every_change_is_said_with_its_numbers_and_without_a_cause(past):
    for line, change in zip(
        presenters.change_lines(rules.pair_all(ONS4, past)), rules.pair_all(ONS4, past), strict=True
    ):
        assert line.words
        assert "None" not in line.words
        if change.is_paired:
            assert f"{change.first} to {change.last}" in line.words
            assert line.words.split(":")[0] in {"Better", "Worse", "No change"}
        assert not [word for word in ("because", "thanks to", "helped", "caused") if word in line.words.lower()]
        assert line.colour in {"green", "orange", "grey"}


anything = st.one_of(
    st.none(),
    st.integers(-50, 50),
    st.floats(allow_nan=True),
    st.text(max_size=3),
    st.booleans(),
    st.lists(st.integers()),
)


@given(st.dictionaries(st.sampled_from(IDS), anything))
def test_only_whole_numbers_on_the_scale_get_through(typed):
    fine = all(each is None or (type(each) is int and 0 <= each <= 10) for each in typed.values())
    if fine:
        kept = rules.validate_answers(ONS4, typed)
        assert list(kept) == IDS
        assert kept == {name: typed.get(name) for name in IDS}
    else:
        with pytest.raises(Invalid) as refused:
            rules.validate_answers(ONS4, typed)
        assert refused.value.field in typed


@given(st.text(min_size=1, max_size=12).filter(lambda name: name not in IDS))
def test_a_question_nobody_asked_is_refused_by_name(name):
    with pytest.raises(Invalid, match="no question called"):
        rules.validate_answers(ONS4, {name: 5})
