"""A feed made to harm ends in a sentence and a row for a person to read: soon, within bounds, and with nothing of it followed."""

import re
import subprocess
import sys
from typing import Any

import pytest

from linkworks.clients.addresses import NOT_PUBLIC
from linkworks.directory.actions.active import following
from linkworks.directory.models import FeedItem
from tests.database import ROOT
from tests.fakes.rpde import HOST, INSIDE

from .following import Follow, problems
from .samples import WEEKLY, series, session

NEXT = f"{HOST}/session-series?afterTimestamp="


def item(key: object = 1, modified: Any = 1010, **more: Any) -> dict[str, Any]:
    return {"id": key, "kind": "SessionSeries", "state": "updated", "modified": modified, "data": series(key), **more}


def onwards(url: str) -> str:
    return f"{NEXT}{int(url.rpartition('=')[2] or 0) + 1 if '=' in url else 1}"


ENDS = {
    "a page for people": (b"<h1>Sorry</h1>", "not JSON"),
    "nested without end": (b"[" * 100_000 + b"]" * 100_000, "nested too deeply"),
    "millions of values": (b'{"items": [' + b"[]," * 2_000_000 + b"[]]}", "too many values"),
    "more than twenty megabytes": (b" " * (20 * 1024 * 1024 + 1), "larger than 20 MB"),
    "a list of services": ({"contents": [], "page_number": 1}, "not a page of an OpenActive feed: it has contents"),
    "no items": ({"items": "none", "next": NEXT}, "no list of items"),
    "the same page after itself": (lambda url: {"items": [item()], "next": url}, "goes round in a circle"),
    "two pages after each other": (
        lambda url: {"items": [item()], "next": f"{NEXT}{'b' if url.endswith('=a') else 'a'}"},
        "goes round in a circle",
    ),
    "empty pages without end": (lambda url: {"items": [], "next": onwards(url)}, "from one empty page to the next"),
    "back in time": (
        lambda url: {"items": [item(modified=9 if "=" in url else 1010)], "next": onwards(url)},
        "goes backwards",
    ),
    "a machine of ours": ({"items": [item()], "next": "http://127.0.0.1/items"}, "not a public one"),
    "the keys of the cloud": ({"items": [item()], "next": "http://169.254.169.254/latest/"}, "not a public one"),
    "in disguise": ({"items": [item()], "next": "http://2130706433/"}, "not a public one|plain letters"),
    "IPv6": ({"items": [item()], "next": "http://[::ffff:10.0.0.1]/"}, "not a public one"),
    "another port": ({"items": [item()], "next": "https://feed.example.org:8443/"}, "unusual port"),
    "a file": ({"items": [item()], "next": "file:///etc/passwd"}, "must begin with http"),
    "with a password": ({"items": [item()], "next": "https://a:b@feed.example.org/"}, "without a name, password"),
    "no address": ({"items": [item()], "next": {"a": 1}}, "next page is not an address"),
    "longer than addresses are": ({"items": [item()], "next": f"{NEXT}{'9' * 3000}"}, "must begin with http"),
}


@pytest.mark.parametrize("name", ENDS)
def test_it_ends_with_a_sentence_and_a_row_that_says_so(follow: Follow, name: str) -> None:
    answer, why = ENDS[name]
    made = follow()
    made.server.instead["/session-series"] = answer
    run = made.read()
    assert re.search(why, run.stopped_because), run.stopped_because
    assert any(re.search(why, each) for each in problems(run))
    assert len(made.asked) <= following.MOST_EMPTY + 4
    assert all("feed.example.org" in each for each in made.server.addresses())
    assert run.finished_at is not None


def test_a_name_that_leads_inside_is_not_followed_though_it_looks_well(follow: Follow) -> None:
    made = follow()
    made.server.names["elsewhere.example.org"] = INSIDE
    made.server.instead["/session-series"] = {"items": [item()], "next": "https://elsewhere.example.org/items"}
    run = made.read()
    assert (run.stopped_because, run.created) == (NOT_PUBLIC, 1), "the page before it still counts"
    assert not any("elsewhere" in each for each in made.server.addresses())


