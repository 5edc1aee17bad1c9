"""A list as a file for a spreadsheet."""

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

BEGINS_UTF_8 = "\ufeff"  # by this mark Excel reads “Zoë” and not “ZoÃ«”


def answer(name: str, rows: Iterable[Sequence[str]]) -> HttpResponse:
    """Rows of text to save under this name."""
    response = HttpResponse(BEGINS_UTF_8, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    csv.writer(response).writerows([harmless(cell) for cell in row] for row in rows)
    return response


def harmless(cell: str) -> str:
    """A spreadsheet must not run what somebody typed."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else cell
