"""What our own feeds and our spreadsheet say beyond the standard: what it is really like there, and of advice and courses."""

from typing import Any

from .. import text
from ..extras import REALLY_LIKE
from . import reading

PARAGRAPHS = (*REALLY_LIKE, "leads_to")
LINES = ("quality_mark", "certificate")
DAYS = ("quality_mark_until", "join_by")
NAMES = (*PARAGRAPHS, *LINES, *DAYS)
LONGEST_LINE = 200


def of(said: Any) -> dict[str, Any]:
    """The facts under our own names; of a feed that is not ours they are all empty."""
    return {
        **{name: text.plain(reading.value(said, name), text.LONGEST_ANSWER) for name in PARAGRAPHS},
        **{name: reading.words(said, name, most=LONGEST_LINE) for name in LINES},
        **{name: reading.day(reading.value(said, name)) for name in DAYS},
    }
