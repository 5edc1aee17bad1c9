"""Which charity or company an organisation of a feed is: from its identifiers, a field of its own, or its own words."""

from collections.abc import Callable, Iterator
from typing import Any

from linkworks.organisations.rules import numbers

from . import reading

CHARITY_FIELDS = ("charity_number", "registered_charity_number", "charity_no")
COMPANY_FIELDS = ("company_number", "company_registration_number", "companies_house_number")
CHARITY_SCHEMES = {"GB-CHC": "", "GB-SC": "SC", "GB-NIC": "NIC"}  # as org-id.guide names the registers
COMPANY_SCHEMES = {"GB-COH": ""}


def charity(raw: Any, words: str = "") -> str:
    return the_first(charity_numbers(raw)) or numbers.charity_said_in(words)


def company(raw: Any, words: str = "") -> str:
    return the_first(company_numbers(raw)) or numbers.company_said_in(words)


def charity_numbers(raw: Any) -> Iterator[str]:
    yield numbers.charity_number(reading.words(raw, *CHARITY_FIELDS))
    yield from identifiers(raw, CHARITY_SCHEMES, "charit", numbers.charity_number)


def company_numbers(raw: Any) -> Iterator[str]:
    yield numbers.company_number(reading.words(raw, *COMPANY_FIELDS))
    yield from identifiers(raw, COMPANY_SCHEMES, "compan", numbers.company_number)


def identifiers(raw: Any, schemes: dict[str, str], called: str, read: Callable[[str], str]) -> Iterator[str]:
    """The identifiers of the registers that are meant; one without a register by what it is called."""
    for each in reading.rows_of(raw, "organization_identifiers"):
        scheme, kind = reading.words(each, "identifier_scheme").upper(), reading.words(each, "identifier_type").lower()
        said = reading.words(each, "identifier")
        if scheme in schemes:
            bare = said if said[:1].isalpha() else f"{schemes[scheme]}{said}"
            yield read(bare)
        elif not scheme and called in kind:
            yield read(said)


def the_first(found: Iterator[str]) -> str:
    """Of several numbers one: a charity may be registered in two countries."""
    return next((each for each in found if each), "")
