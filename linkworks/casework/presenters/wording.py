"""How states and kinds are said, and in which colour."""

from collections.abc import Mapping
from typing import Any

from linkworks.referrals.rules import AMENDABLE

Tag = dict[str, str]

CASE_TAGS = {
    "waiting": ("Waiting for a worker", "orange"),
    "allocated": ("New", "blue"),
    "contacting": ("Getting in touch", "aqua-green"),
    "active": ("Active", "green"),
    "paused": ("Paused", "grey"),
    "closed": ("Closed", "grey"),
}
CONNECTION_TAGS = {
    "proposed": ("Not sent yet", "grey"),
    "sent": ("Waiting for an answer", "yellow"),
    "accepted": ("Place offered", "blue"),
    "waitlisted": ("On a waiting list", "orange"),
    "declined": ("Declined", "red"),
    "withdrawn": ("Withdrawn", "grey"),
    "attending": ("Going", "green"),
    "ended": ("Finished", "grey"),
}
GOAL_TAGS = {
    "open": ("Working on it", "blue"),
    "achieved": ("Achieved", "green"),
    "partly-achieved": ("Partly achieved", "aqua-green"),
    "not-achieved": ("Not achieved", "orange"),
    "dropped": ("No longer wanted", "grey"),
}
TASK_TAGS = {
    "new-referral": ("New referral", "blue"),
    "follow-up": ("Did they go?", "aqua-green"),
    "find-another": ("Find something else", "orange"),
    "waiting-list": ("Waiting list", "yellow"),
    "call": ("Call", "blue"),
    "no-show": ("Did not come", "orange"),
    "question": ("Question", "purple"),
    "unanswered": ("No answer from group", "yellow"),
    "safeguarding": ("Safeguarding", "red"),
}
CONCERN_TAGS = {
    "raised": ("Not acknowledged", "red"),
    "acknowledged": ("In hand", "blue"),
    "closed": ("Closed", "grey"),
}
HOW_WORDS = {
    "phone": "Telephone call",
    "text": "Text message",
    "email": "E-mail",
    "letter": "Letter",
    "visit": "Visit",
    "video": "Video call",
    "office": "They came to us",
    "note": "Note",
}
RESULT_WORDS = {
    "spoke": "spoke",
    "no-answer": "no answer",
    "left-message": "left a message",
    "wrong-number": "wrong number",
    "not-a-good-time": "not a good time",
    "did-not-come": "did not come",
    "note-only": "",
}
STAGE_WORDS = {"start": "at the start", "review": "at a review", "end": "at the end"}

BEING_TOLD = " Whoever referred them is being told."


def tag(words: Mapping[Any, tuple[str, str]], value: str) -> Tag | None:
    """A tag for a state; nothing for one that needs no word."""
    found = words.get(value)
    return {"text": found[0], "colour": found[1]} if found else None


def tags(*each: Tag | None) -> list[Tag]:
    return [one for one in each if one]


def changed_words(field: str, before: str, after: str) -> str:
    """What was put right in a referral."""
    return f"{AMENDABLE.get(field, 'An answer')}: from “{before or 'nothing'}” to “{after or 'nothing'}”."


def they_said(reason: str) -> str:
    """Why a group said no, in its words: its “we” is not ours."""
    return f"They said: {reason}" if reason else ""


def joined(*parts: Any, by: str = ", ") -> str:
    return by.join(str(part) for part in parts if part)
