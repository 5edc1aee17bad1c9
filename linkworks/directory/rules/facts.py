"""A listing's facts, whoever tells them: a person with a form, a feed, the made-up London."""

from datetime import date, time
from decimal import Decimal

from msgspec import Struct


class Facts(Struct, frozen=True, omit_defaults=True):
    """Written without what nobody said: a fact we learn to read later then changes no row that does not tell it."""


class AccessFacts(Facts, frozen=True):
    """One thing that makes a place easier to use; `access_need` is our word for it, when there is one."""

    description: str
    access_need: str = ""


class PlaceFacts(Facts, frozen=True):
    name: str = ""
    description: str = ""
    location_type: str = "physical"
    latitude: float | None = None
    longitude: float | None = None
    address_1: str = ""
    city: str = ""
    region: str = ""
    state_province: str = ""
    postcode: str = ""
    country: str = "GB"
    borough_code: str = ""
    is_address_hidden: bool = False
    place_kind: str = ""
    accessibility: tuple[AccessFacts, ...] = ()


class SessionFacts(Facts, frozen=True):
    """When it happens. `place` is the number of the place in the listing's places, from 0."""

    freq: str = ""
    interval: int = 1
    byday: str = ""
    bymonthday: str = ""
    dtstart: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    opens_at: time | None = None
    closes_at: time | None = None
    description: str = ""
    notes: str = ""
    place: int | None = None


class CostFacts(Facts, frozen=True):
    option: str = ""
    amount: Decimal | None = None
    amount_description: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


class ContactFacts(Facts, frozen=True):
    """Who to ask. `is_published` None leaves it to the rule about private people (rules/contacts.py)."""

    name: str = ""
    title: str = ""
    email: str = ""
    phone: str = ""
    is_published: bool | None = None


class TermFacts(Facts, frozen=True):
    """A term of a list. `key` is what its feed calls it, `above` what it calls the term above it."""

    taxonomy: str
    code: str
    name: str
    description: str = ""
    term_uri: str = ""
    link_type: str = ""
    key: str = ""
    above: str = ""


class AreaFacts(Facts, frozen=True):
    name: str
    ons_code: str = ""


class LanguageFacts(Facts, frozen=True):
    name: str
    code: str = ""


class ServiceFacts(Facts, frozen=True):
    """All that can be said of a listing in one go."""

    name: str
    description: str = ""
    url: str = ""
    email: str = ""
    phone: str = ""
    status: str = "active"
    fees: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    alert: str = ""
    assured_date: date | None = None
    categories: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    person_attributes: tuple[str, ...] = ()
    access_needs: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    advice_levels: tuple[str, ...] = ()
    course_levels: tuple[str, ...] = ()
    terms_are_guessed: bool = False
    who_it_is_for: str = ""
    is_referable: bool = True
    referral_note: str = ""
    referral_email: str = ""
    capacity_places: int | None = None
    places_taken: int = 0
    capacity_checked_on: date | None = None
    wait_weeks: int | None = None
    wait_words: str = ""
    quality_mark: str = ""
    quality_mark_until: date | None = None
    join_by: date | None = None
    certificate: str = ""
    leads_to: str = ""
    what_happens: str = ""
    who_comes: str = ""
    first_visit: str = ""
    bring_someone: str = ""
    quiet_times: str = ""
    getting_there: str = ""
    ask_for: str = ""
    verified_on: date | None = None
    verified_by: str = ""
    is_fictional: bool = False
    is_published: bool = True
    held_because: str = ""
    places: tuple[PlaceFacts, ...] = ()
    sessions: tuple[SessionFacts, ...] = ()
    costs: tuple[CostFacts, ...] = ()
    contacts: tuple[ContactFacts, ...] = ()
    areas: tuple[AreaFacts, ...] = ()
    other_languages: tuple[LanguageFacts, ...] = ()
    terms: tuple[TermFacts, ...] = ()


class OrganisationFacts(Facts, frozen=True):
    """The organisation behind a listing, as a feed tells it."""

    key: str
    name: str
    description: str = ""
    email: str = ""
    website: str = ""
    charity_number: str = ""
    company_number: str = ""


class Row(Facts, frozen=True):
    """One row of a feed, read: its own key, its organisation, its facts, and what a person should look at."""

    key: str
    organisation: OrganisationFacts | None
    service: ServiceFacts
    notes: tuple[str, ...] = ()
