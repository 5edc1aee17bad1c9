"""What is kept of a feed's item until the next reading: what a listing needs, in one spelling, and nothing of private people."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from ....states import FeedItemKind
from ..reading import RowProblem
from . import linked, offered, paging, timed

SERIES, DATED = "SessionSeries", "ScheduledSession"
EVENTS = frozenset({"Event", "CourseInstance", "HeadlineEvent"})
LONGEST_KEY = 190


class Item(Struct, frozen=True):
    """An item of a page: which it is, where it stands in the feed's order, and what it says."""

    key: str
    kind: str
    modified: int
    is_deleted: bool
    data: Mapping[str, Any]


class Kept(Struct, frozen=True):
    """`subject` is what others call it by; `parent` what it is a date of."""

    key: str
    what: FeedItemKind
    modified: int
    is_deleted: bool = False
    subject: str = ""
    parent: str = ""
    starts: datetime | None = None
    data: Mapping[str, Any] = {}


def item_of(raw: Any) -> Item:
    """Raises RowProblem with what is wrong; the same words for every item that has it, so that they can be counted."""
    if not isinstance(raw, Mapping):
        raise RowProblem("This item is not an object.")
    modified, state = paging.number(raw.get("modified")), str(raw.get("state", "")).lower()
    identity = linked.name_of(raw.get("id"))[:LONGEST_KEY]
    if not identity:
        raise RowProblem("This item has no id, so it could not be recognised the next time.")
    if modified is None:
        raise RowProblem(
            "This item does not say as a number when it was changed, so it is not known whether it is news."
        )
    if state not in {"updated", "deleted"}:
        raise RowProblem("This item says neither that it was updated nor that it was deleted.")
    told = raw.get("data")
    data: Mapping[str, Any] = told if isinstance(told, Mapping) else {}
    kind = linked.last_part(raw.get("kind")) or linked.kind(data)
    if state == "updated" and not data:
        raise RowProblem("This item says that it was updated, and has no data.")
    return Item(f"{kind} {identity}"[:200], kind, modified, state == "deleted", data)


def keep(raw: Any) -> Iterator[Kept]:
    """What is kept of an item: itself, and the series that is written out inside it. Raises RowProblem when it is left out."""
    item = item_of(raw)
    told = linked.kind(item.data) or item.kind.split(".")[0]
    if item.is_deleted:
        yield Kept(
            item.key, FeedItemKind.DATE if DATED in item.kind else FeedItemKind.LISTING, item.modified, is_deleted=True
        )
    elif told == DATED and (linked.value(item.data, "superEvent") is not None):
        yield from date_of(item)
    elif told in {SERIES, DATED} | EVENTS:
        yield listing_of(item.key, item.modified, item.data)
    else:
        raise RowProblem(f"Linkworks reads sessions and events, and not what is called {told[:40] or 'nothing'}.")


def date_of(item: Item) -> Iterator[Kept]:
    series = linked.one(item.data, "superEvent")
    parent, starts = linked.name_of(series), linked.moment(linked.value(item.data, "startDate"))
    if not parent:
        raise RowProblem("This session does not say which series it belongs to.")
    if starts is None:
        raise RowProblem("This session does not say on which day and when it begins.")
    if isinstance(series, Mapping) and linked.words(series, "name"):
        yield listing_of(f"{SERIES} {parent}"[:200], item.modified, series)
    date = timed.date_of(item.data)
    yield Kept(item.key, FeedItemKind.DATE, item.modified, False, date["id"], parent, starts, date)


def listing_of(key: str, modified: int, data: Mapping[str, Any]) -> Kept:
    """A series or an event, with what it takes over from the series around it."""
    around = linked.thing(data, "superEvent")
    whole = {**around, **{name: each for name, each in data.items() if each not in (None, "", [], {})}}
    return Kept(key, FeedItemKind.LISTING, modified, subject=linked.name_of(data) or key, data=offered.kept(key, whole))
