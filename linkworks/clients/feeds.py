"""Reading a feed: from a file, or from a public address with limits on time, size and redirects."""

import ipaddress
import json
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from linkworks.core.errors import Invalid, Unavailable

SECONDS = 10.0
MOST_BYTES = 20 * 1024 * 1024
MOST_REDIRECTS = 3
ASKS_FOR = {"Accept": "application/json", "User-Agent": "Linkworks (reads open directories of local support)"}
NOT_PUBLIC = "The feed's address is not a public one, so it is not read."
Resolver = Callable[[str], list[str]]


def is_web_address(source: str) -> bool:
    return source.lower().startswith(("http://", "https://"))


def read_files(source: str) -> list[tuple[str, Any]]:
    """(file name, JSON) of a file, or of each JSON file in a folder, in order of name."""
    path = Path(source)
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not files:
        raise Invalid(f"There is no JSON file in {source}.")
    return [(file.name, read_file(file)) for file in files]


def read_file(path: Path) -> Any:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise Invalid(f"{path.name} is larger than {MOST_BYTES // 1024 // 1024} MB.")
        return parsed(path.read_bytes())
    except OSError as error:
        raise Invalid(f"{path.name} could not be read: {error.strerror}.") from error


def fetch(address: str, *, resolve: Resolver | None = None, transport: httpx.BaseTransport | None = None) -> Any:
    """The JSON at a public address. Redirects are followed by hand, at most three, each to a public address."""
    deadline = time.monotonic() + SECONDS
    with httpx.Client(
        timeout=SECONDS, follow_redirects=False, transport=transport, headers=ASKS_FOR, trust_env=False
    ) as client:
        for _ in range(MOST_REDIRECTS + 1):
            check_public(address, resolve or addresses_of)
            onwards, body = ask(client, address, deadline)
            if onwards is None:
                return parsed(body)
            address = joined(address, onwards)
    raise Unavailable(f"The feed redirects more than {MOST_REDIRECTS} times.")


def joined(address: str, onwards: str) -> str:
    try:
        return urljoin(address, onwards)
    except ValueError as error:
        raise Invalid("The feed redirects to what is not a web address.") from error


def ask(client: httpx.Client, address: str, deadline: float) -> tuple[str | None, bytes]:
    """(where it redirects to, nothing) or (None, the body)."""
    try:
        with client.stream("GET", address) as answer:
            check_reached(answer)
            if answer.is_redirect:
                return answer.headers.get("location", ""), b""
            check_answer(answer)
            return None, limited(answer, deadline)
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise Unavailable(f"The feed did not answer: {type(error).__name__}. Try again later.") from error


def check_reached(answer: httpx.Response) -> None:
    """Nothing is read of a private address, though the name meant a public one when it was asked about."""
    stream = answer.extensions.get("network_stream")
    reached = stream.get_extra_info("server_addr") if stream else None
    if reached and not is_global(str(reached[0])):
        raise Invalid(NOT_PUBLIC)


def check_answer(answer: httpx.Response) -> None:
    if answer.status_code != httpx.codes.OK:
        raise Unavailable(f"The feed answered {answer.status_code}.")
    kind = answer.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/json" and not kind.endswith("+json"):
        raise Unavailable(f"The feed answered with {kind or 'no content type'} where JSON was expected.")


def limited(answer: httpx.Response, deadline: float) -> bytes:
    """The body, as long as it is neither too large nor too slow."""
    body = bytearray()
    for part in answer.iter_bytes():
        body += part
        if len(body) > MOST_BYTES:
            raise Unavailable(f"The feed is larger than {MOST_BYTES // 1024 // 1024} MB.")
        if time.monotonic() > deadline:
            raise Unavailable(f"The feed took longer than {SECONDS:.0f} seconds.")
    return bytes(body)


def check_public(address: str, resolve: Resolver) -> None:
    """Only http and https, on their usual ports, to addresses anybody on the internet could reach."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Invalid("The feed's address is not a web address.") from error
    if parts.scheme not in {"http", "https"} or not host or parts.username or port not in {None, 80, 443}:
        raise Invalid("A feed's address must begin with http:// or https://, without a name, password or unusual port.")
    found = resolve(host)
    if not found or not all(is_global(each) for each in found):
        raise Invalid(NOT_PUBLIC)


def is_global(address: str) -> bool:
    return ipaddress.ip_address(address.split("%")[0]).is_global


def addresses_of(host: str) -> list[str]:
    try:
        return sorted({str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)})
    except (OSError, UnicodeError) as error:
        raise Unavailable("The feed's address could not be found.") from error


def parsed(body: bytes) -> Any:
    try:
        return json.loads(body.decode("utf-8-sig"), parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        raise Invalid("What was read is not JSON.") from error
