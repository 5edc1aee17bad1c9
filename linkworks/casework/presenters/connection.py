"""One connection in words: how it went, what was said and who came."""

from typing import Any

from linkworks.core import vocabulary
from linkworks.directory import presenters as directory
from linkworks.directory.queries import ServiceCard
from linkworks.ui import formats

from ..queries.feedback import BothSides
from ..queries.sharing import SharingStart
from . import feedback

MOVE_WORDS = {
    "send": "Sent to the group",
    "accept": "They have a place",
    "waitlist": "Put on a waiting list",
    "decline": "Declined",
    "withdraw": "Withdrawn",
    "attend": "Started going",
    "end": "Finished",
}
CAME = {"yes": ("Came", "green"), "late": ("Came late", "green"), "no": ("Did not come", "orange")}


def move_line(move: Any) -> dict[str, Any]:
    return {
        "title": MOVE_WORDS.get(move.move, "Changed"),
        "when": formats.date_time(move.made_at),
        "by": move.made_by_name,
        "text": move.reason,
    }


def asked(name: str, *, is_written: bool) -> str:
    """What is said once a group is asked: without an address or an account nothing reaches them by itself."""
    if is_written:
        return f"Sent to {name}. They answer by link or by telephone; you hear as soon as they do."
    return (
        f"{name} is ready to be asked, but has no e-mail address or account here. Ring them, then record their answer."
    )


def question_line(question: Any) -> dict[str, Any]:
    return {
        "text": question.text,
        "by": f"{question.asked_by_name}, {formats.date_time(question.asked_at)}",
        "from_provider": question.from_provider,
    }


def both_sides(said: BothSides) -> list[tuple[str, list[tuple[str, str]]]]:
    """How it was for the person, and for the group: a heading and rows for each that was said."""
    shown = []
    if said.person:
        shown.append(("How it was for them", feedback.person_rows(said.person)))
    if said.group:
        shown.append(("What the group thought of what we told them", feedback.group_rows(said.group)))
    return shown


def attendance_row(mark: Any) -> list[Any]:
    text, colour = CAME.get(mark.attended, ("Not marked", "grey"))
    why = vocabulary.label("non_attendance", mark.absence) if mark.absence else ""
    return [
        formats.long_date(mark.session_on),
        {"tag": {"text": text, "colour": colour}, "note": why},
        mark.notes,
        mark.marked_by_name,
    ]


def group(card: ServiceCard) -> dict[str, Any]:
    """The group somebody is being connected to: what to know before, when and where."""
    gone = directory.gone_asking(card.left_its_feed)
    return {
        "warnings": [each for each in (directory.closed_words(card.status), gone and f"{gone}.") if each],
        "group_facts": [
            ("Next", directory.next_words(card.going)),
            ("Where", directory.where_words(card.going)),
            ("Cost", card.cost),
            ("Room", card.wait),
        ],
    }


def sharing_initial(start: SharingStart) -> dict[str, Any]:
    return {
        "name_shared": start.name_shared,
        "contact_shared": start.contact_shared,
        "support_need": start.support_need,
        "access_and_language": start.access_and_language,
        "emergency_contact": start.emergency_contact,
        "call_worker_first": start.call_worker_first,
    }
