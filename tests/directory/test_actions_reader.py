"""A reader that learns something reads every row again, and takes a row for changed only where it says more."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from linkworks.directory.actions import reading as actions
from linkworks.directory.rules.document import fingerprint
from linkworks.directory.rules.facts import Row, ServiceFacts
from linkworks.directory.rules.feeds import open_envelope, read_row, really_like
from tests.directory import feeds

from .readings import of, read, rows

# What each reader made of the feeds below. When this fails, what is read has changed: raise READER and write its mark here.
READ_BY = {"4": "5024d96e422a5698e1ca2a020526412e16a75ec88d6eb6771838fddd500a8716"}
OURS = {
    **{name: f"All about {name}." for name in (*really_like.PARAGRAPHS, *really_like.LINES)},
    **dict.fromkeys(really_like.DAYS, "2027-01-15"),
}


class LaterFacts(ServiceFacts, frozen=True):
    """A listing as a later reader knows it."""

    parking: str = ""


def made_of(dialect: str, **more: Any) -> list[Row]:
    feed = open_envelope(feeds.payload(dialect))
    return [read_row(feed.dialect, {**raw, **more}) for raw in feed.rows[:3]]


EVERY_ROW = [*(row for dialect in feeds.DIALECTS for row in made_of(dialect)), *made_of("oruk3", linkworks=OURS)]


def test_a_reader_has_the_number_of_what_it_reads() -> None:
    assert {actions.READER: fingerprint(msgspec.json.encode(EVERY_ROW).decode())} == READ_BY


def test_a_fact_that_nobody_told_changes_no_row() -> None:
    known, later = ServiceFacts(name="Choir"), LaterFacts(name="Choir")
    assert msgspec.json.encode(known) == msgspec.json.encode(later)
    assert msgspec.json.encode(known) != msgspec.json.encode(LaterFacts(name="Choir", parking="In the yard"))


@pytest.mark.parametrize("row", EVERY_ROW, ids=[row.service.name for row in EVERY_ROW])
def test_what_is_left_out_is_there_again_when_it_is_opened(row: Row) -> None:
    assert msgspec.json.decode(msgspec.json.encode(row), type=Row) == row


@pytest.mark.django_db
def test_a_new_reader_reads_an_unchanged_feed_again_and_finds_nothing_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(tmp_path, *rows(3))
    mark = of(0).source_list_mark
    monkeypatch.setattr(actions, "READER", "a later one")
    run = read(tmp_path, *rows(3))
    assert (run.unchanged, run.updated) == (3, 0)
    assert of(0).source_list_mark != mark
