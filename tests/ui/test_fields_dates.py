"""A date in three boxes, and a time in one."""

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.ui import fields
from tests.ui.pages import Shown, sent


class When(fields.Form):
    born = fields.DateField(
        label="Date of birth",
        missing="Enter the date of birth",
        not_after=lambda: date(2026, 11, 22),
        autocomplete="bday",
    )
    review = fields.DateField(label="When will you look again?", required=False, not_before=date(2026, 11, 22))
    call = fields.TimeField(label="Best time to call", required=False)


def when(day: str = "15", month: str = "3", year: str = "1984", **more: Any) -> When:
    return When(sent(born_day=day, born_month=month, born_year=year, **more))


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2026, 11, 22)))
def test_every_real_date_is_read(day: date) -> None:
    form = when(str(day.day), str(day.month), str(day.year))
    assert form.is_valid()
    assert form.cleaned_data["born"] == day


@pytest.mark.parametrize("month", ["3", "03", "March", "mar", " MAR "])
def test_months_may_be_written_out(month: str) -> None:
    form = when(month=month)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == date(1984, 3, 15)


@pytest.mark.parametrize(
    ("parts", "message", "target"),
    [
        (("", "", ""), "Enter the date of birth", "id_born_day"),
        (("15", "", "1984"), "Date of birth must include a month", "id_born_month"),
        (("15", "", ""), "Date of birth must include a month and year", "id_born_month"),
        (("15", "3", "84"), "Date of birth must have a year with 4 numbers, like 1984", "id_born_year"),
        (("31", "2", "1984"), "Date of birth must be a real date, like 27 3 1984", "id_born_day"),
        (("x", "y", "1984"), "Date of birth must be a real date, like 27 3 1984", "id_born_day"),
        (("1", "1", "2027"), "Date of birth must be Sunday 22 November 2026 or earlier", "id_born_day"),
    ],
)
def test_the_error_names_what_is_wrong_and_leads_to_it(parts: tuple[str, str, str], message: str, target: str) -> None:
    form = when(*parts)
    assert form.errors["born"] == [message]
    assert form.problems() == [{"text": message, "href": f"#{target}"}]
    shown = Shown(form.field("born"))
    assert target in shown.ids
    assert [box["value"] for box in shown.all("input")] == list(parts)


def test_only_the_boxes_that_are_wrong_are_marked() -> None:
    shown = Shown(when(month="").field("born"))
    marked = [box["name"] for box in shown.all("input") if "nhsuk-input--error" in str(box["class"])]
    assert marked == ["born_month"]


def test_a_question_mark_is_not_put_in_the_middle_of_an_error() -> None:
    form = when(review_day="1", review_month="1", review_year="2020")
    assert form.errors["review"] == ["The date must be Sunday 22 November 2026 or later"]


def test_an_optional_date_left_alone_is_none() -> None:
    form = when()
    assert form.is_valid()
    assert form.cleaned_data["review"] is None


def test_a_saved_date_is_shown_in_its_parts() -> None:
    shown = Shown(When(initial={"born": date(1984, 3, 5)}).field("born"))
    assert [box["value"] for box in shown.all("input")] == ["5", "3", "1984"]
    assert shown.one("input", name="born_day")["autocomplete"] == "bday-day"


def test_a_date_knows_whether_it_changed() -> None:
    saved = {"born": date(1984, 3, 15)}
    data = sent(born_day="15", born_month="3", born_year="1984")
    assert When(data, initial=saved).changed_data == []
    data["born_day"] = "x"
    assert When(data, initial=saved).changed_data == ["born"]


@pytest.mark.parametrize(("typed", "meant"), [("2.30pm", time(14, 30)), ("", None)])
def test_a_time_is_read(typed: str, meant: time | None) -> None:
    form = when(call=typed)
    assert form.is_valid()
    assert form.cleaned_data["call"] == meant


def test_a_time_that_cannot_be_read_is_explained_and_kept() -> None:
    form = when(call="teatime")
    assert form.errors["call"] == ["Enter a time, like 2:30pm or 14:30"]
    assert Shown(form.field("call")).one("input")["value"] == "teatime"


def test_a_saved_time_is_shown_as_people_write_it() -> None:
    assert Shown(When(initial={"call": time(14, 30)}).field("call")).one("input")["value"] == "2:30pm"
