"""Typed questions: what they accept, what they answer, what they say when wrong, and what they show."""

from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.ui import fields
from tests.ui.pages import Shown, sent


class Person(fields.Form):
    first_name = fields.CharField(label="First name", missing="Enter the person’s first name", max_length=10)
    phone = fields.PhoneField(label="Phone number", required=False)
    email = fields.EmailField(label="Email address", required=False)
    postcode = fields.PostcodeField(label="Postcode", hint="For example, SE15 5DD", required=False)
    children = fields.IntegerField(label="Number of children", min_value=0, max_value=20, required=False)
    notes = fields.TextAreaField(label="Anything to know", required=False, max_length=20, rows=3)
    from_page = fields.HiddenField(required=False)


def answer(**answers: Any) -> Person:
    return Person(sent(**{"first_name": "Ada", **answers}))


def said(form: fields.Form, name: str) -> str:
    return " ".join(form.errors.get(name, []))


def test_answers_are_plain_values_in_one_standard_form() -> None:
    form = answer(phone="+447700900123", postcode="se155dd", children=" 3 ", email=" a@b.org ", notes="One\r\ntwo")
    assert form.is_valid()
    assert form.cleaned_data == {
        "first_name": "Ada",
        "phone": "07700 900123",
        "email": "a@b.org",
        "postcode": "SE15 5DD",
        "children": 3,
        "notes": "One\ntwo",
        "from_page": "",
    }


@pytest.mark.parametrize(
    ("name", "typed", "message"),
    [
        ("first_name", " ", "Enter the person’s first name"),
        ("first_name", "Wolfeschlegel", "First name must be 10 characters or fewer. You have 3 too many."),
        ("phone", "after 6", "Enter a phone number, like 01632 960001 or 07700 900982"),
        ("email", "ada at home", "Enter an email address in the correct format, like name@example.com"),
        ("postcode", "SE15", "Enter a full UK postcode, like SE15 5DD"),
        ("children", "some", "Number of children must be a whole number, like 5"),
        ("children", "-1", "Number of children must be 0 or more"),
        ("children", "21", "Number of children must be 20 or fewer"),
        ("notes", "x" * 25, "Anything to know must be 20 characters or fewer. You have 5 too many."),
    ],
)
def test_a_wrong_answer_is_explained_and_what_was_typed_stays(name: str, typed: str, message: str) -> None:
    form = answer(**{name: typed})
    assert not form.is_valid()
    assert said(form, name) == message
    shown = Shown(form.field(name))
    assert message in shown.text
    assert typed in shown.html


def test_the_same_message_is_not_said_twice_for_one_mistake() -> None:
    assert len(answer(email="x").errors["email"]) == 1
    assert len(answer(first_name="x" * 50).errors["first_name"]) == 1


def test_a_line_end_counts_as_one_character_as_it_does_on_the_page() -> None:
    assert answer(notes="a\r\n" * 10).is_valid()


@pytest.mark.parametrize(
    ("label", "message"),
    [
        ("Last name", "Enter last name"),
        ("NHS number", "Enter NHS number"),
        ("Who is it?", "Answer the question: Who is it?"),
    ],
)
def test_an_empty_answer_is_named_by_its_label_when_nobody_wrote_better(label: str, message: str) -> None:
    assert fields.CharField(label=label).missing == message


def test_a_box_is_tied_to_its_label_hint_and_error() -> None:
    shown = Shown(answer(postcode="nowhere").field("postcode"))
    box = shown.one("input")
    assert box["id"] == "id_postcode"
    assert box["name"] == "postcode"
    assert box["autocomplete"] == "postal-code"
    assert box["aria-describedby"] == "id_postcode-hint id_postcode-error"
    assert shown.one("label", **{"for": "id_postcode"})
    assert set(shown.ids) >= {"id_postcode-hint", "id_postcode-error"}


def test_phones_and_numbers_open_the_right_keyboard() -> None:
    assert Shown(answer().field("phone")).one("input")["type"] == "tel"
    assert Shown(answer().field("email")).one("input")["type"] == "email"
    assert Shown(answer().field("children")).one("input")["inputmode"] == "numeric"


def test_optional_questions_say_so() -> None:
    assert "Phone number (optional)" in Shown(answer().field("phone")).text
    assert "First name (optional)" not in Shown(answer().field("first_name")).text


def test_a_lone_question_can_be_the_heading_of_its_page() -> None:
    shown = Shown(answer().field("first_name", heading=True))
    assert shown.one("h1")
    assert "nhsuk-label--l" in shown.html


def test_a_limited_text_counts_down() -> None:
    shown = Shown(answer().field("notes"))
    assert shown.one("textarea")["rows"] == "3"
    assert shown.one("div", **{"data-module": "nhsuk-character-count"})["data-maxlength"] == "20"
    assert "You can enter up to 20 characters" in shown.text


def test_what_is_carried_along_is_not_asked() -> None:
    form = Person(initial={"from_page": '"today"'})
    shown = Shown(form.field("from_page"))
    assert shown.one("input")["type"] == "hidden"
    assert shown.one("input")["value"] == '"today"'


LONG_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=60)


@given(LONG_TEXT)
def test_typed_text_comes_back_exactly_however_deep_in_the_page(text: str) -> None:
    class Story(fields.Form):
        how = fields.ChoiceField(label="How?", choices=[("a", "A")], reveal={"a": "story"})
        story = fields.TextAreaField(label="Story", max_length=5)

    shown = Shown(Story(sent(how="a", story=text)).render_fields())
    area = shown.html.split("<textarea", 1)[1].split(">", 1)[1].split("</textarea>", 1)[0]
    assert unescape(area) == text


@pytest.mark.parametrize(
    ("said", "kept"), [("", ""), ("   ", ""), ("Side door", "Side door"), ("x" * 1000, "x" * 1000)]
)
def test_a_few_words_may_be_left_out(said: str, kept: str) -> None:
    class Asked(fields.Form):
        words = fields.Words(label="Anything else")

    form = Asked({"words": said})
    assert form.is_valid()
    assert form.cleaned_data["words"] == kept
    assert "(optional)" in form.render_fields()
    assert "1,000 characters" in str(Asked({"words": "x" * 1001}).errors)
