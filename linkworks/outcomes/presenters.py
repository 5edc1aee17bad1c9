"""How a change is said: what was answered, never what caused it."""

from dataclasses import dataclass

from .rules import ItemChange, ItemMean, MeasureChange


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One question's change, in words and for the small picture beside them."""

    label: str
    before: int | None
    after: int | None
    lower_is_better: bool
    words: str
    colour: str


def change_lines(changes: list[ItemChange]) -> list[ChangeLine]:
    return [
        ChangeLine(each.label, each.first, each.last, each.lower_is_better, change_words(each), colour_of(each.better))
        for each in changes
    ]


def change_words(change: ItemChange) -> str:
    """“Better: 4 to 7”, or what is missing."""
    if change.first is None:
        return "Not asked yet" if change.asked == 0 else "Asked, and not answered"
    if change.last is None:
        return f"Answered once: {change.first}. No later answer to compare"
    return f"{direction(change.better)}: {change.first} to {change.last}"


def direction(better: bool | None) -> str:
    return {True: "Better", False: "Worse", None: "No change"}[better]


def colour_of(better: bool | None) -> str:
    return {True: "green", False: "orange", None: "grey"}[better]


def asked_words(change: MeasureChange) -> str:
    """How many were asked and how many can be compared: the missing are always said."""
    if change.asked == 0:
        return "Nobody has been asked yet."
    return (
        f"{people(change.asked)} asked. {people(change.paired)} answered at least twice and can be compared; "
        f"{people(change.missing)} cannot be compared yet."
    )


def mean_words(mean: ItemMean) -> str:
    """“On average 1.4 higher (better), 12 people”."""
    if mean.mean_change is None:
        return "Nobody has answered twice yet"
    size = abs(round(mean.mean_change, 1))
    if size == 0:
        return f"On average no change, {people(mean.n)}"
    way = "higher" if mean.mean_change > 0 else "lower"
    good = (mean.mean_change > 0) != mean.lower_is_better
    return f"On average {size} {way} ({'better' if good else 'worse'}), {people(mean.n)}"


def people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"


HEAD = ["Question", "Change", "Better", "The same", "Worse", "Cannot be compared"]


def mean_row(mean: ItemMean) -> list[str]:
    """One question over many people, the missing last."""
    return [mean.label, mean_words(mean), *(str(each) for each in (mean.better, mean.same, mean.worse, mean.missing))]
