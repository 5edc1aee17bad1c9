"""When a reading waits for a steward, and which changed facts always do."""

from collections.abc import Iterable

from .facts import ContactFacts, ServiceFacts
from .listing import decided

MOST_CHANGED = 0.10
MOST_REMOVED = 0.05
NOT_LISTED = "The list it came from no longer has it."
FACTS = {"phone": "Telephone", "url": "Web address"}


def why_it_waits(*, listings: int, changed: int, removed: int) -> str:
    """Why a steward looks at a reading first; empty when nobody has to. A source's first reading changes nothing."""
    if not listings:
        return ""
    reasons = []
    if changed > MOST_CHANGED * listings:
        reasons.append(f"It would change {changed} of {listings} listings.")
    if removed > MOST_REMOVED * listings:
        reasons.append(f"It would take down {removed} of {listings} listings.")
    return " ".join(reasons)


def numbers(phone: str, contacts: Iterable[ContactFacts]) -> list[str]:
    """Every number that people would read, the listing's own first."""
    shown = (decided(each) for each in contacts)
    return list(dict.fromkeys(each for each in [phone, *(each.phone for each in shown if each.is_published)] if each))


def digits(number: str) -> str:
    """A number without its spaces, so that another way to write it is no change."""
    return "".join(letter for letter in number if letter.isdigit()).removeprefix("44").lstrip("0")


def is_other_number(was: Iterable[str], becomes: Iterable[str]) -> bool:
    return {digits(each) for each in was} != {digits(each) for each in becomes}


def is_other_address(was: str, becomes: str) -> bool:
    return bare(was) != bare(becomes)


def bare(address: str) -> str:
    """Where an address leads: http or https, a last slash or capitals in the host make no difference."""
    host, slash, path = address.partition("://")[2].partition("/")
    return f"{host.lower()}{slash}{path}".rstrip("/")


def offered(facts: ServiceFacts) -> list[str]:
    return numbers(facts.phone, facts.contacts)
