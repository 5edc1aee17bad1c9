"""Rows that a person should look at, kept with their reasons and without contact details."""

from typing import Any

import msgspec

from ..models import ImportProblem, ImportRun
from ..rules.feeds.finishing import clean, hides_its_place
from ..rules.hiding import scrub
from ..states import Outcome

CONTACT_FIELDS = frozenset({"contacts", "email", "phone", "phones", "assurer_email"})
LONGEST_ROW = 200_000


def problem_of(run: ImportRun, outcome: Outcome, reason: str, *, number: int, raw: Any = None) -> ImportProblem:
    """The row and the reason, for a person to look at."""
    is_row = isinstance(raw, dict)
    return problem(
        run,
        outcome,
        reason,
        number=number,
        key=plain(raw.get("id"))[:200] if is_row else "",
        name=name_told(raw) if is_row else "",
        row=without_private(raw),
    )


def problem(run: ImportRun, outcome: Outcome, reason: str, *, number: int, **row: Any) -> ImportProblem:
    return ImportProblem(run=run, outcome=outcome.value, row_number=number, reason=reason, **row)


def without_private(raw: Any) -> Any:
    """A row as it came, without contact details; nothing of one whose place is hidden."""
    return None if hides_its_place(raw) else storable(raw, CONTACT_FIELDS)


def name_told(raw: Any) -> str:
    name = clean(plain(raw.get("name")))
    return (scrub(name) if hides_its_place(raw) else name)[:255]


def plain(value: Any) -> str:
    return "".join(each for each in str(value) if each.isprintable()) if isinstance(value, str | int) else ""


def storable(raw: Any, hidden: frozenset[str]) -> Any:
    """JSON that PostgreSQL takes: no null characters, no broken halves of letters, not endless."""
    try:
        text = msgspec.json.encode(without(raw, hidden)).decode()
        return msgspec.json.decode(text.replace("\\u0000", "")) if len(text) < LONGEST_ROW else None
    except (ValueError, TypeError, RecursionError):
        return None


def without(value: Any, hidden: frozenset[str]) -> Any:
    """The value without the fields that are hidden, all the way down, and without private people's details in its words."""
    if isinstance(value, dict):
        return {name: without(each, hidden) for name, each in value.items() if name not in hidden}
    if isinstance(value, list):
        return [without(each, hidden) for each in value]
    return clean(value) if isinstance(value, str) else value
