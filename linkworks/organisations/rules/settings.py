"""A scheme's settings: one typed document. What differs between schemes is data, with defaults that work from day one."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated, Any, Literal, get_type_hints

import msgspec
import yaml

from linkworks.core import vocabulary
from linkworks.core.errors import Invalid

Front = Literal["account", "verified-link", "self", "phone", "paper"]
Stage = Literal["start", "review", "close"]
Text = Annotated[str, msgspec.Meta(max_length=5000)]
Line = Annotated[str, msgspec.Meta(max_length=300)]
Small = Annotated[int, msgspec.Meta(ge=1, le=10)]
Days = Annotated[int, msgspec.Meta(ge=1, le=60)]
Weeks = Annotated[int, msgspec.Meta(ge=1, le=52)]
Age = Annotated[int, msgspec.Meta(ge=0, le=120)]
# Why a referral can be declined, in the words of whoever decides; a scheme offers its team those that can happen there.
DECLINE_REASONS: Mapping[str, str] = {
    "outside-area": "They live outside our area",
    "outside-who-we-help": "They are outside who we can help",
    "already-supported": "They are supported already",
    "needs-other-service": "They need another service",
    "person-did-not-agree": "They did not agree to be referred",
    "duplicate": "We have this referral already",
    "not-enough-information": "There is not enough information",
}
OPEN_LISTS: Mapping[str, Mapping[str, Any]] = {
    "decline_reasons": DECLINE_REASONS,
    "referrer_types": vocabulary.REFERRER_TYPES,
    "categories": vocabulary.CATEGORIES,
    "languages": vocabulary.LANGUAGES,
}


class WhoCanBeReferred(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """Who the scheme is for: ages, and the rest in words."""

    age_from: Age = 18
    age_to: Age | None = None
    words: Line = "Adults who would like help with more than a medicine can give."

    def said(self) -> str:
        """For whoever thinks of referring somebody."""
        ages = f"aged {self.age_from} and over" if self.age_to is None else f"aged {self.age_from} to {self.age_to}"
        return f"People {ages}. {self.words}".strip()


class ClosingLetters(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """What a person reads when their case closes. Without words for the end, no letter is written then."""

    could_not_contact: Text = (
        "We have tried to get in touch with you and have not been able to.\n\n"
        "If you would still like to talk to us, please call us. There is no need to explain anything.\n\n"
        "If you do not need anything from us now, you do not have to do anything."
        " You are welcome to get in touch at any time in the future."
    )
    finished: Text = "Thank you for working with us. You can come back to us at any time if things change."


class SchemeSettings(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """How one scheme works."""

    contact_tries: Small = 3
    first_contact_working_days: Days = 5
    max_sessions: Annotated[int, msgspec.Meta(ge=1, le=52)] = 8
    review_weeks: Weeks = 6
    reminder_working_days: Days = 6
    escalate_working_days: Days = 9
    caseload_weight_target: Annotated[int, msgspec.Meta(ge=1, le=300)] = 40
    front_doors: tuple[Front, ...] = ("account", "verified-link", "self", "phone", "paper")
    who_can_be_referred: WhoCanBeReferred = WhoCanBeReferred()
    measure_stages: tuple[Stage, ...] = ("start", "close")
    decline_reasons: tuple[str, ...] = tuple(DECLINE_REASONS)
    referrer_types: tuple[str, ...] = tuple(vocabulary.REFERRER_TYPES)
    categories: tuple[str, ...] = tuple(vocabulary.CATEGORIES)
    languages: tuple[str, ...] = ("en",)
    closing_letters: ClosingLetters = ClosingLetters()


def opens(settings: SchemeSettings, door: str, referrer_type: str = "") -> bool:
    """Whether the scheme takes referrals by this door, from this kind of referrer."""
    return door in settings.front_doors and (not referrer_type or referrer_type in settings.referrer_types)


NEVER_EMPTY = ("front_doors", "measure_stages", "decline_reasons", "referrer_types", "categories", "languages")
# Settings that older documents have: said as what they are, not taken for a slip of the pen.
NO_LONGER: Mapping[str, str] = {"measures": "is no longer a setting: ONS4 is what is asked. Remove it."}
EXPECTS: Mapping[str, str] = {
    "contact_tries": "a whole number from 1 to 10",
    "first_contact_working_days": "a whole number of working days from 1 to 60",
    "max_sessions": "a whole number from 1 to 52",
    "review_weeks": "a whole number of weeks from 1 to 52",
    "reminder_working_days": "a whole number of working days from 1 to 60",
    "escalate_working_days": "a whole number of working days from 1 to 60",
    "caseload_weight_target": "a whole number from 1 to 300",
    "front_doors": "a list with any of: account, verified-link, self, phone, paper",
    "who_can_be_referred": "age_from and age_to (years from 0 to 120; age_to may be empty) and words (up to 300 characters)",
    "measure_stages": "a list with any of: start, review, close",
    "decline_reasons": "a list of reasons to decline a referral",
    "referrer_types": "a list of kinds of referrer",
    "categories": "a list of categories",
    "languages": "a list of language codes, for example en, bn, tr",
    "closing_letters": "could_not_contact and finished, each a text of up to 5,000 characters",
}


@dataclass(frozen=True)
class Problem:
    """What is wrong in a settings document: where, and what to write instead."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


