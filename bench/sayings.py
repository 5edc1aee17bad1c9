"""Things people say, asked of the demo's activities: how often the first answer, or one of three, is of help.

Three lists, each in two parts: one may be looked at when finding is improved, the other is only ever counted. The third list
speaks mostly of somebody else, as families, neighbours and staff do.
"""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from django.db import transaction

from linkworks.core import meaning, tenancy
from linkworks.demo import activities, london
from linkworks.demo.world import MAKER, World
from linkworks.directory import queries
from linkworks.directory.actions import learn_meanings, learn_needs
from linkworks.organisations.actions import load_postcodes
from linkworks.organisations.models import Postcode

from .report import Figure

FOLDER = Path(__file__).parent.parent / "tests" / "directory"
FIRST_LIST, SECOND_LIST = "lay_sentences.yaml", "lay_sentences_unseen.yaml"
THIRD_LIST = "lay_sentences_for_others.yaml"
SECOND_TUNED_TO, THIRD_TUNED_TO = 60, 288
Sentence = dict[str, Any]
Places = list[tuple[float, float]]
PARTS: dict[str, tuple[str, Callable[[int], bool]]] = {
    "tuned": (FIRST_LIST, lambda id: id % 2 == 1),
    "untouched": (FIRST_LIST, lambda id: id % 2 == 0),
    "second-tuned": (SECOND_LIST, lambda id: id <= SECOND_TUNED_TO),
    "second-untouched": (SECOND_LIST, lambda id: id > SECOND_TUNED_TO),
    "third-tuned": (THIRD_LIST, lambda id: id <= THIRD_TUNED_TO),
    "third-untouched": (THIRD_LIST, lambda id: id > THIRD_TUNED_TO),
}
BY_WORDS, WITH_MEANING = "sayings", "sayings-meaning"
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
        while learn_meanings(by=MAKER) or learn_needs(by=MAKER):
            pass
        yield from counted(WITH_MEANING, places)


def counted(way: str, places: Places) -> Iterator[Figure]:
    for part in PARTS:
        heard = [ask(each, places) for each in sentences(part)]
        yield share(f"{way}-first-{part}", [each.first for each in heard])
        yield share(f"{way}-three-{part}", [each.three for each in heard])


def named() -> set[str]:
    """Every figure there is."""
    return {
        f"{way}-{place}-{part}" for way in (BY_WORDS, WITH_MEANING) for place in ("first", "three") for part in PARTS
    }


def make_activities() -> None:
    """The demo's groups, made by its own actions."""
    load_postcodes()
    world = World()
    with transaction.atomic(), tenancy.context(MAKER):
        london.load_postcodes(world)
        for _ in activities.build(world):
            pass


def sentences(part: str) -> list[Sentence]:
    file, is_in = PARTS[part]
    return [each for each in listed(file) if is_in(each["id"])]


def listed(file: str) -> list[Sentence]:
    found: list[Sentence] = yaml.safe_load((FOLDER / file).read_text(encoding="utf-8"))
    return found


def ask(sentence: Sentence, places: Places) -> Heard:
    """Asked from somewhere in London, for each sentence always the same place."""
    near = random.Random(sentence["id"]).choice(places)
    found = queries.answers_around(queries.Looking(words=sentence["words"], near=near), limit=3)
    helps = [bool(set(each.found.service.needs) & set(sentence["needs"])) for each in found]
    return Heard(helps[:1] == [True], any(helps))


def share(id: str, helped: list[bool]) -> Figure:
    return Figure(id, sum(helped) / len(helped), f"{sum(helped)} of {len(helped)} sentences")
