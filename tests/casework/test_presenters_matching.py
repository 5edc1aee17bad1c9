"""What fits a goal, in words. No database."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from linkworks.casework.models import Case, Limits
from linkworks.casework.presenters import matching as words
from linkworks.core import clock
from linkworks.directory.queries import Explained
from linkworks.directory.rules.because import Reason
from linkworks.people.models import Person
from tests.casework.spoken import not_words

GOAL = UUID(int=7)
FAR = Reason("Too far: 3 miles away", "Choose a wider distance")


def person(**facts: Any) -> Case:
    return Case(person=Person(**facts))


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "no postcode, age not known"),
        ({"postcode": "SE15 5DD"}, "SE15 5DD, age not known"),
        ({"born_on": date(1950, 11, 22)}, "no postcode, aged 76"),
        ({"born_on": date(1950, 11, 23)}, "no postcode, aged 75"),
        ({"access_needs": ["step-free"], "language": "so"}, "no postcode, age not known, step-free access"),
        ({"language": "so", "needs_interpreter": True}, "no postcode, age not known, Somali with an interpreter"),
    ],
)
def test_what_the_details_say_is_said_again_so_that_nobody_asks_twice(
    facts: dict[str, Any], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 22))
    assert words.details_words(person(**facts)).startswith(said)


@pytest.mark.parametrize(
    ("said", "times", "far", "whom"),
    [
        (Limits(), "Not asked yet", "Not asked yet", "Not asked yet"),
        (Limits(times=[], within_km=None, only_for=[]), "Any time", "Not asked yet", "Everybody"),
        (Limits(times=["MO-morning"], within_km=1.6, only_for=["women-only"]), "Monday mornings", "Up to 1 mile", "Women only"),
        (Limits(times=["SU-evening", "SU-morning"], within_km=8, only_for=[]),
         "Sunday mornings and Sunday evenings", "Up to 5 miles", "Everybody"),
    ],
)  # fmt: skip
def test_what_they_can_manage_in_words(said: Limits, times: str, far: str, whom: str) -> None:
    rows = words.must_be(person(), said, GOAL)
    assert [answer for _, answer, _ in rows[:4]] == [times, far, "Not asked yet", whom]
    assert all(f"?goal={GOAL}" in href for _, _, href in rows[:4]), "each leads back to the goal"
    assert not any(not_words(text) for label, answer, _ in rows for text in (label, answer))


@pytest.mark.parametrize(
    ("said", "is_asked"),
    [
        ({}, False), ({"times": []}, True), ({"only_for": []}, True), ({"within_km": 3.2}, True), ({"can_pay": "0"}, True),
        ({"can_pay": "any"}, True),
    ],
)  # fmt: skip
def test_asked_once_the_questions_fold_away_even_when_nothing_matters(said: dict[str, Any], is_asked: bool) -> None:
    assert words.is_asked(Limits(**said)) is is_asked


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (21, "21st"),
     (22, "22nd"), (101, "101st"), (111, "111th"), (112, "112th"), (123, "123rd")],
)  # fmt: skip
def test_places_are_counted_as_people_count(number: int, said: str) -> None:
    assert words.ordinal(number) == said


@pytest.mark.parametrize(
    ("place", "is_nearly", "reasons", "said"),
    [
        (1, False, [], "It is shown, and stands first."),
        (2, False, [FAR], "It is shown: it stands 2nd of 9 that fit."),
        (None, True, [FAR], "It is shown among what nearly fits. One thing is different:"),
        (None, False, [FAR], "It is not shown, because:"),
        (None, False, [], "It is not shown among the first that were weighed."),
    ],
)
def test_where_a_named_one_stands_in_a_sentence(
    place: int | None, is_nearly: bool, reasons: list[Reason], said: str
) -> None:
    one = words.explained(Explained(UUID(int=1), "Choir", place, 9, reasons, is_nearly), {})
    assert (one["name"], one["stands"], one["reasons"]) == ("Choir", said, reasons)


@pytest.mark.parametrize(
    ("fitting", "begins"), [(0, "Nothing fits in every way"), (1, "Little fits in every way"), (2, "Little fits")]
)
def test_what_nearly_fits_says_that_only_one_thing_was_set_aside(fitting: int, begins: str) -> None:
    said = words.nearly_words(fitting)
    assert said.startswith(begins) and said.endswith("Nothing else was set aside.")


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ({}, "What it must be"),
        ({"times": [], "only_for": []}, "What it must be · Any time"),
        ({"within_km": 1.6, "can_pay": "0"}, "What it must be · Up to 1 mile · Nothing: it has to be free"),
        ({"times": ["SU-evening"], "only_for": ["women-only"]}, "What it must be · Sunday evenings · Women only"),
    ],
)
def test_what_was_said_stands_in_the_line_that_folds_the_questions_away(said: dict[str, Any], line: str) -> None:
    assert words.must_be_line(Limits(**said)) == line
