"""A form as a whole: its order, its sections, and the summary of what is wrong."""

from datetime import date
from typing import Any

import pytest
from django import forms

from linkworks.ui import fields
from tests.ui.pages import Shown, sent


class Referral(fields.Form):
    name = fields.CharField(label="Name")
    how = fields.ChoiceField(label="How?", choices=[("p", "Phone"), ("n", "No")], reveal={"p": "phone"})
    postcode = fields.PostcodeField(label="Postcode")
    phone = fields.PhoneField(label="Phone")


class Sectioned(Referral):
    sections = [("Who", ["name", "postcode"]), ("Contact", ["how", "phone"])]


def test_the_summary_lists_errors_in_the_order_of_the_page_with_links_that_arrive() -> None:
    form = Referral(sent(how="p"))
    form.is_valid()
    form.add_error(None, "This referral was already sent.")
    shown = Shown(form.error_summary)
    assert [problem["text"] for problem in form.problems()] == [
        "This referral was already sent.",
        "Enter name",
        "Enter phone",
        "Enter postcode",
    ]
    ids = Shown(form.render_fields()).ids
    assert shown.hrefs == ["#id_name", "#id_phone", "#id_postcode"]
    assert all(href.removeprefix("#") in ids for href in shown.hrefs)


def test_a_link_to_radios_arrives_at_the_first() -> None:
    form = Referral(sent(name="Ada", postcode="SE15 5DD"))
    assert form.problems()[0]["href"] == "#id_how"
    assert "id_how" in Shown(form.render_fields()).ids


def test_a_form_with_nothing_wrong_has_no_summary() -> None:
    assert Referral().error_summary == ""
    assert Referral(sent(name="Ada", how="n", postcode="se155dd")).error_summary == ""


def test_an_error_from_an_action_is_shown_at_its_question() -> None:
    form = Referral(sent(name="Ada", how="n", postcode="se155dd"))
    assert form.is_valid()
    form.add_error("name", "Somebody changed this name a moment ago.")
    assert "Somebody changed this name" in Shown(form.field("name")).text
    assert form.problems() == [{"text": "Somebody changed this name a moment ago.", "href": "#id_name"}]


def test_sections_head_their_questions_and_a_revealed_question_stays_inside() -> None:
    shown = Shown(Sectioned().render_fields())
    assert shown.text.index("Who") < shown.text.index("Postcode") < shown.text.index("Contact")
    assert shown.html.count('name="phone"') == 1


class Folded(fields.Form):
    sections = [("Who", ["name"]), ("If it is a course", ["level", "until"])]
    folded = {"If it is a course"}
    name = fields.CharField(label="Name")
    level = fields.MultipleChoiceField(label="Level", choices=[("1", "One")], required=False)
    until = fields.DateField(label="Until", required=False)


@pytest.mark.parametrize(
    ("said", "initial", "is_open"),
    [
        (None, {}, False),
        (None, {"level": []}, False),
        (None, {"level": ["1"]}, True),
        (None, {"until": date(2027, 1, 31)}, True),
        (sent(name="Ada"), {}, False),
        (sent(name="Ada", until_day="", until_month="", until_year=""), {}, False),
        (sent(name="Ada", level="1"), {}, True),
        (sent(name="Ada", until_day="31", until_month="2", until_year="2027"), {}, True),
        (sent(name=""), {}, False),
    ],
)
def test_a_section_for_few_is_folded_until_something_in_it_is_said_or_wrong(
    said: Any, initial: dict[str, Any], is_open: bool
) -> None:
    shown = Folded(said, initial=initial).render_fields()
    assert shown.count("<details") == 1 and ('<details class="nhsuk-details" open' in shown) is is_open
    assert shown.index("If it is a course") < shown.index('name="level"')


def test_what_somebody_typed_is_never_markup() -> None:
    form = Referral(sent(name='"><script>alert(1)</script>', how="n", postcode="<b>"))
    html = form.render_fields() + form.error_summary
    assert "<script" not in html
    assert "<b>" not in html


def test_the_browser_does_not_check_before_we_can_explain() -> None:
    assert "required" not in Shown(Referral().field("name")).one("input")


def test_a_field_that_cannot_show_itself_is_refused_with_its_name() -> None:
    class Odd(fields.Form):
        plain = forms.CharField()

    with pytest.raises(TypeError, match="plain must be a field from"):
        Odd().render_fields()


def test_a_prefix_keeps_two_forms_apart() -> None:
    form = Referral(sent(**{"a-name": "Ada", "a-how": "n", "a-postcode": "se155dd"}), prefix="a")
    assert form.is_valid(), form.errors
    assert Shown(form.field("name")).one("input")["name"] == "a-name"
