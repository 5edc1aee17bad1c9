"""What the directory answers, in the words that everybody reads."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from types import SimpleNamespace
from typing import Any

from linkworks.directory import presenters, queries
from linkworks.directory.presenters import going
from linkworks.directory.rules import fitting


def found(*, limit: int = 20, **asked: Any) -> list[SimpleNamespace]:
    """The answers as `linkworks find --json` prints them."""
    return said(queries.services_for(queries.Looking(**asked), limit=limit))


def said(answers: Iterable[queries.Found]) -> list[SimpleNamespace]:
    return [SimpleNamespace(**presenters.found_words(each)) for each in answers]


def next_words(schedules: Sequence[Any], on: date, at: time = time.min) -> str:
    return going.next_words(queries.when(schedules, on, at))


def time_line(schedule: Any, on: date = date(2026, 11, 22)) -> str:
    return going.time_line(schedule, on)


def match(*, limit: int = 10, **asked: Any) -> SimpleNamespace:
    """What fits a goal: the first of them, what nearly fits, and what is not shown with the first reason why, best first."""
    at = (asked.pop("latitude", None), asked.pop("longitude", None))
    seeking = queries.Seeking(near=at if None not in at else None, **asked)
    got = queries.match(seeking)
    sorted_ = got.sorted
    missed = [(each, fitting.failed(each, seeking.wish)) for each in sorted_.full] + sorted_.others
    missed.sort(key=lambda each: fitting.sort_key(each[0], seeking.wish))
    not_shown = [SimpleNamespace(name=each.name, why=why[0].why, id=each.id) for each, why in missed]
    return SimpleNamespace(found=got.shown(sorted_.fits[:limit]), nearly=got.nearly, not_shown=not_shown)
