"""What changed between a person's first and last answers. It says what was answered, never why it changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .measures import Item, Measure


@dataclass(frozen=True, slots=True)
class Answered:
    """One person's answers on one day: item id → number, or None when not answered."""

    on: date
    answers: Mapping[str, int | None]

    def to(self, item_id: str) -> int | None:
        return self.answers.get(item_id)


@dataclass(frozen=True, slots=True)
class ItemChange:
    """A person's first and last answer to one question, and how often it was asked and not answered.

    `last`, `change` and `better` are None until the question has been answered twice; `better` is also None when
    nothing changed.
    """

    item: str
    label: str
    lower_is_better: bool
    first: int | None
    first_on: date | None
    last: int | None
    last_on: date | None
    asked: int
    missing: int

    @property
    def is_paired(self) -> bool:
        return self.last is not None

    @property
    def change(self) -> int | None:
        if self.first is None or self.last is None:
            return None
        return self.last - self.first

    @property
    def better(self) -> bool | None:
        if not self.change:
            return None
        return (self.change > 0) != self.lower_is_better


@dataclass(frozen=True, slots=True)
class ItemMean:
    """One question over many people: only those who answered it twice count, and `n` says how many they are."""

    item: str
    label: str
    lower_is_better: bool
    n: int
    missing: int
    mean_first: float | None
    mean_last: float | None
    mean_change: float | None
    better: int
    same: int
    worse: int


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """A measure over many people. `asked` = `paired` + `missing`: nobody is left out of the count."""

    measure: str
    name: str
    asked: int
    paired: int
    missing: int
    items: tuple[ItemMean, ...]


def pair(item: Item, history: Sequence[Answered]) -> ItemChange:
    """The first and the last answer of a history that runs from oldest to newest."""
    given = [(each.on, answer) for each in history if (answer := each.to(item.id)) is not None]
    first_on, first = given[0] if given else (None, None)
    last_on, last = given[-1] if len(given) > 1 else (None, None)
    return ItemChange(
        item=item.id,
        label=item.label,
        lower_is_better=item.lower_is_better,
        first=first,
        first_on=first_on,
        last=last,
        last_on=last_on,
        asked=len(history),
        missing=len(history) - len(given),
    )


def pair_all(measure: Measure, history: Sequence[Answered]) -> list[ItemChange]:
    return [pair(each, history) for each in measure.items]


def summarise(measure: Measure, histories: Iterable[Sequence[Answered]]) -> MeasureChange:
    """How many people were asked, how many can be compared, and the mean change of each question."""
    people = [pair_all(measure, history) for history in histories if history]
    paired = sum(any(change.is_paired for change in changes) for changes in people)
    items = tuple(mean_of(item, [changes[place] for changes in people]) for place, item in enumerate(measure.items))
    return MeasureChange(measure.id, measure.name, len(people), paired, len(people) - paired, items)


def mean_of(item: Item, changes: Sequence[ItemChange]) -> ItemMean:
    pairs = [(each.first, each.last) for each in changes if each.first is not None and each.last is not None]
    better = sum(each.better is True for each in changes)
    worse = sum(each.better is False for each in changes)
    return ItemMean(
        item=item.id,
        label=item.label,
        lower_is_better=item.lower_is_better,
        n=len(pairs),
        missing=len(changes) - len(pairs),
        mean_first=mean([first for first, _ in pairs]),
        mean_last=mean([last for _, last in pairs]),
        mean_change=mean([last - first for first, last in pairs]),
        better=better,
        same=len(pairs) - better - worse,
        worse=worse,
    )


def mean(numbers: Sequence[int]) -> float | None:
    return sum(numbers) / len(numbers) if numbers else None
