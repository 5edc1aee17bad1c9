"""A person at a glance: who, how to reach them safely, and what to be careful about."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from linkworks.core import vocabulary
from linkworks.people.rules import spaced_nhs_number
from linkworks.people.states import ChannelKind, SharingTopic
from linkworks.ui import formats

from .wording import joined

KIND_WORDS = {
    ChannelKind.PHONE.value: "Call",
    ChannelKind.TEXT.value: "Text",
    ChannelKind.EMAIL.value: "E-mail",
    ChannelKind.LETTER.value: "Write to",
    ChannelKind.THROUGH_SOMEONE.value: "Through",
}
KEPT_WORDS = {
    "protected": "Protected record: do not talk about this person with anybody but their worker and the safeguarding lead.",
    "sealed": "Sealed record: only those the safeguarding lead named may know of this person.",
}
NUMBERS = (ChannelKind.PHONE.value, ChannelKind.TEXT.value)
SAFETY = {True: ("Safe", "green"), False: ("Not safe: do not use", "red"), None: ("Not asked yet", "orange")}
SHARING_WORDS = {
    SharingTopic.REFERRER_FEEDBACK: "Tell the referrer the goals, how each went and how it ended",
    SharingTopic.PROVIDERS: "Share with groups they choose",
    SharingTopic.EMERGENCY_CONTACT: "Give groups the emergency contact",
    SharingTopic.RESEARCH: "Learn from their answers, without a name",
}


@dataclass(frozen=True)
class Reach:
    """One way to reach somebody, in words."""

    id: Any
    words: str
    value: str
    safety: dict[str, str]
    notes: str
    is_safe: bool | None
    href: str = ""


@dataclass(frozen=True)
class Head:
    """The banner on every page of a case."""

    name: str
    called: str
    born: str
    reference: str
    pronouns: str
    best: Reach | None
    reach: list[Reach]
    warnings: list[str]
    case_href: str
    concern_href: str


def born_words(day: date | None) -> str:
    """A date of birth needs no weekday."""
    return formats.long_date(day).split(" ", 1)[1] if day else ""


def reach_of(channel: Any) -> Reach:
    value = formats.phone(channel.value) if channel.kind in NUMBERS else channel.value
    text, colour = SAFETY[channel.is_safe]
    notes = joined(
        "prefers this" if channel.is_preferred else "",
        message_words(channel),
        channel.best_times,
    )
    notes = notes[:1].upper() + notes[1:]
    words = KIND_WORDS.get(channel.kind, "Reach")
    href = link_of(channel) if channel.is_safe else ""
    return Reach(channel.pk, words, value, {"text": text, "colour": colour}, notes, channel.is_safe, href)


def link_of(channel: Any) -> str:
    """One press calls or writes, on a phone, where it is safe."""
    packed = channel.value.replace(" ", "")
    schemes = {ChannelKind.PHONE.value: "tel", ChannelKind.TEXT.value: "sms", ChannelKind.EMAIL.value: "mailto"}
    return f"{schemes[channel.kind]}:{packed}" if channel.kind in schemes else ""


def message_words(channel: Any) -> str:
    """What may be said on the telephone. Of a text nobody is asked that: unless somebody chose some of it, nothing is said."""
    is_chosen = channel.may_leave_message or channel.may_say_who_is_calling
    if not channel.is_safe or not (
        channel.kind == ChannelKind.PHONE or (channel.kind == ChannelKind.TEXT and is_chosen)
    ):
        return ""
    return calling_words(channel.may_leave_message, channel.may_say_who_is_calling)


def calling_words(may_leave_message: bool, may_say_who_is_calling: bool) -> str:
    message = "may leave a message" if may_leave_message else "do not leave a message"
    who = "may say who is calling" if may_say_who_is_calling else "do not say who is calling"
    return f"{message}, {who}"


def head(case: Any, channels: Any, open_until: datetime | None = None) -> Head:
    """The banner; `open_until` says until when a protected record is open to the reader in an emergency."""
    person = case.person
    reach = [] if person.died_on else [reach_of(each) for each in channels]
    best = next((each for each in reach if each.is_safe), None)
    return Head(
        name=person.full_name,
        called=person.chosen_name if person.chosen_name and person.chosen_name != person.given_name else "",
        born=born_words(person.born_on),
        reference=case.reference,
        pronouns=person.pronouns,
        best=best,
        reach=reach,
        warnings=[*emergency_words(open_until), *warnings_of(person, reach)],
        case_href=reverse("casework:case", args=[case.pk]),
        concern_href=reverse("casework:concern", args=[case.pk]),
    )


def emergency_words(open_until: datetime | None) -> list[str]:
    """What somebody let in for an hour may do there."""
    if not open_until:
        return []
    may = "You can read it, write down a contact and raise a concern; nothing else."
    return [f"Open to you in an emergency until {formats.clock(open_until)}. {may} It is written down."]


def warnings_of(person: Any, reach: list[Reach]) -> list[str]:
    """What must not be overlooked."""
    said = []
    if person.restriction in KEPT_WORDS:
        said.append(KEPT_WORDS[person.restriction])
    if not person.died_on and not any(each.is_safe for each in reach):
        said.append("No safe way to reach them is known. Ask before you leave a message or write.")
    said += [f"Do not use {each.value}: it is not safe." for each in reach if each.is_safe is False]
    if person.needs_interpreter:
        said.append(f"Needs an interpreter: {vocabulary.label('languages', person.language)}.")
    if person.died_on:
        said.append(f"Has died. The day we have is {formats.long_date(person.died_on)}.")
    return said


def differs(person: Any, form: Any) -> list[tuple[str, str]]:
    """Each question whose answer in the record is not the one on the form, with what the record says."""
    return [
        (str(question.label), kept_words(name, getattr(person, name)))
        for name, question in form.fields.items()
        if name in form.cleaned_data and form.cleaned_data[name] != getattr(person, name)
    ]


def kept_words(name: str, kept: Any) -> str:
    if isinstance(kept, bool):
        return "Yes" if kept else "No"
    if name == "born_on":
        return born_words(kept) or "Nothing"
    words = {"language": "languages", "access_needs": "access_needs"}
    if name in words:
        return formats.listed(vocabulary.labels(words[name], [kept] if isinstance(kept, str) else kept)) or "Nothing"
    return str(kept) or "Nothing"


def facts(person: Any, case_id: Any) -> list[tuple[str, Any]]:
    """Who the person is, as rows."""
    rows = [
        ("Name", person.full_name),
        ("Called", person.chosen_name),
        ("Born", born_words(person.born_on)),
        ("NHS number", spaced_nhs_number(person.nhs_number)),
        ("Address", joined(person.address, person.postcode)),
        (
            "Language",
            joined(
                vocabulary.label("languages", person.language),
                "needs an interpreter" if person.needs_interpreter else "",
            ),
        ),
        ("Access needs", "; ".join(vocabulary.labels("access_needs", person.access_needs))),
        ("Emergency contact", person.emergency_contact),
    ]
    return [row for row in rows if row[1]]


def sharing_rows(sharing: dict[SharingTopic, bool | None]) -> list[tuple[str, str]]:
    words = {True: "Yes", False: "No", None: "Not asked yet"}
    return [(SHARING_WORDS[topic], words[sharing.get(topic)]) for topic in SharingTopic]
