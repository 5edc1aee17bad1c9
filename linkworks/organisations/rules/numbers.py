"""Charity and company numbers: one spelling of each, however it was written, so that two lists that mean one body agree."""

import re
from collections.abc import Callable

FIELDS = ("charity_number", "company_number")
CHARITY = re.compile(
    r"(?<![A-Z0-9])(SC|NIC?)?[\s:-]{0,2}([0-9][0-9 ]{0,9})(?:-([0-9]{1,2}))?(?![A-Z0-9-])", re.IGNORECASE
)
COMPANY_KINDS = "SC|NI|OC|SO|NC|CE|CS|IP|SP|NP|RS|RC|LP|SL|NL|FC"
COMPANY = re.compile(rf"(?<![A-Z0-9])({COMPANY_KINDS})?[\s:-]{{0,2}}([0-9][0-9 ]{{0,9}})(?![A-Z0-9-])", re.IGNORECASE)
CHARITY_SAID = re.compile(
    r"\b(?:registered\s{1,3}charity|charity\s{1,3}(?:registration|reg\.?|registered)?\s{0,3}(?:no|num|number)\b)"
    r"(?:\s{1,3}in\s{1,3}[a-z]+(?:\s{1,3}and\s{1,3}[a-z]+)?)?(?:\s{0,3}(?:no|num|number)\b)?[\s.:#(]{0,5}"
    r"((?:(?:SC|NIC?)\s?)?[0-9][0-9-]{4,9})\b",
    re.IGNORECASE,
)
COMPANY_SAID = re.compile(
    r"\bcompany\s{1,3}(?:registration\s{1,3}|reg\.?\s{1,3})?(?:no|num|number)\b[\s.:#(]{0,5}"
    r"((?:(?:@)\s?)?[0-9]{5,8})\b".replace("@", COMPANY_KINDS),
    re.IGNORECASE,
)


def charity_number(said: object) -> str:
    """A charity's number: "1123456", "SC012345" or "NIC100123"; empty when it is not clearly one number."""
    found = only(CHARITY, said)
    if not found:
        return ""
    where, digits, branch = (found[1] or "").upper()[:2], bare(found[2]), bare(found[3] or "")
    if where:
        number = {"SC": f"SC{digits:0>6}", "NI": f"NIC{digits}"}[where] if 1 <= len(digits) <= 6 else ""
    else:
        number = digits if 5 <= len(digits) <= 7 else ""
    return f"{number}-{branch}" if number and branch else number


def company_number(said: object) -> str:
    """A company's number as its register writes it, in eight characters: "01234567", "SC012345"."""
    found = only(COMPANY, said)
    if not found:
        return ""
    kind, digits = (found[1] or "").upper(), bare(found[2])
    if kind:
        return f"{kind}{digits:0>6}" if 1 <= len(digits) <= 6 else ""
    return f"{digits:0>8}" if 5 <= len(digits) <= 8 else ""


def charity_said_in(words: str) -> str:
    """The one charity number that a text names as such."""
    return named_in(CHARITY_SAID, words, charity_number)


def company_said_in(words: str) -> str:
    return named_in(COMPANY_SAID, words, company_number)


def only(pattern: re.Pattern[str], said: object) -> re.Match[str] | None:
    """The number in a field that should hold one. Two say that it is not known which is meant."""
    words = str(said) if isinstance(said, (str, int)) and not isinstance(said, bool) else ""
    found = list(pattern.finditer(words[:200]))
    return found[0] if len(found) == 1 else None


def bare(digits: str) -> str:
    return digits.replace(" ", "").lstrip("0")


def named_in(pattern: re.Pattern[str], words: str, read: Callable[[str], str]) -> str:
    found = {number for each in pattern.findall(words) if (number := read(each))}
    return found.pop() if len(found) == 1 else ""