def settings_from(document: Any) -> SchemeSettings:
    """The settings in a document. What is left out has its default; anything wrong raises Invalid, with all problems."""
    problems = problems_in(document)
    if problems:
        raise Invalid("\n".join(str(each) for each in problems), field=problems[0].path)
    return msgspec.convert(document, SchemeSettings)


def problems_in(document: Any) -> list[Problem]:
    if not isinstance(document, Mapping):
        return [Problem("document", "must be a list of settings, each on a line as name: value")]
    types = get_type_hints(SchemeSettings, include_extras=True)
    found = [each for name, value in document.items() for each in problems_of(str(name), value, types)]
    return found or problems_between(msgspec.convert(document, SchemeSettings))


def problems_of(name: str, value: Any, types: Mapping[str, Any]) -> list[Problem]:
    """What is wrong with one setting by itself."""
    if name in NO_LONGER:
        return [Problem(name, NO_LONGER[name])]
    if name not in types:
        near = get_close_matches(name, types, 1)
        return [Problem(name, f"is not a setting. Did you mean {near[0]}?" if near else "is not a setting. Remove it.")]
    try:
        converted = msgspec.convert(value, types[name])
    except msgspec.ValidationError as error:
        return [Problem(path_of(name, str(error)), f"must be {EXPECTS[name]}")]
    known = OPEN_LISTS.get(name)
    unknown = [each for each in converted if each not in known] if known else []
    return (
        [Problem(name, f"does not know {', '.join(unknown)}. Choose from: {', '.join(known or ())}")] if unknown else []
    )


def path_of(name: str, error: str) -> str:
    """`who_can_be_referred.age_from` from msgspec's "… - at `$.age_from`"."""
    _, _, inner = error.partition(" - at `$")
    return f"{name}{inner.rstrip('`')}"


def problems_between(settings: SchemeSettings) -> list[Problem]:
    """What does not hold together although each setting is right by itself."""
    found = []
    if settings.escalate_working_days <= settings.reminder_working_days:
        found.append(
            Problem(
                "escalate_working_days", "must be more than reminder_working_days, so that the reminder comes first"
            )
        )
    who = settings.who_can_be_referred
    if who.age_to is not None and who.age_to < who.age_from:
        found.append(
            Problem("who_can_be_referred.age_to", "must be the same as age_from or more, or empty for no upper age")
        )
    if not settings.closing_letters.could_not_contact.strip():
        found.append(Problem("closing_letters.could_not_contact", "must have words: the letter says nothing else"))
    for name in NEVER_EMPTY:
        if not getattr(settings, name):
            found.append(Problem(name, f"must have at least one: {EXPECTS[name]}"))
    return found


def as_document(settings: SchemeSettings) -> dict[str, Any]:
    """The settings as plain data, everything spelled out."""
    return dict(msgspec.to_builtins(settings))


def as_yaml(settings: SchemeSettings) -> str:
    """The settings as a YAML document that can be read, changed and uploaded again."""
    plain = msgspec.json.decode(msgspec.json.encode(settings))
    return str(yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=100))


def from_yaml(text: str) -> Any:
    """The data in a YAML document. Only plain data is read."""
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # a date or number that is none, brackets without end
        place = getattr(error, "problem_mark", None)
        line = f" near line {place.line + 1}" if place else ""
        raise Invalid(f"This file cannot be read{line}. Check that each line is written as name: value.") from error
