"""How a referral is said: its state, its rows, its history, and the answers to check."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from markupsafe import Markup, escape

from linkworks.core import vocabulary
from linkworks.people.rules import spaced_nhs_number
from linkworks.ui import formats

from . import rules
from .models import Referral
from .queries import Event
from .states import Door, State

STATES: dict[str, tuple[str, str]] = {
    State.DRAFT: ("Not sent", "grey"),
    State.SENT: ("Waiting for the scheme", "blue"),
    State.ACCEPTED: ("Accepted", "green"),
    State.DECLINED: ("Not taken on", "red"),
    State.REDIRECTED: ("Passed on", "purple"),
    State.WITHDRAWN: ("Withdrawn", "grey"),
}
STEPS = {
    "send": "Referral sent",
    "accept": "Accepted by the scheme",
    "decline": "Not taken on",
    "redirect": "Passed on",
    "withdraw": "Withdrawn",
    "unlink": "Waiting for the scheme again",
    "amend": "Changed",
    "plan-agreed": "A plan was agreed",
    "case-finished": "The scheme’s work with the person finished",
    "told": "Told what was decided",
}
DOORS = {
    Door.ACCOUNT: "From an account",
    Door.VERIFIED_LINK: "By a link sent to a work email",
    Door.SELF: "By the person themselves",
    Door.PHONE: "By telephone",
    Door.PAPER: "On paper",
}


def tag(state: str) -> dict[str, str]:
    text, colour = STATES[state]
    return {"text": text, "colour": colour}


def name_of(referral: Referral) -> str:
    return f"{referral.given_name} {referral.family_name}".strip()


def row(referral: Referral) -> list[Any]:
    """One line of the list of an organisation's own referrals."""
    sender = referral.referrer_user.name if referral.referrer_user else referral.referrer_name
    return [
        {
            "text": name_of(referral),
            "href": reverse("referrals:detail", args=[referral.id]),
            "note": referral.reference,
        },
        referral.scheme.name,
        formats.short_date(referral.sent_at),
        sender,
        {"tag": tag(referral.state)},
    ]


def timeline(events: Iterable[Event]) -> list[dict[str, Any]]:
    """The history, newest first."""
    return [_line(each) for each in reversed(list(events))]


def _line(event: Event) -> dict[str, Any]:
    said: dict[str, Any] = {
        "title": STEPS.get(event.move, event.move),
        "when": formats.date_time(event.at),
        "by": event.by,
        "text": event.reason,
    }
    if event.field:
        label = rules.AMENDABLE.get(event.field, event.field)
        said["title"] = f"{label} changed"
        said["text"] = f"From “{event.before or 'nothing'}” to “{event.after or 'nothing'}”.\n\nReason: {event.reason}"
    return said


def birthday(day: date | None) -> str:
    """A date of birth has no weekday: nobody checks by it."""
    return f"{day.day} {day:%B %Y}" if day else ""


def lines(items: Iterable[str]) -> Markup | str:
    """Several things, one under another."""
    return Markup("<br>").join(escape(each) for each in items)


def summary(stored: Mapping[str, Any], change: str = "", door: str = "") -> list[tuple[Any, ...]]:
    """Every answer, in the order it was asked. `change` is the address of the form; without it nothing can be changed."""
    needs = rules.reasons(stored["needs"], door, stored["in_their_words"])
    language = vocabulary.label("languages", stored["language"])
    easier = [
        language if stored["language"] not in ("", "en") else "",
        "Interpreter needed" if stored["needs_interpreter"] else "",
    ]
    rows = [
        ("Name", f"{stored['given_name']} {stored['family_name']}".strip(), "given_name"),
        ("What they like to be called", stored["chosen_name"], "chosen_name"),
        ("Date of birth", birthday(stored["born_on"]), "born_on_day"),
        ("NHS number", spaced_nhs_number(stored["nhs_number"]), "nhs_number"),
        ("Postcode", stored["postcode"], "postcode"),
        ("Address", stored["address"], "address"),
        ("Reasons", lines(needs), "needs_common"),
        ("In their own words", formats.nl2p(stored["in_their_words"]), "in_their_words"),
        ("They know why and agree", "Yes" if stored["told_and_agrees"] else "No", "told_and_agrees"),
        ("Safe ways to contact them", lines(rules.channel_line(each) for each in stored["contact_channels"]), "ways"),
        ("Anything to know", formats.nl2p(stored["anything_to_know"]), "anything_to_know"),
        (
            "What makes it easier",
            lines([each for each in easier if each] + vocabulary.labels("access_needs", stored["access_needs"])),
            "language",
        ),
    ]
    seldom = {"What they like to be called", "Address", "NHS number", "What makes it easier"}
    shown = [each for each in rows if each[1] or each[0] not in seldom]
    return [(key, value, f"{change}#id_{box}") if change else (key, value) for key, value, box in shown]


def referrer_rows(referral: Referral) -> list[tuple[Any, ...]]:
    """Who referred, and how it came in."""
    who = referral.referrer_user.name if referral.referrer_user else referral.referrer_name
    organisation = referral.from_organisation.name if referral.from_organisation else referral.from_organisation_name
    return sender_rows(referral, referral.door, who, organisation)


def sender_rows(
    of: Referral | rules.ReferralDetails, door: str, who: str, organisation: str, change: str = ""
) -> list[tuple[Any, ...]]:
    """Who refers, as it was sent or is about to be. `change` is the address of the form in which it was typed."""
    contact = " ".join(filter(None, [of.referrer_email, formats.phone(of.referrer_phone)]))
    rows = [
        ("Referred by", who, "referrer_name"),
        ("Role", of.referrer_job or vocabulary.label("referrer_types", of.referrer_type), "referrer_type"),
        ("Organisation", organisation, "from_organisation_name"),
        ("Contact", contact, "referrer_email"),
        ("How it came in", DOORS[Door(door)], "door"),
    ]
    shown = [each for each in rows if each[1]]
    return [(key, value, f"{change}#id_{box}") if change else (key, value) for key, value, box in shown]


def stored(referral: Referral) -> dict[str, Any]:
    """A stored referral's answers by name, as `summary` reads them."""
    return {name: getattr(referral, name) for name in [*rules.AMENDABLE, "told_and_agrees"]}


HEAD = [
    "Reference",
    "First name",
    "Last name",
    "Date of birth",
    "Postcode",
    "Scheme",
    "Sent",
    "Sent by",
    "State",
    "Decided",
]


def sheet(referrals: Iterable[Referral]) -> Iterator[list[str]]:
    """The list as rows for a spreadsheet."""
    yield HEAD
    for each in referrals:
        sender = each.referrer_user.name if each.referrer_user else each.referrer_name
        yield [
            each.reference,
            each.given_name,
            each.family_name,
            birthday(each.born_on),
            each.postcode,
            each.scheme.name,
            formats.short_date(each.sent_at),
            sender,
            STATES[each.state][0],
            formats.short_date(each.decided_at),
        ]
