"""Sixty addresses that a feed might give, and what becomes of each. No name is looked up twice, none leads inside."""

import http.server
import json
import threading
from collections.abc import Iterator

import httpx
import pytest

from linkworks.clients import addresses, feeds, pinned
from linkworks.core.errors import Invalid, LinkworksError, Unavailable
from tests.fakes.web import Web

OUTSIDE = "93.184.215.14"
NAMES = {
    "feed.example.org": [OUTSIDE],
    "six.example.org": ["2606:2800:220:1:248:1893:25c8:1946"],
    "both.example.org": [OUTSIDE, "10.0.0.8"],
    "nat64.example.org": ["64:ff9b::5db8:d70e"],
    "xn--bcher-kva.example.org": [OUTSIDE],
    "metadata.example.org": ["169.254.169.254"],
    "rebound.example.org": ["127.0.0.1"],
    "mapped.example.org": ["::ffff:10.0.0.1"],
    "hex.example.org": ["::ffff:a9fe:a9fe"],
    "nat64in.example.org": ["64:ff9b::a9fe:a9fe"],
    "local64.example.org": ["64:ff9b:1::1"],
    "sixtofour.example.org": ["2002:0a00:0001::1"],
    "teredo.example.org": ["2001:0:4136:e378:8000:63bf:3fff:fdd2"],
    "unique.example.org": ["fd00:ec2::254"],
    "link.example.org": ["fe80::1%eth0"],
    "site.example.org": ["fec0::1"],
    "compatible.example.org": ["::7f00:1"],
    "nowhere6.example.org": ["::"],
    "self6.example.org": ["::1"],
    "many.example.org": ["ff02::1"],
    "many4.example.org": ["239.1.1.1"],
    "shared.example.org": ["100.100.100.200"],
    "azure.example.org": ["168.63.129.16"],
    "oracle.example.org": ["192.0.0.192"],
    "bench.example.org": ["198.18.0.1"],
    "future.example.org": ["240.0.0.1"],
    "everybody.example.org": ["255.255.255.255"],
    "zero.example.org": ["0.0.0.0"],
    "empty.example.org": [],
    "odd.example.org": ["not an address"],
}
PUBLIC = {"feed.example.org", "six.example.org", "nat64.example.org", "xn--bcher-kva.example.org"}
ASKED = ("http://feed.example.org/services", "https://feed.example.org/services?page=2", "https://feed.example.org:443/x",
         "http://feed.example.org:80/", "HTTPS://FEED.example.org/", "https://feed.example.org./services",
         "https://six.example.org/", "https://nat64.example.org/", "https://xn--bcher-kva.example.org/",
         f"http://{OUTSIDE}/services", "http://[2606:2800:220:1:248:1893:25c8:1946]/")  # fmt: skip
REFUSED = (
    # what the names mean
    *(f"https://{name}/services" for name in NAMES if name not in PUBLIC),
    # addresses themselves, in every spelling a machine would understand
    "http://127.0.0.1/", "http://127.0.0.1./", "http://127.1/", "http://2130706433/", "http://0177.0.0.1/", "http://0x7f.0.0.1/",
    "http://0x7f000001/", "http://017700000001/", "http://169.254.169.254/latest/meta-data", "http://2852039166/", "http://[::1]/",
    "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[fe80::1%25eth0]/",
    "http://0/", "http://10.1/",
    # names of our own machines
    "http://localhost/", "http://LOCALHOST./", "http://db.internal/", "http://metadata.google.internal/", "http://printer.local/", "http://intranet/",
    # letters that only look like these, and ways to say one place and mean another
    "http://①②⑦.⓪.⓪.①/", "http://１２７.0.0.1/", "http://127。0。0。1/", "https://fееd.example.org/", "https://bücher.example.org/",
    "https://feed.example.org\\@127.0.0.1/", "https://feed.example.org@127.0.0.1/", "https://:pw@feed.example.org/", "https://user@feed.example.org/",
    "https://feed.example.org:8443/", "https://feed.example.org:22/", "https://feed.example.org:0/", "https://feed.exa\tmple.org/", " https://feed.example.org/",
    "http://%31%32%37.0.0.1/", "https://feed..example.org/", "https://-feed.example.org/", "https:///feed.example.org/",
    "file:///etc/passwd", "gopher://feed.example.org/", "ftp://feed.example.org/", "//feed.example.org/", "javascript:alert(1)",
    "https://" + "a" * 3000,
)  # fmt: skip


