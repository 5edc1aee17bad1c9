"""The slow and obvious way to compare answers, to hold the real one against."""

from linkworks.outcomes.rules import Answered, Measure


def first_and_last(history: list[Answered], item: str) -> tuple[int | None, int | None]:
    """The first number somebody gave and the last, when they gave at least two."""
    first = None
    last = None
    count = 0
    for day in history:
        answer = day.answers.get(item)
        if answer is None:
            continue
        count += 1
        if count == 1:
            first = answer
        else:
            last = answer
    return first, last


def mean_change(measure: Measure, people: list[list[Answered]], item: str) -> tuple[int, float | None]:
    """(how many can be compared, their mean change)."""
    total = 0
    count = 0
    for history in people:
        first, last = first_and_last(history, item)
        if first is not None and last is not None:
            total += last - first
            count += 1
    return count, (total / count if count else None)


def can_be_compared(measure: Measure, history: list[Answered]) -> bool:
    for item in measure.items:
        first, last = first_and_last(history, item.id)
        if first is not None and last is not None:
            return True
    return False
