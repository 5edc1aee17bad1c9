"""A referral as the team reads it."""

from dataclasses import dataclass
from typing import Any

from linkworks.core import vocabulary
from linkworks.people.rules import spaced_nhs_number
from linkworks.referrals.rules import Hears, reasons
from linkworks.ui import formats

from ..queries.inbox import Known
from .lists import sender
from .people import KIND_WORDS, born_words, calling_words
from .wording import changed_words, joined

STATE_TAGS = {
    "sent": ("To decide", "orange"),
    "accepted": ("Accepted", "green"),
    "declined": ("Declined", "red"),
    "redirected": ("Passed on", "grey"),
    "withdrawn": ("Withdrawn", "grey"),
}
SAFE_WORDS = {True: "safe", False: "not safe", None: "not asked yet"}
MOVE_WORDS = {
    "send": "Sent",
    "accept": "Accepted",
    "decline": "Declined",
    "redirect": "Passed on",
    "withdraw": "Withdrawn",
    "amend": "Put right",
    "told": "Told what was decided",
    "plan-agreed": "The referrer was told that a plan was agreed",
    "case-finished": "The referrer was told that the work finished",
    "unlink": "Taken off a record: back in the inbox",
}


REACH_ROWS = ("How to reach them", "Language", "Access needs", "Referred by", "Contact for the referrer")
READ_AS_WRITTEN = "They read this as you write it. Say what they could do instead."
NOT_THESE_WORDS = (
    "They get a short message with the scheme’s number, not these words: write what to say when they ring."
)
TELEPHONE = "Nobody can be written to, so you tell them yourself. Write what to say, and what they could do instead."
TO_TELL = "You can do that from this page, or later from “To tell” in the inbox."


@dataclass(frozen=True)
class Telling:
    """How whoever asked hears of a decision, said before it is made and after."""

    label: str
    hint: str
    submit: str
    after: str


def telling(hears: Hears) -> Telling:
    if not hears.way:
        label = "What to tell them"
        return Telling(label, TELEPHONE, "then tell them yourself", f"Nobody could be written to. Tell them. {TO_TELL}")
    if hears.is_person:
        way = "text message" if hears.way == "text" else "e-mail"
        return Telling("What to tell them", NOT_THESE_WORDS, f"and write by {way}", f"They are written to by {way}.")
    hint = READ_AS_WRITTEN if hears.way == "account" else NOT_THESE_WORDS
    return Telling("What to tell the referrer", hint, "and tell the referrer", "The referrer is being told.")


def referral_view(referral: Any) -> dict[str, Any]:
    text, colour = STATE_TAGS.get(referral.state, (referral.state, "grey"))
    answers = rows(referral)
    return {
        "id": referral.pk,
        "name": joined(referral.given_name, referral.family_name, by=" "),
        "reference": referral.reference,
        "tag": {"text": text, "colour": colour},
        "sent": formats.date_time(referral.sent_at),
        "needs": reasons(referral.needs, referral.door, referral.in_their_words),
        "in_their_words": referral.in_their_words,
        "anything_to_know": referral.anything_to_know,
        "from": sender(referral),
        "rows": answers,
        "reach": [row for row in answers if row[0] in REACH_ROWS],
        "decision_words": referral.decision_words,
        "told_and_agrees": referral.told_and_agrees,
    }


def rows(referral: Any) -> list[tuple[str, Any]]:
    who = [
        ("Called", referral.chosen_name),
        ("Born", born_words(referral.born_on)),
        ("NHS number", spaced_nhs_number(referral.nhs_number)),
        ("Address", joined(referral.address, referral.postcode)),
        ("How to reach them", "; ".join(channel_words(each) for each in referral.contact_channels)),
        (
            "Language",
            joined(
                vocabulary.label("languages", referral.language) or "Not asked",
                "needs an interpreter" if referral.needs_interpreter else "",
            ),
        ),
        ("Access needs", "; ".join(vocabulary.labels("access_needs", referral.access_needs))),
        ("Referred by", sender(referral)),
        ("Contact for the referrer", joined(referral.referrer_phone, referral.referrer_email)),
    ]
    return [row for row in who if row[1]]


def channel_words(told: dict[str, Any]) -> str:
    kind = KIND_WORDS.get(told["kind"], "Reach")
    value = formats.phone(told["value"]) if told["kind"] in ("phone", "text") else told["value"]
    is_safe, notes = told.get("is_safe"), ""
    if is_safe and told["kind"] == "phone":
        notes = calling_words(bool(told.get("may_leave_message")), bool(told.get("may_say_who_is_calling")))
    return joined(f"{kind} {value}", SAFE_WORDS[is_safe], notes, told.get("best_times", ""))


def undone_line(undone: Any) -> str:
    return f"{undone.made_by_name} took this off a record it did not belong to: {undone.reason}"


def known_line(known: Known) -> dict[str, str]:
    match = known.match
    who = joined(match.name, f"born {formats.short_date(match.born_on)[4:]}" if match.born_on else "", match.postcode)
    return {"who": who, "why": formats.listed(match.why), "case": case_words(known)}


def case_words(known: Known) -> str:
    if not known.open_case_reference:
        return "No open case"
    return f"Has an open case, {known.open_case_reference}, with {known.worker_name or 'nobody yet'}"


def known_choice(known: Known) -> tuple[str, str, str]:
    """(value, label, hint) of a radio."""
    line = known_line(known)
    return str(known.match.person_id), line["who"], f"{line['why'][:1].upper()}{line['why'][1:]}. {line['case']}."


def event_line(event: Any) -> dict[str, Any]:
    changed = changed_words(event.field, event.before, event.after) if event.field else ""
    return {
        "title": MOVE_WORDS.get(event.move, event.move),
        "when": formats.date_time(event.at),
        "by": event.by,
        "text": joined(changed, event.reason, by="\n"),
    }


def accepted(case: Any, referral: Any) -> str:
    """What happened, said to whoever accepted."""
    if case.referral_id != referral.pk:
        worker = f"{case.worker.name} was told" if case.worker else "nobody has it yet"
        return f"Accepted. {case.person.full_name} already has an open case ({case.reference}): {worker}."
    return f"Accepted. {case.person.full_name} has a case now: {case.reference}."
