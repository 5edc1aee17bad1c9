"""Reading single values out of feeds that were filled in by hand: lenient about form, strict about sense."""

import math
import re
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

from .. import text
from ..sessions import DAYS, ORDER

TIME = re.compile(
    r"^\s*(\d{1,2})(?:[:.](\d{2}))?(?::\d{2}(?:\.\d+)?)?\s*(am|pm)?\s*(?:Z|[+-]\d{2}:?\d{2})?\s*$", re.IGNORECASE
)
MONEY = re.compile(r"^\s*£?\s*(\d{1,6}(?:,\d{3})*(?:\.\d{1,2})?)\s*$")

WRITTEN_DAY = re.compile(r"^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\s*$")


class RowProblem(ValueError):
    """Why a row cannot be stored at all."""


def words(row: Any, *names: str, most: int = 255) -> str:
    """The first of the named fields that has a value, as one line."""
    return next((found for name in names if (found := text.one_line(value(row, name), most))), "")


def paragraphs(row: Any, *names: str) -> str:
    return next((found for name in names if (found := text.plain(value(row, name), text.LONGEST))), "")


def value(row: Any, name: str) -> Any:
    return row.get(name) if isinstance(row, Mapping) else None


def rows_of(row: Any, *names: str) -> list[Mapping[str, Any]]:
    """The first of the named lists that has rows in it; what is not a row is left out."""
    for name in names:
        found = value(row, name)
        if isinstance(found, list) and found:
            return [each for each in found if isinstance(each, Mapping)]
    return []


def key_of(row: Any, field: str = "id") -> str:
    """The row's own id, as text; or that of another which it names."""
    found = value(row, field)
    if isinstance(found, bool) or not isinstance(found, (str, int)):
        return ""
    return "".join(letter for letter in str(found) if letter.isprintable()).strip()[:200]


def number(raw: Any) -> float | None:
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str)):
        return None
    try:
        found = float(raw)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def age(raw: Any) -> int | None:
    """An age; feeds write "none" as -1, 0, 100, 104 or 150."""
    found = number(raw)
    return int(found) if found is not None and 0 < found < 100 else None


def day(raw: Any) -> date | None:
    """A date, with or without a time behind it."""
    if not isinstance(raw, str):
        return None
    try:
        return date.fromisoformat(raw.strip()[:10])
    except ValueError:
        return None


def written_day(raw: Any) -> str:
    """A date as people write it in a list, 31/1/2027 or 31.1.27, as feeds do; anything else as it is."""
    found = WRITTEN_DAY.match(raw) if isinstance(raw, str) else None
    if not found:
        return str(raw or "")
    day, month, year = (int(part) for part in found.groups())
    return f"{year + 2000 if year < 100 else year:04}-{month:02}-{day:02}"


def clock(raw: Any) -> time | None:
    """A time of day in London as it was written: "09:30", "9.30am", "14:00Z"."""
    found = TIME.match(raw) if isinstance(raw, str) else None
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def money(raw: Any) -> Decimal | None:
    """An amount in pounds: 5.5, "5.50", "£5"; "free" is nothing to pay."""
    if isinstance(raw, str) and raw.strip().lower() in {"free", "no charge", "nil"}:
        return Decimal(0)
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str)):
        return None
    found = MONEY.match(str(raw))
    try:
        amount = Decimal(found[1].replace(",", "")) if found else None
    except InvalidOperation:  # pragma: no cover - the pattern lets only numbers through
        return None
    return amount if amount is not None and amount < 1_000_000 else None


def position(latitude: Any, longitude: Any) -> tuple[float, float] | tuple[None, None]:
    """A position on earth; 0, 0 and what is off the earth mean that none was given."""
    north, east = number(latitude), number(longitude)
    if north is None or east is None or not (-90 <= north <= 90 and -180 <= east <= 180) or (north, east) == (0, 0):
        return (None, None)
    return (north, east)


def weekday(raw: Any) -> str:
    """MO to SU from "Monday", "Mon", 1 to 7 or MO itself."""
    if isinstance(raw, int) and not isinstance(raw, bool):
        return ORDER[raw - 1] if 1 <= raw <= 7 else ""
    spelled = raw.strip().lower() if isinstance(raw, str) else ""
    if len(spelled) == 1 and spelled.isdecimal():
        return weekday(int(spelled))
    if spelled.upper() in DAYS:
        return spelled.upper()
    named = (day for day, name in DAYS.items() if len(spelled) > 2 and name.lower().startswith(spelled.rstrip("s.")))
    return next(named, "")
