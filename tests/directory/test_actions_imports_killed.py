"""A reading that is killed half-way leaves whole listings or none, and the next one gets on with it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError

from linkworks.directory import actions
from linkworks.directory.actions import applying, listings
from linkworks.directory.models import (
    Contact,
    CostOption,
    ImportRun,
    Location,
    Schedule,
    Service,
    ServiceAtLocation,
    SourceOrganisation,
)
from linkworks.organisations.models import Organisation
from tests.factories import directory as make

pytestmark = pytest.mark.usefixtures("everything")
PARTS = (Schedule, CostOption, Contact, ServiceAtLocation, Location)


def row(key: str, **more: Any) -> dict[str, Any]:
    return {
        "id": key,
        "name": f"Club {key}",
        "organisation": {"id": f"o-{key}", "name": f"Group {key}"},
        "locations": [{"address_1": f"{key} Elm Road", "city": "London", "postal_code": "SE15 5DD"}],
        "regular_schedules": [{"weekday": "Monday", "opens_at": "10:00"}],
        "cost_options": [{"amount": 3}],
        "contacts": [{"name": "Office", "phone": "020 7946 0111"}],
        **more,
    }


def read(folder: Path, *rows: dict[str, Any]) -> ImportRun:
    file = folder / "feed.json"
    file.write_text(json.dumps({"content": rows}))
    return actions.import_feed(str(file), name="Bramblewick", is_agreed=True, by=make.KEEPER)


class Killed(BaseException):
    """As if the machine had gone: nothing may catch it."""


def breaks(step: Callable[..., Any], name: str, error: BaseException) -> Callable[..., Any]:
    """The step, until it comes to the listing of that name: then the error, after the step has done its work."""

    def then(given: Any, *more: Any, **named: Any) -> Any:
        done = step(given, *more, **named)
        services = [getattr(each, "service", each) for each in given] if isinstance(given, list) else [given]
        if name in [each.name for each in services]:
            raise error
        return done

    return then


def whole(key: str) -> None:
    service = Service.objects.get(source_key=key)
    assert [getattr(service, each).count() for each in ("schedules", "cost_options", "contacts", "places")] == [
        1,
        1,
        1,
        1,
    ]
    assert json.loads(service.document)["name"] == service.name


STEPS = ["replace_parts", "store"]


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are written one at a time, so that what was written before stands."""
    monkeypatch.setattr(applying, "BATCH", 1)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.usefixtures("one_by_one")
class TestKilled:
    def test_the_listing_it_was_at_is_not_there_at_all(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
    ) -> None:
        monkeypatch.setattr(listings, step, breaks(getattr(listings, step), "Club b", Killed()))
        with pytest.raises(Killed):
            read(tmp_path, row("a"), row("b"), row("c"))
        assert list(Service.objects.values_list("source_key", flat=True)) == ["a"]
        assert [model.objects.count() for model in PARTS] == [1, 1, 1, 1, 1]
        assert not Organisation.objects.filter(name="Group b").exists()
        assert not SourceOrganisation.objects.filter(key="o-b").exists()
        whole("a")

    def test_the_next_reading_gets_on_with_it(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
        with monkeypatch.context() as broken:
            broken.setattr(listings, step, breaks(getattr(listings, step), "Club b", Killed()))
            with pytest.raises(Killed):
                read(tmp_path, row("a"), row("b"), row("c"))
        run = read(tmp_path, row("a"), row("b"), row("c"))
        assert (run.unchanged, run.created) == (1, 2)
        for key in "abc":
            whole(key)

    def test_a_listing_that_was_there_stays_as_it_was(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
    ) -> None:
        read(tmp_path, row("a"), row("b"))
        before = Service.objects.values().get(source_key="b")
        monkeypatch.setattr(listings, step, breaks(getattr(listings, step), "New name", Killed()))
        with pytest.raises(Killed):
            read(tmp_path, row("a"), row("b", name="New name", locations=[], contacts=[]))
        assert Service.objects.values().get(source_key="b") == before
        whole("b")


@pytest.mark.parametrize("step", STEPS)
def test_of_rows_written_together_all_are_there_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    monkeypatch.setattr(applying, "BATCH", 2)
    with monkeypatch.context() as broken:
        broken.setattr(listings, step, breaks(getattr(listings, step), "Club d", Killed()))
        with pytest.raises(Killed):
            read(tmp_path, *(row(key) for key in "abcde"))
    assert set(Service.objects.values_list("source_key", flat=True)) == {"a", "b"}
    assert [model.objects.count() for model in PARTS] == [2] * 5
    assert set(SourceOrganisation.objects.values_list("key", flat=True)) == {"o-a", "o-b"}
    run = read(tmp_path, *(row(key) for key in "abcde"))
    assert (run.unchanged, run.created) == (2, 3)
    for key in "abcde":
        whole(key)


@pytest.mark.parametrize("bad", [0, 3, 6])
def test_one_bad_row_among_many_stands_alone_wherever_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bad: int
) -> None:
    """Its neighbours are written, each once, and are counted once."""
    keys = "abcdefg"
    monkeypatch.setattr(listings, "store", breaks(listings.store, f"Club {keys[bad]}", IntegrityError("as if")))
    run = read(tmp_path, *(row(key) for key in keys))
    assert (run.created, run.rejected) == (6, 1)
    assert run.problems.get(outcome="rejected").key == keys[bad]
    assert set(Service.objects.values_list("source_key", flat=True)) == set(keys) - {keys[bad]}
    assert SourceOrganisation.objects.count() == 6


