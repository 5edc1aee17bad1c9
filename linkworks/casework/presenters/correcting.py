"""What was put right, in words: as it stands now, and what it said before."""

from datetime import datetime
from typing import Any

from linkworks.core.clock import LONDON
from linkworks.ui import formats

from .wording import HOW_WORDS, RESULT_WORDS


def correction_start(contact: Any) -> dict[str, Any]:
    """The contact as it stands, to be put right."""
    return {
        "how": contact.how,
        "result": contact.result,
        "note": contact.note,
        "minutes": contact.minutes,
        "happened_on": contact.happened_at.astimezone(LONDON).date(),
    }


def correction_line(correction: Any) -> dict[str, Any]:
    """One correction: who and when, why, and what it said before."""
    before = [words for name in WORDS if name in correction.before and (words := WORDS[name](correction.before[name]))]
    return {
        "title": correction.reason,
        "when": formats.date_time(correction.made_at),
        "by": correction.made_by_name,
        "text": "Before: " + "\n".join(before),
    }


WORDS: dict[str, Any] = {
    "how": lambda value: HOW_WORDS.get(value, "Contact"),
    "result": lambda value: RESULT_WORDS.get(value, ""),
    "note": lambda value: f"“{value}”" if value else "no note",
    "minutes": lambda value: formats.plural(value, "minute") if value else "no minutes",
    "happened_at": lambda value: formats.long_date(datetime.fromisoformat(value)),
}