def json_answer(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, json={"contents": []})


def fetch(address: str, web: Web) -> object:
    return feeds.fetch(address, resolve=lambda host: list(NAMES[host]), transport=web)


def test_there_are_sixty_and_more() -> None:
    assert len({*ASKED, *REFUSED}) >= 60


@pytest.mark.parametrize("address", ASKED)
def test_a_public_one_in_plain_spelling_is_asked_once(address: str) -> None:
    web = Web(json_answer)
    assert fetch(address, web) == {"contents": []}
    assert len(web.asked) == 1


@pytest.mark.parametrize("address", REFUSED)
def test_any_other_is_refused_before_anything_is_sent(address: str) -> None:
    web = Web(json_answer)
    with pytest.raises(Invalid, match=r"A feed's address must|not a public one|not a web address"):
        fetch(address, web)
    assert web.asked == []


@pytest.mark.parametrize("address", REFUSED)
def test_a_redirect_to_one_is_refused_too(address: str) -> None:
    web = Web(lambda request: httpx.Response(302, headers={"location": address.encode("utf-8")}))
    with pytest.raises(LinkworksError):
        fetch("https://feed.example.org/", web)
    assert {each.url.host for each in web.asked} == {"feed.example.org"}, "nobody else was asked"


@pytest.mark.parametrize("address", [each for each in REFUSED if "example.org/services" not in each])
def test_a_steward_who_types_one_is_told(address: str) -> None:
    with pytest.raises(Invalid):
        addresses.check(address)


def test_without_the_look_at_the_address_they_would_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The table bites."""
    monkeypatch.setattr(addresses, "is_public", lambda address: True)
    web = Web(json_answer)
    for name in ("metadata.example.org", "mapped.example.org", "unique.example.org"):
        fetch(f"https://{name}/services", web)
    assert len(web.asked) == 3


class Server(http.server.ThreadingHTTPServer):
    """A real server on this machine, which remembers the names it was asked by."""

    hosts: list[str]


class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.hosts.append(self.headers["Host"])  # type: ignore[attr-defined]
        body = json.dumps({"contents": []}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server(("127.0.0.1", 0), Answers)
    made.hosts = []
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.mark.enable_socket
class TestPinned:
    """Over a real connection: the name is looked up once, and what was found then is where the connection goes."""

    def test_the_connection_goes_where_the_name_led_when_it_was_checked(
        self, server: Server, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        port = server.server_address[1]
        monkeypatch.setattr(addresses, "PORTS", {"http": port})
        monkeypatch.setattr(addresses, "is_public", lambda address: True)
        monkeypatch.setattr(feeds, "is_public", lambda address: True)
        answers, asked = iter([["127.0.0.1"], ["10.0.0.1"]]), []

        def resolve(host: str) -> list[str]:
            asked.append(host)
            return next(answers)

        assert feeds.fetch(f"http://nowhere.example.org:{port}/x", resolve=resolve) == {"contents": []}
        assert asked == ["nowhere.example.org"], "and not a second time, when it would have led elsewhere"
        assert server.hosts == [f"nowhere.example.org:{port}"], "the server is asked by its name"

    def test_what_is_reached_is_looked_at_again(self, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
        port = server.server_address[1]
        monkeypatch.setattr(addresses, "PORTS", {"http": port})
        monkeypatch.setattr(addresses, "is_public", lambda address: True)
        with pytest.raises(Invalid, match="not a public one"):
            feeds.fetch(f"http://nowhere.example.org:{port}/x", resolve=lambda host: ["127.0.0.1"])

    def test_another_place_is_not_connected_to(self) -> None:
        place = addresses.Place("https://feed.example.org/", "feed.example.org", 443, OUTSIDE)
        backend = pinned.Backend(place, deadline=0.0)
        with pytest.raises(Exception, match="Only the place that was checked"):
            backend.connect_tcp("other.example.org", 443)

    def test_the_time_is_for_all_of_it_together(self, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
        port = server.server_address[1]
        monkeypatch.setattr(addresses, "PORTS", {"http": port})
        monkeypatch.setattr(addresses, "is_public", lambda address: True)
        monkeypatch.setattr(feeds, "SECONDS", -1.0)
        with pytest.raises(Unavailable, match="longer than"):
            feeds.fetch(f"http://nowhere.example.org:{port}/x", resolve=lambda host: ["127.0.0.1"])
