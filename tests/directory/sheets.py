"""Spreadsheets of listings for the tests, of any shape."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl

from linkworks.directory.rules.feeds.columns import COLUMNS

CLUB = {"Organisation": "Kettle and Company", "Name": "Bramble lunch club", "Postcode": "SE15 5DD", "Day": "Tuesday"}


def csv_of(*rows: Mapping[str, str], between: str = ",", headings: Sequence[str] = ()) -> bytes:
    names = list(headings) or [each.heading for each in COLUMNS]
    lines = [between.join(names), *(between.join(row.get(name, "") for name in names) for row in rows)]
    return "\r\n".join(lines).encode()


def xlsx_of(*rows: Sequence[Any]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(body: bytes, name: str, change: Any) -> bytes:
    """The same file with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            said = old.read(part)
            new.writestr(part, change(said) if part == name else said)
    return out.getvalue()
