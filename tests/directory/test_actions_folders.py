"""A folder of lists: feeds and spreadsheets side by side are one source, and what was left out is named."""

from pathlib import Path

import pytest

from linkworks.directory.models import ImportRun, Service
from tests.directory import readings
from tests.directory.sheets import CLUB, csv_of, xlsx_of
from tests.directory.test_actions_imports import imported, written

pytestmark = pytest.mark.usefixtures("everything")
HEADINGS = ["Organisation", "Name", "Postcode"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    written(tmp_path, {"content": [readings.row(1)]}, "council.json")
    (tmp_path / "clubs.CSV").write_bytes(csv_of(CLUB))
    (tmp_path / "walks.xlsx").write_bytes(xlsx_of(HEADINGS, ["Kettle and Company", "Bramble walk", "SE15 5DD"]))
    return tmp_path


def left_out(run: ImportRun) -> list[str]:
    return sorted(
        run.problems.filter(outcome="noted", reason__contains="was not read").values_list("reason", flat=True)
    )


def test_feeds_and_spreadsheets_are_read_together_and_again_without_a_change(folder: Path) -> None:
    run = imported(folder)
    assert (run.read, run.created, run.stopped_because, left_out(run)) == (3, 3, "", [])
    assert set(Service.objects.values_list("name", flat=True)) == {"Club 1", "Bramble lunch club", "Bramble walk"}
    assert imported(folder).unchanged == 3


def test_what_is_left_out_is_named_and_nothing_of_it_is_taken_for_gone(folder: Path) -> None:
    imported(folder)
    (folder / "letter.docx").write_text("Dear all")
    (folder / "older").mkdir()
    (folder / "walks.xlsx").write_bytes(b"PK\x03\x04 torn")
    for _ in range(2):  # a listing is taken down after two readings without it
        run = imported(folder)
        said = left_out(run)
        assert [each.split("”")[0] for each in said] == ["“letter.docx", "“older", "“walks.xlsx"]
        assert "only JSON, CSV and XLSX files are" in said[0]
        assert "could not be read. Open it, save it again" in said[2]
        assert (run.stopped_because, run.unchanged, run.removed) == ("", 2, 0)
    assert not Service.objects.filter(gone_since__isnull=False).exists()


def test_when_the_folder_is_whole_what_is_in_no_file_any_more_is_missed(folder: Path) -> None:
    imported(folder)
    (folder / "walks.xlsx").unlink()
    imported(folder)
    assert Service.objects.get(gone_since__isnull=False).name == "Bramble walk"


def test_a_folder_of_which_no_file_can_be_read_stops_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"Something,Else\r\n1,2\r\n")
    written(tmp_path, {"error": "none"}, "b.json")
    run = imported(tmp_path)
    assert "not a list of services" in run.stopped_because
    assert left_out(run)[0].startswith("“a.csv” was not read. The first row must say what each column is")
    assert run.read == 0
