"""A measure as a form: every question is answered or passed over on purpose."""

import pytest

from linkworks.outcomes import forms, queries

ONS4 = queries.measure("ons4")
Form = forms.measure_form(ONS4)
FILLED = {
    "satisfied": "4",
    "worthwhile": "0",
    "happy": "10",
    "anxious": "rather-not",
    "asked_on_day": "20",
    "asked_on_month": "11",
    "asked_on_year": "2026",
    "how_asked": "telephone",
}


@pytest.fixture
def on_that_sunday(time_machine):
    time_machine.move_to("2026-11-22T10:00:00+00:00")


@pytest.mark.usefixtures("on_that_sunday")
def test_answers_are_numbers_and_a_question_passed_over_is_missing():
    form = Form(FILLED)
    assert form.is_valid(), form.errors
    assert form.answers() == {"satisfied": 4, "worthwhile": 0, "happy": 10, "anxious": None}
    assert form.facts()["declined"] is False


@pytest.mark.usefixtures("on_that_sunday")
def test_passing_over_everything_is_declining():
    passed = {each.id: "rather-not" for each in ONS4.items}
    form = Form({**FILLED, **passed})
    assert form.is_valid(), form.errors
    assert form.facts()["declined"] is True


@pytest.mark.usefixtures("on_that_sunday")
def test_a_question_left_empty_by_mistake_is_said():
    form = Form({**FILLED, "happy": ""})
    assert form.errors["happy"] == ["Choose a number for “Happy yesterday”, or “Prefer not to say”"]


@pytest.mark.usefixtures("on_that_sunday")
@pytest.mark.parametrize("typed", ["11", "-1", "4.5", "lots"])
def test_only_what_is_on_the_scale_is_taken(typed):
    assert "satisfied" in Form({**FILLED, "satisfied": typed}).errors


@pytest.mark.usefixtures("on_that_sunday")
def test_the_day_cannot_be_in_the_future():
    assert "asked_on" in Form({**FILLED, "asked_on_day": "23"}).errors


def test_the_page_shows_the_exact_words_in_order_with_both_ends():
    page = str(Form().render_fields())
    places = [page.index(each.words.split(",")[-1].strip().split("‘")[0]) for each in ONS4.items]
    assert places == sorted(places)
    assert "Not at all satisfied" in page
    assert "Completely anxious" in page
    assert page.count('value="rather-not"') == 4
