"""How often a service happens, in words."""

from .sessions import DAYS, ORDER, Timed, byday_tokens, month_days

ORDINALS = {
    1: "first",
    2: "second",
    3: "third",
    4: "fourth",
    5: "fifth",
    -1: "last",
    -2: "second last",
    -3: "third last",
    -4: "fourth last",
    -5: "fifth last",
}


def pattern_words(schedule: Timed) -> str:
    """Says "Every Tuesday", "Every 2 weeks on Monday", "the first Tuesday of the month"; its own words when there is no rule."""
    tokens = byday_tokens(schedule.byday)
    if schedule.freq == "WEEKLY":
        return weekly_words(schedule, tokens) or schedule.description
    if schedule.freq == "MONTHLY":
        return monthly_words(schedule, tokens) or schedule.description
    return schedule.description


def weekly_words(schedule: Timed, tokens: list[tuple[int | None, str]]) -> str:
    """The days it names, else the weekday it started on."""
    names = {name for _, name in tokens} or ({ORDER[schedule.dtstart.weekday()]} if schedule.dtstart else set())
    if not names:
        return ""
    days = joined([DAYS[name] for name in sorted(names, key=ORDER.index)])
    return f"Every {days}" if schedule.interval == 1 else f"Every {schedule.interval} weeks on {days}"


def says_nothing_new(words: str, pattern: str) -> bool:
    """Whether the listing's own words only repeat the rule: "Tuesdays" after "Every Tuesday"."""
    return words.strip().rstrip(".s").lower() in f"{pattern} {pattern.removeprefix('Every ')}".lower()


def monthly_words(schedule: Timed, tokens: list[tuple[int | None, str]]) -> str:
    month = "the month" if schedule.interval == 1 else f"every {schedule.interval} months"
    if tokens:
        days = joined([f"{ORDINALS[ordinal] if ordinal else 'every'} {DAYS[name]}" for ordinal, name in tokens])
        return f"The {days} of {month}" if tokens[0][0] else f"{days[:1].upper()}{days[1:]} of {month}"
    numbers = month_days(schedule.bymonthday)
    if not numbers and not schedule.bymonthday and schedule.dtstart:
        numbers = [schedule.dtstart.day]  # the day of the month it started on
    if not numbers:
        return ""
    if any(number < 0 for number in numbers):
        return f"The {joined([month_day_words(number) for number in numbers])} of {month}"
    return f"Day {', '.join(str(number) for number in numbers)} of {month}"


def month_day_words(number: int) -> str:
    if number > 0:
        return f"day {number}"
    return f"{ORDINALS.get(number, f'{-number}th last')} day"


def joined(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
