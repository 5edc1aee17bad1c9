"""The benches of reading and telling notice what they are there to notice: a wrong answer is counted before anything is timed."""

import json
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest
from django.db.models import F, Value
from django.db.models.functions import Replace

from bench import exports, feed, imports
from bench.listed import Council, listing, words
from bench.report import Figure
from bench.timing import Spread
from linkworks.directory.access import shared_services
from linkworks.directory.actions import listings
from linkworks.directory.models import Attribute, Contact, CostOption, Location, Schedule, Service
from linkworks.interop.oruk import actions

pytestmark = pytest.mark.usefixtures("everything")
LISTINGS = 6


@pytest.fixture
def council(tmp_path: Path) -> Council:
    council = Council(tmp_path, LISTINGS)
    council.read_new()
    return council


def in_documents(was: str, becomes: str) -> None:
    Service.objects.update(document=Replace(F("document"), Value(was), Value(becomes)))


def test_every_listing_says_something_new_each_time_and_the_same_until_then(council: Council) -> None:
    assert council.is_stored()
    council.read_again()
    before = words(council.edition)
    council.read_new()
    assert council.is_stored()
    assert not Service.objects.filter(description=before).exists()


@pytest.mark.parametrize("spoil", [
    lambda: Service.objects.filter(source_key="s-1").update(description="Something else"),
    lambda: in_documents("Tea, talk", "Tea and talk"),
], ids=["stored wrongly", "told wrongly"])  # fmt: skip
def test_a_listing_that_does_not_say_what_its_feed_says_is_noticed(
    council: Council, spoil: Callable[[], object]
) -> None:
    spoil()
    assert not council.is_stored()


def test_a_changed_feed_that_changes_nothing_is_noticed(council: Council) -> None:
    council.change = lambda: None  # type: ignore[method-assign]
    with pytest.raises(AssertionError, match="0 of 6 were changed"):
        council.read_new()


def test_of_a_reading_the_storing_is_timed_and_everything_else_is_not(council: Council) -> None:
    storing = imports.Storing(council)
    for _ in range(2):
        council.change()
        began = perf_counter()
        storing.read()
        assert 0 < storing.seconds[-1] < perf_counter() - began
    assert len(storing.seconds) == 2
    assert council.is_stored()
    assert listings.store.__name__ == "store", "what is timed is put back"


def test_a_reading_that_stores_nothing_takes_no_time_for_it(council: Council) -> None:
    storing = imports.Storing(council)
    with pytest.raises(AssertionError, match="0 of 6"):
        storing.read()
    assert storing.seconds == [0.0]


def test_both_ways_tell_the_same_of_every_listing(council: Council, tmp_path: Path) -> None:
    assert exports.differing(tmp_path) == (0, LISTINGS)
    lines = (tmp_path / "lines" / "services.ndjson").read_text().splitlines()
    assert {json.loads(line)["name"] for line in lines} == {
        listing(number, council.edition)["name"] for number in range(LISTINGS)
    }
    assert exports.said(json.loads(lines[0]), "taxonomy_term").count("The council's terms") == 0


SPOILT: dict[str, Callable[[], object]] = {
    "a name": lambda: in_documents('"name":"Lunch clubs 4"', '"name":"Lunch clubs 5"'),
    "a price": lambda: CostOption.objects.filter(service__source_key="s-1").update(amount=4),
    "a time": lambda: Schedule.objects.filter(service__source_key="s-1", freq="WEEKLY").update(opens_at="11:00"),
    "a contact": lambda: Contact.objects.filter(service__source_key="s-1").delete(),
    "a term": lambda: Attribute.objects.filter(service__source_key="s-1").delete(),
    "a place": lambda: Location.objects.filter(name="Hall 1").update(latitude=51.0),
}


@pytest.mark.parametrize("what", SPOILT)
def test_one_listing_told_differently_is_counted(council: Council, tmp_path: Path, what: str) -> None:
    SPOILT[what]()
    assert exports.differing(tmp_path) == (1, LISTINGS)


def test_a_listing_that_only_one_of_them_tells_is_counted(
    council: Council, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = shared_services().exclude(source_key="s-1")
    monkeypatch.setattr(exports.serialised, "shared_services", lambda: gone)
    assert exports.differing(tmp_path) == (1, LISTINGS)


def test_their_tables_have_a_row_for_each_listing_and_each_part(council: Council, tmp_path: Path) -> None:
    exports.their_tables(tmp_path / "theirs")
    rows = {file.stem: len(file.read_text().splitlines()) for file in (tmp_path / "theirs").iterdir()}
    assert rows["services"] == rows["contacts"] == rows["service_at_locations"] == LISTINGS
    assert rows["schedules"] == 2 * LISTINGS
    assert set(rows) == {"services", "attributes", *exports.NESTED}


@pytest.mark.parametrize("form", ["ndjson", "tabular"])
def test_an_export_that_holds_everything_at_once_takes_more_memory(
    council: Council, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    exports.add_copies(300)
    usual = exports.most_memory(tmp_path, form)
    each, kept = actions.Rows.each, []
    monkeypatch.setattr(
        actions.Rows, "each", lambda rows: iter([kept.append(text * 20) or text for text in each(rows)])
    )
    assert exports.most_memory(tmp_path, form) > 1.2 * usual


def test_copies_are_listings_that_the_feed_tells(council: Council) -> None:
    feed.have(LISTINGS + 20)
    assert shared_services().count() == Service.objects.count() == LISTINGS + 20
    feed.have(LISTINGS)
    assert Service.objects.count() == LISTINGS + 20, "nothing is taken away"


def test_how_many_times_as_fast_is_told_of_the_best_turns() -> None:
    figure = Figure.as_fast("x", ours=Spread((0.002, 0.001, 0.009)), other=Spread((0.04, 0.01, 0.02)), rows=10)
    assert figure.value == pytest.approx(10)
    assert figure.detail == "100 µs a listing against 1000"
    assert not figure.is_wild
