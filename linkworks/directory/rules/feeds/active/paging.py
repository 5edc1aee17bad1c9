"""One page of a feed in the Realtime Paged Data Exchange form: its items, where it goes on, and whether it is the last."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from msgspec import Struct, structs

from ... import text
from ..envelope import NotAFeed
from . import linked

LARGEST = 2**63 - 1
REMEMBERS = timedelta(days=7)  # how long feeds have to tell that something was deleted


class Page(Struct, frozen=True):
    """`next` is empty where the feed does not say how it goes on."""

    items: tuple[Any, ...]
    next: str
    licence: str
    is_last: bool


def open_page(payload: Any, address: str) -> Page:
    """The page that was read at an address."""
    if not isinstance(payload, Mapping) or not isinstance(payload.get("items"), list):
        raise NotAFeed(f"This is JSON, but not a page of an OpenActive feed: {what_it_has(payload)}.")
    if {"items", "next"} & set(getattr(payload, "names", ())):
        raise NotAFeed("This page says “items” or “next” twice, so it is not known which is meant.")
    items, onwards = tuple(payload["items"]), next_address(payload, address)
    if items and onwards and is_same_address(onwards, address):
        raise NotAFeed("The feed goes round in a circle: a page with items says that it is followed by itself.")
    is_last = not items and (not onwards or is_same_address(onwards, address))
    return Page(items, onwards, text.one_line(linked.said(payload, "license", "licence"), 200), is_last)


def what_it_has(payload: Any) -> str:
    if not isinstance(payload, Mapping):
        return "it is not an object"
    names = [text.one_line(each, 30) for each in list(payload)[:5]]
    return f"it has {', '.join(names)} and no list of items" if names else "it is empty"


def next_address(payload: Mapping[str, Any], address: str) -> str:
    found = payload.get("next")
    if found is None or found == "":
        return ""
    if not isinstance(found, str):
        raise NotAFeed("The feed’s next page is not an address.")
    try:
        return urljoin(address, found.strip())
    except ValueError as error:
        raise NotAFeed("The feed’s next page is not an address.") from error


def is_same_address(one: str, other: str) -> bool:
    """Whether two addresses ask the same thing, in whatever order they name what they ask for."""
    return parts_of(one) == parts_of(other)


def parts_of(address: str) -> tuple[str, str, list[tuple[str, str]]]:
    parts = urlsplit(address)
    return parts.netloc.lower(), parts.path.rstrip("/"), sorted(parse_qsl(parts.query, keep_blank_values=True))


def number(raw: Any) -> int | None:
    """Where an item stands in its feed's order: a whole number, which some feeds write in quotes."""
    if isinstance(raw, str) and raw.strip().isascii() and raw.strip().isdigit() and len(raw) < 25:
        raw = int(raw)
    return raw if isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw <= LARGEST else None


class Cursor(Struct, frozen=True):
    """How far a feed has been read. `round` counts how often it was begun; it is whole once its end was reached in this round."""

    address: str
    next: str
    modified: int = 0
    round: int = 1
    is_whole: bool = False
    read_at: datetime | None = None


def started(known: Cursor | None, address: str, now: datetime) -> Cursor:
    """Where to go on; at the beginning, for another address, and when what was deleted meanwhile may be forgotten."""
    if known is None:
        return Cursor(address, address)
    is_too_old = known.read_at is not None and now - known.read_at > REMEMBERS
    if known.address != address or is_too_old:
        return Cursor(address, address, round=known.round + 1)
    return known


def moved(cursor: Cursor, page: Page, modified: Iterable[int], now: datetime) -> Cursor:
    """The cursor behind this page. Raises NotAFeed when the page lies before what was read already."""
    found = list(modified)
    if found and min(found) < cursor.modified:
        raise NotAFeed("The feed goes backwards: a page holds what was changed before the page that led to it.")
    return structs.replace(
        cursor,
        next=page.next or cursor.next,
        modified=max([cursor.modified, *found]),
        is_whole=cursor.is_whole or page.is_last,
        read_at=now,
    )
