"""Questions answered by choosing, and the further questions a choice opens."""

from typing import Any

import pytest

from linkworks.ui import fields
from tests.ui.pages import Shown, sent


class Reach(fields.Form):
    how = fields.ChoiceField(
        label="How should we contact them?",
        missing="Choose how we should contact them",
        choices=[("phone", "Phone call"), ("email", "Email"), ("other", "Through somebody else")],
        hints={"other": "For example a carer"},
        reveal={"phone": ["phone", "when"], "email": "email"},
        divider="or",
    )
    phone = fields.PhoneField(label="Phone number")
    when = fields.CharField(label="Best time", required=False)
    email = fields.EmailField(label="Email address")
    who = fields.CharField(label="Who to ask", required=False, missing="Enter who we should ask")
    needs = fields.MultipleChoiceField(
        label="What would help?",
        choices=[("m", "Money"), ("h", "Housing"), ("none", "None of these")],
        none_value="none",
        required=False,
    )
    conditions = [
        fields.given_field_value("how", "other").require("who"),
        fields.given_field_value("needs", "m", "h").require("who", message="Say who knows about this"),
    ]


class Rest(fields.Form):
    language = fields.SelectField(label="Language", choices=lambda: [("en", "English"), ("so", "Somali")])
    agreed = fields.YesNoField(label="Do they agree?")
    seen = fields.YesNoField(label="Seen before?", required=False)
    life = fields.ScaleField(label="How satisfied are you with your life?", low="Not at all", high="Completely")
    sure = fields.BooleanField(label="I have checked this", missing="Tick to say you have checked this")
    extra = fields.BooleanField(label="Needs an interpreter", required=False, reveal={"on": "which"})
    which = fields.CharField(label="Which language?")


REST = {"language": "so", "agreed": "no", "life": "0", "sure": "on"}


def rest(**answers: Any) -> Rest:
    return Rest(sent(**{**REST, **answers}))


def test_only_the_question_that_was_opened_is_asked_and_kept() -> None:
    form = Reach(sent(how="phone", phone="07700900123", email="not an address"))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["phone"] == "07700 900123"
    assert form.cleaned_data["email"] == ""


def test_an_opened_question_is_needed() -> None:
    form = Reach(sent(how="email"))
    assert form.errors == {"email": ["Enter email address"]}


def test_with_no_choice_made_only_the_choice_is_missing() -> None:
    assert Reach(sent()).errors == {"how": ["Choose how we should contact them"]}


def test_a_choice_can_make_another_question_needed() -> None:
    assert Reach(sent(how="other")).errors == {"who": ["Enter who we should ask"]}
    assert Reach(sent(how="other", who="Jo")).is_valid()


def test_any_of_several_answers_can_make_a_question_needed() -> None:
    assert Reach(sent(how="email", email="a@b.org", needs=["h"])).errors == {"who": ["Say who knows about this"]}
    assert Reach(sent(how="email", email="a@b.org", needs=["none"])).is_valid()


def test_none_of_these_stands_alone() -> None:
    form = Reach(sent(how="email", email="a@b.org", needs=["h", "none"]))
    assert form.errors["needs"] == ["Choose either “None of these” or the others, not both"]


def test_a_sometimes_needed_question_is_not_called_optional() -> None:
    assert "Who to ask (optional)" not in Shown(Reach().render_fields()).text


def test_radios_show_hints_a_divider_and_what_they_open_once() -> None:
    shown = Shown(Reach(sent(how="phone", phone="x", when="mornings")).render_fields())
    assert [box["value"] for box in shown.all("input", type="radio")] == ["phone", "email", "other"]
    assert "checked" in shown.one("input", value="phone")
    assert "For example a carer" in shown.text
    assert shown.html.count('name="phone"') == 1
    assert shown.one("input", name="when")["value"] == "mornings"
    assert "nhsuk-radios__divider" in shown.html
    assert len(shown.all("legend")) == 2


def test_every_id_on_a_form_is_its_own() -> None:
    ids = Shown(Reach(sent(how="phone")).render_fields()).ids
    assert len(ids) == len(set(ids))


def test_an_answer_that_was_never_offered_is_refused() -> None:
    assert Reach(sent(how="pigeon")).errors["how"] == ["Choose one of the answers shown"]


def test_answers_become_python_values() -> None:
    form = rest(seen="yes")
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "language": "so",
        "agreed": False,
        "seen": True,
        "life": 0,
        "sure": True,
        "extra": False,
        "which": "",
    }


def test_an_optional_yes_or_no_left_alone_is_unknown() -> None:
    form = rest()
    assert form.is_valid()
    assert form.cleaned_data["seen"] is None


def test_a_tick_can_open_a_question() -> None:
    assert rest(extra="on").errors == {"which": ["Answer the question: Which language?"]}
    form = rest(extra="on", which="Somali")
    assert form.is_valid()
    assert form.cleaned_data["which"] == "Somali"


@pytest.mark.parametrize("number", ["-1", "11", "5.5", "many"])
def test_the_scale_is_nought_to_ten_in_whole_numbers(number: str) -> None:
    assert "life" in rest(life=number).errors


def test_the_scale_names_its_ends_for_everybody() -> None:
    shown = Shown(rest(life="0").field("life"))
    assert len(shown.all("input", type="radio", name="life")) == 11
    assert "0 is Not at all, 10 is Completely" in shown.text
    assert "checked" in shown.one("input", value="0")
    assert shown.one("fieldset")["aria-describedby"] == "id_life-ends"


def test_what_was_saved_before_is_shown_as_chosen() -> None:
    form = Rest(initial={"agreed": False, "life": 7, "language": "en", "extra": True})
    assert "checked" in Shown(form.field("agreed")).one("input", value="no")
    assert "checked" in Shown(form.field("life")).one("input", value="7")
    assert "selected" in Shown(form.field("language")).one("option", value="en")
    assert "checked" in Shown(form.field("extra")).one("input", name="extra")


def test_a_list_begins_with_an_empty_choice_which_is_not_an_answer() -> None:
    assert "Choose from the list" in Shown(rest().field("language")).text
    assert rest(language="").errors["language"] == ["Choose language"]
