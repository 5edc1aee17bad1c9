"""A process that begins from a file answers as one that read everything, whatever happened since and whatever the file is."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import numpy as np
import pytest
import time_machine
from django.conf import settings
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from bench import asked
from linkworks.core.clock import today
from linkworks.directory import queries
from linkworks.directory.models import Location, Schedule, Service
from linkworks.directory.queries import index
from linkworks.directory.queries.index import keeper, shelves, snapshot
from linkworks.directory.queries.index.columns import Columns, build
from tests.context import EVERYTHING, acting
from tests.factories import directory as make
from tests.factories import many_services as many

SIZE = 40


@pytest.fixture
def file(committed_db: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a process kept of some listings that are committed. The process has ended."""
    monkeypatch.setattr(settings, "MATCH_SNAPSHOTS", tmp_path / "kept")
    with transaction.atomic(), acting(EVERYTHING):
        many.write(Random(7), make.organisation(), SIZE)
        Service.objects.update(is_published=True, status="active", offered_until=None)
    begin()
    index.forget()
    [kept] = (tmp_path / "kept").iterdir()
    return kept


def begin() -> shelves.Shelves:
    index.forget()
    return index.current()


def found() -> list[Any]:
    """All that can be found, in order, with how many there are of each kind, by a process that begins now."""
    begin()
    said, near, everything = (
        queries.ranked(queries.Looking(must_be_fresh=True, **asked))
        for asked in ({"words": "advice garden"}, {"near": make.PECKHAM, "within_km": 9.0}, {})
    )
    return [said.ids(), near.ids(), everything.ids(), everything.counts]


def read_anew(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    with monkeypatch.context() as patch:
        patch.setattr(settings, "MATCH_SNAPSHOTS", None)
        return found()


def forbid_reading_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: Any) -> None:
        raise AssertionError("every listing was read")

    monkeypatch.setattr(keeper, "read", never)


def same(one: Columns, other: Columns) -> bool:
    ours, theirs = snapshot.packed(one), snapshot.packed(other)
    return ours.keys() == theirs.keys() and all(
        ours[name].dtype == theirs[name].dtype and np.array_equal(ours[name], theirs[name]) for name in ours
    )


@pytest.mark.parametrize("size", [0, 1, 2, 60])
def test_columns_come_back_as_they_were(size: int) -> None:
    made = build(asked.directory(size))
    back = snapshot.unpacked(snapshot.packed(made))
    assert same(made, back)
    assert dict(back.postings.stems) == dict(made.postings.stems)
    assert back.name_words.words == made.name_words.words
    ours, theirs = (shelves.Shelves(each, None, build(()), {}) for each in (made, back))
    for question in asked.questions(20):
        wish = queries.wish_of(question.looking)
        one, other = (index.answer(each, question, wish) for each in (ours, theirs))
        assert one.ids() == other.ids()
        assert one.counts == other.counts


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",))), unique=True))
def test_words_come_back_under_their_numbers(words: list[str]) -> None:
    assert snapshot.numbered(snapshot.texts(words), 1) == {word: number for number, word in enumerate(words, 1)}


