"""The facts of a listing that there may be several of: its times, its places and its prices."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from msgspec import structs

from .facts import CostFacts, PlaceFacts, SessionFacts

Rows = tuple[Any, ...]
TOLD_BY: Mapping[str, type] = {"sessions": SessionFacts, "places": PlaceFacts, "costs": CostFacts}
LABELS = {"sessions": "Times", "places": "Places", "costs": "Cost"}
WORDS = {"times": "sessions", "places": "places", "costs": "costs"}  # as addresses of pages say it
# The kind of fact that is confirmed when one of them is changed (rules/freshness.py).
CONFIRMS = {"sessions": "times", "places": "place", "costs": "cost"}
MOST = 60  # a listing with more times than that is several listings


def plain(rows: Rows) -> list[Any]:
    """The rows as they are kept in a version."""
    kept: list[Any] = msgspec.json.decode(msgspec.json.encode(rows))
    return kept


def completed(kept: Iterable[Mapping[str, Any]], now: Iterable[PlaceFacts]) -> list[dict[str, Any]]:
    """Places as a version keeps them; what was not yet asked of places in its day stays as it is told of them now."""
    known = {whereabouts(each): each for each in plain(tuple(now))}
    return [{**known.get(whereabouts(each), {}), **each} for each in kept]


def whereabouts(place: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(place.get(name) for name in ("name", "address_1", "postcode"))


def told(part: str, kept: Any) -> Rows:
    """The rows as facts again."""
    return tuple(msgspec.convert(each, TOLD_BY[part]) for each in kept)


def written(rows: Rows) -> str:
    """The rows as text, for the history; nothing where there are none."""
    return msgspec.json.encode(rows).decode() if rows else ""


def read(part: str, text: str) -> Rows:
    return told(part, msgspec.json.decode(text)) if text else ()


def mark(rows: Rows) -> str:
    """Stands for the rows as somebody saw them, so that nobody writes over what they never saw."""
    return hashlib.sha256(msgspec.json.encode(rows)).hexdigest()


def put(rows: Rows, number: int | None, fact: Any) -> Rows:
    """The rows with one of them changed, added (no number) or taken away (no fact). They are counted from 1."""
    if number is None:
        return (*rows, fact)
    return (*rows[: number - 1], *(() if fact is None else (fact,)), *rows[number:])


def without_place(sessions: Iterable[SessionFacts], number: int) -> Rows:
    """The times that are left when a place goes: those at that place go with it, and the places after it count one less."""
    gone = number - 1
    kept = (each for each in sessions if each.place != gone)
    return tuple(
        structs.replace(each, place=each.place - 1) if each.place is not None and each.place > gone else each
        for each in kept
    )


def access_after(needs: Iterable[str], before: Iterable[PlaceFacts], after: Iterable[PlaceFacts]) -> tuple[str, ...]:
    """What the listing has for access when its places change: what a place no longer has goes, what one has now comes."""
    gave, gives = given(before), given(after)
    kept = [each for each in needs if each not in gave or each in gives]
    return tuple(dict.fromkeys([*kept, *gives]))


def given(places: Iterable[PlaceFacts]) -> list[str]:
    return [each.access_need for place in places for each in place.accessibility if each.access_need]


def differ(part: str, feed: Rows, kept: Rows) -> bool:
    """Whether a feed says something else than what was kept. Where a place is by the degree is nobody's word."""
    return comparable(part, feed) != comparable(part, kept)


def comparable(part: str, rows: Rows) -> list[Any]:
    if part != "places":
        return plain(rows)
    return [(each.address_1, each.city, "".join(each.postcode.split()), sorted(given([each]))) for each in rows]
