"""What a group may type of its own listing, and what it is not asked."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.directory.forms.facts import FactsForm
from linkworks.directory.forms.own import OwnFactsForm, RefuseEditForm
from linkworks.directory.rules import proposing
from linkworks.directory.rules.text import LONGEST

FILLED = {"seen": "x", "name": "Tuesday lunch club", "description": "Soup."}


def form(**given_facts: Any) -> OwnFactsForm:
    return OwnFactsForm({**FILLED, **given_facts})


def test_it_asks_for_what_a_group_may_change_and_for_nothing_else() -> None:
    asked = set(form().fields) - {"seen"}
    assert asked == {*proposing.WAITS, *proposing.AT_ONCE}


def test_every_question_stands_under_one_heading() -> None:
    made = form()
    listed = [name for _, names in made.sections for name in names]
    assert sorted(listed) == sorted(made.fields)


def test_a_stewards_form_is_as_it_was() -> None:
    made = FactsForm({**FILLED, "is_referable": "yes"})
    assert {"needs", "categories", "is_referable"} <= set(made.fields)
    assert "postcode" not in made.fields
    assert set(made.answers if made.is_valid() else {}) == {"seen", "follow", "facts"}


def test_what_is_left_empty_is_empty() -> None:
    made = form()
    assert made.is_valid(), made.errors
    facts = made.answers["facts"]
    assert (facts["phone"], facts["email"], facts["payee"], facts["access_needs"]) == ("", "", "", [])
    assert made.answers["seen"] == "x"


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("payee", "Kettle and Company 1987", "Kettle and Company 1987"),
        ("url", "kettle.example.org", "https://kettle.example.org"),
        ("email", " hello@kettle.example.org ", "hello@kettle.example.org"),
        ("access_needs", ["step-free"], ["step-free"]),
    ],
)
def test_what_is_typed_is_tidied(field: str, typed: Any, kept: Any) -> None:
    made = form(**{field: typed})
    assert made.is_valid(), made.errors
    assert made.answers["facts"][field] == kept


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("email", "nobody"),
        ("referral_email", "a@b@c"),
        ("phone", "x"),
        ("url", "javascript:alert(1)"),
        ("payee", "Kettle, 20-00-00 55779911"),
        ("payee", "12 34 56"),
        ("payee", "x" * 141),
        ("access_needs", ["flying"]),
        ("description", "x" * (LONGEST + 1)),
        ("what_happens", "x" * 2001),
    ],
)
def test_what_cannot_be_is_refused_at_its_question(field: str, typed: Any) -> None:
    made = form(**{field: typed})
    assert not made.is_valid()
    assert field in made.errors


@given(st.dictionaries(st.sampled_from(sorted({*proposing.WAITS, *proposing.AT_ONCE})), st.text(max_size=60)))
def test_whatever_is_typed_is_taken_or_refused(typed: dict[str, str]) -> None:
    made = form(**typed)
    if made.is_valid():
        assert set(made.answers["facts"]) == {*proposing.WAITS, *proposing.AT_ONCE}
    else:
        assert made.errors


@pytest.mark.parametrize("why", [*proposing.REFUSED_BECAUSE, "", "because"])
def test_a_refusal_has_a_reason_of_the_list(why: str) -> None:
    assert RefuseEditForm({"why_not": why}).is_valid() is (why in proposing.REFUSED_BECAUSE)
