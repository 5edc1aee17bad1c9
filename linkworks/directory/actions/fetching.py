"""Getting a feed page by page, and the details that its list leaves out: one question at a time, and never for ever."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from linkworks.clients import feeds as client
from linkworks.core.errors import LinkworksError

from ..rules.feeds import Feed, NotAFeed, lacks_details, open_envelope, open_sheet
from ..rules.feeds.reading import key_of

MOST_PAGES = 2000
MOST_DETAILS = 1000
DETAILS_SECONDS = 900.0
FAILURES_IN_A_ROW = 5


class NoDetails(Exception):
    """Why one row's details could not be read."""


class LeftOut(NamedTuple):
    """Something in a folder that could not be read, and why."""

    why: str


def pages_of(address: str, file: bytes = b"", file_name: str = "") -> Iterator[Feed | LeftOut]:
    """Each page of the feed. Totals drift while one reads, so pages are asked for until one is empty or the last is reached."""
    if file:
        yield opened(client.read_given(file, file_name))
        return
    if not client.is_web_address(address):
        yield from in_files(address)
        return
    read, before = 0, None
    for number in range(1, MOST_PAGES + 1):
        feed = open_envelope(client.fetch(page_address(address, number)))
        keys = [key_of(row) for row in feed.rows]
        if number > 1 and keys == before:
            return  # a feed that does not know about pages says the same again
        yield feed
        read, before = read + len(feed.rows), keys
        if not feed.rows or is_last(feed, number, read):
            return


def in_files(address: str) -> Iterator[Feed | LeftOut]:
    """What is in a file, or in each file of a folder. One that cannot be read stops no other; when none can, that is said."""
    files, failed = client.files_in(address), 0
    for name in client.left_out(address):
        yield LeftOut(f"“{name}” was not read: only JSON, CSV and XLSX files are.")
    for file in files:
        try:
            feed = opened(client.read_file(file))
        except (LinkworksError, NotAFeed) as error:
            failed += 1
            if failed == len(files):
                raise
            yield LeftOut(f"“{file.name}” was not read. {error}")
        else:
            yield feed


def opened(payload: Any) -> Feed:
    """What is in a file: a spreadsheet in the form of our template, or a feed."""
    return open_sheet(payload) if isinstance(payload, client.Sheet) else open_envelope(payload)


def is_last(feed: Feed, number: int, read: int) -> bool:
    """By its number of pages; a feed that does not say has more as long as fewer rows came than it counts."""
    if feed.pages is not None:
        return number >= feed.pages
    return feed.total is None or read >= feed.total


def page_address(address: str, number: int) -> str:
    if number == 1:
        return address
    parts = urlsplit(address)
    query = [*(pair for pair in parse_qsl(parts.query) if pair[0] != "page"), ("page", str(number))]
    return urlunsplit(parts._replace(query=urlencode(query)))


@dataclass
class Coverage:
    """How much of a feed was read, by what its pages say of themselves."""

    pages: set[int] = field(default_factory=set)
    said: int = 0
    total: int = 0
    rows: int = 0
    is_list: bool = True

    def add(self, feed: Feed) -> None:
        self.pages.add(feed.page if feed.page is not None else -len(self.pages) - 1)
        self.said = max(self.said, feed.pages or 0)
        self.total = max(self.total, feed.total or 0)
        self.rows += len(feed.rows)
        self.is_list = self.is_list and feed.is_list

    @property
    def is_whole(self) -> bool:
        """Whether what was not in it is no longer in the feed. An empty feed proves nothing."""
        return self.is_list and self.rows >= max(1, self.total) and len(self.pages) >= self.said


@dataclass
class Details:
    """Asks a feed for what its list leaves out, one row at a time; stops asking when the feed stops answering."""

    address: str
    left: int = field(default_factory=lambda: MOST_DETAILS)
    failures: int = 0
    until: float = field(default_factory=lambda: time.monotonic() + DETAILS_SECONDS)

    def are_wanted(self, feed: Feed, raw: Any) -> bool:
        return client.is_web_address(self.address) and feed.is_list and lacks_details(feed.dialect, raw)

    def of(self, raw: Mapping[str, Any]) -> Mapping[str, Any]:
        """The whole row. Raises NoDetails with the reason."""
        self.check_may_ask()
        self.left -= 1
        try:
            payload = client.fetch(detail_address(self.address, key_of(raw)))
        except LinkworksError as error:
            self.failures += 1
            raise NoDetails(error.message) from error
        self.failures = 0
        return whole_row(payload, raw)

    def check_may_ask(self) -> None:
        if self.left <= 0 or time.monotonic() > self.until:
            raise NoDetails("The feed has too many to ask for at once: the rest is asked for the next time.")
        if self.failures >= FAILURES_IN_A_ROW:
            raise NoDetails("The feed stopped answering for details.")


def detail_address(address: str, key: str) -> str:
    """/services/{id} beside the list. Raises NoDetails when the address does not lead to a list of services."""
    parts = urlsplit(address)
    path = parts.path.rstrip("/")
    if not path.endswith("/services") or not key:
        raise NoDetails("The feed's address does not end in /services, so no details can be asked for.")
    return urlunsplit(parts._replace(path=f"{path}/{quote(key, safe='')}", query="", fragment=""))


def whole_row(payload: Any, raw: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        rows = open_envelope(payload).rows
    except NotAFeed as error:
        raise NoDetails("Its details are not a service.") from error
    found = rows[0] if len(rows) == 1 else None
    if not isinstance(found, Mapping) or key_of(found) != key_of(raw):
        raise NoDetails("Its details are about another service.")
    return {**raw, **found}
