"""What a measure is made of, whether it holds together, and which answers it takes."""

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from linkworks.core.errors import Invalid


class Band(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A named stretch of the scale, both ends included."""

    id: str
    label: str
    from_: int = msgspec.field(name="from")
    to: int

    def holds(self, answer: int) -> bool:
        return self.from_ <= answer <= self.to


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question: its exact words, the words at both ends, and which way is better."""

    id: str
    label: str
    words: str
    low: str
    high: str
    better: Literal["higher", "lower"]
    bands: tuple[Band, ...]

    @property
    def lower_is_better(self) -> bool:
        return self.better == "lower"


class Licence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """On whose terms the words are shown. Words that may not ship are not in this repository."""

    name: str
    credit: str
    source: str
    may_ship: bool


class Scale(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    lowest: int
    highest: int


class Measure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A published set of questions, asked in order and word for word."""

    id: str
    version: int
    name: str
    title: str
    introduction: str
    licence: Licence
    scoring: Literal["per-item"]
    scale: Scale
    items: tuple[Item, ...]

    def item(self, identifier: str) -> Item:
        return next(each for each in self.items if each.id == identifier)


def problems_of(measure: Measure) -> list[str]:
    """What is wrong with a measure's document, in sentences; empty when it may be used."""
    problems = []
    if not measure.licence.may_ship:
        problems.append(f"{measure.id}: its licence does not let us ship its words")
    if not measure.items:
        problems.append(f"{measure.id}: it has no questions")
    if len({each.id for each in measure.items}) != len(measure.items):
        problems.append(f"{measure.id}: two questions have the same id")
    if measure.version < 1:
        problems.append(f"{measure.id}: versions are counted from 1")
    if measure.scale.lowest >= measure.scale.highest:
        problems.append(f"{measure.id}: its scale does not run from a lower to a higher number")
    return problems + [
        f"{measure.id}.{each.id}: {problem}" for each in measure.items for problem in item_problems(measure, each)
    ]


def item_problems(measure: Measure, item: Item) -> list[str]:
    """A question needs its words, and bands that belong to it."""
    said = {"id": item.id, "label": item.label, "words": item.words, "low": item.low, "high": item.high}
    problems = [f"its {name} is empty" for name, text in said.items() if not text.strip()]
    if len({each.id for each in item.bands}) != len(item.bands):
        problems.append("two bands have the same id")
    return problems + band_problems(measure, item)


def band_problems(measure: Measure, item: Item) -> list[str]:
    """Each point of the scale must lie in exactly one band."""
    scale = range(measure.scale.lowest, measure.scale.highest + 1)
    holding = {point: sum(each.holds(point) for each in item.bands) for point in scale}
    off = [each.id for each in item.bands if each.from_ not in scale or each.to not in scale]
    return [f"{count} bands hold the answer {point}" for point, count in holding.items() if count != 1] + [
        f"the band {identifier} runs off the scale" for identifier in off
    ]


def band(item: Item, answer: int) -> Band:
    """The band an answer falls in."""
    return next(each for each in item.bands if each.holds(answer))


def validate_answers(measure: Measure, answers: Mapping[str, Any]) -> dict[str, int | None]:
    """The answers to every question of the measure, in its order; a question left out is missing, never zero."""
    unknown = set(answers) - {each.id for each in measure.items}
    if unknown:
        raise Invalid(f"{measure.name} has no question called {', '.join(sorted(unknown))}.")
    return {each.id: validate_answer(measure, each, answers.get(each.id)) for each in measure.items}


def validate_answer(measure: Measure, item: Item, answer: Any) -> int | None:
    if answer is None:
        return None
    whole = isinstance(answer, int) and not isinstance(answer, bool)
    if not whole or not measure.scale.lowest <= answer <= measure.scale.highest:
        raise Invalid(
            f"“{item.label}” takes a whole number from {measure.scale.lowest} to {measure.scale.highest}.",
            field=item.id,
        )
    return int(answer)
