"""What every dialect's rows have in common once read: private details out, our words in, what must be looked at held back."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from msgspec import structs

from linkworks.core.postcodes import tidy_postcode

from ...states import ServiceStatus
from .. import contacts, place_kinds, terms, text
from ..facts import AreaFacts, CostFacts, OrganisationFacts, PlaceFacts, Row, ServiceFacts, SessionFacts
from ..hiding import REFUGE, is_refuge, says_hidden
from . import identified, reading, really_like

PRIVATE_TRADES = frozenset({"childminders", "childminder", "nannies", "home childcarers", "personal assistants"})
MAY_BE_A_REFUGE = "This may be a refuge: its place must never be shown."
MAY_BE_PRIVATE = "This may be about a private person working from home."
# Where a feed may write words, and how many letters of them can be kept.
WORDS = {
    "name": 255, "description": text.LONGEST, "fees": text.LONGEST, "alert": text.LONGEST, "who_it_is_for": text.LONGEST,
    "referral_note": text.LONGEST, "address_1": 255, "city": 100, "region": 100, "state_province": 100, "notes": text.LONGEST,
    "option": 255, "amount_description": 255, "title": 200,
    **dict.fromkeys(really_like.PARAGRAPHS, text.LONGEST_ANSWER), **dict.fromkeys(really_like.LINES, really_like.LONGEST_LINE),
}  # fmt: skip
NESTED_WORDS = ("places", "sessions", "costs", "areas")
NO_ORGANISATION = "The feed does not say which organisation runs this."


def key_and_name(raw: Any) -> tuple[str, str]:
    """A row's id and name; without either it cannot be stored."""
    if not isinstance(raw, Mapping):
        raise reading.RowProblem("This row is not a service.")
    if twice := getattr(raw, "names", ()):
        raise reading.RowProblem(f"The row says “{str(twice[0])[:40]}” twice, so it is not known which is meant.")
    key, name = reading.key_of(raw), reading.words(raw, "name")
    if not key:
        raise reading.RowProblem("The row has no id, so it could not be recognised the next time.")
    if not name:
        raise reading.RowProblem("The row has no name.")
    return key, name


def organisation(raw: Any, website: str) -> OrganisationFacts | None:
    """The organisation behind a row, or None when the feed names none."""
    key, name = reading.key_of(raw), reading.words(raw, "name", most=200)
    if not name:
        return None
    email, about = text.email_address(reading.value(raw, "email")), reading.paragraphs(raw, "description")
    return OrganisationFacts(
        key=key or f"name:{name.lower()}"[:200],
        name=clean(name)[:200],
        description=clean(about),
        email="" if contacts.is_personal_email(email) else email,
        website=text.web_address(reading.value(raw, website), 200),
        charity_number=identified.charity(raw, about),
        company_number=identified.company(raw, about),
    )


def finished(
    key: str,
    owner: OrganisationFacts | None,
    facts: ServiceFacts,
    *,
    term_names: Sequence[str],
    audiences: Sequence[str] = (),
    meanings: terms.Meanings = terms.NO_MEANINGS,
) -> Row:
    """The row in our words."""
    guessed = terms.guess(term_names, audiences, facts.name, facts.description, own=meanings)
    features = [each.description for place in facts.places for each in place.accessibility]
    notes = [*odd_ages(facts), *odd_places(facts)]
    if not guessed.kinds and not guessed.needs:
        notes.append("No kind or need could be worked out from its terms and words.")
    held = held_because(owner, facts, term_names)
    facts = cleaned(in_order(facts))
    facts = structs.replace(
        facts,
        kinds=guessed.kinds,
        needs=guessed.needs,
        categories=guessed.categories,
        person_attributes=guessed.attributes,
        access_needs=terms.access_needs(features),
        terms_are_guessed=True,
        email=public_email(facts),
        phone=public_phone(facts),
        held_because=held,
        is_published=not held,
        places=without_place(facts) if is_refuge(facts) else tuple(map(place_kinds.with_guess, facts.places)),
    )
    return Row(key, owner, facts, tuple(notes))


