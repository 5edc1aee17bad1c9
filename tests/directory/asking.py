"""What the directory answers, in the words that everybody reads."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from types import SimpleNamespace
from typing import Any

from linkworks.directory import presenters, queries
from linkworks.directory.presenters import going


def found(*, limit: int = 20, **asked: Any) -> list[SimpleNamespace]:
    """The answers as `linkworks find --json` prints them."""
    return said(queries.services_for(queries.Looking(**asked), limit=limit))


def said(answers: Iterable[queries.Found]) -> list[SimpleNamespace]:
    return [SimpleNamespace(**presenters.found_words(each)) for each in answers]


def next_words(schedules: Sequence[Any], on: date, at: time = time.min) -> str:
    return going.next_words(queries.when(schedules, on, at))


def time_line(schedule: Any, on: date = date(2026, 11, 22)) -> str:
    return going.time_line(schedule, on)
