"""What comes back from outside is never trusted: kinds, sizes, redirects, broken answers and files."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.clients import feeds, mail, notify
from linkworks.core.errors import Invalid, LinkworksError, Unavailable
from tests.fakes.web import Web

PUBLIC = ["93.184.215.14"]
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)
ADDRESS = "https://feed.example.org/services"


def fetch(answer: Any, address: str = ADDRESS) -> Any:
    return feeds.fetch(address, resolve=lambda host: PUBLIC, transport=Web(answer))


def refusal(act: Any, *given: Any) -> str:
    """What is said when it is refused in words; nothing when it is taken."""
    try:
        act(*given)
    except LinkworksError as error:
        return error.message
    return ""


@given(st.binary(max_size=200))
def test_any_body_is_json_or_refused_in_a_sentence(body: bytes) -> None:
    said = refusal(feeds.parsed, body)

    assert said.startswith(("What was read",)) or not said


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda x: st.lists(x) | st.dictionaries(st.text(), x),
        max_leaves=10,
    )
)
def test_json_is_read_as_it_was_written(value: Any) -> None:
    assert feeds.parsed(json.dumps(value).encode()) == value


def test_json_nested_without_end_is_refused() -> None:
    with pytest.raises(Invalid, match="not JSON"):
        feeds.parsed(b"[" * 200_000)


@pytest.mark.parametrize(
    "kind", ["application/json", "application/geo+json; charset=utf-8", "APPLICATION/JSON", "application/ld+json"]
)
def test_kinds_of_json_are_read(kind: str) -> None:
    assert fetch(lambda request: httpx.Response(200, content=b"[]", headers={"content-type": kind})) == []


@pytest.mark.parametrize(
    "kind", ["", "text/html", "text/json", "application/xml", "application/octet-stream", "image/png"]
)
def test_other_kinds_are_not(kind: str) -> None:
    with pytest.raises(Unavailable, match="JSON was expected"):
        fetch(lambda request: httpx.Response(200, content=b"[]", headers={"content-type": kind} if kind else {}))


@pytest.mark.parametrize("status", [201, 204, 400, 401, 403, 404, 410, 418, 429, 500, 502, 503])
def test_only_200_is_an_answer(status: int) -> None:
    with pytest.raises(Unavailable, match=f"answered {status}"):
        fetch(lambda request: httpx.Response(status, json=[]))


@pytest.mark.parametrize(
    "onwards",
    [
        "file:///etc/passwd",
        "ftp://x.example",
        "https://user:pw@x.example/",
        "https://x.example:8443/",
        "javascript:1",
        "https://",
    ],
)
def test_a_redirect_leads_to_plain_web_addresses_only(onwards: str) -> None:
    with pytest.raises(LinkworksError):
        fetch(lambda request: httpx.Response(302, headers={"location": onwards}))


def test_a_redirect_to_nowhere_ends() -> None:
    with pytest.raises(LinkworksError):
        fetch(lambda request: httpx.Response(302, headers={"location": ""}))


def test_a_redirect_is_asked_for_again_by_name_each_time() -> None:
    """An address that answers publicly once and privately then is caught at the second look."""
    answers = iter([PUBLIC, ["10.0.0.1"]])
    transport = Web(lambda request: httpx.Response(302, headers={"location": "/next"}))

    with pytest.raises(Invalid, match="not a public one"):
        feeds.fetch(ADDRESS, resolve=lambda host: next(answers), transport=transport)


@pytest.mark.parametrize(
    "error",
    [
        httpx.ConnectTimeout("x"),
        httpx.ReadTimeout("x"),
        httpx.RemoteProtocolError("x"),
        httpx.ConnectError("10.0.0.7 secret"),
    ],
)
def test_what_went_wrong_is_said_without_its_details(error: httpx.HTTPError) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise error

    with pytest.raises(Unavailable, match=r"^The feed did not answer: \w+\. Try again later\.$"):
        fetch(answer)


def test_nothing_of_ours_is_sent_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json=[], headers={"set-cookie": "a=b"})

    fetch(answer)

    [asked] = seen
    assert asked.method == "GET" and not asked.content
    assert not {"cookie", "authorization", "referer"} & {name.lower() for name in asked.headers}


# Files


def test_a_folder_is_read_in_order_of_name(tmp_path: Path) -> None:
    for name in ("b.json", "a.JSON", "c.txt", "d.csv", ".hidden.json", "~$d.xlsx", "d.xlsx"):
        (tmp_path / name).write_text(json.dumps(name))
    (tmp_path / "older.csv").mkdir()

    assert [each.name for each in feeds.files_in(str(tmp_path))] == ["a.JSON", "b.json", "d.csv", "d.xlsx"]
    assert feeds.left_out(str(tmp_path)) == ["c.txt", "older.csv"]
    assert feeds.left_out(str(tmp_path / "c.txt")) == []


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path.mkdir(), "There is no JSON, CSV or XLSX file in"),
        (lambda path: None, "could not be read: No such file"),
        (lambda path: path.write_bytes(b"\xff\xfe{"), "not JSON"),
        (lambda path: path.write_text(""), "not JSON"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path: Path, make: Any, said: str) -> None:
    make(tmp_path / "feed.json")

    with pytest.raises(Invalid, match=said):
        [feeds.read_file(each) for each in feeds.files_in(str(tmp_path / "feed.json"))]


def test_a_file_that_is_too_large_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MOST_BYTES", 4)
    (tmp_path / "feed.json").write_text("[1, 2, 3]")

    with pytest.raises(Invalid, match="larger than 0 MB"):
        feeds.read_file(tmp_path / "feed.json")


@pytest.mark.parametrize("source", ["HTTPS://X.example", "http://x", "https://"])
def test_web_addresses_are_told_from_files(source: str) -> None:
    assert feeds.is_web_address(source)
    assert not feeds.is_web_address(source.replace("://", "_"))


# Sending


@given(st.integers(100, 599))
def test_each_status_of_notify_is_a_refusal_or_a_later(status: int) -> None:
    error: Any = Exception()
    error.status_code = status
    answer = notify.explained(error)

    refused = 400 <= status < 500 and status not in {403, 408, 429}
    assert isinstance(answer, notify.Refused) is refused
    assert refused or isinstance(answer, notify.NoAnswer)


@given(st.lists(st.integers(400, 599), min_size=1, max_size=3))
def test_each_code_of_a_mail_server_is_never_or_not_now(codes: list[int]) -> None:
    import smtplib

    error = smtplib.SMTPRecipientsRefused(
        {f"a{n}@example.org": (code, b"a@example.org") for n, code in enumerate(codes)}
    )
    answer = mail.explained(error)

    assert isinstance(answer, mail.Refused) is all(code >= 500 for code in codes)
    assert "example.org" not in answer.message


@pytest.mark.parametrize(
    ("sender", "domain"),
    [
        ("Linkworks <a@b.example>", "b.example"),
        ("a@b.example", "b.example"),
        ("nobody", "localhost"),
        ("", "localhost"),
    ],
)
def test_a_messages_id_is_of_the_senders_domain(sender: str, domain: str) -> None:
    assert mail.domain_of(sender) == domain
