"""Spreadsheets that somebody gives us: the ways programs write them, and hostile ones."""

import io
import zipfile
from contextlib import suppress
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.clients import feeds, sheets
from linkworks.core.errors import Invalid
from tests.directory.sheets import with_part, xlsx_of

SHEET = "xl/worksheets/sheet1.xml"
TEXT = "Name,Town\r\nZoë’s café,London\r\n"


def told(body: bytes, name: str = "list.csv") -> list[tuple[int, tuple[str, ...]]]:
    return [(row.number, row.cells) for row in sheets.read_sheet(body, name)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_a_csv_is_read_however_it_was_saved(encoding: str, between: str) -> None:
    body = TEXT.replace(",", between).encode(encoding)
    assert told(body) == [(1, ("Name", "Town")), (2, ("Zoë’s café", "London"))]


def test_empty_rows_count_and_are_not_told() -> None:
    assert told(b"Name,Town\n,\n\nClub,\n") == [(1, ("Name", "Town")), (4, ("Club",))]


def test_a_cell_may_hold_commas_lines_and_quotation_marks() -> None:
    assert told(b'Name,Town\n"A, ""b""\nc",London\n')[1] == (2, ('A, "b"\nc', "London"))


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (None, ""), (5, "5"), (5.0, "5"), (4.5, "4.5"), (0.1 + 0.2, "0.3"), (True, "yes"), (False, "no"),
        (time(9, 30), "09:30"), (date(2026, 11, 22), "2026-11-22"), (datetime(2026, 11, 22, 9), "2026-11-22"),
        (" Club ", " Club "),
    ],
)  # fmt: skip
def test_a_cell_is_what_somebody_would_write(cell: object, words: str) -> None:
    assert sheets.written(cell) == words


def test_an_xlsx_is_read_whatever_it_is_called() -> None:
    body = xlsx_of(["Name", "Starts"], ["Club", time(9, 30)], [None, None], ["Choir", "10am"])
    for name in ("list.xlsx", "list.csv", "list.json"):
        assert feeds.read_given(body, name) == sheets.read_sheet(body, name)
    assert told(body) == [(1, ("Name", "Starts")), (2, ("Club", "09:30")), (4, ("Choir", "10am"))]


def test_a_formula_is_read_as_its_value_and_never_run() -> None:
    body = xlsx_of(["Name"], ["=1+1"], ["Club"])
    assert told(body) == [(1, ("Name",)), (3, ("Club",))]
    kept = with_part(body, SHEET, lambda said: said.replace(b"<v />", b"<v>2</v>").replace(b"<v></v>", b"<v>2</v>"))
    assert told(kept)[1] == (2, ("2",))


def test_json_stays_json() -> None:
    assert feeds.read_given(b'{"contents": []}', "list.csv") == {"contents": []}
    assert feeds.read_given(b"\xef\xbb\xbf [1]", "list.json") == [1]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/image.bin", b"0" * (sheets.MOST_UNPACKED + 1))
    return out.getvalue()


def entities(said: bytes) -> bytes:
    return said.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet', 1)


GOOD = xlsx_of(["Name"], ["Club"])
HOSTILE = {
    "bomb": (bomb(), "larger than 40 MB when it is unpacked"),
    "entities": (with_part(GOOD, SHEET, entities), "could not be read"),
    "cut short": (GOOD[: len(GOOD) // 2], "could not be read"),
    "no sheet's part": (with_part(GOOD, "[Content_Types].xml", lambda _: b""), "could not be read"),
    "broken XML": (with_part(GOOD, SHEET, lambda said: said[:-30]), "could not be read"),
    "a row past the last": (with_part(GOOD, SHEET, lambda said: said.replace(b'r="2"', b'r="99999999999"')), "could not"),
    "a row far down": (with_part(GOOD, SHEET, lambda said: said.replace(b'r="2"', b'r="20000"')), "after row 10,000"),
    "old Excel": (sheets.OLD_EXCEL + b"x" * 600, "old or locked Excel"),
    "a quotation mark": (b'Name\n"Club\n', "quotation mark that is not closed"),
    "null letters": (b"Name\nCl\0ub\n", "not written in letters we know"),
    "no letters": (b"Name\nCl\x81ub\n", "not written in letters we know"),
    "a huge cell": (b"Name\n" + b"x" * 200_000, "cannot be read"),
    "many rows": (b"Name\n" + b"Club\n" * 10_000, "after row 10,000"),
}  # fmt: skip


@pytest.mark.parametrize("which", HOSTILE)
def test_a_hostile_file_is_refused_with_a_sentence(which: str) -> None:
    body, words = HOSTILE[which]
    with pytest.raises(Invalid, match=words):
        sheets.read_sheet(body, "list.csv")


def test_text_that_is_called_xlsx_is_not_one() -> None:
    with pytest.raises(Invalid, match="save it again"):
        feeds.read_given(b"Name\nClub", "list.xlsx")


@given(st.binary(max_size=200), st.sampled_from(["a.csv", "a.xlsx"]), st.sampled_from([b"", sheets.PACKED]))
def test_whatever_comes_is_rows_or_a_sentence(body: bytes, name: str, first: bytes) -> None:
    rows: sheets.Sheet | tuple[()] = ()
    with suppress(Invalid):
        rows = sheets.read_sheet(first + body, name)
    assert all(any(row.cells) for row in rows)


def test_rows_below_the_size_that_a_file_says_it_has_are_read() -> None:
    body = with_part(GOOD, SHEET, lambda said: said.replace(b'ref="A1:A2"', b'ref="A1"'))
    assert body != GOOD
    assert len(told(body)) == 2
