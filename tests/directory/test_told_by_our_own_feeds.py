"""What only our own feed and our spreadsheet say, read back: what it is really like, and of advice and courses."""

import json
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core.actor import Actor
from linkworks.core.permissions import Permission
from linkworks.directory import actions, queries
from linkworks.directory.models import ImportRun, ListingChange, Service, Source
from linkworks.directory.rules import editing
from linkworks.directory.rules.feeds import Dialect, read_row, reading, really_like
from tests.factories import directory as make

INES = Actor(id="staff:ines", name="Ines Duarte", permissions=frozenset({Permission.DIRECTORY_EDIT}))
SAID: dict[str, Any] = {
    **{name: f"All about {name}." for name in really_like.PARAGRAPHS},
    "getting_there": "Take bus 12.\nGet off at the library.",
    "quality_mark": "Fair Advice Mark", "certificate": "A level 1 award",
    "quality_mark_until": date(2027, 6, 30), "join_by": date(2027, 1, 15),
    "referral_note": "Adults only.",
}  # fmt: skip
LEVELS = {"advice_levels", "course_levels"}  # which the standard's own terms tell
Read = Callable[[dict[str, Any]], ImportRun]


@pytest.fixture
def read(tmp_path: Path, everything: None) -> Read:
    """Read a feed of one listing, as our own feed tells it, into a source of another name."""

    def reading_of(document: dict[str, Any]) -> ImportRun:
        file = tmp_path / "feed.json"
        page = {"total_items": 1, "total_pages": 1, "page_number": 1, "size": 1, "contents": [document]}
        file.write_text(json.dumps(page))
        return actions.import_feed(str(file), name="Another Linkworks", is_agreed=True, by=make.KEEPER)

    return reading_of


@pytest.fixture
def document(everything: None) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(make.service(**SAID).document)
    return told


def there() -> Service:
    return Service.objects.select_related("organisation").get(source__name="Another Linkworks")


def edit(service: Service, **facts: Any) -> list[str]:
    return actions.edit_listing(service, facts=facts, seen=queries.facts_of(service)["seen"], by=INES)


def test_the_list_of_what_some_feeds_say_is_what_is_read() -> None:
    assert set(editing.OF_SOME_FEEDS) - LEVELS == {*really_like.NAMES, "referral_note"} == set(SAID)


def test_what_one_linkworks_says_another_reads(read: Read, document: dict[str, Any]) -> None:
    read(document)
    assert {name: getattr(there(), name) for name in SAID} == SAID
    told = json.loads(there().document)
    assert told["linkworks"] | {"source": None} == document["linkworks"] | {
        "source": None, "is_fictional": True, "terms_are_guessed": True
    }  # fmt: skip


def test_it_is_followed_until_it_is_changed_here(read: Read, document: dict[str, Any]) -> None:
    for said in ("Come as you are.", "Ring the bell.", ""):
        read({**document, "linkworks": {"first_visit": said}})
        assert there().first_visit == said
    edit(there(), first_visit="Maggie meets you.")
    run = read({**document, "linkworks": {"first_visit": "Ring twice."}})
    assert there().first_visit == "Maggie meets you."
    assert "Kept as it was changed here, though the feed says something else: Your first visit." in set(
        run.problems.values_list("reason", flat=True)
    )


def test_where_the_place_is_private_the_way_there_is_not_read(read: Read, document: dict[str, Any]) -> None:
    for place in document["service_at_locations"]:
        place["location"]["is_address_hidden"] = True
    read({**document, "linkworks": {"getting_there": "Behind the chemist.", "who_comes": "People near SE15 4ZZ."}})
    assert there().getting_there == "" and "SE15 4ZZ" not in there().who_comes


def test_a_private_persons_details_are_not_read(read: Read, document: dict[str, Any]) -> None:
    read({**document, "linkworks": {"first_visit": "Ring Jo on 07700 900123 or jo.smith@gmail.com first."}})
    assert "900123" not in there().first_visit and "gmail" not in there().first_visit


@pytest.mark.parametrize("odd", ["text", None, 3, [], {"first_visit": ["x"], "join_by": 7, "certificate": {"a": 1}}])
def test_what_is_no_fact_of_ours_is_not_read(odd: Any) -> None:
    row = read_row(Dialect.ORUK_3, {"id": "1", "name": "Choir", "linkworks": odd})
    assert not any(getattr(row.service, name) for name in really_like.NAMES)


@given(st.dictionaries(st.sampled_from(really_like.NAMES), st.text() | st.integers() | st.none() | st.lists(st.text())))
def test_whatever_is_said_is_read_without_harm_and_fits(said: dict[str, Any]) -> None:
    facts = read_row(Dialect.ORUK_3, {"id": "1", "name": "Choir", "linkworks": said}).service
    assert all(len(getattr(facts, name)) <= really_like.LONGEST_LINE for name in really_like.LINES)


class TestTheSpreadsheet:
    def row(self, **cells: str) -> Any:
        return read_row(Dialect.SPREADSHEET, {"id": "1", "name": "Choir", "organisation": "Trust", **cells})

    def test_it_says_the_same(self) -> None:
        cells = {name: str(said) for name, said in SAID.items() if name != "referral_note"}
        read = self.row(**cells | {"quality_mark_until": "30/06/2027", "join_by": "15.1.27"})
        assert {name: getattr(read.service, name) for name in really_like.NAMES} == {
            name: SAID[name] for name in really_like.NAMES
        }
        assert not [note for note in read.notes if "date" in note]

    @pytest.mark.parametrize(("written", "said"), [("Information; Tribunal", "“Tribunal”"), ("Casework", "")])
    def test_a_level_that_nobody_knows_beside_one_that_is_known_is_said(self, written: str, said: str) -> None:
        notes = [note for note in self.row(advice_levels=written).notes if note.startswith("How far advice goes")]
        assert notes == ([f"How far advice goes: {said} is no level we know, so it was left out."] if said else [])

    def test_a_date_that_is_none_is_said(self) -> None:
        read = self.row(join_by="next week")
        assert "Last day to join: “next week” is not a date, such as 31/01/2027." in read.notes


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_dates_as_people_write_them(day: date) -> None:
    for written in (f"{day.day}/{day.month}/{day.year}", f"{day:%d.%m.%y}", day.isoformat()):
        assert reading.day(reading.written_day(written)) == day


def test_what_was_changed_here_before_feeds_could_say_it_is_kept(everything: None) -> None:
    source = Source.objects.create(name="A list")
    ours, theirs = make.service(), make.service(name="Choir")
    Service.objects.filter(id=theirs.id).update(source=source, source_key="1", kept_here=["name"])
    for service, field in ((theirs, "first_visit"), (theirs, "first_visit"), (theirs, "phone"), (ours, "first_visit")):
        ListingChange.objects.create(service=service, field=field, by_id="staff:ines", by_name="Ines")
    migration = import_module("linkworks.directory.migrations.0025_told_by_our_own_feeds")
    assert set(migration.NEWLY_TOLD) == set(editing.OF_SOME_FEEDS) - LEVELS
    for _ in range(2):
        migration.kept_as_changed_here(apps, connection.schema_editor())
        assert Service.objects.get(id=theirs.id).kept_here == ["name", "first_visit"]
        assert Service.objects.get(id=ours.id).kept_here == []
