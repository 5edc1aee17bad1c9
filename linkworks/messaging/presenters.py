"""How messages read on a page."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse

from linkworks.ui import formats, paging

from .models import Message
from .queries import Letter
from .states import Audience, State, Way

UNREAD = {"text": "New", "colour": "blue"}
WAYS = {Way.EMAIL: "E-mail", Way.TEXT: "Text message"}


def rows(messages: Iterable[Message], names: Mapping[UUID, str]) -> list[list[dict[str, Any]]]:
    return [row(each, about(each, names)) for each in messages]


def about(message: Message, names: Mapping[UUID, str]) -> str:
    """“About Amina K.”, for readers who may see who that is."""
    name = names.get(message.about_id) if message.about_id else None
    return f"About {name}" if name else ""


def row(message: Message, about: str = "") -> list[dict[str, Any]]:
    """A message in the list: new or not, who and what it is about, and when it came."""
    return [
        {
            "text": message.subject,
            "href": reverse("messaging:message", args=[message.id]),
            "tag": None if message.read_at else UNREAD,
            "note": f"{about.rstrip('.')}. {message.body}" if about else message.body,
        },
        {
            "text": formats.short_date(message.created_at),
            "note": f"{formats.clock(message.created_at)}, {formats.days_from_now(message.created_at)}",
        },
    ]


def inbox_views(*, unread: bool, waiting: int) -> list[dict[str, Any]]:
    chosen = "unread" if unread else ""
    return paging.views("view", chosen, {"": "All", "unread": "Not read yet"}, {"unread": waiting})


def nothing_in_inbox(*, unread: bool) -> str:
    if unread:
        return "You have read everything."
    return "You have no messages. When something happens that you should know about, it appears here."


def whole(message: Message, about: str = "") -> dict[str, Any]:
    return {
        "subject": message.subject,
        "body": message.body,
        "about": about,
        "when": formats.date_time(message.created_at),
    }


def letter(found: Letter) -> dict[str, Any]:
    return {
        "id": found.id,
        "subject": found.subject,
        "body": found.body,
        "address": found.address,
        "held_back": found.held_back,
        "is_posted": found.state == State.SENT,
    }


def letter_card(message: Message) -> dict[str, Any]:
    """A letter in the list: to whom, what and since when. Its query brought the person along."""
    to: Any = message.person_channel
    return {
        "heading": f"{message.subject}: {to.person.full_name}",
        "href": reverse("messaging:letter", args=[message.id]),
        "meta": f"Written {formats.days_from_now(message.created_at)}, {formats.long_date(message.created_at)}",
        "tone": "due" if message.state == State.CREATED else None,
    }


TO_WHOM = {
    Audience.PERSON: "To the person",
    Audience.STAFF: "To a colleague",
    Audience.REFERRER: "To whoever referred",
    Audience.PROVIDER: "To a group",
}


def lost_rows(messages: Iterable[Message], names: Mapping[UUID, str]) -> list[list[dict[str, Any]]]:
    """What never arrived: what it was, for whom, and why."""
    return [
        [
            {"text": each.subject, "note": about(each, names)},
            {"text": TO_WHOM[Audience(each.audience)], "note": each.address},
            {"text": each.why or "It could not be delivered."},
            {"text": formats.short_date(each.touched_at), "note": formats.days_from_now(each.touched_at)},
        ]
        for each in messages
    ]


def letter_views(*, posted: bool) -> list[dict[str, Any]]:
    labels = {"": "To print and post", "posted": "Posted"}
    return paging.views("view", "posted" if posted else "", labels)


def no_letters(*, posted: bool) -> str:
    if posted:
        return "No letter has been posted yet."
    return "There is no letter to print. When a case is closed and letters are safe for the person, the letter appears here."


def after_posting(held_back: str) -> str:
    if held_back:
        return f"Do not post this letter. {held_back}"
    return "Noted: the letter was posted."


def parcel(message: Message) -> dict[str, Any]:
    """A message as the outbox shows it."""
    return {
        "subject": message.subject,
        "address": message.address,
        "way": WAYS[Way(message.way)],
        "when": formats.date_time(message.sent_at),
        "paragraphs": [part for part in message.body.split("\n\n") if part.strip()],
    }
