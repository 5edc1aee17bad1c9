"""A group's forms: what each takes, what it refuses and in which words."""

import inspect
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as some

from linkworks.connections import actions
from linkworks.connections.queries import Expected, Mark
from linkworks.core import vocabulary
from linkworks.core.clock import today
from linkworks.directory.forms.room import RoomForm
from linkworks.providers import forms
from linkworks.providers.actions.answering import DOING

from .test_presenters import SEEN


def typed_day(day: date, name: str = "session_on") -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def form_of(kind: str, **typed: Any) -> Any:
    return forms.form_for(kind, SEEN, typed)


# Made when the tests are collected, so never a day that is another one after midnight.
THE_OTHER_DAY = today() - timedelta(days=2)
GOOD: dict[str, dict[str, Any]] = {
    "accept": {"words": "Side door"},
    "waitlist": {"words": "A month"},
    "decline": {"reason": "full", "words": ""},
    "ask": {"text": "Stairs?"},
    "attendance": {**typed_day(THE_OTHER_DAY), "attended": "yes"},
    "enough": {"enough": "partly", "text": "Which days?"},
    "worry": {"text": "She came with a bruise and would not say how."},
}


@pytest.mark.parametrize("kind", forms.FORMS)
def test_what_is_asked_for_is_enough(kind: str) -> None:
    form = form_of(kind, **GOOD[kind])
    assert form.is_valid(), form.errors


@pytest.mark.parametrize("kind", forms.FORMS)
def test_what_a_form_gives_is_what_its_action_takes(kind: str) -> None:
    """No more and no less: a field nobody takes would be an error on the day somebody answers."""
    form = form_of(kind, **GOOD[kind])
    assert form.is_valid()
    action = DOING.get(kind, actions.ask)
    takes = set(inspect.signature(action).parameters) - {"connection", "by", "from_provider"}
    assert set(form.cleaned_data) <= takes


NO_SUCH_DAY = {"first_session_on_day": "31", "first_session_on_month": "2", "first_session_on_year": "2027"}


@pytest.mark.parametrize(
    ("kind", "typed", "field", "said"),
    [
        ("accept", {"words": "x" * 1001}, "words", "1,000"),
        ("accept", typed_day(THE_OTHER_DAY, "first_session_on"), "first_session_on", "or later"),
        ("accept", NO_SUCH_DAY, "first_session_on", "real"),
        ("accept", {"first_session_on_day": "3"}, "first_session_on", "month"),
        ("waitlist", {"words": "x" * 1001}, "words", "1,000"),
        ("decline", {}, "reason", "Choose why not"),
        ("decline", {"reason": "because"}, "reason", "Choose"),
        ("decline", {"reason": "full", "words": "x" * 1001}, "words", "1,000"),
        ("ask", {"text": "   "}, "text", "Write your message"),
        ("ask", {"text": "x" * 1001}, "text", "1,000"),
        ("attendance", {"attended": "yes"}, "session_on", "Enter the date of the session"),
        ("attendance", {**typed_day(today() + timedelta(days=2)), "attended": "yes"}, "session_on", "or earlier"),
        ("attendance", typed_day(THE_OTHER_DAY), "attended", "Choose whether they came"),
        ("attendance", {**typed_day(THE_OTHER_DAY), "attended": "no"}, "absence", "Choose what happened"),
        ("attendance", {**typed_day(THE_OTHER_DAY), "attended": "no", "absence": "lazy"}, "absence", "Choose"),
        ("attendance", {**typed_day(THE_OTHER_DAY), "attended": "yes", "note": "x" * 301}, "note", "300"),
        ("enough", {}, "enough", "Choose whether it was enough"),
        ("enough", {"enough": "no", "text": "x" * 601}, "text", "600"),
    ],
)  # fmt: skip
def test_each_mistake_is_said_at_its_field(kind: str, typed: dict[str, str], field: str, said: str) -> None:
    form = form_of(kind, **typed)
    assert not form.is_valid()
    assert list(form.errors) == [field]
    assert said.lower() in " ".join(form.errors[field]).lower()


@pytest.mark.parametrize("reason", vocabulary.DECLINE_REASONS)
def test_every_reason_of_the_list_can_be_given(reason: str) -> None:
    assert form_of("decline", reason=reason).is_valid()


def test_an_absence_that_was_ticked_before_changing_ones_mind_is_forgotten() -> None:
    form = form_of("attendance", **typed_day(today()), attended="yes", absence="logistics")
    assert form.is_valid()
    assert not form.cleaned_data["absence"]


