"""The whole directory as files: the same services as the feed, tables that fit together, and nothing that may not leave."""

import csv
import json
import zipfile
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linkworks.directory.models import Service, Source
from linkworks.interop.oruk import actions
from linkworks.interop.oruk.rules import tabular
from tests.directory import official
from tests.factories import directory as make
from tests.interop import worlds
from tests.interop.asking import Feed

pytestmark = pytest.mark.usefixtures("everything")


def export(target: Path, *options: str) -> str:
    out = StringIO()
    call_command("export_directory", str(target), *options, stdout=out)
    return out.getvalue()


def tables(folder: Path) -> dict[str, list[dict[str, str]]]:
    found = {}
    for table in tabular.TABLES:
        with (folder / table.path).open(encoding="utf-8", newline="") as file:
            found[table.name] = list(csv.DictReader(file))
    return found


class TestLines:
    def test_each_line_is_what_the_feed_says(self, feed: Feed, tmp_path: Path) -> None:
        worlds.small()
        said = export(tmp_path / "out", "--format", "ndjson")
        assert "9 services" in said
        for name in ("services", "organizations", "taxonomies", "taxonomy_terms"):
            lines = (tmp_path / "out" / f"{name}.ndjson").read_text(encoding="utf-8").splitlines()
            asked = {"full": "true"} if name == "services" else {}
            assert list(map(json.loads, lines)) == feed.rows(f"/{name}", **asked)


class TestTables:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        worlds.small()
        export(tmp_path / "out")
        return tmp_path / "out"

    def test_there_is_a_row_for_everything(self, folder: Path) -> None:
        counts = {name: len(rows) for name, rows in tables(folder).items()}
        assert (counts["service"], counts["organization"], counts["service_at_location"]) == (9, 3, 13)
        assert counts["schedule"] == 3 + 7 and counts["cost_option"] == 8
        assert all(counts.values()), "the small world has something of everything"

    def test_every_row_has_an_id_of_its_own_and_points_to_what_is_there(self, folder: Path) -> None:
        found = tables(folder)
        ids = {name: {row["id"] for row in rows} for name, rows in found.items()}
        for table in tabular.TABLES:
            assert len(ids[table.name]) == len(found[table.name])
            for row in found[table.name]:
                assert all(row[name] for name in table.required), (table.name, row)
                assert all(row[name] in ids[other] for name, other in table.points_to.items() if row[name]), table.name

    def test_the_description_describes_the_files(self, folder: Path) -> None:
        said = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        assert {each["path"] for each in said["resources"]} == {each.name for each in folder.glob("*.csv")}
        for each in said["resources"]:
            with (folder / each["path"]).open(encoding="utf-8", newline="") as file:
                head, *rows = csv.reader(file)
            assert head == [column["name"] for column in each["schema"]["fields"]]
            assert len(rows) == each["rows"]

    def test_values_are_those_of_the_documents(self, folder: Path, feed: Feed) -> None:
        rows = {row["id"]: row for row in tables(folder)["service"]}
        for service in feed.rows("/services", full="true"):
            for name in ("name", "description", "status", "organization_id", "last_modified"):
                assert rows[service["id"]][name] == service.get(name, "")
            assert json.loads(rows[service["id"]]["linkworks"]) == service["linkworks"]

    @pytest.mark.skipif(not official.FOLDER.is_dir(), reason="The official schemas are not on this machine.")
    def test_files_and_columns_are_named_as_the_standard_names_them(self) -> None:
        beyond = {"eligibility_description", "application_process", "wait_time", "linkworks", "link_entity", "is_address_hidden",
                  "service_id", "email", "timezone", "code", "name"}  # fmt: skip
        for table in tabular.TABLES:
            schema = official.schema(f"{table.name}.json")
            assert table.path == schema["path"]
            assert set(table.columns) - set(schema["properties"]) <= beyond, table.name
            assert set(schema["required"]) <= set(table.required) <= set(table.columns)

    def test_no_cell_runs_as_a_formula(self, tmp_path: Path) -> None:
        make.service(name="=cmd|' /C calc'!A0", description="@SUM(1)", phone="+44 20 7946 0000")
        export(tmp_path / "out")
        found = tables(tmp_path / "out")
        assert found["service"][0]["name"].startswith("'=")
        assert found["service"][0]["description"].startswith("'@")
        assert found["phone"][0]["number"] == "+44 20 7946 0000"


class TestWhere:
    def test_a_name_that_ends_so_is_packed(self, tmp_path: Path) -> None:
        make.service()
        export(tmp_path / "new" / "out.zip")
        with zipfile.ZipFile(tmp_path / "new" / "out.zip") as packed:
            assert {"services.csv", "datapackage.json"} <= set(packed.namelist())
        assert [each.name for each in (tmp_path / "new").iterdir()] == ["out.zip"], "nothing else is left behind"

    def test_what_is_there_stays_unless_said(self, tmp_path: Path) -> None:
        export(tmp_path / "out")
        with pytest.raises(CommandError, match="--replace"):
            export(tmp_path / "out")
        make.service()
        assert "1 service" in export(tmp_path / "out", "--replace")
        export(tmp_path / "out", "--replace", "--format", "ndjson")
        assert not (tmp_path / "out" / "services.csv").exists()

    def test_a_folder_of_something_else_is_never_replaced(self, tmp_path: Path) -> None:
        (tmp_path / "letters.txt").write_text("dear")
        with pytest.raises(CommandError, match="something else"):
            export(tmp_path, "--replace")
        assert (tmp_path / "letters.txt").read_text() == "dear"

    def test_one_that_fails_leaves_what_was_there(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        export(tmp_path / "out")
        before = sorted(each.name for each in tmp_path.rglob("*"))
        monkeypatch.setattr(tabular, "description", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            export(tmp_path / "out", "--replace")
        assert sorted(each.name for each in tmp_path.rglob("*")) == before

    def test_a_place_that_cannot_be_written_is_said(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(CommandError):
            export(tmp_path / "file" / "out")


def test_what_may_not_be_published_onwards_is_in_no_file(tmp_path: Path) -> None:
    make.service(name="Ours")
    make.service(name="Not shown", is_published=False)
    theirs = make.service(name="Theirs")
    Service.objects.filter(id=theirs.id).update(source=Source.objects.create(name="A council"))
    for form in actions.WRITERS:
        export(tmp_path / form, "--format", form)
        said = "".join(each.read_text(encoding="utf-8") for each in (tmp_path / form).iterdir())
        assert "Ours" in said
        assert "Theirs" not in said and "Not shown" not in said


def test_more_services_ask_no_more_questions(tmp_path: Path) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            actions.export_directory(tmp_path / "out", form="tabular", replace=True)
        return len(seen)

    make.service()
    one = asked()
    for number in range(8):
        make.service(name=f"Club {number}")
    assert asked() == one


def test_a_hidden_place_is_in_no_file(tmp_path: Path) -> None:
    make.service(
        places=(make.place(is_address_hidden=True, address_1="17 Wrenfield Mews"),), description="At 17 Wrenfield Mews"
    )
    said: Any = ""
    for form in actions.WRITERS:
        export(tmp_path / form, "--format", form)
        said += "".join(each.read_text(encoding="utf-8") for each in (tmp_path / form).iterdir())
    assert "Wrenfield" not in said
    assert "is_address_hidden" in said
