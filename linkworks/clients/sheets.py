"""Reading the spreadsheets that somebody gives us: CSV as programs save it, and XLSX. Nothing in them is ever run."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any, Final, NamedTuple
from xml.etree.ElementTree import ParseError

import openpyxl

from linkworks.core.errors import Invalid

PACKED: Final = b"PK\x03\x04"
OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
MOST_UNPACKED = 40 * 1024 * 1024
MOST_ROWS = 10_000
MOST_COLUMNS = 60
LAST_ROW = 1_048_576  # of any spreadsheet: a file that names a later one is not a spreadsheet
NOT_A_SHEET = "This spreadsheet could not be read. Open it, save it again as XLSX or CSV, and give that file."
UNREADABLE = (
    ArithmeticError, AttributeError, EOFError, LookupError, NotImplementedError, OSError, ParseError, RuntimeError,
    TypeError, ValueError, zipfile.BadZipFile, zipfile.zlib.error,  # type: ignore[attr-defined]
)  # fmt: skip


class SheetRow(NamedTuple):
    """One row that says something, and its number as the spreadsheet shows it."""

    number: int
    cells: tuple[str, ...]


class Sheet(tuple[SheetRow, ...]):
    """The rows of a spreadsheet that say something, the columns' names first."""


def is_sheet(body: bytes, name: str) -> bool:
    """By what it begins with; text is a spreadsheet when its name says so and it is not JSON."""
    if body.startswith((PACKED, OLD_EXCEL)):
        return True
    return name.lower().endswith((".csv", ".xlsx", ".xls")) and not body.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(
        (b"{", b"[")
    )


def read_sheet(body: bytes, name: str) -> Sheet:
    """The rows of a spreadsheet as text. Raises Invalid with a sentence that says what is wrong with it."""
    if body.startswith(OLD_EXCEL):
        raise Invalid("This is an old or locked Excel file. Save it as XLSX or CSV without a password, and give that.")
    if body.startswith(PACKED):
        return Sheet(limited(cells_of_xlsx(body)))
    if name.lower().endswith((".xlsx", ".xls")):
        raise Invalid(NOT_A_SHEET)
    return Sheet(limited(cells_of_csv(decoded(body))))


def limited(rows: Iterable[Sequence[str]]) -> Iterator[SheetRow]:
    """The rows that are not empty, as long as there are not too many."""
    for number, cells in enumerate(rows, start=1):
        if number > LAST_ROW:
            raise Invalid(NOT_A_SHEET)
        told = filled(cells)
        if not any(told):
            continue
        if number > MOST_ROWS:
            raise Invalid(f"This spreadsheet goes on after row {MOST_ROWS:,}. Give it as several files and sources.")
        yield SheetRow(number, told)


def filled(cells: Sequence[str]) -> tuple[str, ...]:
    """The cells up to the last that says something."""
    told = [cell.strip() for cell in cells[:MOST_COLUMNS]]
    while told and not told[-1]:
        told.pop()
    return tuple(told)


def decoded(body: bytes) -> str:
    """Text as Excel, LibreOffice and Google save it: UTF-8, or the Windows letters of older ones."""
    encodings = ["utf-16"] if body.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Invalid("This file is not a CSV: it is not written in letters we know. Save it as CSV (UTF-8).")


def cells_of_csv(text: str) -> Iterator[list[str]]:
    first = text.lstrip().partition("\n")[0]
    between = max((",", ";", "\t"), key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
    read = 0
    try:
        for row in rows:
            read += 1
            yield row
    except csv.Error as error:
        raise Invalid(f"Row {read + 1} cannot be read: look for a quotation mark that is not closed.") from error


def cells_of_xlsx(body: bytes) -> Iterator[list[str]]:
    """The first sheet. A formula is read as what it came to when the file was last saved."""
    try:
        check_packed(body)
        book = openpyxl.load_workbook(io.BytesIO(body), read_only=True, data_only=True, keep_links=False)
        if not book.worksheets:
            raise Invalid("There is no sheet in this file.")
        # without a last row of our own, what the file says its size is would hide the rows below it
        sheet = book.worksheets[0]
        for row in sheet.iter_rows(max_row=LAST_ROW + 1, max_col=MOST_COLUMNS, values_only=True):
            yield [written(cell) for cell in row]
    except UNREADABLE as error:
        raise Invalid(NOT_A_SHEET) from error


def check_packed(body: bytes) -> None:
    """A small file may not unpack into a huge one, nor may its XML make up words of its own that multiply."""
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
            raise Invalid(
                f"This spreadsheet is larger than {MOST_UNPACKED // 1024 // 1024} MB when it is unpacked. "
                "Take out pictures and sheets that are not the list, or save it as CSV."
            )
        for part in packed.infolist():
            if b"<!DOCTYPE" in packed.read(part).replace(b"\0", b""):
                raise Invalid(NOT_A_SHEET)


def written(cell: Any) -> str:
    """A cell as somebody would write it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime | date):
        return cell.strftime("%Y-%m-%d")
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.10g}"
    return str(cell)
