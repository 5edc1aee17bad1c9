"""Whatever a feed holds, its run adds up: every row read is created, updated, unchanged, held or left out."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkworks.directory import actions
from linkworks.directory.actions import reading
from linkworks.directory.models import ImportProblem, ImportRun, Service, Source
from linkworks.directory.states import Outcome
from tests.factories import directory as make

pytestmark = pytest.mark.django_db
OWNER = {"id": "o1", "name": "Kettle and Company"}
ROW = st.fixed_dictionaries(
    {"id": st.sampled_from(["a", "b", "c", "d", "", None]), "name": st.sampled_from(["Club", "Choir", "", None])},
    optional={
        "description": st.sampled_from(["A hot lunch.", "A women's refuge.", "\x00", "x" * 30_000]),
        "organisation": st.sampled_from([OWNER, {}, None, {"name": "Elm"}]),
        "taxonomies": st.sampled_from([[], [{"name": "Childminders"}], [{"name": "Befriending", "slug": "b"}], 3]),
        "min_age": st.sampled_from([None, 60, -1, "x", 99]),
        "max_age": st.sampled_from([None, 18, 99]),
        "locations": st.sampled_from([[], [{"postal_code": "SE15 5DD"}], [{"postal_code": "NOT A CODE"}], "x"]),
    },
)
FEEDS = st.lists(ROW | st.sampled_from([None, "text", 7, []]), max_size=6)


def read(folder: Path, rows: list[Any], name: str = "Bramblewick") -> ImportRun:
    file = folder / "feed.json"
    first = {"id": "z", "name": "First", "organisation": OWNER}  # the first row tells the dialect
    file.write_bytes(msgspec.json.encode({"content": [first, *rows]}))
    return actions.import_feed(str(file), name=name, is_agreed=True, by=make.KEEPER)


def total(run: ImportRun) -> int:
    return run.created + run.updated + run.unchanged + run.held + run.rejected


def said_again(rows: list[Any]) -> int:
    """How many rows name a listing that an earlier row named: such a row may hold it back for a reason of its own."""
    ids = [row["id"] for row in rows if isinstance(row, dict) and row["id"]]
    return len(ids) - len(set(ids))


def services(source: str = "Bramblewick") -> int:
    return Service.objects.filter(source__name=source).count()


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FEEDS)
def test_a_run_adds_up_and_a_second_one_changes_nothing(everything: None, tmp_path: Path, rows: list[Any]) -> None:
    source = f"Bramblewick {uuid4()}"  # each example reads a source of its own
    run = read(tmp_path, rows, source)
    assert run.stopped_because == ""
    assert run.read == len(rows) + 1 == total(run)
    stored = services(source)
    assert run.created + run.held - said_again(rows) <= stored <= run.created + run.held
    assert ImportProblem.objects.filter(run=run, outcome=Outcome.REJECTED).count() == run.rejected
    assert ImportProblem.objects.filter(run=run, outcome=Outcome.HELD).count() == run.held
    again = read(tmp_path, rows, source)
    assert again.read == total(again)
    assert (again.created, again.held, again.rejected) == (0, 0, run.rejected)
    assert services(source) == stored
    assert not Service.objects.filter(is_published=True, held_because__gt="").exists()
    assert not Service.objects.filter(is_published=False, held_because="").exists()


CLUB = {"id": "a", "name": "Club", "description": "A hot lunch.", "organisation": OWNER}


def test_each_row_is_counted_for_what_became_of_it(everything: None, tmp_path: Path) -> None:
    refuge = {"id": "r", "name": "Women's refuge", "organisation": OWNER}
    read(tmp_path, [CLUB])
    run = read(tmp_path, [{**CLUB, "description": "A hot supper."}, {**CLUB, "id": "b"}, refuge, {"id": "x"}, None])
    counts = (run.read, run.created, run.updated, run.unchanged, run.held, run.rejected)
    assert counts == (6, 1, 1, 1, 1, 2)


def test_the_same_id_twice_is_read_twice_and_stored_once(everything: None, tmp_path: Path) -> None:
    run = read(tmp_path, [CLUB, {**CLUB, "name": "Choir"}, CLUB])
    assert run.read == total(run) == 4
    assert services() == 2
    assert Service.objects.get(source_key="a").name == "Club"


def test_the_same_id_twice_is_held_for_the_reason_of_each_row_and_stored_once(everything: None, tmp_path: Path) -> None:
    nobodys = {"id": "a", "name": "Club"}
    run = read(tmp_path, [nobodys, {**nobodys, "taxonomies": [{"name": "Childminders"}]}])
    assert (run.created, run.held, services()) == (1, 2, 2)
    assert len(set(run.problems.filter(outcome=Outcome.HELD).values_list("reason", flat=True))) == 2


@pytest.mark.parametrize(
    "error", [KeyError("x"), IndexError("x"), OverflowError("x"), ZeroDivisionError(), UnicodeError("x")]
)
def test_a_row_that_breaks_the_reader_is_left_out_and_the_rest_is_read(
    everything: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    whole = reading.read_row

    def breaks(dialect: Any, raw: Any, meanings: Any) -> Any:
        if raw["id"] == "bad":
            raise error
        return whole(dialect, raw, meanings)

    monkeypatch.setattr(reading, "read_row", breaks)
    run = read(tmp_path, [{**CLUB, "id": "bad"}, CLUB])
    assert (run.read, run.created, run.rejected, run.stopped_because) == (3, 2, 1, "")
    assert run.finished_at is not None


def test_two_sources_with_the_same_ids_do_not_meet(everything: None, tmp_path: Path) -> None:
    read(tmp_path, [CLUB], name="Bramblewick")
    other = read(tmp_path, [{**CLUB, "name": "Another club"}], name="Thornhill")
    assert other.created == 2
    assert set(Service.objects.filter(source_key="a").values_list("name", flat=True)) == {"Club", "Another club"}
    assert Source.objects.count() == 2


def test_a_listing_that_was_shown_stays_as_a_steward_left_it(everything: None, tmp_path: Path) -> None:
    """A feed read again neither shows what a steward took away nor hides what they chose to show."""
    child = {**CLUB, "id": "m", "taxonomies": [{"name": "Childminders"}]}
    read(tmp_path, [CLUB, child])
    actions.withdraw(Service.objects.get(source_key="a"), because="It has closed", by=make.KEEPER)
    actions.publish(Service.objects.get(source_key="m"), by=make.KEEPER)
    run = read(tmp_path, [{**CLUB, "description": "New words."}, {**child, "description": "New words."}])
    assert run.updated == 2
    shown = dict(Service.objects.filter(source_key__in="am").values_list("source_key", "is_published"))
    assert shown == {"a": False, "m": True}


def test_people_who_have_a_place_keep_it_when_the_feed_is_read_again(everything: None, tmp_path: Path) -> None:
    read(tmp_path, [CLUB])
    service = Service.objects.get(source_key="a")
    actions.update_room(service, capacity_places=2, wait_weeks=None, by=make.KEEPER)
    actions.take_place(service.id, by=make.KEEPER)
    read(tmp_path, [{**CLUB, "description": "New words."}])
    service.refresh_from_db()
    assert (service.capacity_places, service.places_taken, service.description) == (2, 1, "New words.")
