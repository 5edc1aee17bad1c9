"""Times of a week in words, and whether those of a service meet those when somebody can go."""

from collections.abc import Collection, Iterable

from .day_parts import PARTS, TIMES
from .sessions import DAYS, ORDER

CHOICES = [(f"{day}-{part}", f"{name} {part}") for day, name in DAYS.items() for part in PARTS]


def shared(theirs: Collection[str], wanted: Collection[str]) -> tuple[str, ...]:
    """When it is on and they can go. Of a day with no hours known, the day: the hour is to be asked."""
    parts = {each for each in theirs if "-" in each}
    without_hours = {each for each in theirs if each in ORDER and not any(part.startswith(each) for part in parts)}
    days = {each for each in without_hours if any(time.startswith(each) for time in wanted)}
    return tuple(each for each in TIMES if each in (parts & set(wanted)) | days)


def is_sure(time: str) -> bool:
    """A part of a day, not a day of which no hour is known."""
    return "-" in time


def said(times: Iterable[str]) -> str:
    """Tuesday mornings and Thursdays. A day is left out where its parts are said."""
    listed = [each for each in TIMES if each in set(times)]
    parts = [each for each in listed if is_sure(each)]
    days = [each for each in listed if not is_sure(each) and not any(part.startswith(each) for part in parts)]
    words = [words_of(each) for each in sorted(parts + days, key=in_the_week)]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def in_the_week(time: str) -> tuple[int, int]:
    return ORDER.index(time[:2]), TIMES.index(time)


def words_of(time: str) -> str:
    day, _, part = time.partition("-")
    return f"{DAYS[day]} {part}s" if part else f"{DAYS[day]}s"
