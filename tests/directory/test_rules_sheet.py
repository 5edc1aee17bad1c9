"""Rows of a spreadsheet become listings: one column, one value at a time."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.directory.rules.feeds import Dialect, Feed, NotAFeed, RowProblem, open_sheet, read_row
from linkworks.directory.rules.feeds.columns import COLUMNS, template
from linkworks.directory.rules.feeds.sheet import days_of, phone_of

HEADINGS = [each.heading for each in COLUMNS]


def opened(*rows: list[str]) -> Feed:
    return open_sheet(list(enumerate(rows, start=1)))


def row(**said: str) -> Any:
    return read_row(Dialect.SPREADSHEET, {"id": "k", "name": "Club", "organisation": "Kettle", **said})


def test_the_template_as_it_is_holds_no_listing_and_says_so() -> None:
    feed = opened(*template())
    assert feed.rows == ()
    assert feed.notes == ("Row 2 is marked EXAMPLE in the column “Key”, so it was not read.",)


def test_the_example_of_the_template_would_be_a_good_listing() -> None:
    raw = dict(zip([each.field for each in COLUMNS], template()[1], strict=True)) | {"id": "1"}
    read = read_row(Dialect.SPREADSHEET, raw)
    assert read.notes == ()
    assert "loneliness" in read.service.needs and not read.service.held_because
    assert (read.service.sessions[0].byday, str(read.service.costs[0].amount)) == ("TU,TH", "4.50")


@pytest.mark.parametrize("written", ["E-mail", "email", "E Mail", " EMAIL "])
def test_a_heading_is_known_however_it_is_written(written: str) -> None:
    assert opened(["name", "ORGANISATION", written], ["Club", "Kettle", "a@b.org"]).rows[0]["email"] == "a@b.org"


@pytest.mark.parametrize(
    ("headings", "words"),
    [
        (["Town"], "“Organisation” and “Name” are not there"),
        (["Name"], "“Organisation” is not there"),
        (["Name", "Organisation", "name"], "“Name” is there twice"),
    ],
)
def test_wrong_columns_are_explained(headings: list[str], words: str) -> None:
    with pytest.raises(NotAFeed, match=words):
        opened(headings)


def test_nothing_at_all_is_said() -> None:
    with pytest.raises(NotAFeed, match="empty"):
        open_sheet([])


def test_an_unknown_column_is_named_and_the_rest_is_read() -> None:
    feed = opened(["Name", "Organisation", "Colour"], ["Club", "Kettle", "red"])
    assert feed.notes == ("The column “Colour” is not one of the template's, so it was not read.",)
    assert (len(feed.rows), feed.numbers) == (1, (2,))


def test_a_row_without_a_key_is_known_by_name_and_postcode() -> None:
    rows = opened(
        ["Name", "Organisation", "Postcode", "Key"],
        ["Lunch  Club", "K", "se15 5dd", ""], ["lunch club", "K", "SE155DD", ""], ["Lunch club", "K", "N1 1AA", ""],
        ["Lunch club", "K", "N1 1AA", "77"],
    ).rows  # fmt: skip
    assert [each["id"] for each in rows] == ["lunch club SE155DD"] * 2 + ["lunch club N11AA", "77"]


def test_a_row_without_a_name_is_left_out_with_a_reason() -> None:
    with pytest.raises(RowProblem, match="“Name” is empty"):
        read_row(Dialect.SPREADSHEET, {"organisation": "Kettle"})


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("Tuesday", "TU"), ("tuesdays", "TU"), ("Mon & Thu", "MO,TH"), ("Thursday, Monday", "MO,TH"),
        ("Monday to Friday", "MO,TU,WE,TH,FR"), ("Mon-Wed", "MO,TU,WE"), ("weekdays", "MO,TU,WE,TH,FR"),
        ("Every day", "MO,TU,WE,TH,FR,SA,SU"), ("Friday to Monday", ""), ("Bank holidays", ""), ("Tue, maybe", ""),
    ],
)  # fmt: skip
def test_days(said: str, days: str) -> None:
    assert ",".join(days_of(said)) == days


def test_a_counted_day_is_monthly_and_what_is_no_day_is_shown_as_written() -> None:
    assert (row(day="2nd Tuesday").service.sessions[0].freq, row(day="2nd Tuesday").service.sessions[0].byday) == (
        "MONTHLY",
        "2TU",
    )
    odd = row(day="Ask us")
    assert odd.service.sessions[0].description == "Ask us"
    assert odd.notes[-1] == "Day: “Ask us” is not a day of the week, so it is shown as it is written."


@pytest.mark.parametrize(
    ("said", "number"),
    [("2079460111", "02079460111"), ("020 7946 0111", "020 7946 0111"), ("0800", ""), ("٠١٢٣٤٥٦٧٨٩", "٠١٢٣٤٥٦٧٨٩")],
)
def test_telephone(said: str, number: str) -> None:
    assert phone_of({"phone": said}) == number


@pytest.mark.parametrize(
    ("field", "said", "words"),
    [
        ("email", "office at trust", "E-mail: “…” is not an e-mail address."),
        ("url", "no site", "Website: “no site” is not a web address."),
        ("postcode", "Peckham", "Postcode: “Peckham” is not a postcode."),
        ("starts", "noonish", "Starts: “noonish” is not a time of day, such as 14:30."),
        ("ends", "25:00", "Ends: “25:00” is not a time of day, such as 14:30."),
        ("minimum_age", "adult", "Minimum age: “adult” is not an age."),
        ("maximum_age", "any", "Maximum age: “any” is not an age."),
        ("phone", "none", "Telephone: “…” is not a telephone number."),
        ("phone", "07700 900123", "Telephone: a mobile number may be a private person's, so it is not shown."),
    ],
)
def test_what_cannot_be_understood_is_said_in_plain_words(field: str, said: str, words: str) -> None:
    assert words in row(**{field: said}).notes


@pytest.mark.parametrize("postcode", ["Peckham", "ZZ99 9ZZ", "SE1"])
def test_a_postcode_that_is_none_is_said_once(postcode: str) -> None:
    assert len([note for note in row(postcode=postcode).notes if "not a postcode" in note]) == 1


def test_a_private_mobile_is_nowhere_in_the_listing() -> None:
    assert "900123" not in repr(row(phone="07700 900123", description="Ring 07700 900123", day="07700 900123"))


def test_a_refuge_is_held_back() -> None:
    assert row(name="Women's refuge", address_1="1 Secret Road").service.held_because


def test_no_organisation_is_held_back() -> None:
    assert row(organisation="").service.held_because


def test_costs_and_words() -> None:
    assert str(row(cost="£4.50").service.costs[0].amount) == "4.50"
    assert row(cost="ask us").service.costs[0].amount_description == "ask us"
    assert [each.name for each in row(terms="Loneliness; Lunch club").service.terms] == ["Loneliness", "Lunch club"]
    assert "lunch-club" in row(terms="Lunch club").service.kinds


@given(st.lists(st.lists(st.text(max_size=12), min_size=18, max_size=18), max_size=4))
def test_whatever_the_cells_hold_a_row_is_a_listing_or_says_why(cells: list[list[str]]) -> None:
    for raw in opened(HEADINGS, *cells).rows:
        with suppress(RowProblem):
            assert read_row(Dialect.SPREADSHEET, raw).service.name
