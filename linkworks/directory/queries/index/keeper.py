"""Keeps the data for finding in step with PostgreSQL, which alone is true.

Every change of a listing leaves the number of its transaction behind (`ListingTouch`). Whoever asks first reads what was
touched since the horizon: the oldest transaction that was still open at the last look. So nothing that commits late is
passed over, which "newer than the last I saw" would do; what is read twice is the same twice.

A transaction that has itself changed listings gets data of its own, which nobody else sees and which ends with it.
"""

import threading
from dataclasses import dataclass, field
from time import monotonic
from typing import NamedTuple
from uuid import UUID

import numpy as np
from django.conf import settings
from django.db import connection

from linkworks.core.clock import today

from ...access import offered_services
from . import snapshot
from .columns import build
from .listed import read, read_some
from .shelves import Shelves, shelved

LEAST_TO_READ_ALL = 300
SHARE_TO_READ_ALL = 200
TOUCHED = """
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text, pg_current_xact_id_if_assigned()::text,
           coalesce(array_agg(service_id), '{}'), coalesce(array_agg(cx::text), '{}')
    FROM directory_listingtouch WHERE cx >= %s::xid8
"""


class Look(NamedTuple):
    """What was touched since a horizon, by which transaction; the next horizon; and our own transaction's number."""

    horizon: int
    own: str | None
    touched: dict[UUID, str]

    @property
    def is_own(self) -> bool:
        return self.own is not None and self.own in self.touched.values()


@dataclass
class Held:
    """What one database's data for finding is, and as of when."""

    shelves: Shelves | None = None
    horizon: int = 3  # the first number PostgreSQL gives
    seen: dict[UUID, str] = field(default_factory=dict)
    on: int = 0
    looked_at: float = float("-inf")
    lock: threading.Lock = field(default_factory=threading.Lock)


_held: dict[tuple[str, ...], Held] = {}


def held() -> Held:
    where = connection.settings_dict
    return _held.setdefault(tuple(str(where[each]) for each in ("HOST", "PORT", "NAME")), Held())


def forget() -> None:
    """Start anew, as a process that has just begun."""
    _held.clear()


def current(*, must_be_fresh: bool = True) -> Shelves:
    """The data for finding. It is at most a quarter of a second old, and never older than what the asker wrote."""
    ours = held()
    if ours.shelves is not None and not must_be_fresh and monotonic() - ours.looked_at < settings.MATCH_POLL_SECONDS:
        return ours.shelves
    with ours.lock:
        return caught_up(ours)


def caught_up(ours: Held) -> Shelves:
    begun = begin(ours) if ours.shelves is None else ours.shelves
    look = look_since(ours.horizon)
    shelves = with_changes(ours, begun, look) if begun is not None else shelved(read(today()))
    if look.is_own:
        return shelves
    ours.shelves, ours.horizon, ours.looked_at, ours.on = shelves, look.horizon, monotonic(), today().toordinal()
    ours.seen = {id: cx for id, cx in look.touched.items() if int(cx) >= look.horizon}
    if begun is None or shelves.large is not begun.large:
        snapshot.save(snapshot.Snapshot(shelves.large, ours.horizon, ours.on, ours.seen))
    return shelves


def begin(ours: Held) -> Shelves | None:
    """What an earlier process kept, as of then; what was touched since is read next."""
    kept = snapshot.load()
    if kept is None:
        return None
    ours.horizon, ours.on, ours.seen = kept.horizon, kept.on, dict(kept.seen)
    return Shelves(kept.columns, None, build(()), {})


def look_since(horizon: int) -> Look:
    """One statement, so that what it finds and the next horizon are of the same moment. Without data only the horizon counts."""
    with connection.cursor() as cursor:
        cursor.execute(TOUCHED, [str(horizon)])
        next_horizon, own, ids, numbers = cursor.fetchone()
    return Look(int(next_horizon), own, dict(zip(ids, numbers, strict=True)))


def with_changes(ours: Held, shelves: Shelves, look: Look) -> Shelves:
    touched = {id for id, cx in look.touched.items() if ours.seen.get(id) != cx} | turned(ours, shelves)
    if not touched:
        return shelves
    if len(shelves.fresh) + len(touched) > max(LEAST_TO_READ_ALL, len(shelves.large) // SHARE_TO_READ_ALL):
        return shelved(read(today()))
    return shelves.changed(touched, read_some(touched, today()))


def turned(ours: Held, shelves: Shelves) -> set[UUID]:
    """On a new day: the listings of which a price or a time begins or is over."""
    now = today().toordinal()
    if ours.on == now:
        return set()
    rows = np.flatnonzero(shelves.large.flat["changes_on"] <= now)
    fresh = {id for id, each in shelves.fresh.items() if each.changes_on and each.changes_on.toordinal() <= now}
    return fresh | {shelves.large.id(row) for row in rows.tolist()}


def problem() -> str | None:
    """Whether finding has all listings that are shown; for /healthz, which also warms a process that has just begun."""
    for _ in range(2):  # a listing may come between the two looks
        if len(current()) == how_many_shown():
            return None
    return "Finding does not have all listings."


def how_many_shown() -> int:
    return offered_services().count()
