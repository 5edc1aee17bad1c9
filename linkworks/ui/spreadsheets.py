"""A list as a file for a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence

import openpyxl
from django.http import HttpResponse

BEGINS_UTF_8 = "\ufeff"  # by this mark Excel reads “Zoë” and not “ZoÃ«”
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def answer(name: str, rows: Iterable[Sequence[str]]) -> HttpResponse:
    """Rows of text to save under this name."""
    response = HttpResponse(BEGINS_UTF_8, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    csv.writer(response).writerows([harmless(cell) for cell in row] for row in rows)
    return response


def workbook(name: str, rows: Iterable[Sequence[str]]) -> HttpResponse:
    """The same for Excel. Each cell is text, so that a telephone number keeps its first 0 and nothing is run."""
    book = openpyxl.Workbook()
    for down, row in enumerate(rows, start=1):
        for across, words in enumerate(row, start=1):
            cell = book.active.cell(down, across, words)
            cell.data_type, cell.number_format = "s", "@"
    file = io.BytesIO()
    book.save(file)
    response = HttpResponse(file.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def harmless(cell: str) -> str:
    """A spreadsheet must not run what somebody typed."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else cell
