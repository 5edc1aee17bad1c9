"""Every kind of question: escaped, its hint and its error read out with it, its error reached from the summary."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.ui import fields
from tests.ui.pages import Shown, sent

NASTY = '"><script>alert(1)</script>'
CHOICES = [("a", NASTY), ("b", "Other")]
KINDS: dict[str, Any] = {
    "text": lambda **o: fields.CharField(**o),
    "area": lambda **o: fields.TextAreaField(max_length=50, **o),
    "email": lambda **o: fields.EmailField(**o),
    "phone": lambda **o: fields.PhoneField(**o),
    "postcode": lambda **o: fields.PostcodeField(**o),
    "number": lambda **o: fields.IntegerField(min_value=1, max_value=9, **o),
    "date": lambda **o: fields.DateField(**o),
    "time": lambda **o: fields.TimeField(**o),
    "radios": lambda **o: fields.ChoiceField(choices=CHOICES, **o),
    "checkboxes": lambda **o: fields.MultipleChoiceField(choices=CHOICES, **o),
    "select": lambda **o: fields.SelectField(choices=[("", "Choose"), *CHOICES], **o),
    "one box": lambda **o: fields.BooleanField(**o),
    "yes or no": lambda **o: fields.YesNoField(**o),
    "scale": lambda **o: fields.ScaleField(low=NASTY, high=NASTY, **o),
}
EVERY = pytest.mark.parametrize("kind", KINDS)


def form_with(kind: str, typed: dict[str, Any] | None = None, **options: Any) -> fields.Form:
    facts = {"label": f"Question {NASTY}", "hint": f"Hint {NASTY}", "missing": "Answer this", **options}
    made = type("Made", (fields.Form,), {"asked": KINDS[kind](**facts)})
    return made() if typed is None else made(sent(**typed))  # type: ignore[no-any-return]


def described(shown: Shown) -> set[str]:
    """The ids of everything that is read out with a box or a group."""
    pairs = [attrs.get("aria-describedby") or "" for _, attrs in shown.elements]
    return {each for pair in pairs for each in pair.split()}


@EVERY
def test_what_it_says_is_escaped(kind: str) -> None:
    shown = Shown(form_with(kind).render_fields())

    assert "<script" not in shown.html
    assert "alert(1)" in shown.html
    assert " style=" not in shown.html and " onclick" not in shown.html


@EVERY
def test_its_hint_is_read_out_with_it(kind: str) -> None:
    shown = Shown(form_with(kind).render_fields())
    hints = [each for each in shown.ids if each.endswith("-hint")]

    assert hints, "the hint has an id"
    assert set(hints) & described(shown)


@EVERY
def test_left_empty_its_error_is_read_out_with_it_and_reached_from_the_summary(kind: str) -> None:
    form = form_with(kind, {})
    assert not form.is_valid()
    shown, summary = Shown(form.render_fields()), Shown(str(form.error_summary))

    errors = [each for each in shown.ids if each.endswith("-error")]
    assert errors and set(errors) <= described(shown)
    assert "Answer this" in shown.text and "Answer this" in summary.text
    [target] = [each.removeprefix("#") for each in summary.hrefs]
    assert target in shown.ids, "the summary's link leads to a box"
    assert any(attrs.get("id") == target and tag in {"input", "select", "textarea"} for tag, attrs in shown.elements)


@EVERY
def test_errors_start_with_the_word_for_those_who_do_not_see_red(kind: str) -> None:
    shown = Shown(form_with(kind, {}).render_fields())

    assert "Error:" in shown.text


@EVERY
def test_every_box_has_a_label_or_a_legend(kind: str) -> None:
    shown = Shown(form_with(kind).render_fields())
    boxes = [
        attrs
        for tag, attrs in shown.elements
        if tag in {"input", "select", "textarea"} and attrs.get("type") != "hidden"
    ]
    labelled = {attrs.get("for") for attrs in shown.all("label")}

    assert boxes
    assert all(each.get("id") in labelled for each in boxes)
    assert len(boxes) == 1 or shown.all("legend")


@EVERY
def test_ids_are_there_once(kind: str) -> None:
    for typed in (None, {}):
        ids = Shown(form_with(kind, typed).render_fields()).ids
        assert len(ids) == len(set(ids))


@EVERY
def test_when_it_need_not_be_answered_it_says_so_and_empty_is_fine(kind: str) -> None:
    form = form_with(kind, {}, required=False)

    assert form.is_valid(), form.errors
    assert kind == "one box" or "(optional)" in Shown(form.render_fields()).text


@EVERY
@given(typed=st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=30))
def test_whatever_is_sent_is_taken_or_refused_in_a_sentence_and_stays(kind: str, typed: str) -> None:
    parts = {"date": ["asked_day", "asked_month", "asked_year"]}.get(kind, ["asked"])
    form = form_with(kind, dict.fromkeys(parts, typed))

    if not form.is_valid():
        [said] = form.errors["asked"][:1]
        assert said and "Traceback" not in said and "None" not in said
    assert "<script" not in form.render_fields()


@pytest.mark.parametrize(
    ("kind", "nasty"),
    [
        ("text", NASTY),
        ("area", NASTY),
        ("email", NASTY),
        ("phone", NASTY),
        ("postcode", NASTY),
        ("number", NASTY),
        ("time", NASTY),
    ],
)
def test_what_was_typed_stays_as_text(kind: str, nasty: str) -> None:
    shown = Shown(form_with(kind, {"asked": nasty}).render_fields())

    assert "<script" not in shown.html
    kept = [attrs.get("value") for attrs in shown.all("input", name="asked")] + [shown.text]
    assert any(nasty in (each or "") for each in kept)


@pytest.mark.parametrize(
    ("day", "month", "year", "error_boxes"),
    [
        ("", "3", "1984", {"day"}),
        ("15", "", "1984", {"month"}),
        ("15", "3", "", {"year"}),
        ("31", "2", "1984", {"day", "month", "year"}),
    ],
)
def test_only_the_wrong_part_of_a_date_is_marked(day: str, month: str, year: str, error_boxes: set[str]) -> None:
    form = form_with("date", {"asked_day": day, "asked_month": month, "asked_year": year})
    assert not form.is_valid()
    shown = Shown(form.render_fields())
    marked = {
        str(attrs["name"]).removeprefix("asked_")
        for attrs in shown.all("input")
        if "nhsuk-input--error" in (attrs.get("class") or "")
    }

    assert marked == error_boxes
    assert [attrs.get("value") for attrs in shown.all("input")] == [day or None, month or None, year or None] or {
        attrs.get("value") or "" for attrs in shown.all("input")
    } == {day, month, year}


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_any_date_typed_in_numbers_is_that_date(day: date) -> None:
    form = form_with("date", {"asked_day": str(day.day), "asked_month": f"{day.month:02}", "asked_year": str(day.year)})

    assert form.is_valid() and form.cleaned_data["asked"] == day


def test_a_whole_forms_errors_are_listed_in_the_order_of_its_questions() -> None:
    made = type("Made", (fields.Form,), {kind.replace(" ", "_"): make(label=kind) for kind, make in KINDS.items()})
    form = made(sent())
    assert not form.is_valid()
    summary = Shown(str(form.error_summary))

    assert len(summary.hrefs) == len(KINDS)
    shown = Shown(form.render_fields())
    order = [shown.ids.index(each.removeprefix("#")) for each in summary.hrefs]
    assert order == sorted(order)


@pytest.mark.parametrize("bad", ["c", "a,b", "<script>", " a", "A"])
def test_an_answer_that_was_not_offered_is_not_taken(bad: str) -> None:
    for kind in ("radios", "select", "checkboxes"):
        form = form_with(kind, {"asked": [bad]})
        assert not form.is_valid()
        assert "<script>" not in form.render_fields()


@pytest.mark.parametrize("bad", ["-1", "11", "5.5", "ten", ""])
def test_a_scale_runs_from_nought_to_ten(bad: str) -> None:
    assert not form_with("scale", {"asked": bad}).is_valid()


def test_every_step_of_a_scale_is_an_answer() -> None:
    for step in range(11):
        form = form_with("scale", {"asked": str(step)})
        assert form.is_valid() and form.cleaned_data["asked"] == step
