"""How a process begins to find: from the file an earlier one left, against making everything anew; and what it holds then."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import numpy as np

from linkworks.directory.queries.index import snapshot
from linkworks.directory.queries.index.columns import Columns, build
from linkworks.directory.queries.index.question import Question
from linkworks.directory.queries.index.shelves import Shelves

from . import asked
from .engines.ours import Ours
from .match import words_of
from .report import Figure

MEGABYTE = 1_000_000
QUESTIONS = 100


def measure(size: int) -> Iterator[Figure]:
    name, listings = words_of(size), list(asked.directory(size))
    with TemporaryDirectory() as folder:
        file = Path(folder) / "kept.npz"
        began = perf_counter()
        columns = build(listings)
        anew = perf_counter() - began
        snapshot.write(file, snapshot.packed(columns))
        began = perf_counter()
        kept = read(file)
        from_file = perf_counter() - began
        yield Figure(f"start-different-{name}", differing(columns, kept), f"of {QUESTIONS} questions")
        yield Figure(
            f"start-{name}", anew / from_file, f"{from_file:.2f} s against {anew:.2f} s, listings read already"
        )
        held = held_by_another_process(file)
        yield Figure(f"match-memory-{name}", held / MEGABYTE, f"of {file.stat().st_size / MEGABYTE:.0f} MB on disk")


def read(file: Path) -> Columns:
    with file.open("rb") as opened, np.load(opened, allow_pickle=False) as arrays:
        return snapshot.unpacked({name: arrays[name] for name in arrays.files})


def differing(one: Columns, other: Columns) -> int:
    first, second = (Ours(over(each)) for each in (one, other))
    return sum(answered(first, each) != answered(second, each) for each in asked.questions(QUESTIONS))


def answered(engine: Ours, question: Question) -> Any:
    found = engine.find(question)
    return found.total, found.top, found.counts


def over(columns: Columns) -> Shelves:
    return Shelves(columns, None, build(()), {})


def held_by_another_process(file: Path) -> int:
    """Bytes that a process holds more when it has begun and answered than before it began."""
    begin = "import django, sys; django.setup(); from bench import starting; starting.tell_held(sys.argv[1])"
    said = subprocess.run(
        [sys.executable, "-c", begin, str(file)], capture_output=True, text=True, check=True, env=os.environ.copy()
    )
    return int(said.stdout)


def tell_held(file: str) -> None:
    """For another process: print what finding holds."""
    questions = asked.questions(QUESTIONS)
    answer_all(
        build(asked.directory(50)), questions
    )  # what is loaded when something is first found is not the listings'
    before = resident()
    columns = read(Path(file))
    answer_all(columns, questions)
    sys.stdout.write(str(resident() - before))


def answer_all(columns: Columns, questions: list[Question]) -> None:
    engine = Ours(over(columns))
    for each in questions:
        engine.find(each)


def resident() -> int:
    """Bytes of this process in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
