"""Following one feed page by page, from where the last reading stopped: one question at a time, and never for ever."""

import time
from collections.abc import Iterator
from typing import Any

import msgspec
from django.db import transaction

from linkworks.clients import feeds as client
from linkworks.core.clock import now

from ...models import Source
from ...rules.feeds import NotAFeed, RowProblem
from ...rules.feeds.active import Cursor, Kept, Page, keep, moved, open_page, started
from ...rules.text import one_line
from ...states import Outcome
from ..reading import BATCH, Reading
from .keeping import forget_unseen, store
from .tally import Tally

MOST_PAGES = 1000
MOST_BYTES = 300 * 1024 * 1024
SECONDS = 900.0
MOST_EMPTY = 3
THE_REST = "There is more in the feed than is read at once. The next reading goes on from where this one stopped."
UNREADABLE = (RecursionError, ValueError, TypeError, AttributeError, LookupError, ArithmeticError)


class Follower:
    """A feed while it is followed. Its cursor moves only together with what was kept of the page before it."""

    def __init__(self, reading: Reading, feed: str, address: str, tally: Tally) -> None:
        self.reading, self.feed, self.tally = reading, feed, tally
        self.source = reading.run.source
        known = self.source.cursors.get(feed)
        self.cursor = started(msgspec.convert(known, Cursor) if known else None, address, now())
        self.bytes, self.empty = 0, 0
        self.asked: set[str] = set()
        self.until = time.monotonic() + SECONDS

    def pages(self) -> Iterator[None]:
        while self.may_go_on():
            page = self.read()
            yield
            if page.is_last or not page.next:
                return
        self.tally.add(THE_REST)

    def may_go_on(self) -> bool:
        return len(self.asked) < MOST_PAGES and self.bytes < MOST_BYTES and time.monotonic() < self.until

    def read(self) -> Page:
        """One page: what is kept of it, and the cursor behind it."""
        address = self.cursor.next
        self.asked.add(address)
        payload, size = client.fetch_sized(address)
        self.bytes += size
        page = open_page(payload, address)
        self.check(page)
        with transaction.atomic():
            cursor = moved(self.cursor, page, list(self.keep_all(page)), now())
            if page.is_last:
                forget_unseen(self.source, self.feed, cursor.round)
            self.keep_cursor(cursor, page)
        return page

    def keep_all(self, page: Page) -> Iterator[int]:
        """Keep what is in a page, some at a time; gives where each item stands in the feed's order."""
        for begins in range(0, len(page.items), BATCH):
            kept = [each for raw in page.items[begins : begins + BATCH] for each in self.kept_of(raw)]
            store(self.source, self.feed, self.cursor.round, kept)
            yield from (each.modified for each in kept)

    def check(self, page: Page) -> None:
        self.empty = 0 if page.items else self.empty + 1
        if page.next in self.asked and not page.is_last:
            raise NotAFeed("The feed goes round in a circle: a page leads back to one that was read before.")
        if self.empty > MOST_EMPTY:
            raise NotAFeed("The feed leads from one empty page to the next and never says that it ends.")
        if page.items and not page.next:
            self.tally.add("A page with items does not say how the feed goes on, so it is taken for the last.")
        if page.next:
            client.check_address(page.next)

    def kept_of(self, raw: Any) -> list[Kept]:
        """What is kept of one item. Whatever is wrong with it stays with it."""
        self.reading.run.read += 1
        try:
            return list(keep(raw))
        except RowProblem as problem:
            reason = str(problem)
        except UNREADABLE as problem:
            reason = f"This item could not be read: {type(problem).__name__}."
        key = one_line(raw.get("id"), 200) if isinstance(raw, dict) else ""
        self.tally.add(reason, number=self.reading.run.read, key=key, outcome=Outcome.REJECTED)
        return []

    def keep_cursor(self, cursor: Cursor, page: Page) -> None:
        self.cursor = cursor
        source = Source.objects.select_for_update().get(id=self.source.id)
        source.cursors[self.feed] = msgspec.to_builtins(cursor)
        source.licence_said = page.licence or source.licence_said
        source.save(update_fields=["cursors", "licence_said"])
        self.source.cursors = source.cursors