def test_what_is_taken_down_beside_a_bad_row_is_counted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read(tmp_path, row("a"), row("b"), row("c"))
    read(tmp_path, row("a"), row("b"))
    monkeypatch.setattr(listings, "store", breaks(listings.store, "New", IntegrityError("as if")))
    run = read(tmp_path, row("a", name="New"), row("b", name="Newer"))
    assert (run.updated, run.rejected, run.removed) == (1, 1, 1)


def test_a_killed_reading_is_seen_to_be_unfinished_and_marks_nothing_as_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(tmp_path, row("a"), row("b"))
    monkeypatch.setattr(listings, "replace_parts", breaks(listings.replace_parts, "New", Killed()))
    with pytest.raises(Killed):
        read(tmp_path, row("a", name="New"))
    assert ImportRun.objects.order_by("created_at").last().finished_at is None  # type: ignore[union-attr]
    assert not Service.objects.filter(gone_since__isnull=False).exists()


@pytest.mark.parametrize("error", [IntegrityError("as if"), ValueError("as if"), RecursionError("as if")])
def test_a_listing_that_cannot_be_written_takes_its_group_with_it_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setattr(listings, "tell", breaks(listings.tell, "Club b", error))
    same = {"id": "o-a", "name": "Group a"}
    run = read(tmp_path, row("b", organisation=same), row("a"), row("c", organisation=same))
    assert (run.created, run.rejected) == (2, 1)
    assert run.problems.get(outcome="rejected").reason == f"The row could not be stored: {type(error).__name__}."
    assert Organisation.objects.filter(name="Group a").count() == 1
    assert Service.objects.filter(organisation__name="Group a").count() == 2
    assert [model.objects.count() for model in PARTS] == [2] * 5


def test_a_change_that_cannot_be_written_leaves_what_was_there_and_what_is_held_stays_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(tmp_path, row("a"))
    monkeypatch.setattr(applying, "hold", lambda *given, **named: (_ for _ in ()).throw(ValueError("as if")))
    run = read(tmp_path, row("a", description="A women's refuge."))
    assert run.rejected == 1
    service = Service.objects.get()
    assert (service.description, service.is_published) == ("", True), (
        "nothing of the change is written without its holding back"
    )
    monkeypatch.undo()
    assert read(tmp_path, row("a", description="A women's refuge.")).held == 1


@pytest.mark.parametrize("order", [["a", "b", "c"], ["c", "b", "a"], ["b", "c", "a"]])
def test_the_order_of_rows_changes_nothing_but_their_numbers(tmp_path: Path, order: list[str]) -> None:
    run = read(tmp_path, *(row(key, taxonomies=[{"name": "Befriending"}]) for key in order))
    assert run.created == 3
    stored = {each.source_key: json.loads(each.document) for each in Service.objects.all()}
    for key in "abc":
        found = stored[key]
        assert (found["name"], found["organization"]["name"]) == (f"Club {key}", f"Group {key}")
        assert found["service_at_locations"][0]["location"]["addresses"][0]["address_1"] == f"{key} Elm Road"
    again = read(tmp_path, *(row(key, taxonomies=[{"name": "Befriending"}]) for key in reversed(order)))
    assert again.unchanged == 3
