"""Reading feeds into the directory: counted, safe to repeat, and never stopped by a bad row."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries

from linkworks.core.actor import PUBLIC
from linkworks.core.errors import Invalid, NotAllowed
from linkworks.directory import actions
from linkworks.directory.models import ImportProblem, ImportRun, Service, Source
from linkworks.organisations.models import Organisation
from tests.directory import feeds
from tests.factories.directory import KEEPER

pytestmark = pytest.mark.usefixtures("everything")


def imported(source: Path | str, name: str = "A made-up council") -> ImportRun:
    return actions.import_feed(str(source), name=name, is_agreed=True, by=KEEPER)


def written(folder: Path, payload: Any, name: str = "feed.json") -> Path:
    file = folder / name
    file.write_text(payload if isinstance(payload, str) else json.dumps(payload), encoding="utf-8")
    return file


def counts(run: ImportRun) -> dict[str, int]:
    return {name: getattr(run, name) for name in ("read", "created", "updated", "unchanged", "held", "rejected")}


@pytest.mark.parametrize(
    ("dialect", "expected"),
    [
        ("outpost", {"read": 6, "created": 2, "updated": 0, "unchanged": 0, "held": 1, "rejected": 3}),
        ("placecube", {"read": 3, "created": 1, "updated": 0, "unchanged": 0, "held": 2, "rejected": 0}),
        ("oruk3", {"read": 1, "created": 1, "updated": 0, "unchanged": 0, "held": 0, "rejected": 0}),
    ],
)
def test_each_dialect_is_read_and_reading_it_again_changes_nothing(dialect: str, expected: dict[str, int]) -> None:
    run = imported(feeds.path(dialect))
    assert counts(run) == expected
    assert run.finished_at is not None
    stored = dict(Service.objects.values_list("id", "document_hash"))
    again = imported(feeds.path(dialect))
    assert again.unchanged == expected["created"] + expected["held"]
    assert (again.created, again.updated, again.held) == (0, 0, 0)
    assert dict(Service.objects.values_list("id", "document_hash")) == stored


def test_bad_rows_are_kept_with_their_reasons_and_without_contact_details() -> None:
    run = imported(feeds.path("outpost"))
    rejected = run.problems.filter(outcome="rejected")
    assert [(each.row_number, each.reason) for each in rejected] == [
        (4, "The row has no name."),
        (5, "The row has no id, so it could not be recognised the next time."),
        (6, "This row is not a service."),
    ]
    assert "@" not in json.dumps([each.row for each in run.problems.all()])
    held = run.problems.get(outcome="held")
    assert held.name == "Nanny Invented"


def test_held_listings_are_stored_and_not_shown() -> None:
    imported(feeds.path("placecube"))
    refuge = Service.objects.get(name="Safe Haven")
    assert not refuge.is_published
    assert "Nobody may know" not in refuge.document
    orphan = Service.objects.get(name="Orphan knitting group")
    assert orphan.organisation.name == "A made-up council: organisation not named"


def test_imported_services_are_real_and_their_source_has_no_licence_yet() -> None:
    imported(feeds.path("oruk3"))
    service = Service.objects.get()
    assert not service.is_fictional
    assert not service.organisation.is_fictional
    assert service.source == Source.objects.get(name="A made-up council", licence="")


def test_what_a_made_up_source_tells_is_made_up_at_its_first_reading_and_at_every_later_one(tmp_path: Path) -> None:
    Source.objects.create(name="A made-up council", is_fictional=True)
    payload = json.loads(feeds.path("oruk3").read_text())
    for said in ("A choir", "Another choir"):
        payload["contents"][0]["name"] = said
        imported(written(tmp_path, payload))
        service = Service.objects.get()
        assert (service.name, service.is_fictional, service.organisation.is_fictional) == (said, True, True)
        assert json.loads(service.document)["linkworks"]["is_fictional"] is True


@pytest.mark.parametrize(("said", "is_fictional"), [(True, True), ("yes", False), (None, False)])
def test_a_listing_that_says_itself_that_it_is_made_up_is_believed(
    tmp_path: Path, said: Any, is_fictional: bool
) -> None:
    """As our own feed says it: read by another Linkworks, a made-up listing must not pass for a real one."""
    payload = json.loads(feeds.path("oruk3").read_text())
    payload["contents"][0]["linkworks"] = {"is_fictional": said}
    imported(written(tmp_path, payload))
    assert Service.objects.get().is_fictional is is_fictional


def test_an_organisation_is_made_once_for_a_source() -> None:
    imported(feeds.path("outpost"))
    imported(feeds.path("outpost"))
    assert Organisation.objects.filter(name="Bramblewick Community Association").count() == 1


def test_a_changed_row_updates_what_the_feed_knows_and_keeps_what_people_said(tmp_path: Path) -> None:
    imported(feeds.path("oruk3"))
    service = Service.objects.get()
    actions.update_room(service, capacity_places=12, wait_weeks=None, by=KEEPER)
    actions.confirm_listing(service, by=KEEPER)
    Service.objects.update(needs=["creativity", "loneliness"], ask_for="Maggie")
    payload = feeds.payload("oruk3")
    payload["contents"][0]["name"] = "Fable Community Choir"
    run = imported(written(tmp_path, payload))
    assert (run.updated, run.created) == (1, 0)
    service.refresh_from_db()
    assert service.name == "Fable Community Choir"
    assert service.needs == ["creativity", "loneliness"]
    assert (service.capacity_places, service.ask_for, service.verified_by) == (12, "Maggie", "a directory steward")


def test_the_same_id_twice_in_a_feed_is_said(tmp_path: Path) -> None:
    payload = feeds.payload("oruk3")
    payload["contents"].append({**payload["contents"][0], "name": "Another choir"})
    run = imported(written(tmp_path, payload))
    assert (run.created, run.updated, run.read) == (1, 1, 2)
    assert run.problems.filter(reason="It has the same id as row 1.").exists()


HOSTILE_ROWS: list[Any] = [
    {"id": 1, "name": "x" * 5000},
    {"id": 2, "name": "Nul \x00 in \ud800 it"},
    {"id": 3, "name": "Deep", "description": {"a": {"b": ["c"]}}, "contacts": {"not": "a list"}, "attributes": "no"},
    {"id": 4, "name": "Ages", "minimum_age": 60, "maximum_age": 20},
    {
        "id": 5,
        "name": "Places",
        "service_at_locations": [None, {"location": None}, {"location": {"latitude": 1e999, "longitude": "x"}}],
    },
    {"id": 6, "name": "Costs", "cost_options": [{"amount": -3}, {"amount": "9" * 30}, {"amount": True}, None]},
    {
        "id": 7,
        "name": "Times",
        "schedules": [
            {"freq": "YEARLY", "byday": "XX", "opens_at": "99:99", "interval": -1, "valid_from": "31/12/2026"}
        ],
    },
    {"id": 8, "name": "<script>alert(1)</script>Markup", "url": "javascript:alert(1)", "email": "not an address"},
    {"id": 9, "name": "Status", "status": "on holiday"},
    {"id": "'; DROP TABLE directory_service; --", "name": "Quotes ' \" ; --"},
    {"id": 1.5, "name": "A fraction for an id"},
    {
        "id": 10,
        "name": "Postcode",
        "service_at_locations": [{"location": {"addresses": [{"postal_code": "LU7 ONY and far too long to be one"}]}}],
    },
    [],
    None,
]


def test_hostile_rows_never_stop_a_run(tmp_path: Path) -> None:
    organisation = {"id": "o", "name": "Made Up"}
    rows = [{**row, "organization": organisation} if isinstance(row, dict) else row for row in HOSTILE_ROWS]
    run = imported(written(tmp_path, {"contents": rows}))
    assert run.stopped_because == ""
    assert run.read == len(rows)
    assert run.created + run.held + run.rejected == len(rows)
    assert run.rejected == 3
    assert Service.objects.get(name="Markup").url == ""
    assert Service.objects.get(name="Ages").minimum_age is None
    assert Service.objects.get(name="Status").status == "inactive"
    assert all(len(each.name) <= 255 for each in Service.objects.all())


def test_a_row_the_database_refuses_takes_nothing_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from linkworks.directory.actions import applying

    write = applying.write_all

    def fail(writings: Any) -> None:
        if "Choir 1" in [each.facts.name for each in writings]:
            raise ValueError("as if the database had refused")
        write(writings)

    monkeypatch.setattr(applying, "write_all", fail)
    rows = [{"id": each, "name": f"Choir {each}", "organization": {"id": "o", "name": "Made Up"}} for each in (1, 2)]
    run = imported(written(tmp_path, {"contents": rows}))
    assert (run.rejected, run.created) == (1, 1)
    assert Service.objects.get().organisation.name == "Made Up"


@pytest.mark.parametrize(
    ("payload", "why"),
    [
        ("<html>soft 404</html>", "What was read is not JSON"),
        ("", "What was read is not JSON"),
        ("[" * 100_000, "What was read is not JSON"),
        ({"error": "none"}, "not a list of services"),
    ],
)
def test_what_is_not_a_feed_is_said_on_the_run(tmp_path: Path, payload: Any, why: str) -> None:
    run = imported(written(tmp_path, payload))
    assert why in run.stopped_because
    assert run.read == 0


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert "could not be read" in imported(tmp_path / "nothing.json").stopped_because
    assert "no JSON, CSV or XLSX file" in imported(tmp_path).stopped_because


def test_a_folder_is_read_file_by_file(tmp_path: Path) -> None:
    for dialect in ("oruk3", "placecube"):
        written(tmp_path, feeds.payload(dialect), f"{dialect}.json")
    assert imported(tmp_path).read == 4


def test_only_those_who_keep_the_directory_read_feeds() -> None:
    with pytest.raises(NotAllowed):
        actions.import_feed(str(feeds.path("oruk3")), by=PUBLIC)
    assert not ImportRun.objects.exists()


def test_pages_of_an_address_are_followed_to_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    from linkworks.directory.actions import imports

    asked = []

    def fetch(address: str) -> dict[str, Any]:
        asked.append(address)
        number = len(asked)
        row = {"id": number, "name": f"Choir {number}", "organization": {"id": "o", "name": "Made Up"}, "schedules": []}
        return {"contents": [row], "total_pages": 3, "page_number": number}

    monkeypatch.setattr(imports.client, "fetch", fetch)
    run = imported("https://feed.example.org/services?per_page=1")
    assert run.created == 3
    assert asked[1:] == [
        "https://feed.example.org/services?per_page=1&page=2",
        "https://feed.example.org/services?per_page=1&page=3",
    ]


def test_a_source_is_called_after_its_host_or_file() -> None:
    assert actions.name_of("https://feed.example.org/services") == "feed.example.org"
    assert actions.name_of("some/where/council.json") == "council"


LUNCH = {"id": 12, "name": "Lunch", "organization": {"id": 3, "name": "Kettle"}, "status": "active"}


@pytest.mark.parametrize("relative", [True, False])
def test_two_feeds_with_one_file_name_never_become_one_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, relative: bool
) -> None:
    """Their ids collide: the one would write over the other, and say of the rest that it is gone."""
    for council in ("bromley", "camden"):
        (tmp_path / council).mkdir()
        written(tmp_path / council, {"content": [{**LUNCH, "name": council}]}, "services.json")
    monkeypatch.chdir(tmp_path / "bromley")
    address = "services.json" if relative else str(tmp_path / "bromley" / "services.json")
    for _ in range(2):
        assert actions.import_feed(address, is_agreed=True, by=KEEPER).source.name == "services"
    monkeypatch.chdir(tmp_path / "camden")
    other = "services.json" if relative else str(tmp_path / "camden" / "services.json")
    with pytest.raises(Invalid, match="--name"):
        actions.import_feed(other, is_agreed=True, by=KEEPER)
    assert (Service.objects.get().name, Service.objects.get().gone_since) == ("bromley", None)
    actions.import_feed(other, name="Camden", is_agreed=True, by=KEEPER)
    assert sorted(Service.objects.values_list("name", "source__name")) == [
        ("bromley", "services"),
        ("camden", "Camden"),
    ]
    actions.import_feed(other, name="services", is_agreed=True, by=KEEPER)
    assert Service.objects.filter(source__name="services").get().name == "camden", "who says so has moved the feed"


def test_a_row_that_did_not_change_costs_no_statement_at_all(
    tmp_path: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """A feed of ten thousand rows that is read each night costs as many statements as one of two."""
    taken = []
    for many in (2, 7):
        rows = [{**LUNCH, "id": number, "name": f"Lunch {number}"} for number in range(many)]
        file = written(tmp_path, {"content": rows})
        imported(file)
        with django_assert_max_num_queries(100) as seen:
            assert imported(file).unchanged == many
        taken.append(len(seen))
    assert taken[1] == taken[0]


def test_the_folder_one_stands_in_has_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bromley").mkdir()
    monkeypatch.chdir(tmp_path / "bromley")
    assert actions.import_feed(".", is_agreed=True, by=KEEPER).source.name == "bromley"


def test_the_command_prints_a_summary_as_json() -> None:
    out = StringIO()
    call_command("import_feed", str(feeds.path("outpost")), "--name", "Bramblewick", "--json", stdout=out)
    said = json.loads(out.getvalue())
    assert said["source"] == "Bramblewick"
    assert said["dialect"] == "Outpost"
    assert said["read"] == said["created"] + said["updated"] + said["unchanged"] + said["held"] + said["rejected"] == 6
    assert said["problems"] == ImportProblem.objects.count()


def test_the_command_prints_lines_and_fails_when_nothing_could_be_read(tmp_path: Path) -> None:
    out = StringIO()
    call_command("import_feed", str(feeds.path("oruk3")), stdout=out)
    assert "created: 1" in out.getvalue()
    with pytest.raises(CommandError, match="not JSON"):
        call_command("import_feed", str(written(tmp_path, "no")), stdout=StringIO())