def test_one_without_end_is_read_up_to_the_most_and_then_goes_on(
    follow: Follow, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = follow()
    monkeypatch.setattr(following, "MOST_PAGES", 5)

    def endless(url: str) -> dict[str, Any]:
        number = int(url.rpartition("=")[2]) if "=" in url else 1
        return {"items": [item(number, number)], "next": f"{NEXT}{number + 1}"}

    made.server.instead["/session-series"] = endless
    assert (made.read().created, made.read().created) == (5, 5)
    assert FeedItem.objects.count() == 10


ODD = {
    "a word": "item",
    "nothing": None,
    "no kind of number": item(modified="2026-11-22"),
    "a number without end": item(modified=2**70),
    "no state": item(state="?"),
    "no data": item(data=None),
    "a list for data": item(data=[1, 2]),
    "an id of many": item(id={"a": {"b": "c"}}),
    "an odd kind": item(data={"@type": "\x00<script>" * 400}),
    "a name of nothing": item(data=series(1, name="\x00\u200b")),
    "broken halves of letters": item(data=series(1, name="\ud800")),
}


def test_what_is_wrong_with_an_item_stays_with_it(follow: Follow) -> None:
    """One reading for the whole table: each is left out with its reason, and the good one behind them is read."""
    made = follow()
    odd = [
        {**each, "id": n} if isinstance(each, dict) and isinstance(each.get("id"), int) else each
        for n, each in enumerate(ODD.values())
    ]
    made.main.put("good", series("good"))
    made.server.instead["/session-series"] = lambda url: {
        "items": [*odd, item("good")] if "=" not in url else [],
        "next": f"{NEXT}1010",
    }
    run = made.read()
    assert (run.read, run.rejected, run.created, run.stopped_because) == (len(ODD) + 1, len(ODD), 1, "")
    assert made.of("good").name == "Gentle yoga good"
    assert all(len(each) < 300 for each in problems(run))


LARGE = {
    "words of five megabytes": {"description": "word " * 1_000_000},
    "thousands of activities": {"activity": [{"prefLabel": f"Yoga {n}"} for n in range(5_000)]},
    "thousands of prices": {"offers": [{"name": f"Price {n}", "price": n} for n in range(5_000)]},
    "thousands of sessions": {"subEvent": [session(n, 1) for n in range(5_000)]},
    "thousands of rules": {"eventSchedule": [WEEKLY] * 5_000},
    "thousands of days left out": {"eventSchedule": [{**WEEKLY, "exceptDate": ["2026-12-01", "2026-12-08"] * 2_500}]},
    "lists in lists": {"name": [[[["Yoga"]]]], "organizer": [[[]]], "location": [[{"a": []}]]},
}  # fmt: skip


@pytest.mark.parametrize("name", LARGE)
def test_a_huge_item_is_cut_to_what_anybody_would_read(follow: Follow, name: str) -> None:
    made = follow()
    made.main.put(1, series(1, **LARGE[name]))
    run = made.read()
    assert (run.created + run.held, run.rejected) == (1, 0), problems(run)
    service = made.of(1)
    assert len(service.description) <= 20_000
    assert service.schedules.count() + service.cost_options.count() + service.attributes.count() <= 700
    assert len(str(FeedItem.objects.get().data)) < 200_000


def test_a_thousand_reasons_are_fifty_lines(follow: Follow) -> None:
    made = follow()
    for n in range(200):
        made.main.put(n, {"@type": f"Kind{n}"})
    run = made.read()
    assert (run.rejected, run.problems.count()) == (200, 51)


MEMORY = """
import json, msgspec, resource
from linkworks.clients import documents
from linkworks.directory.rules.feeds.active import keep, open_page
item = {{"id": 1, "kind": "SessionSeries", "state": "updated", "modified": 5, "data": {data}}}
text = json.dumps(item)
many = min((19 * 1024 * 1024) // (len(text) + 2), 1_150_000 // sum(text.count(each) + (each == ",") for each in ",[{{"))
body = json.dumps({{"items": [item] * many, "next": "https://feed.example.org/a?b=1"}}).encode()
base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
page = open_page(documents.parsed(body), "https://feed.example.org/a")
kept = 0
for raw in page.items[:{some}]:
    kept += len([msgspec.json.encode(each) for each in keep(raw)])
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base) // 1024, kept)
"""
LARGEST = {
    "ordinary series": series(1),
    "long words": series(1, description="word " * 5_000),
    "short ones": {"@type": "SessionSeries", "name": "Yoga"},
}


@pytest.mark.parametrize("name", LARGEST)
def test_the_largest_page_takes_at_most_300_megabytes(name: str) -> None:
    """In a process of its own, whose memory nobody else has grown."""
    command = [sys.executable, "-c", MEMORY.format(data=repr(LARGEST[name]), some=500)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    grown, kept = (int(each) for each in done.stdout.split())
    assert kept > 100
    assert grown <= 300


class TestGuardsRemoved:
    """Each guard taken away in turn: what it keeps out comes in, so it is this guard that keeps it out."""

    def test_without_the_look_at_where_a_page_leads_it_would_be_kept_for_the_next_reading(
        self, follow: Follow, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = follow()
        made.server.instead["/session-series"] = {"items": [item()], "next": "http://10.0.0.1/items"}
        monkeypatch.setattr(following.client, "check_address", lambda address: None)
        assert made.read().stopped_because == NOT_PUBLIC, "the second guard looks again before it asks"
        made.source.refresh_from_db()
        assert made.source.cursors["activities"]["next"] == "http://10.0.0.1/items"

    def test_without_the_count_of_empty_pages_it_would_go_on_to_the_most(
        self, follow: Follow, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = follow()
        made.server.instead["/session-series"] = lambda url: {"items": [], "next": onwards(url)}
        monkeypatch.setattr(following, "MOST_EMPTY", 10_000)
        monkeypatch.setattr(following, "MOST_PAGES", 40)
        assert made.read().stopped_because == ""
        assert len([each for each in made.asked if "session-series" in each]) == 40

    def test_without_the_order_an_older_page_would_undo_a_newer_one(
        self, follow: Follow, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = follow()
        older = item("a", 5, data=series("a", name="Old words"))
        newer = item("a", 9, data=series("a", name="New words"))
        made.server.instead["/session-series"] = lambda url: {
            "items": [older] if "=" in url else [newer],
            "next": f"{NEXT}5" if "=" not in url else f"{NEXT}6&end",
        }
        assert "goes backwards" in made.read().stopped_because
        assert made.of("a").name == "New words"