@pytest.mark.parametrize("first", [None, THE_OTHER_DAY, today() + timedelta(days=7)])
def test_a_changed_day_is_asked_about_where_one_was_agreed(first: date | None) -> None:
    form = forms.form_for("attendance", replace(SEEN, first_session_on=first), None)
    assert ("date_changed" in form.fields) is (first is not None)


def test_the_day_of_the_session_starts_as_today() -> None:
    assert form_of("attendance", **GOOD["attendance"]).initial["session_on"] == today()


# ─── Registers ───────────────────────────────────────────────────────────────────────────────────────────────────────


def expected(name: str = "Sam", mark: Mark | None = None, **facts: str) -> Expected:
    usual = {"access_and_language": "", "emergency_contact": ""}
    return Expected(id=uuid4(), name_shared=name, mark=mark, **{**usual, **facts})


def test_lines_left_empty_are_not_marked() -> None:
    people = [expected("Ada"), expected("Bo"), expected("Cy")]
    form = forms.RegisterForm(people, data={forms.came(people[1].id): "late"})
    assert form.is_valid()
    assert [(mark.connection_id, mark.attended, mark.absence) for mark in form.marks()] == [(people[1].id, "late", "")]


@given(ticks=some.lists(some.sampled_from(["", "yes", "late", "no"]), max_size=6))
def test_every_tick_is_a_mark_of_its_own_person(ticks: list[str]) -> None:
    people = [expected(f"Person {number}") for number in range(len(ticks))]
    data = {}
    for each, tick in zip(people, ticks, strict=True):
        data[forms.came(each.id)] = tick
        if tick == "no":
            data[forms.why(each.id)] = "logistics"
    form = forms.RegisterForm(people, data=data)
    assert form.is_valid()
    marked = {mark.connection_id: (mark.attended, mark.absence) for mark in form.marks()}
    assert marked == {
        each.id: (tick, "logistics" if tick == "no" else "") for each, tick in zip(people, ticks, strict=True) if tick
    }


def test_an_absence_without_its_reason_names_the_person() -> None:
    person = expected("Ada")
    form = forms.RegisterForm([person], data={forms.came(person.id): "no"})
    assert not form.is_valid()
    assert "Choose what happened for Ada" in str(form.errors)


def test_somebody_who_is_not_on_the_register_can_not_be_ticked() -> None:
    form = forms.RegisterForm([expected()], data={forms.came(uuid4()): "yes", "came-x": "yes"})
    assert form.is_valid()
    assert form.marks() == []


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, ""),
        ({"access_and_language": "Step-free"}, "Step-free"),
        ({"emergency_contact": "Jo, 07700 900456"}, "In an emergency: Jo, 07700 900456"),
        ({"access_and_language": "Step-free", "emergency_contact": "Jo"}, "Step-free. In an emergency: Jo"),
    ],
)
def test_what_whoever_runs_it_must_know_stands_under_the_name(facts: dict[str, str], said: str) -> None:
    assert forms.what_to_know(expected(**facts)) == said


def test_what_was_marked_is_ticked_again() -> None:
    came, stayed = expected(mark=Mark(today(), "yes", "", "")), expected(mark=Mark(today(), "no", "acceptable", ""))
    initial = forms.marked_already([came, stayed, expected()])
    assert initial[forms.came(came.id)] == "yes"
    assert initial[forms.why(stayed.id)] == "acceptable"
    assert len(initial) == 4


# ─── Places ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"capacity_places": "-1"}, "capacity_places"),
        ({"capacity_places": "some"}, "capacity_places"),
        ({"capacity_places": "100001"}, "capacity_places"),
        ({"wait_weeks": "105"}, "wait_weeks"),
        ({"wait_weeks": "1.5"}, "wait_weeks"),
        ({"wait_words": "x" * 201}, "wait_words"),
    ],
)
def test_numbers_of_places_that_can_not_be(typed: dict[str, str], field: str) -> None:
    form = RoomForm(typed)
    assert not form.is_valid()
    assert list(form.errors) == [field]


@pytest.mark.parametrize("places", ["", "0", "5", "100000"])
def test_no_limit_none_and_many_are_all_fine(places: str) -> None:
    form = RoomForm({"capacity_places": places})
    assert form.is_valid()
    assert form.cleaned_data["capacity_places"] == (int(places) if places else None)
