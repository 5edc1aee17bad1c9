"""Reading a feed: from a file, or from a public address with limits on time, size and redirects."""

import time
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx

from linkworks.core.errors import Invalid, Unavailable

from . import addresses, documents
from .addresses import NOT_PUBLIC, Place, Resolver, addresses_of, is_public, is_web_address
from .addresses import check as check_address
from .documents import Doubled, parsed
from .pinned import Transport
from .sheets import Sheet, is_sheet, read_sheet
from .unpacking import unpacked

__all__ = [
    "Doubled",
    "Sheet",
    "check_address",
    "fetch",
    "fetch_sized",
    "files_in",
    "is_web_address",
    "left_out",
    "read_file",
    "read_given",
]

SECONDS = 10.0
MOST_BYTES = documents.MOST_BYTES
MOST_REDIRECTS = 3
READ = frozenset({".json", ".csv", ".xlsx"})
ASKS_FOR = {
    "Accept": "application/json",
    "Accept-Encoding": "gzip, deflate",
    "User-Agent": "Linkworks (reads open directories of local support)",
}


def files_in(source: str) -> list[Path]:
    """The file, or each feed and spreadsheet of a folder, in order of name."""
    path = Path(source)
    files = [each for each in held_in(path) if may_be_read(each)] if path.is_dir() else [path]
    if not files:
        raise Invalid(f"There is no JSON, CSV or XLSX file in {source}.")
    return files


def left_out(source: str) -> list[str]:
    """What else is in a folder, by name: folders, and files of other kinds."""
    path = Path(source)
    return [each.name for each in held_in(path) if not may_be_read(each)] if path.is_dir() else []


def held_in(folder: Path) -> list[Path]:
    """What a person put there; not what programs leave behind."""
    return sorted(each for each in folder.iterdir() if not each.name.startswith((".", "~$")))


def may_be_read(file: Path) -> bool:
    return file.is_file() and file.suffix.lower() in READ


def read_file(path: Path) -> Any:
    try:
        with path.open("rb") as file:
            return read_given(file.read(MOST_BYTES + 1), path.name)
    except OSError as error:
        raise Invalid(f"{path.name} could not be read: {error.strerror}.") from error


def read_given(body: bytes, name: str) -> Any:
    """What is in a file that somebody gave, whatever it calls itself."""
    if len(body) > MOST_BYTES:
        raise Invalid(f"{name} is larger than {MOST_BYTES // 1024 // 1024} MB.")
    return read_sheet(body, name) if is_sheet(body, name) else parsed(body)


def fetch(address: str, *, resolve: Resolver | None = None, transport: httpx.BaseTransport | None = None) -> Any:
    """The JSON at a public address."""
    return fetch_sized(address, resolve=resolve, transport=transport)[0]


def fetch_sized(
    address: str, *, resolve: Resolver | None = None, transport: httpx.BaseTransport | None = None
) -> tuple[Any, int]:
    """The JSON, and of how many bytes. Redirects are followed by hand, at most three, each to a public address of its own."""
    deadline = time.monotonic() + SECONDS
    for _ in range(MOST_REDIRECTS + 1):
        place = addresses.place(address, resolve or addresses_of)
        onwards, body = ask(place, transport or Transport(place, deadline), deadline)
        if onwards is None:
            return parsed(body), len(body)
        address = joined(address, onwards)
    raise Unavailable(f"The feed redirects more than {MOST_REDIRECTS} times.")


def joined(address: str, onwards: str) -> str:
    try:
        return urljoin(address, onwards)
    except ValueError as error:
        raise Invalid("The feed redirects to what is not a web address.") from error


def ask(place: Place, transport: httpx.BaseTransport, deadline: float) -> tuple[str | None, bytes]:
    """(where it redirects to, nothing) or (None, the body)."""
    asker = httpx.Client(
        timeout=SECONDS, follow_redirects=False, transport=transport, headers=ASKS_FOR, trust_env=False
    )
    try:
        with asker as client, client.stream("GET", place.url) as answer:
            check_reached(answer)
            if answer.is_redirect:
                return answer.headers.get("location", ""), b""
            check_answer(answer)
            return None, limited(answer, deadline)
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        if time.monotonic() > deadline:
            raise too_slow() from error
        raise Unavailable(f"The feed did not answer: {type(error).__name__}. Try again later.") from error


def check_reached(answer: httpx.Response) -> None:
    """Nothing is read of a private address, however the connection came to it."""
    stream = answer.extensions.get("network_stream")
    reached = stream.get_extra_info("server_addr") if stream else None
    if reached and not is_public(str(reached[0])):
        raise Invalid(NOT_PUBLIC)


def check_answer(answer: httpx.Response) -> None:
    if answer.status_code != httpx.codes.OK:
        raise Unavailable(f"The feed answered {answer.status_code}.")
    kind = answer.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/json" and not kind.endswith("+json"):
        raise Unavailable(f"The feed answered with {kind or 'no content type'} where JSON was expected.")


def limited(answer: httpx.Response, deadline: float) -> bytes:
    """The body, as long as it is neither too large (packed or unpacked) nor too slow."""
    body, came = bytearray(), Counter()
    parts = came.counting(answer.iter_raw())
    for part in unpacked(answer.headers.get("content-encoding", ""), parts):
        body += part
        if max(len(body), came.bytes) > MOST_BYTES:
            raise Unavailable(f"The feed is larger than {MOST_BYTES // 1024 // 1024} MB.")
        if time.monotonic() > deadline:
            raise too_slow()
    return bytes(body)


class Counter:
    """How much came over the wire."""

    bytes = 0

    def counting(self, parts: Any) -> Any:
        for part in parts:
            self.bytes += len(part)
            yield part


def too_slow() -> Unavailable:
    return Unavailable(f"The feed took longer than {SECONDS:.0f} seconds.")
