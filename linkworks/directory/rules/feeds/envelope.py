"""Which dialect a feed speaks, told by its envelope and never by the version it claims."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from msgspec import Struct


class Dialect(StrEnum):
    ORUK_3 = "Open Referral UK 3.0"
    PLACECUBE = "Open Referral UK 1.0"
    OUTPOST = "Outpost"
    SPREADSHEET = "Spreadsheet"
    OPENACTIVE = "OpenActive"


NESTED = frozenset(
    {
        "attributes",
        "contacts",
        "cost_options",
        "languages",
        "phones",
        "schedules",
        "service_areas",
        "service_at_locations",
    }
)


class NotAFeed(ValueError):
    """What was read is not a feed of listings in a dialect we know; the message says what it looks like."""


class Feed(Struct, frozen=True):
    """One page of a feed: its dialect, its rows as they came, what it says of itself, and what is odd about it."""

    dialect: Dialect
    rows: tuple[Any, ...]
    page: int | None = None
    pages: int | None = None
    total: int | None = None
    is_list: bool = True
    notes: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()  # of its rows, where a person sees them numbered


def open_envelope(payload: Any) -> Feed:
    """The rows of one page, of a bare list, or of one service's detail."""
    if isinstance(payload, Mapping):
        if {"content", "contents"} & set(getattr(payload, "names", ())):
            raise NotAFeed("This page holds two lists of services, so it is not known which is meant.")
        if isinstance(payload.get("contents"), list):
            return page(Dialect.ORUK_3, payload, payload["contents"], ("total_pages", "page_number", "total_items"))
        if isinstance(payload.get("content"), list):
            dialect = Dialect.PLACECUBE if "empty" in payload else dialect_of_rows(payload["content"], Dialect.OUTPOST)
            return page(dialect, payload, payload["content"], ("totalPages", "number", "totalElements"))
        if "name" in payload and "id" in payload:
            return Feed(dialect_of_rows([payload], Dialect.ORUK_3), (payload,), is_list=False)
        if isinstance(payload.get("items"), list):
            raise NotAFeed("This is a feed of activity sessions (OpenActive). Say so where the source is changed.")
        raise NotAFeed(f"This is JSON, but not a list of services: it has {said(payload)}.")
    if isinstance(payload, list):
        return Feed(dialect_of_rows(payload, Dialect.ORUK_3), tuple(payload))
    raise NotAFeed("This is JSON, but not a list of services.")


def page(dialect: Dialect, payload: Mapping[str, Any], rows: Sequence[Any], names: tuple[str, str, str]) -> Feed:
    pages, number, total = (whole(payload.get(name)) for name in names)
    size = whole(payload.get("size"))
    notes = () if size in (None, len(rows)) else (f"The page says it holds {size} services and holds {len(rows)}.",)
    return Feed(dialect, tuple(rows), number, pages, total, notes=notes)


def lacks_details(dialect: Dialect, row: Any) -> bool:
    """Whether a row is one of version 3.0's short ones, with nothing nested in it but its organisation."""
    return dialect is Dialect.ORUK_3 and isinstance(row, Mapping) and not NESTED & set(row)


def dialect_of_rows(rows: Sequence[Any], otherwise: Dialect) -> Dialect:
    """The dialect that rows without a telling envelope are in."""
    first = next((row for row in rows if isinstance(row, Mapping)), {})
    if "organisation" in first or "locations" in first or "target_directories" in first:
        return Dialect.OUTPOST
    if any(
        name in first
        for name in ("service_taxonomys", "regular_schedules", "eligibilitys", "deliverable_type", "pc_metadata")
    ):
        return Dialect.PLACECUBE
    return otherwise if otherwise is not Dialect.OUTPOST or not first else Dialect.PLACECUBE


def whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def said(payload: Mapping[str, Any]) -> str:
    names = [str(name)[:30] for name in list(payload)[:5]]
    return ", ".join(names) if names else "nothing in it"
