"""What follows from a referral's facts: what is missing, who can be taken, and what may be changed after sending."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from linkworks.core import ids, vocabulary
from linkworks.people.rules import WAYS, tidy_nhs_number

WITHOUT_AGREEMENT = (
    "Talk to the person first. A referral can only be sent when they know why and agree to it. "
    "Your other answers are kept here until you sign out."
)
TYPED_DATE = re.compile(r"([0-9]{1,2})[/.\- ]([0-9]{1,2})[/.\- ]([0-9]{4})")
NO_REASON = "Choose at least one reason, or write what they said in their own words"


@dataclass(frozen=True, slots=True)
class Reach:
    """One way to reach the person, as the referrer or the person said it."""

    kind: str
    value: str
    is_safe: bool | None = True
    may_leave_message: bool = False
    may_say_who_is_calling: bool = False
    best_times: str = ""


@dataclass(frozen=True, slots=True)
class Hears:
    """How whoever asked hears what was decided. Without a way somebody has to speak to them."""

    way: str = ""  # account, email or text
    address: str = ""
    is_person: bool = False  # the person themselves, by a way they said is safe


def hears(*, has_account: bool, email: str, channels: Iterable[Mapping[str, Any]]) -> Hears:
    """Whoever referred, in their account or by e-mail; without either the person themselves, where writing is safe."""
    if has_account:
        return Hears("account")
    if email:
        return Hears("email", email)
    written = (each for each in channels if each["kind"] in ("email", "text") and each.get("is_safe") is True)
    first = next(written, None)
    return Hears(first["kind"], first["value"], is_person=True) if first else Hears()


@dataclass(frozen=True, slots=True)
class ReferralDetails:
    """Everything that is sent, whichever door it comes through."""

    referrer_type: str
    given_name: str
    family_name: str = ""
    chosen_name: str = ""
    born_on: date | None = None
    nhs_number: str = ""
    address: str = ""
    postcode: str = ""
    language: str = ""  # nobody said: not the same as English
    needs_interpreter: bool = False
    access_needs: tuple[str, ...] = ()
    contact_channels: tuple[Reach, ...] = ()
    needs: tuple[str, ...] = ()
    in_their_words: str = ""
    anything_to_know: str = ""
    told_and_agrees: bool = False
    from_organisation_id: UUID | None = None
    from_organisation_name: str = ""
    referrer_user_id: UUID | None = None
    referrer_name: str = ""
    referrer_job: str = ""
    referrer_email: str = ""
    referrer_phone: str = ""

    def stored(self) -> dict[str, Any]:
        """The values as they are kept: lists and plain mappings."""
        lists = {"access_needs": list(self.access_needs), "needs": list(self.needs)}
        return {**asdict(self), **lists, "contact_channels": [asdict(each) for each in self.contact_channels]}


CALL_BACK = "Asked for a call back."


def reasons(needs: Iterable[str], door: str, in_their_words: str) -> list[str]:
    """The reasons in words. Who asks for themselves chooses some or says they are not sure; who wants a call is not asked."""
    chosen = vocabulary.labels("needs", needs)
    was_asked = door == "self" and in_their_words != CALL_BACK
    return chosen or (["Not sure, or something else"] if was_asked else [])


# What may be put right after sending. Who sent it, and that the person agreed, stay as they were.
AMENDABLE: dict[str, str] = {
    "given_name": "First name",
    "family_name": "Last name",
    "chosen_name": "What they like to be called",
    "born_on": "Date of birth",
    "nhs_number": "NHS number",
    "address": "Address",
    "postcode": "Postcode",
    "language": "Language",
    "needs_interpreter": "Interpreter",
    "access_needs": "What makes it easier",
    "contact_channels": "Safe ways to contact them",
    "needs": "Reasons",
    "in_their_words": "In their own words",
    "anything_to_know": "Anything to know",
}


# Which kinds of referrer sit in which kind of organisation, the usual one first.
TYPES_AT: dict[str, tuple[str, ...]] = {
    "gp-practice": ("gp", "practice-nurse", "receptionist-care-navigator"),
    "pcn": ("gp", "practice-nurse", "receptionist-care-navigator"),
    "pharmacy": ("pharmacist",),
    "nhs-trust": ("hospital-ward", "hospital-emergency-department", "community-health"),
    "mental-health-trust": ("mental-health-service",),
    "local-authority": ("council-service", "adult-social-care", "childrens-social-care", "library"),
    "housing-association": ("housing-association",),
    "library": ("library",),
    "adult-education": ("adult-education",),
    "school": ("school-or-college",),
    "care-home": ("care-home",),
    "job-centre": ("job-centre", "work-and-health-programme"),
    "emergency-service": ("police-fire-ambulance",),
    "faith-organisation": ("faith-organisation",),
    "company": ("work-and-health-programme", "vcse-organisation"),
}


def types_at(organisation_kind: str) -> tuple[str, ...]:
    """Who may be referring from an organisation of this kind, the usual one first."""
    return TYPES_AT.get(organisation_kind, ("vcse-organisation",))


# The messages that tell a decision, to whoever referred and to somebody who asked for themselves.
DECISIONS_TOLD = ("referral-declined", "referral-redirected", "asked-declined", "asked-redirected")
DECLINED_BECAUSE: dict[str, str] = {
    "outside-area": "The person lives outside the scheme’s area",
    "outside-who-we-help": "The scheme is for other people",
    "already-supported": "The person is already supported by the scheme",
    "needs-other-service": "Another service can help more",
    "person-did-not-agree": "The person did not agree to the referral",
    "duplicate": "The same referral was sent before",
    "not-enough-information": "There was not enough information",
}


def reference_of(referral_id: UUID, prefix: str = "R") -> str:
    """The reference that belongs to an id. Worked out, not looked up: the public adds a referral and may not read one."""
    number, letters = referral_id.int, ""
    for _ in range(8):
        number, place = divmod(number, len(ids.ALPHABET))
        letters += ids.ALPHABET[place]
    return ids.spaced(prefix, letters)


def problems(details: ReferralDetails, *, today: date) -> list[tuple[str, str]]:
    """What stops this from being sent, as (field, sentence); empty when it can go."""
    checks = [
        ("given_name", not details.given_name.strip(), "Enter the person’s first name"),
        ("born_on", bool(details.born_on and details.born_on > today), "Date of birth must be in the past"),
        ("nhs_number", tidy_nhs_number(details.nhs_number) is None, "Enter a real NHS number, or leave it empty"),
        ("contact_channels", not details.contact_channels, "Give at least one safe way to contact them"),
        ("needs", not (details.needs or details.in_their_words.strip()), NO_REASON),
        ("needs", not _all_known("needs", details.needs), "Choose reasons from the list"),
        ("access_needs", not _all_known("access_needs", details.access_needs), "Choose from the list"),
        ("told_and_agrees", not details.told_and_agrees, WITHOUT_AGREEMENT),
        ("referrer_type", details.referrer_type not in vocabulary.REFERRER_TYPES, "Choose who is referring"),
    ]
    return [(field, sentence) for field, is_wrong, sentence in checks if is_wrong]


def _all_known(name: str, chosen: Iterable[str]) -> bool:
    return all(each in vocabulary.LISTS[name] for each in chosen)


def age_on(born_on: date, day: date) -> int:
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def why_not_eligible(born_on: date | None, *, youngest: int | None, oldest: int | None, today: date) -> str:
    """Why the scheme cannot take somebody of this age, in a sentence; empty when it can, or when the age is not known."""
    if born_on is None:
        return ""
    age = age_on(born_on, today)
    if youngest is not None and age < youngest:
        return f"This scheme supports people aged {youngest} and over. This person is {age}."
    if oldest is not None and age > oldest:
        return f"This scheme supports people aged {oldest} and under. This person is {age}."
    return ""


def date_in(words: str) -> date | None:
    """The date somebody typed into a search box: 3/6/1951, 03.06.1951 or 3 6 1951."""
    found = TYPED_DATE.fullmatch(words.strip())
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def changed(before: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Only what really differs."""
    return {name: value for name, value in changes.items() if before.get(name) != value}


def channel_line(channel: Mapping[str, Any]) -> str:
    """One way to reach somebody, with what they said about using it."""
    said = [f"{WAYS.get(channel['kind'], channel['kind'])}: {channel['value']}"]
    if channel.get("is_safe") is not True:
        said.append("not safe" if channel.get("is_safe") is False else "nobody asked whether it is safe")
    if channel["kind"] == "phone":
        said.append("leave a message" if channel.get("may_leave_message") else "do not leave a message")
        said.append("say who is calling" if channel.get("may_say_who_is_calling") else "do not say who is calling")
    if channel.get("best_times"):
        said.append(f"best times: {channel['best_times']}")
    return ", ".join(said)


def in_words(field: str, value: Any) -> str:
    """A field's value as the history keeps it: readable without the code that made it."""
    if value in (None, "", []):
        return ""
    if field == "contact_channels":
        return "; ".join(channel_line(each) for each in value)
    lists = {"needs": "needs", "access_needs": "access_needs"}
    if field in lists:
        return "; ".join(vocabulary.labels(lists[field], value))
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return vocabulary.label("languages", value) if field == "language" else str(value)
