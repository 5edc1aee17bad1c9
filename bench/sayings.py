"""A hundred things people say, asked of the demo's activities: how often the first answer, or one of three, is of help.

Half of the sentences may be looked at when finding is improved (odd numbers); the other half is only ever counted.
"""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from django.db import transaction

from linkworks.core import meaning, tenancy
from linkworks.demo import activities, london
from linkworks.demo.world import MAKER, World
from linkworks.directory import queries
from linkworks.directory.actions import learn_meanings
from linkworks.organisations.actions import load_postcodes
from linkworks.organisations.models import Postcode

from .report import Figure

FILE = Path(__file__).parent.parent / "tests" / "directory" / "lay_sentences.yaml"
Figures = tuple[tuple[str, str, int], ...]
Places = list[tuple[float, float]]
BY_WORDS: Figures = (
    ("sayings-first-tuned", "sayings-three-tuned", 1),
    ("sayings-first-untouched", "sayings-three-untouched", 0),
)
WITH_MEANING: Figures = (
    ("sayings-meaning-first-tuned", "sayings-meaning-three-tuned", 1),
    ("sayings-meaning-first-untouched", "sayings-meaning-three-untouched", 0),
)
EACH = 997  # every so many of London's postcodes is asked from


class Heard(NamedTuple):
    """Whether the first answer to a sentence helps, and whether one of the first three does."""

    first: bool
    three: bool


def measure() -> Iterator[Figure]:
    """By words alone; then, where the extra `semantic` is installed, with meaning too."""
    make_activities()
    places = list(Postcode.objects.order_by("postcode").values_list("latitude", "longitude")[::EACH])
    yield from counted(BY_WORDS, places)
    if meaning.is_installed():
        while learn_meanings(by=MAKER):
            pass
        yield from counted(WITH_MEANING, places)


def counted(figures: Figures, places: Places) -> Iterator[Figure]:
    for first, three, remainder in figures:
        heard = [ask(each, places) for each in sentences() if each["id"] % 2 == remainder]
        yield share(first, [each.first for each in heard])
        yield share(three, [each.three for each in heard])


def make_activities() -> None:
    """The demo's groups, made by its own actions."""
    load_postcodes()
    world = World()
    with transaction.atomic(), tenancy.context(MAKER):
        london.load_postcodes(world)
        for _ in activities.build(world):
            pass


def sentences() -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return listed


def ask(sentence: dict[str, Any], places: Places) -> Heard:
    """Asked from somewhere in London, for each sentence always the same place."""
    near = random.Random(sentence["id"]).choice(places)
    found = queries.answers_around(queries.Looking(words=sentence["words"], near=near), limit=3)
    helps = [bool(set(each.found.service.needs) & set(sentence["needs"])) for each in found]
    return Heard(helps[:1] == [True], any(helps))


def share(id: str, helped: list[bool]) -> Figure:
    return Figure(id, sum(helped) / len(helped), f"{sum(helped)} of {len(helped)} sentences")
