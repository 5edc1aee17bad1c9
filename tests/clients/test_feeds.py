"""Reading a feed over the web: only public addresses, with limits on redirects, size, kind and time."""

import socket
from collections.abc import Callable

import httpx
import pytest

from linkworks.clients import addresses, feeds
from linkworks.core.errors import Invalid, Unavailable
from tests.fakes.web import Web

PUBLIC = "93.184.215.14"
ADDRESS = "https://feed.example.org/services"
JSON = {"content-type": "application/json; charset=utf-8"}


def fetch(
    answer: Callable[[httpx.Request], httpx.Response], address: str = ADDRESS, at: tuple[str, ...] = (PUBLIC,)
) -> object:
    return feeds.fetch(address, resolve=lambda host: list(at), transport=Web(answer))


def test_json_is_read() -> None:
    assert fetch(lambda request: httpx.Response(200, json={"contents": []})) == {"contents": []}


def test_a_byte_order_mark_and_constants_that_are_not_json_are_forgiven() -> None:
    body = b'\xef\xbb\xbf{"latitude": NaN}'
    assert fetch(lambda request: httpx.Response(200, content=body, headers=JSON)) == {"latitude": None}


@pytest.mark.parametrize(
    "at",
    [
        ("127.0.0.1",),
        ("10.1.2.3",),
        ("192.168.1.1",),
        ("172.16.0.1",),
        ("169.254.169.254",),
        ("0.0.0.0",),
        ("100.64.0.1",),
        ("::1",),
        ("fe80::1%eth0",),
        ("fc00::1",),
        ("::ffff:127.0.0.1",),
        (PUBLIC, "127.0.0.1"),
        (),
    ],
)
def test_only_public_addresses_are_asked(at: tuple[str, ...]) -> None:
    with pytest.raises(Invalid, match="not a public one"):
        fetch(lambda request: httpx.Response(200, json={}), at=at)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://feed.example.org",
        "https://user:pw@feed.example.org",
        "https://feed.example.org:8443/x",
        "https://",
        "http://[bad",
    ],
)
def test_only_plain_web_addresses_are_asked(address: str) -> None:
    with pytest.raises(Invalid):
        fetch(lambda request: httpx.Response(200, json={}), address)


def test_redirects_are_followed_three_times_at_most() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        hops = int(request.url.params.get("hop", 0))
        if hops == 3:
            return httpx.Response(200, json={"hops": hops})
        return httpx.Response(302, headers={"location": f"/services?hop={hops + 1}"})

    assert fetch(answer) == {"hops": 3}
    with pytest.raises(Unavailable, match="more than 3 times"):
        fetch(lambda request: httpx.Response(302, headers={"location": ADDRESS}))


def test_a_redirect_to_a_private_address_is_refused() -> None:
    def resolve(host: str) -> list[str]:
        return ["10.0.0.1"] if host == "inside.example.org" else [PUBLIC]

    transport = Web(lambda request: httpx.Response(302, headers={"location": "http://inside.example.org/"}))
    with pytest.raises(Invalid, match="not a public one"):
        feeds.fetch(ADDRESS, resolve=resolve, transport=transport)


class Reached:
    """What httpx knows of the connection it made."""

    def __init__(self, address: str) -> None:
        self.address = address

    def get_extra_info(self, name: str) -> object:
        return (self.address, 443) if name == "server_addr" else None


@pytest.mark.parametrize("inside", ["10.0.0.1", "127.0.0.1", "169.254.169.254", "fd00::1", "fe80::1%eth0"])
def test_nothing_is_read_of_a_private_address_behind_a_name_that_was_public_when_asked(inside: str) -> None:
    with pytest.raises(Invalid, match="not a public one"):
        fetch(lambda request: httpx.Response(200, json={"secret": 1}, extensions={"network_stream": Reached(inside)}))


def test_a_public_address_is_read() -> None:
    answer = fetch(lambda request: httpx.Response(200, json={"a": 1}, extensions={"network_stream": Reached(PUBLIC)}))
    assert answer == {"a": 1}


def test_what_is_not_json_is_refused() -> None:
    with pytest.raises(Unavailable, match="text/html"):
        fetch(lambda request: httpx.Response(200, html="<h1>Not found</h1>"))
    with pytest.raises(Invalid, match="not JSON"):
        fetch(lambda request: httpx.Response(200, content=b"{", headers=JSON))


@pytest.mark.parametrize("status", [404, 500, 403])
def test_an_error_is_said(status: int) -> None:
    with pytest.raises(Unavailable, match=str(status)):
        fetch(lambda request: httpx.Response(status))


def test_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MOST_BYTES", 10)
    with pytest.raises(Unavailable, match="larger"):
        fetch(lambda request: httpx.Response(200, json={"contents": ["x" * 50]}))


def test_too_slow_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "SECONDS", -1.0)
    with pytest.raises(Unavailable, match="longer than"):
        fetch(lambda request: httpx.Response(200, json={}))


def test_no_answer_is_said() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    with pytest.raises(Unavailable, match="did not answer"):
        fetch(refuse)


def test_a_name_that_is_nowhere_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*args: object, **kwargs: object) -> list[object]:
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    with pytest.raises(Unavailable, match="could not be found"):
        addresses.addresses_of("nowhere.example.org")


@pytest.mark.parametrize(
    "onwards", ["//[", "http://[::1", "https://feed.example.org:99999/", "https://feed.example.org:x/"]
)
def test_a_redirect_to_what_is_no_address_is_refused_in_words(onwards: str) -> None:
    with pytest.raises((Invalid, Unavailable), match=r"not a web address|did not answer"):
        fetch(lambda request: httpx.Response(302, headers={"location": onwards}))


@pytest.mark.parametrize("odd", ["\x01", "\ud800", "a" * 70_000])
def test_an_address_that_cannot_be_sent_is_refused_in_words(odd: str) -> None:
    with pytest.raises(Invalid, match="in plain letters"):
        fetch(lambda request: httpx.Response(200, json={}), address=f"https://feed.example.org/{odd}")
