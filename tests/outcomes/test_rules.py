"""Answers, bands and change, also against the slow and obvious way."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core.errors import Invalid
from linkworks.outcomes import queries, rules
from linkworks.outcomes.rules import Answered

from . import plain

ONS4 = queries.measure("ons4")
SATISFIED, ANXIOUS = ONS4.item("satisfied"), ONS4.item("anxious")
START = date(2026, 3, 2)

answers = st.fixed_dictionaries({each.id: st.none() | st.integers(0, 10) for each in ONS4.items})
histories = st.lists(answers, max_size=6).map(
    lambda sets: [Answered(START + timedelta(days=n), given) for n, given in enumerate(sets)]
)


def history(*numbers, item="satisfied"):
    return [Answered(START + timedelta(weeks=n), {item: number}) for n, number in enumerate(numbers)]


# What may be answered


def test_questions_left_out_are_missing_and_never_zero():
    assert rules.validate_answers(ONS4, {"happy": 0}) == {
        "satisfied": None,
        "worthwhile": None,
        "happy": 0,
        "anxious": None,
    }


def test_answers_come_back_in_the_measures_order():
    given_backwards = {"anxious": 1, "happy": 2, "worthwhile": 3, "satisfied": 4}
    assert list(rules.validate_answers(ONS4, given_backwards)) == ["satisfied", "worthwhile", "happy", "anxious"]


@pytest.mark.parametrize("answer", [-1, 11, 5.0, "5", True, [5], float("nan")])
def test_only_whole_numbers_of_the_scale_are_answers(answer):
    with pytest.raises(Invalid, match="whole number from 0 to 10") as refused:
        rules.validate_answers(ONS4, {"happy": answer})
    assert refused.value.field == "happy"


def test_an_answer_to_a_question_that_is_not_asked_is_refused():
    with pytest.raises(Invalid, match="no question called mood"):
        rules.validate_answers(ONS4, {"mood": 3})


@given(answers)
def test_whatever_is_valid_stays_as_it_was_said(said):
    assert rules.validate_answers(ONS4, said) == said


# Bands


@pytest.mark.parametrize(
    ("item", "bands"),
    [
        (SATISFIED, ["low"] * 5 + ["medium"] * 2 + ["high"] * 2 + ["very-high"] * 2),
        (ANXIOUS, ["very-low"] * 2 + ["low"] * 2 + ["medium"] * 2 + ["high"] * 5),
    ],
    ids=["satisfied", "anxious"],
)
def test_each_point_of_the_scale_is_in_its_published_band(item, bands):
    assert [rules.band(item, point).id for point in range(11)] == bands


# Change


def test_the_first_and_the_last_answer_are_compared():
    change = rules.pair(SATISFIED, history(3, 9, 6))
    assert (change.first, change.last, change.change, change.better) == (3, 6, 3, True)
    assert (change.first_on, change.last_on) == (START, START + timedelta(weeks=2))


def test_less_anxious_is_better_and_more_anxious_is_worse():
    assert rules.pair(ANXIOUS, history(8, 3, item="anxious")).better is True
    assert rules.pair(ANXIOUS, history(3, 8, item="anxious")).better is False


def test_no_change_is_neither_better_nor_worse():
    change = rules.pair(SATISFIED, history(5, 5))
    assert change.is_paired
    assert change.change == 0
    assert change.better is None


def test_one_answer_cannot_be_compared_and_is_not_compared_with_itself():
    change = rules.pair(SATISFIED, history(5))
    assert not change.is_paired
    assert (change.first, change.last, change.change, change.better) == (5, None, None, None)


def test_answers_left_out_are_passed_over_and_counted():
    change = rules.pair(SATISFIED, history(None, 4, None, 7, None))
    assert (change.first, change.last, change.asked, change.missing) == (4, 7, 5, 3)
    assert change.first_on == START + timedelta(weeks=1)


def test_never_asked_has_nothing_to_show():
    change = rules.pair(SATISFIED, [])
    assert (change.first, change.last, change.asked, change.missing) == (None, None, 0, 0)


def test_each_question_is_paired_by_itself():
    mixed = [Answered(START, {"satisfied": 2, "happy": None}), Answered(START, {"satisfied": None, "happy": 7})]
    changes = {each.item: each for each in rules.pair_all(ONS4, mixed)}
    assert (changes["satisfied"].first, changes["happy"].first) == (2, 7)
    assert not changes["satisfied"].is_paired
    assert not changes["happy"].is_paired


@given(histories)
def test_pairing_agrees_with_the_slow_and_obvious_way(past):
    for change in rules.pair_all(ONS4, past):
        assert (change.first, change.last) == plain.first_and_last(past, change.item)
        assert change.asked == len(past)


@given(histories)
def test_turning_a_question_round_turns_its_verdict_round(past):
    """Were satisfaction reversed like anxiety, better would be worse and nothing else would differ."""
    straight = rules.pair(SATISFIED, past)
    turned = rules.pair(SATISFIED.__class__(**{**as_dict(SATISFIED), "better": "lower"}), past)
    assert turned.change == straight.change
    assert turned.better is (None if straight.better is None else not straight.better)


def as_dict(item):
    return {name: getattr(item, name) for name in item.__struct_fields__}


# Many people


@given(st.lists(histories, max_size=8))
def test_many_people_agree_with_the_slow_and_obvious_way(people):
    summary = rules.summarise(ONS4, people)
    asked = [past for past in people if past]
    assert summary.asked == len(asked)
    assert summary.paired == sum(plain.can_be_compared(ONS4, past) for past in asked)
    assert summary.asked == summary.paired + summary.missing
    for mean in summary.items:
        n, expected = plain.mean_change(ONS4, people, mean.item)
        assert mean.n == n
        assert mean.mean_change == (pytest.approx(expected) if expected is not None else None)
        assert mean.n + mean.missing == summary.asked
        assert mean.better + mean.same + mean.worse == mean.n


def test_the_mean_counts_only_those_who_answered_twice():
    people = [history(2, 6), history(4, 6), history(9), history(None, None)]
    mean = rules.summarise(ONS4, people).items[0]
    assert (mean.n, mean.missing, mean.mean_first, mean.mean_last, mean.mean_change) == (2, 2, 3.0, 6.0, 3.0)


def test_nobody_asked_is_nobody_and_no_mean():
    summary = rules.summarise(ONS4, [])
    assert (summary.asked, summary.paired, summary.missing) == (0, 0, 0)
    assert all(each.mean_change is None for each in summary.items)