def test_a_process_that_begins_reads_nothing_that_did_not_change(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = read_anew(monkeypatch)
    forbid_reading_all(monkeypatch)
    assert found() == expected
    assert len(expected[2]) == SIZE


def test_what_changed_meanwhile_is_found_as_it_is_now(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ids: list[UUID] = list(Service.objects.order_by("id").values_list("id", flat=True))
    changes: dict[str, Callable[[], Any]] = {
        "renamed": lambda: Service.objects.filter(id=ids[0]).update(name="Advice in the garden"),
        "hidden": lambda: Service.objects.filter(id=ids[1]).update(is_published=False),
        "moved": lambda: Location.objects.update(latitude=51.4736, longitude=-0.0694),
        "at another time": lambda: Schedule.objects.filter(service__in=ids[:9]).update(byday="FR"),
        "new": lambda: make.service(name="Garden advice"),
        "shown again": lambda: Service.objects.filter(id=ids[1]).update(is_published=True),
    }
    before = read_anew(monkeypatch)
    for name, change in changes.items():
        with transaction.atomic(), acting(EVERYTHING):
            change()
        after = read_anew(monkeypatch)
        assert after != before, name
        with monkeypatch.context() as patch:
            forbid_reading_all(patch)
            assert found() == after, name
        before = after


def test_when_much_changed_all_is_read_and_kept_anew(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "LEAST_TO_READ_ALL", 5)
    before = file.read_bytes()
    with transaction.atomic(), acting(EVERYTHING):
        Service.objects.update(description="All of it is new.")
    expected = read_anew(monkeypatch)
    assert found() == expected
    assert file.read_bytes() != before
    forbid_reading_all(monkeypatch)
    assert found() == expected


@contextmanager
def somebody_takes_long() -> Iterator[None]:
    """Another connection's transaction has a number and does not end."""
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()")
        yield
    finally:
        other.close()


def test_what_was_read_is_not_read_again_though_an_older_transaction_is_open(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.unlink()
    with somebody_takes_long():
        with transaction.atomic(), acting(EVERYTHING):
            Service.objects.update(description="All of it is new.")
        expected = found()
        kept = snapshot.load()
        assert kept is not None and len(kept.seen) == SIZE
        monkeypatch.setattr(keeper, "read_some", None)
        forbid_reading_all(monkeypatch)
        assert found() == expected


def test_what_ended_while_nobody_looked_is_not_found(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ends = today() + timedelta(2)
    with transaction.atomic(), acting(EVERYTHING):
        one = make.service(name="Ends soon")
        Service.objects.filter(id=one.id).update(offered_until=ends)
    file.unlink()
    assert one.id in found()[2]
    for later, is_there in ((ends, True), (ends + timedelta(1), False)):
        with time_machine.travel(later, tick=False):
            assert (one.id in found()[2]) == is_there


def test_what_is_not_certain_is_never_kept(file: Path) -> None:
    file.unlink()
    with transaction.atomic(), acting(EVERYTHING):
        make.service(name="Never certain")
        begin()
        assert not file.exists()
        transaction.set_rollback(True)
    begin()
    assert file.exists()


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda kept: b"",
    "cut short": lambda kept: kept[: len(kept) // 2],
    "something else": lambda kept: b"This is not it. " * 400,
    "an array of anything": lambda kept: b"\x93NUMPY" + kept[6:],
    "the end is missing": lambda kept: kept[:-30],
}


def test_a_damaged_file_is_as_none_and_is_made_anew(
    file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    good, expected = file.read_bytes(), read_anew(monkeypatch)
    for name, damage in DAMAGE.items():
        caplog.clear()
        file.write_bytes(damage(good))
        assert found() == expected, name
        assert "is damaged, and is read anew" in caplog.text, name
        assert snapshot.load() is not None, name
    dice = Random(3)
    for _ in range(60):
        bad = bytearray(good)
        bad[dice.randrange(len(bad))] ^= 1 << dice.randrange(8)
        file.write_bytes(bad)
        kept = snapshot.load()
        file.write_bytes(good)
        true = snapshot.load()
        assert true is not None
        assert kept is None or (same(kept.columns, true.columns) and kept.horizon <= true.horizon)


@pytest.mark.parametrize("missing", ["order", "flat.trust", "postings.rows", snapshot.ABOUT])
def test_a_file_without_a_part_is_as_none(file: Path, missing: str) -> None:
    with np.load(file) as kept:
        arrays = {name: kept[name] for name in kept.files if name != missing}
    snapshot.write(file, arrays)
    assert snapshot.load() is None


def test_what_other_code_or_another_vocabulary_made_is_not_used(
    file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(snapshot, "made_by", lambda: "a version of next year")
    with caplog.at_level("INFO"):
        assert snapshot.load() is None
    assert "another version of Linkworks" in caplog.text


def test_what_makes_columns_has_a_name_that_changes_with_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    named = [snapshot.made_by.__wrapped__()]
    (tmp_path / "rule.py").write_text("ROUND = 1\n")
    monkeypatch.setattr(snapshot, "CODE", (*snapshot.CODE, tmp_path))
    named.append(snapshot.made_by.__wrapped__())
    (tmp_path / "rule.py").write_text("ROUND = 2\n")
    named.append(snapshot.made_by.__wrapped__())
    monkeypatch.setattr(snapshot.ids, "lists", lambda: {"needs": ("one-more",)})
    named.append(snapshot.made_by.__wrapped__())
    assert len(set(named)) == 4


def test_it_belongs_to_one_database_and_nobody_else_may_read_it(file: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT oid::text FROM pg_database WHERE datname = current_database()")
        assert file.stem.endswith(f"-{cursor.fetchone()[0]}")
    assert file.stat().st_mode & 0o077 == 0
    with np.load(file) as kept:
        assert json.loads(kept[snapshot.ABOUT].tobytes()).keys() == {"horizon", "on", "seen", "made_by"}


def test_a_folder_that_cannot_be_written_in_does_no_harm(
    file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    expected = found()
    monkeypatch.setattr(settings, "MATCH_SNAPSHOTS", file / "no-folder")
    assert found() == expected
    assert "could not be kept" in caplog.text


def test_what_fails_half_way_leaves_what_was_there(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = file.read_bytes()

    def fail(*_: Any, **__: Any) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(np, "savez", fail)
    snapshot.save(snapshot.Snapshot(build(()), 3, 1, {}))
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]
