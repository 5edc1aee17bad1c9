"""The bench of beginning from a file notices a file that answers otherwise, and what another process holds."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bench import asked, starting
from bench.report import targets
from linkworks.directory.queries.index import snapshot
from linkworks.directory.queries.index.columns import Columns, build

SIZE = 300


@pytest.fixture(scope="module")
def columns() -> Columns:
    return build(asked.directory(SIZE))


@pytest.fixture
def file(columns: Columns, tmp_path: Path) -> Path:
    snapshot.write(tmp_path / "kept.npz", snapshot.packed(columns))
    return tmp_path / "kept.npz"


def test_a_file_answers_as_what_was_made(columns: Columns, file: Path) -> None:
    assert starting.differing(columns, starting.read(file)) == 0


@pytest.mark.parametrize("part", ["trust", "needs"])
def test_one_that_answers_otherwise_is_counted(columns: Columns, part: str) -> None:
    spoiled = {**columns.flat, part: np.zeros_like(columns.flat[part])}
    other = replace(columns, flat=spoiled, standing=np.zeros_like(columns.standing))
    assert starting.differing(columns, other) > 0


def test_another_process_begins_from_it_and_says_what_it_holds(file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    starting.tell_held(str(file))
    assert int(capfd.readouterr().out) >= 0
    assert starting.held_by_another_process(file) < 20 * starting.MEGABYTE


def test_every_size_has_what_was_promised() -> None:
    named = {
        f"{kind}-{size}" for kind in ("start-different", "start", "match-memory") for size in ("10k", "100k", "1m")
    }
    assert named <= set(targets())
    assert targets()["match-memory-100k"].most == 200
