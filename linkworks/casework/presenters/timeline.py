"""What happened, in sentences."""

from typing import Any

from django.urls import reverse

from linkworks.core import vocabulary
from linkworks.ui import formats

from ..queries.timeline import Event
from .wording import HOW_WORDS, RESULT_WORDS, STAGE_WORDS, changed_words, they_said

CASE_WORDS = {
    "open": "Case opened",
    "allocate": "Given to a worker",
    "begin": "Work began",
    "pause": "Paused",
    "resume": "Taken up again",
    "close": "Case closed",
    "reopen": "Opened again",
}
PLAN_WORDS = {"draft": "Plan version {about} started", "agree": "Plan version {about} agreed"}
GOAL_WORDS = {
    "set": "Goal set: {about}",
    "achieve": "Goal achieved: {about}",
    "achieve-partly": "Goal partly achieved: {about}",
    "miss": "Goal not achieved: {about}",
    "drop": "Goal no longer wanted: {about}",
    "reopen": "Goal taken up again: {about}",
}
CONNECTION_WORDS = {
    "send": "Connection sent to {about}",
    "accept": "{about} has a place for them",
    "waitlist": "{about} put them on a waiting list",
    "decline": "{about} declined",
    "withdraw": "Connection to {about} withdrawn",
    "attend": "Started going to {about}",
    "end": "Finished at {about}",
}
ATTENDANCE_WORDS = {"yes": "Went to {about}", "late": "Went to {about}, late", "no": "Did not come to {about}"}
QUESTION_WORDS = {"asked": "{about} wrote", "answered": "Written to {about}"}
MESSAGE_WORDS = {
    "created": "Letter or message prepared",
    "suppressed": "Message held back: not safe",
    "sending": "Message being sent",
    "sent": "Message sent",
    "delivered": "Message delivered",
    "failed-for-now": "Message not delivered yet: it is tried again",
    "failed": "Message could not be delivered",
    "dead": "Message could not be delivered: nothing more is tried",
}
REFERRAL_WORDS = {
    "send": "Referred ({about})",
    "amend": "Referral {about} was changed",
    "withdraw": "Referral {about} was withdrawn",
}
KNOWN_BY_DAY = ("attendance", "conversation", "measure")
TONES = {"no-answer": None, "decline": "late", "accept": "done", "achieve": "done", "attend": "done"}


def line(event: Event, reader: str = "", *, corrects_all: bool = False) -> dict[str, Any]:
    """An event as a line of the timeline. A contact leads to where it is put right, for whoever may."""
    return {
        "title": title(event),
        "when": formats.date_time(event.at) if event.kind not in KNOWN_BY_DAY else formats.long_date(event.at),
        "by": event.by,
        "text": text(event),
        "tone": TONES.get(event.move),
        "href": href(event, reader, corrects_all=corrects_all),
    }


def href(event: Event, reader: str, *, corrects_all: bool) -> str | None:
    if event.kind in ("connection", "question", "attendance"):
        return reverse("casework:connection", args=[event.about_id])
    if event.kind == "contact" and reader and (corrects_all or event.written_by == reader):
        return reverse("casework:contact-correct", args=[event.about_id])
    return None


def title(event: Event) -> str:
    return TITLES[event.kind](event)


def contact_title(event: Event) -> str:
    how, result = HOW_WORDS.get(event.about, "Contact"), RESULT_WORDS.get(event.move, "")
    return f"{how}: {result}" if result else how


def from_words(words: dict[str, str], otherwise: str) -> Any:
    return lambda event: words.get(event.move, otherwise).format(about=event.about)


def unmet_title(event: Event) -> str:
    need = vocabulary.label("needs", event.about).lower()
    return f"Unmet need resolved: {need}" if event.move == "resolve" else f"Nothing fitted: {need}"


def measure_title(event: Event) -> str:
    if event.move == "declined":
        return "Wellbeing questions: chose not to answer"
    return f"Wellbeing questions answered {STAGE_WORDS.get(event.move, '')}"


TITLES: dict[str, Any] = {
    "case": from_words(CASE_WORDS, "Case changed"),
    "contact": contact_title,
    "conversation": lambda event: "First conversation: what matters",
    "plan": from_words(PLAN_WORDS, "Plan changed"),
    "goal": from_words(GOAL_WORDS, "Goal changed: {about}"),
    "unmet": unmet_title,
    "measure": measure_title,
    "connection": from_words(CONNECTION_WORDS, "Connection to {about} changed"),
    "attendance": from_words(ATTENDANCE_WORDS, "{about}"),
    "question": from_words(QUESTION_WORDS, "{about}"),
    "message": from_words(MESSAGE_WORDS, "Message"),
    "referral": from_words(REFERRAL_WORDS, "Referral {about} changed"),
    "link": lambda event: f"Referral {event.about} taken off: it was about somebody else",
}


def text(event: Event) -> str:
    if event.put_right_at:
        return f"{event.text}\n\nPut right by {event.put_right_by} on {formats.long_date(event.put_right_at)}.".strip()
    if event.kind == "connection" and event.move == "decline":
        return they_said(event.text)
    return "\n".join([*(changed_words(*each) for each in event.changed), event.text])
