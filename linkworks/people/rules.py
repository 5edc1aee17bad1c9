"""What follows from facts about people: whether an NHS number is real, and whether two records may be one person."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from hashlib import sha256
from uuid import UUID

import nhs_number as nhs

from .states import ChannelKind, Restriction

OPEN_IN_EMERGENCY = timedelta(hours=1)
MOST_TRIES = 5  # to find a protected record, in an hour
ENOUGH = 40
ALIKE = 0.8
# The ways to reach somebody, as forms and pages say them.
WAYS: Mapping[str, str] = {
    ChannelKind.PHONE.value: "Phone call",
    ChannelKind.TEXT.value: "Text message",
    ChannelKind.EMAIL.value: "Email",
    ChannelKind.LETTER.value: "Letter",
    ChannelKind.THROUGH_SOMEONE.value: "Through somebody else",
}
LETTERS_THAT_SOUND_ALIKE = {"1": "bfpv", "2": "cgjkqsxz", "3": "dt", "4": "l", "5": "mn", "6": "r"}
SOUNDS = {letter: digit for digit, letters in LETTERS_THAT_SOUND_ALIKE.items() for letter in letters}
# Letters that are their own in some languages and typed plainly in others: Yıldız, Wałęsa, Jørgen.
TYPED_PLAINLY = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ŧ": "t", "ħ": "h"}
)


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What is known about somebody when their record is made."""

    given_name: str
    family_name: str
    chosen_name: str = ""
    pronouns: str = ""
    born_on: date | None = None
    nhs_number: str = ""
    address: str = ""
    postcode: str = ""
    practice_id: UUID | None = None
    language: str = "en"
    needs_interpreter: bool = False
    access_needs: tuple[str, ...] = ()
    emergency_contact: str = ""
    call_worker_first: bool = False


@dataclass(frozen=True, slots=True)
class Clues:
    """What two records are compared by."""

    given_name: str = ""
    family_name: str = ""
    born_on: date | None = None
    nhs_number: str = ""
    postcode: str = ""
    phones: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How sure we are that two records are one person, and why, in words."""

    score: int
    why: tuple[str, ...]

    @property
    def is_worth_showing(self) -> bool:
        return self.score >= ENOUGH


def tidy_nhs_number(typed: str) -> str | None:
    """The ten digits of a real NHS number however it was typed; empty stays empty; None when it is not one."""
    digits = "".join(each for each in typed if each not in " -\t")
    if not digits:
        return ""
    is_ten_digits = len(digits) == 10 and digits.isascii() and digits.isdecimal()
    return digits if is_ten_digits and nhs.is_valid(digits) else None


def spaced_nhs_number(number: str) -> str:
    """485 777 3456, as it is printed and read out."""
    return f"{number[:3]} {number[3:6]} {number[6:]}" if len(number) == 10 else number


def plain(name: str) -> str:
    """A name with capitals, accents, spaces and hyphens set aside."""
    letters = unicodedata.normalize("NFKD", name.casefold().translate(TYPED_PLAINLY))
    return "".join(each for each in letters if each.isalnum())


def sound(name: str) -> str:
    """How a name sounds, as a short code: Smith and Smyth are the same (Soundex)."""
    letters = [each for each in plain(name) if "a" <= each <= "z"]
    if not letters:
        return plain(name)
    code, last = letters[0], SOUNDS.get(letters[0], "")
    for letter in letters[1:]:
        digit = SOUNDS.get(letter, "")
        if digit and digit != last:
            code += digit
        last = last if letter in "hw" else digit
    return code[:4].ljust(4, "0")


def same_name(one: Clues, other: Clues) -> bool:
    mine, theirs = (plain(one.given_name), plain(one.family_name)), (plain(other.given_name), plain(other.family_name))
    return all(mine) and mine in (theirs, theirs[::-1])


def alike(one: str, other: str) -> bool:
    """Two names that sound alike or are a slip of the pen apart."""
    first, second = plain(one), plain(other)
    if not first or not second:
        return False
    return sound(one) == sound(other) or SequenceMatcher(None, first, second).ratio() >= ALIKE


def similar_name(one: Clues, other: Clues) -> bool:
    straight = alike(one.given_name, other.given_name) and alike(one.family_name, other.family_name)
    turned = alike(one.given_name, other.family_name) and alike(one.family_name, other.given_name)
    return straight or turned


def likeness(wanted: Clues, known: Clues) -> Likeness:
    """How alike two records are. Never certain: a person decides, and nothing is merged by machine."""
    reasons = list(_reasons(wanted, known))
    score = sum(points for points, _ in reasons)
    why = tuple(words for _, words in reasons)
    if wanted.nhs_number and known.nhs_number and wanted.nhs_number != known.nhs_number:
        return Likeness(max(0, score - 50), (*why, "but a different NHS number"))
    return Likeness(score, why)


def _reasons(wanted: Clues, known: Clues) -> Iterable[tuple[int, str]]:
    same, similar = same_name(wanted, known), similar_name(wanted, known)
    if wanted.nhs_number and wanted.nhs_number == known.nhs_number:
        yield 100, "same NHS number"
    if same or similar:
        yield (20, "same name") if same else (10, "a name that sounds alike")
    if wanted.born_on and wanted.born_on == known.born_on:
        yield (60 if same else 40 if similar else 10), "same date of birth"
    if wanted.postcode and plain(wanted.postcode) == plain(known.postcode):
        yield (40 if same else 30 if similar else 10), "same postcode"
    if _digits(wanted.phones) & _digits(known.phones):
        yield 40, "same phone number"


def _digits(phones: Iterable[str]) -> set[str]:
    """Numbers by their last nine digits, so that +44 and a leading 0 are the same."""
    numbers = ("".join(each for each in phone if each.isdecimal()) for phone in phones)
    return {number[-9:] for number in numbers if len(number) >= 9}


def version(facts: Mapping[str, object]) -> str:
    """A short text that differs whenever any of these facts does."""
    return sha256(repr(sorted(facts.items())).encode()).hexdigest()[:16]


def may_restrict(now: str, wanted: str, *, leads: bool, manages: bool) -> bool:
    """The safeguarding lead decides who sees a record; a manager may protect one at once, and never open or seal one."""
    return leads or (manages and (now, wanted) == (Restriction.NORMAL, Restriction.PROTECTED))
