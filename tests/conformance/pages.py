"""A list, page by page to its end: the envelope, its arithmetic, and that each row is met once."""

from math import ceil
from typing import Any

from tests.directory import official

from .reading import Reader

NUMBERS = ("total_items", "total_pages", "page_number", "size")
FLAGS = ("first_page", "last_page", "empty")
MOST_PAGES = 400


def whole_list(reader: Reader, route: str, per_page: int, query: str = "") -> list[dict[str, Any]]:
    """All the rows of a list, read in pages of this size."""
    rows: list[dict[str, Any]] = []
    totals: set[int] = set()
    for number in range(1, MOST_PAGES):
        page = f"{route}?per_page={per_page}&page={number}{query}"
        found = reader.json(page)
        if not envelope_holds(reader, page, found):
            return rows
        totals.add(found["total_items"])
        arithmetic(reader, page, found, number, per_page)
        rows += found["contents"]
        if found["last_page"] or found["empty"] or number >= found["total_pages"]:
            break
    if totals != {len(rows)}:
        reader.note("total", f"{route} by {per_page}", f"{sorted(totals)} said, {len(rows)} met")
    ids = [row.get("id") for row in rows]
    if len(set(ids)) != len(ids):
        reader.note(
            "met-twice", f"{route} by {per_page}", sorted({str(each) for each in ids if ids.count(each) > 1})[:3]
        )
    return rows


def envelope_holds(reader: Reader, page: str, found: Any) -> bool:
    if not isinstance(found, dict):
        return False
    wrong = [name for name in NUMBERS if type(found.get(name)) is not int]
    wrong += [name for name in FLAGS if type(found.get(name)) is not bool]
    wrong += [] if isinstance(found.get("contents"), list) else ["contents"]
    for name in wrong:
        reader.note("envelope", page, name)
    return not wrong


def arithmetic(reader: Reader, page: str, found: dict[str, Any], number: int, per_page: int) -> None:
    total, rows = found["total_items"], found["contents"]
    last = ceil(total / per_page)
    expected = {
        "total_pages": last,
        "page_number": number,
        "size": len(rows),
        "first_page": number == 1,
        "last_page": number == max(1, last),
        "empty": not rows,
    }
    for name, value in expected.items():
        if found[name] != value:
            reader.note("arithmetic", page, f"{name} is {found[name]}, not {value}")
    if len(rows) > per_page or (number < last and len(rows) != per_page):
        reader.note("page-not-full", page, f"{len(rows)} rows of {per_page}")


def rows_hold(reader: Reader, route: str, rows: list[dict[str, Any]]) -> None:
    """The rows against the list's official schema, all at once."""
    name = {"services": "service_list", "taxonomies": "taxonomy_list"}.get(route[1:], f"{route[1:-1]}_list")
    for said in official.faults({"contents": rows}, f"{name}.json"):
        reader.note("schema", route, said)


def odd_pages(reader: Reader, route: str) -> None:
    """What no page has: an error that is explained, or an empty page; never trouble, never another page again."""
    first = reader.json(f"{route}?per_page=1&page=1")
    shown = {row.get("id") for row in (first or {}).get("contents", [])}
    for odd in ("0", "-1", "abc", "99999", "1.5"):
        page = f"{route}?per_page=1&page={odd}"
        answer = reader.ask(page)
        if answer.status >= 500:
            reader.note("trouble", page, answer.status)
        elif answer.status == 200 and any(str(each) in answer.text for each in shown):
            reader.note("page-repeated", page)
