"""Feeds over the web: pages to the last one, details that the list leaves out, and listings that left."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from linkworks.core.clock import today
from linkworks.core.errors import Invalid, Unavailable
from linkworks.directory import actions
from linkworks.directory.actions import fetching
from linkworks.directory.models import ImportRun, Service
from tests.factories import directory as make

pytestmark = pytest.mark.usefixtures("everything")
FEED = "https://feed.example.org/v3/services"
OWNER = {"id": "o1", "name": "Kettle and Company"}


def short(key: str, **more: Any) -> dict[str, Any]:
    """A row as a list has it: nothing nested but its organisation."""
    return {"id": key, "name": f"Club {key}", "status": "active", "organization": OWNER, **more}


def long(key: str, **more: Any) -> dict[str, Any]:
    """The same row with its details."""
    return {**short(key), "schedules": [{"freq": "WEEKLY", "byday": "TU", "opens_at": "10:00"}], **more}


class Feed:
    """A feed on the web: lists pages of short rows, answers for details, and can be made to fail."""

    def __init__(self, rows: list[dict[str, Any]], per_page: int = 50) -> None:
        self.rows, self.per_page = rows, per_page
        self.details: dict[str, Any] = {each["id"]: long(each["id"]) for each in rows if isinstance(each, dict)}
        self.asked: list[str] = []

    def fetch(self, address: str) -> Any:
        self.asked.append(address)
        if address.startswith(f"{FEED}/"):
            found = self.details.get(address.removeprefix(f"{FEED}/"), Unavailable("The feed answered 404."))
            if isinstance(found, Exception):
                raise found
            return found
        return self.page(int(address.rpartition("page=")[2]) if "page=" in address else 1)

    def page(self, number: int) -> dict[str, Any]:
        rows = self.rows[(number - 1) * self.per_page : number * self.per_page]
        pages = -(-len(self.rows) // self.per_page)
        counts = {"total_items": len(self.rows), "total_pages": pages, "page_number": number, "size": len(rows)}
        return {**counts, "contents": rows}

    @property
    def details_asked(self) -> list[str]:
        return [each.removeprefix(f"{FEED}/") for each in self.asked if each.startswith(f"{FEED}/")]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Callable[[Feed], ImportRun]:
    def run(feed: Feed, address: str = FEED) -> ImportRun:
        feed.asked.clear()
        monkeypatch.setattr(fetching.client, "fetch", feed.fetch)
        return actions.import_feed(address, name="Bramblewick", is_agreed=True, by=make.KEEPER)

    return run


Serve = Callable[..., ImportRun]


def counts(run: ImportRun) -> tuple[int, ...]:
    return (run.read, run.created, run.updated, run.unchanged, run.held, run.rejected)


class TestDetails:
    def test_rows_without_details_are_asked_for_one_by_one(self, serve: Serve) -> None:
        feed = Feed([short("a"), short("b")])
        assert counts(serve(feed)) == (2, 2, 0, 0, 0, 0)
        assert feed.details_asked == ["a", "b"]
        assert {each.schedules.get().byday for each in Service.objects.all()} == {"TU"}

    def test_rows_with_details_are_not_asked_for(self, serve: Serve) -> None:
        feed = Feed([long("a"), {**short("b"), "contacts": []}])
        serve(feed)
        assert feed.details_asked == []

    def test_an_unchanged_feed_changes_nothing(self, serve: Serve) -> None:
        feed = Feed([short("a"), short("b")])
        serve(feed)
        assert counts(serve(feed)) == (2, 0, 0, 2, 0, 0)

    def test_a_row_whose_day_of_change_is_the_same_is_not_asked_for_again(self, serve: Serve) -> None:
        feed = Feed([short("a", last_modified="2026-11-01T09:00:00Z"), short("b")])
        serve(feed)
        assert counts(serve(feed)) == (2, 0, 0, 2, 0, 0)
        assert feed.details_asked == ["b"], "only the one that does not say when it changed"
        feed.rows[0]["last_modified"] = "2026-11-20T09:00:00Z"
        feed.details["a"] = long("a", description="New words.")
        assert serve(feed).updated == 1
        assert Service.objects.get(source_key="a").description == "New words."

    def test_what_the_list_knows_and_the_details_do_not_is_kept(self, serve: Serve) -> None:
        feed = Feed([short("a", url="https://kettle.example.org")])
        feed.details["a"] = {"id": "a", "name": "Club a", "schedules": []}
        serve(feed)
        service = Service.objects.get()
        assert (service.url, service.organisation.name) == ("https://kettle.example.org", "Kettle and Company")

    @pytest.mark.parametrize(
        "broken",
        [
            Unavailable("The feed answered 500."),
            Invalid("What was read is not JSON."),
            {"error": "none"},
            [],
            "text",
            None,
            long("another"),
            {"contents": [long("a"), long("b")]},
        ],
    )
    def test_bad_details_do_not_stop_the_run(self, serve: Serve, broken: Any) -> None:
        feed = Feed([short("a"), short("b")])
        feed.details["a"] = broken
        run = serve(feed)
        assert counts(run) == (2, 2, 0, 0, 0, 0)
        assert run.stopped_because == ""
        assert run.problems.filter(row_number=1, reason__startswith="Its details could not be read.").exists()
        assert Service.objects.get(source_key="a").name == "Club a", "what the list says is known"
        feed.details["a"] = long("a")
        assert serve(feed).updated == 1
        assert Service.objects.get(source_key="a").schedules.count() == 1

    def test_a_listing_that_is_known_is_left_as_it_was_when_its_details_fail(self, serve: Serve) -> None:
        feed = Feed([short("a")])
        serve(feed)
        feed.rows = [short("a", name="New name")]
        feed.details["a"] = Unavailable("The feed answered 500.")
        assert counts(serve(feed)) == (1, 0, 0, 1, 0, 0)
        service = Service.objects.get()
        assert (service.name, service.schedules.count(), service.gone_since) == ("Club a", 1, None)

    def test_a_row_the_details_of_which_cannot_be_stored_is_left_out(self, serve: Serve) -> None:
        feed = Feed([short("a"), short("b")])
        feed.details["a"] = {"id": "a", "name": None, "schedules": []}
        run = serve(feed)
        assert counts(run) == (2, 1, 0, 0, 0, 1)

    def test_a_feed_that_stops_answering_is_left_in_peace(self, serve: Serve) -> None:
        feed = Feed([short(f"{number:02}") for number in range(9)])
        feed.details = {}
        run = serve(feed)
        assert len(feed.details_asked) == fetching.FAILURES_IN_A_ROW
        assert counts(run) == (9, 9, 0, 0, 0, 0)
        reasons = set(run.problems.filter(reason__contains="details").values_list("reason", flat=True))
        assert reasons == {
            "Its details could not be read. The feed answered 404.",
            "Its details could not be read. The feed stopped answering for details.",
        }

    def test_one_that_answers_in_between_starts_the_count_again(self, serve: Serve) -> None:
        feed = Feed([short(f"{number:02}") for number in range(12)])
        feed.details = {"04": long("04"), "09": long("09")}
        serve(feed)
        assert len(feed.details_asked) == 12

    def test_there_is_a_most_that_one_reading_asks_for(self, serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(fetching, "MOST_DETAILS", 3)
        feed = Feed([short(f"{number:02}", last_modified="2026-11-01T09:00:00Z") for number in range(8)])
        sizes = []
        for _ in range(3):
            serve(feed)
            sizes.append(len(feed.details_asked))
        assert sizes == [3, 3, 2], "each reading gets on with the rest"
        assert all(each.schedules.count() == 1 for each in Service.objects.all())

    def test_there_is_a_time_after_which_nothing_more_is_asked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        details = fetching.Details(FEED, until=0.0)
        monkeypatch.setattr(fetching.client, "fetch", lambda address: pytest.fail("asked all the same"))
        with pytest.raises(fetching.NoDetails, match="the next time"):
            details.of(short("a"))

    @pytest.mark.parametrize(
        ("address", "key", "asked"),
        [
            (FEED, "a", f"{FEED}/a"),
            (f"{FEED}/", "a", f"{FEED}/a"),
            (f"{FEED}?per_page=5&page=2#x", "a", f"{FEED}/a"),
            (FEED, "../../admin?x=1#y", f"{FEED}/..%2F..%2Fadmin%3Fx%3D1%23y"),
            (FEED, "b c", f"{FEED}/b%20c"),
        ],
    )
    def test_a_detail_is_asked_for_beside_its_list_and_nowhere_else(self, address: str, key: str, asked: str) -> None:
        assert fetching.detail_address(address, key) == asked

    def test_a_list_at_an_odd_address_is_read_without_details(
        self, serve: Serve, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        feed = Feed([short("a"), short("b")])
        monkeypatch.setattr(feed, "fetch", lambda address: feed.page(1))
        run = serve(feed, "https://feed.example.org/export.json")
        assert counts(run) == (2, 2, 0, 0, 0, 0)
        assert run.problems.filter(reason__contains="does not end in /services").count() == 1

    def test_a_file_has_nobody_to_ask(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(fetching.client, "fetch", lambda address: pytest.fail("nothing is asked over the web"))
        assert from_file(tmp_path, {"contents": [short("a")]}).created == 1


def from_file(folder: Path, payload: Any) -> ImportRun:
    file = folder / "feed.json"
    file.write_bytes(msgspec.json.encode(payload))
    return actions.import_feed(str(file), name="Bramblewick", is_agreed=True, by=make.KEEPER)


class TestPages:
    @pytest.mark.parametrize("per_page", [1, 2, 3, 5, 7])
    def test_every_row_is_read_once_whatever_the_size_of_a_page(self, serve: Serve, per_page: int) -> None:
        feed = Feed([long(f"{number}") for number in range(5)], per_page)
        assert counts(serve(feed)) == (5, 5, 0, 0, 0, 0)
        assert len(feed.asked) == -(-5 // per_page)

    @pytest.mark.parametrize("left_out", [{"total_pages"}, {"total_pages", "page_number"}, {"total_pages", "size"}])
    def test_a_feed_that_does_not_count_its_pages_is_read_to_its_total(self, serve: Serve, left_out: set[str]) -> None:
        feed = Feed([long(f"{number}") for number in range(5)], 2)
        page = feed.page
        feed.page = lambda number: {name: each for name, each in page(number).items() if name not in left_out}  # type: ignore[method-assign]
        assert serve(feed).created == 5
        assert len(feed.asked) == 3

    def test_a_feed_that_does_not_know_about_pages_is_read_once(self, serve: Serve) -> None:
        feed = Feed([long("a"), long("b")])
        feed.page = lambda number: {"total_items": 99, "contents": feed.rows}  # type: ignore[method-assign]
        assert counts(serve(feed)) == (2, 2, 0, 0, 0, 0)
        assert len(feed.asked) == 2

    def test_a_feed_that_says_there_are_endless_pages_ends_with_its_first_empty_one(self, serve: Serve) -> None:
        feed = Feed([long("a"), long("b")], 1)
        page = feed.page
        feed.page = lambda number: {**page(number), "total_pages": 10**9}  # type: ignore[method-assign]
        assert serve(feed).created == 2
        assert len(feed.asked) == 3

    def test_a_page_that_fails_keeps_what_was_read_before_it(self, serve: Serve) -> None:
        feed = Feed([long(f"{number}") for number in range(6)], 2)
        page = feed.page

        def fails_on_the_third(number: int) -> dict[str, Any]:
            if number == 3:
                raise Unavailable("The feed answered 503.")
            return page(number)

        feed.page = fails_on_the_third  # type: ignore[method-assign]
        run = serve(feed)
        assert counts(run) == (4, 4, 0, 0, 0, 0)
        assert run.stopped_because == "The feed answered 503."
        assert run.finished_at is not None
        assert not Service.objects.filter(gone_since__isnull=False).exists()


class TestGone:
    """What a whole feed no longer has is marked for a steward, and never deleted."""

    def gone(self) -> set[str]:
        return set(Service.objects.filter(gone_since__isnull=False).values_list("source_key", flat=True))

    def test_a_listing_that_left_is_marked_and_stays(self, serve: Serve) -> None:
        serve(Feed([long("a"), long("b"), long("c")]))
        serve(Feed([long("a"), long("c")]))
        assert self.gone() == {"b"}
        assert Service.objects.get(source_key="b").gone_since == today()
        assert Service.objects.filter(is_published=True).count() == 3

    def test_one_that_comes_back_is_no_longer_marked(self, serve: Serve) -> None:
        for keys in ("abc", "ac", "abc"):
            serve(Feed([long(key) for key in keys]))
        assert self.gone() == set()

    def test_a_row_that_could_not_be_stored_is_still_in_the_feed(self, serve: Serve) -> None:
        serve(Feed([long("a"), long("b")]))
        assert serve(Feed([long("a"), long("b", name=None)])).rejected == 1
        assert self.gone() == set()

    def test_other_feeds_listings_and_our_own_are_left_alone(self, serve: Serve, tmp_path: Path) -> None:
        ours = make.service()
        serve(Feed([long("a")]))
        file = tmp_path / "other.json"
        file.write_bytes(msgspec.json.encode({"contents": [long("z")]}))
        actions.import_feed(str(file), name="Thornhill", is_agreed=True, by=make.KEEPER)
        assert self.gone() == set()
        ours.refresh_from_db()
        assert ours.gone_since is None

    @pytest.mark.parametrize(
        "partly",
        [
            {"contents": []},
            {"contents": [long("a")], "total_items": 3},
            {"contents": [long("a")], "total_pages": 2, "page_number": 1},
            long("a"),
        ],
    )
    def test_part_of_a_feed_proves_nothing(self, serve: Serve, tmp_path: Path, partly: Any) -> None:
        serve(Feed([long("a"), long("b")]))
        from_file(tmp_path, partly)
        assert self.gone() == set()

    def test_the_first_day_it_was_missed_is_kept(self, serve: Serve) -> None:
        serve(Feed([long("a"), long("b")]))
        serve(Feed([long("a")]))
        Service.objects.filter(source_key="b").update(gone_since="2026-01-05")
        serve(Feed([long("a")]))
        assert str(Service.objects.get(source_key="b").gone_since) == "2026-01-05"