Said = TypeVar("Said", ServiceFacts, PlaceFacts, SessionFacts, CostFacts, AreaFacts)


def clean(words: str) -> str:
    return text.without_private_details(words, contacts.is_personal_email)


def cleaned(facts: ServiceFacts) -> ServiceFacts:
    """The facts without private people's details in any of their words, wherever a feed put them."""
    nested = {name: tuple(cleaned_words(each) for each in getattr(facts, name)) for name in NESTED_WORDS}
    address = "" if contacts.is_mobile(facts.url) else facts.url
    return structs.replace(cleaned_words(facts), url=address, **nested)


def cleaned_words(facts: Said) -> Said:
    said = {name: getattr(facts, name) for name in WORDS if getattr(facts, name, "")}
    changed = {name: shorter for name, words in said.items() if (shorter := clean(words)) != words}
    return structs.replace(facts, **{name: words[: WORDS[name]].strip() for name, words in changed.items()})


def public_email(facts: ServiceFacts) -> str:
    own = "" if facts.email and contacts.is_personal_email(facts.email) else facts.email
    return own or contacts.public_email(facts.contacts)


def public_phone(facts: ServiceFacts) -> str:
    own = "" if facts.phone and contacts.is_mobile(facts.phone) else facts.phone
    return own or contacts.public_phone(facts.contacts)


def status(raw: Mapping[str, Any]) -> str:
    """The row's status; a word that is not one of the four means that it is not known to run."""
    said = reading.words(raw, "status").lower() or "active"
    return said if said in list(ServiceStatus) else ServiceStatus.INACTIVE.value


def ages(pairs: Sequence[tuple[Any, Any]]) -> tuple[int | None, int | None]:
    """The widest of several age ranges; an open end makes it open."""
    read = [(reading.age(lowest), reading.age(highest)) for lowest, highest in pairs]
    lows, highs = [low for low, _ in read], [high for _, high in read]
    lowest = None if not lows or None in lows else min(low for low in lows if low is not None)
    highest = None if not highs or None in highs else max(high for high in highs if high is not None)
    return lowest, highest


def in_order(facts: ServiceFacts) -> ServiceFacts:
    """Ages the wrong way round mean nothing."""
    return structs.replace(facts, minimum_age=None, maximum_age=None) if odd_ages(facts) else facts


def odd_ages(facts: ServiceFacts) -> list[str]:
    low, high = facts.minimum_age, facts.maximum_age
    return (
        [f"The ages {low} to {high} are the wrong way round."]
        if low is not None and high is not None and low > high
        else []
    )


def odd_places(facts: ServiceFacts) -> list[str]:
    wrong = [
        each.postcode
        for each in facts.places
        if not each.is_address_hidden and " " in each.postcode and not tidy_postcode(each.postcode)
    ]
    return [f"“{postcode}” is not a postcode." for postcode in wrong]


def held_because(owner: OrganisationFacts | None, facts: ServiceFacts, term_names: Sequence[str]) -> str:
    """Why a person should look before the listing is shown; empty when it may be."""
    if is_refuge(facts):
        return MAY_BE_A_REFUGE
    if PRIVATE_TRADES & {terms.tidy(name) for name in term_names}:
        return MAY_BE_PRIVATE
    return NO_ORGANISATION if owner is None else ""


def row_is_refuge(raw: Any) -> bool:
    """The same of a row as it came."""
    return bool(REFUGE.search(f"{reading.words(raw, 'name')}\n{reading.paragraphs(raw, 'description')}"))


def hides_its_place(raw: Any) -> bool:
    """Whether nobody but those who run it may know where a row's place is."""
    return row_is_refuge(raw) or says_hidden(raw)


def without_place(facts: ServiceFacts) -> tuple[Any, ...]:
    return tuple(
        structs.replace(place, is_address_hidden=True, latitude=None, longitude=None, postcode="", place_kind="")
        for place in facts.places
    )
