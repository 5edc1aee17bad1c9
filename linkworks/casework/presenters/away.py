"""Who is away, in words."""

from typing import Any

from linkworks.ui import formats

from ..queries.away import NotCovered
from .wording import joined


def days_words(absence: Any) -> str:
    return f"{formats.long_date(absence.starts_on)} to {formats.long_date(absence.ends_on)}"


def left_words(left: NotCovered) -> str:
    """How many people nobody covers, and whom to ask; nothing when there are none."""
    if not left.people:
        return ""
    who = "1 person is" if left.people == 1 else f"{left.people} people are"
    lead = f"{left.lead}, the safeguarding lead" if left.lead else "your safeguarding lead"
    return f"{who} not covered, because their record is kept close. Ask {lead}, before the first day away."


def card(absence: Any, left: NotCovered, *, may_end: bool, may_read: bool) -> dict[str, Any]:
    """For whoever may end it also how many are not covered; the note for those it concerns."""
    return {
        "id": absence.pk,
        "who": absence.worker.name,
        "days": days_words(absence),
        "cover": absence.cover.name,
        "note": absence.note if may_read else "",
        "left": left_words(left) if may_end else "",
        "may_end": may_end,
    }


def past_row(absence: Any) -> list[Any]:
    last = list(absence.moves.all())[-1:]
    ended = [f"Ended by {each.made_by_name}, {formats.date_time(each.made_at)}" for each in last if each.move == "end"]
    return [absence.worker.name, {"text": days_words(absence), "note": joined(*ended)}, absence.cover.name]


def covering_lines(covers: list[Any]) -> list[dict[str, str]]:
    """For whom somebody stands in today, until when, and what they were told."""
    return [
        {"text": f"You cover for {each.worker.name} until {formats.long_date(each.ends_on)}.", "note": each.note}
        for each in covers
    ]
