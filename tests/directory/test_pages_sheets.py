"""From the template to a listing that is found: downloaded, filled in, given, read."""

import csv
import io
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from linkworks.core.later import holding_jobs
from linkworks.directory import actions
from linkworks.directory.models import ImportProblem, ImportRun, Service, Source
from linkworks.directory.rules.feeds.columns import COLUMNS, template
from tests.cast import Cast
from tests.factories import directory as make

from .sheets import CLUB, csv_of

CSV, XLSX = reverse("directory:source-template-csv"), reverse("directory:source-template-xlsx")


@pytest.fixture
def source(cast: Cast) -> Source:
    return Source.objects.create(name="Bramblewick")


def filled(body: bytes, kind: str) -> bytes:
    """The template with one listing written below the example."""
    values = [CLUB.get(each.heading, "") for each in COLUMNS]
    if kind == "csv":
        line = io.StringIO()
        csv.writer(line).writerow(values)
        return body + line.getvalue().encode()
    book, out = openpyxl.load_workbook(io.BytesIO(body)), io.BytesIO()
    book.active.append(values)
    book.save(out)
    return out.getvalue()


def give(steward: Client, source: Source, name: str, body: bytes) -> ImportRun:
    with holding_jobs() as jobs:
        answer = steward.post(
            reverse("directory:source-file", args=[source.id]), {"file": SimpleUploadedFile(name, body)}
        )
    assert answer.status_code == 302
    assert jobs is not None
    run = ImportRun.objects.get(source=source, finished_at=None)
    actions.read_source(run.id, by=make.KEEPER)
    run.refresh_from_db()
    return run


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_filled_in_is_found(
    steward: Client, client: Client, source: Source, kind: str, everything: None
) -> None:
    make.postcode()
    body = steward.get({"csv": CSV, "xlsx": XLSX}[kind]).content
    run = give(steward, source, f"list.{kind}", filled(body, kind))
    assert (run.dialect, run.created, run.rejected, run.stopped_because) == ("Spreadsheet", 1, 0, "")
    assert Service.objects.get().name == "Bramble lunch club"
    assert "Bramble lunch club" in client.get("/find", {"q": "lunch", "postcode": "SE15 5DD"}).content.decode()
    assert give(steward, source, f"list.{kind}", filled(body, kind)).unchanged == 1


def test_problems_are_said_by_the_number_of_the_row(steward: Client, source: Source) -> None:
    run = give(
        steward, source, "l.csv", csv_of(CLUB, {}, {**CLUB, "Name": ""}, {**CLUB, "Name": "B", "Starts": "late"})
    )
    said = dict(ImportProblem.objects.filter(run=run, row_number__in=[4, 5]).values_list("row_number", "reason"))
    assert said[4] == "The column “Name” is empty in this row."
    assert set(said) == {4, 5}
    assert ImportProblem.objects.filter(run=run, row_number=5, reason__startswith="Starts: “late”").exists()
    assert run.rejected == 1


def test_a_file_that_cannot_be_used_says_why_on_the_page(steward: Client, source: Source) -> None:
    run = give(steward, source, "l.csv", b"Colour\nred\n")
    shown = steward.get(reverse("directory:import-run", args=[run.id])).content.decode()
    assert "“Organisation” and “Name” are not there" in shown


def test_the_command_reads_one(cast: Cast, tmp_path: Path) -> None:
    file, out = tmp_path / "clubs.csv", StringIO()
    file.write_bytes(csv_of(CLUB, between=";"))
    call_command("import_feed", str(file), stdout=out)
    assert "Spreadsheet" in out.getvalue()
    assert Service.objects.get().source_key == "bramble lunch club SE155DD"


class TestTemplate:
    def test_it_is_linked_and_holds_our_columns(self, steward: Client, source: Source) -> None:
        for name in ("source", "source-file"):
            shown = steward.get(reverse(f"directory:{name}", args=[source.id])).content.decode()
            assert CSV in shown and XLSX in shown
        sheet = openpyxl.load_workbook(io.BytesIO(steward.get(XLSX).content)).active
        assert [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)] == template()
        assert steward.get(CSV).content.decode("utf-8-sig").startswith("Key,Organisation,Name,")

    @pytest.mark.parametrize("address", [CSV, XLSX])
    def test_only_stewards_have_it_and_only_by_asking(self, cast: Cast, steward: Client, address: str) -> None:
        assert "attachment" in steward.get(address)["Content-Disposition"]
        assert steward.post(address).status_code == 405
        assert steward.get(f"{address}x").status_code == 404
        assert Client().get(address).status_code == 302
