"""Which measures there are, and what people's answers to them say."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from uuid import UUID

import msgspec

from linkworks.core.actor import Actor

from . import access
from .models import AnswerSet
from .rules import Answered, ItemChange, Measure, MeasureChange, pair_all, problems_of, summarise

FOLDER = Path(__file__).with_name("measures")


class BadMeasure(Exception):
    """A measure's document cannot be used; Linkworks does not start with it."""


def read_measure(path: Path) -> Measure:
    """The measure in a file. Raises BadMeasure, naming the file and what to mend."""
    try:
        measure = msgspec.yaml.decode(path.read_bytes(), type=Measure)
    except msgspec.MsgspecError as error:
        raise BadMeasure(f"{path.name}: {error}") from error
    problems = problems_of(measure)
    if problems:
        raise BadMeasure(f"{path.name}: {'; '.join(problems)}")
    return measure


@lru_cache(maxsize=1)
def measures() -> MappingProxyType[str, Measure]:
    """Every measure Linkworks can ask, by id. Read and checked once, when Linkworks starts."""
    return read_folder(FOLDER)


def read_folder(folder: Path) -> MappingProxyType[str, Measure]:
    """The measures of a folder, each in the file of its name, so that no two can have one id."""
    found = {path: read_measure(path) for path in sorted(folder.glob("*.yaml"))}
    for path, each in found.items():
        if path.stem != each.id:
            raise BadMeasure(f"{path.name}: the measure {each.id} belongs in {each.id}.yaml")
    return MappingProxyType({each.id: each for each in found.values()})


def measure(identifier: str) -> Measure:
    return measures()[identifier]


def paired_change(person_id: UUID, measure_id: str) -> list[ItemChange]:
    """A person's first and last answer to each question of a measure. The caller has checked who is asking."""
    rows = AnswerSet.objects.filter(person_id=person_id, measure=measure_id).order_by("asked_on", "created_at")
    return pair_all(measure(measure_id), answered(rows))


def scheme_change(measure_id: str, *, actor: Actor) -> MeasureChange:
    """What everybody asked by the actor's schemes answered first and last."""
    rows = access.visible_answers(actor).filter(measure=measure_id).order_by("person_id", "asked_on", "created_at")
    by_person = groupby(rows, key=lambda row: row.person_id)
    return summarise(measure(measure_id), (answered(theirs) for _, theirs in by_person))


def answered(rows: Iterable[AnswerSet]) -> list[Answered]:
    return [Answered(row.asked_on, row.answers) for row in rows]
