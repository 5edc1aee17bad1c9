"""What a page would say: every text of what a presenter gives, and whether a computer's word is among them."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from linkworks.casework import states
from linkworks.connections import states as connection_states
from linkworks.core import vocabulary

NOT_READ = ("href", "id", "task_id", "colour", "tone", "pk", "is_safe", "is_open", "late", "done", "classes")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
DAY_WITHOUT_ITS_NAME = re.compile(r"(?<!day )(?<!Mon )(?<!Tue )(?<!Wed )(?<!Thu )(?<!Fri )(?<!Sat )(?<!Sun )\b\d{1,2} "
                                  r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d{4}")  # fmt: skip
ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
LISTS = (
    vocabulary.CLOSE_REASONS, vocabulary.DECLINE_REASONS, vocabulary.ENDINGS, vocabulary.NEEDS, vocabulary.UNMET_REASONS,
)  # fmt: skip
ENUMS = (
    states.CaseState, states.CaseMove, states.PlanState, states.GoalState, states.GoalMove, states.ContactHow,
    states.ContactResult, states.TaskKind, states.ConcernMove, connection_states.State,
)  # fmt: skip
ENGLISH = {"hand-over", "follow-up"}  # words that people write so, too
IDS = {str(each) for group in (*LISTS, *ENUMS) for each in group if "-" in str(each)} - ENGLISH


def texts(shown: Any) -> Iterator[str]:
    """Every text somebody would read, wherever it is kept."""
    if isinstance(shown, str):
        yield shown
    elif isinstance(shown, dict):
        for name, value in shown.items():
            if name not in NOT_READ and not str(name).endswith("_href"):
                yield from texts(value)
    elif isinstance(shown, list | tuple | set):
        for each in shown:
            yield from texts(each)
    elif hasattr(shown, "__dataclass_fields__"):
        yield from texts({name: getattr(shown, name) for name in shown.__dataclass_fields__})


def not_words(shown: Any) -> list[str]:
    """The texts that no person would say: an id, nothing spelt out, Python's names, a day without its weekday."""
    return [text for text in texts(shown) if sounds_wrong(text)]


def sounds_wrong(text: str) -> bool:
    words = set(re.findall(r"[a-z]+(?:-[a-z]+)+", text))
    return bool(
        words & IDS
        or UUID.search(text)
        or ISO.search(text)
        or DAY_WITHOUT_ITS_NAME.search(text)
        or re.search(r"\bNone\b|\bnan\b|\binf\b|<class|object at|\w+\.\w+_\w+|\{\w*\}", text)
        or text != text.strip()
        or ", ," in text
    )


def day_words(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B} {day.year}"
