"""A change is said plainly: what was answered, what is missing, and no cause."""

from datetime import date

import pytest

from linkworks.outcomes import presenters, queries, rules
from linkworks.outcomes.rules import Answered

ONS4 = queries.measure("ons4")
TODAY = date(2026, 11, 22)


def change(*numbers, item="satisfied"):
    return rules.pair(ONS4.item(item), [Answered(TODAY, {item: number}) for number in numbers])


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (change(4, 7), "Better: 4 to 7"),
        (change(7, 4), "Worse: 7 to 4"),
        (change(5, 5), "No change: 5 to 5"),
        (change(8, 3, item="anxious"), "Better: 8 to 3"),
        (change(6), "Answered once: 6. No later answer to compare"),
        (change(6, None), "Answered once: 6. No later answer to compare"),
        (change(None), "Asked, and not answered"),
        (change(), "Not asked yet"),
    ],
)
def test_a_change_in_words(said, words):
    assert presenters.change_words(said) == words


def test_lines_carry_what_the_picture_needs():
    (line,) = presenters.change_lines([change(8, 3, item="anxious")])
    assert (line.before, line.after, line.lower_is_better, line.colour) == (8, 3, True, "green")
    assert line.label == "Anxious yesterday"


def test_worse_is_orange_and_unknown_is_grey():
    assert [line.colour for line in presenters.change_lines([change(7, 4), change(7)])] == ["orange", "grey"]


def summary(*people):
    return rules.summarise(ONS4, [[Answered(TODAY, {"anxious": number}) for number in numbers] for numbers in people])


def test_those_who_cannot_be_compared_are_said():
    words = presenters.asked_words(summary((8, 3), (5,), (None,)))
    assert (
        words
        == "3 people asked. 1 person answered at least twice and can be compared; 2 people cannot be compared yet."
    )


def test_nobody_asked_in_words():
    assert presenters.asked_words(summary()) == "Nobody has been asked yet."


@pytest.mark.parametrize(
    ("people", "words"),
    [
        (((8, 3), (6, 4)), "On average 3.5 lower (better), 2 people"),
        (((3, 8),), "On average 5.0 higher (worse), 1 person"),
        (((3, 3),), "On average no change, 1 person"),
        (((3,),), "Nobody has answered twice yet"),
    ],
)
def test_a_mean_in_words(people, words):
    anxious = summary(*people).items[-1]
    assert presenters.mean_words(anxious) == words


def test_no_words_claim_a_cause():
    every = [presenters.asked_words(summary((8, 3))), presenters.mean_words(summary((8, 3)).items[-1])]
    for words in every:
        assert not {"because", "thanks", "caused", "due", "impact"} & set(words.lower().split())


def test_a_row_says_how_many_went_which_way_and_who_is_missing():
    (*_, anxious) = summary((8, 3), (6, 6), (2, 9), (5,)).items
    assert presenters.mean_row(anxious) == [
        "Anxious yesterday",
        "On average 0.7 higher (worse), 3 people",
        "1",
        "1",
        "1",
        "1",
    ]
    assert len(presenters.mean_row(anxious)) == len(presenters.HEAD)
