"""Adding a listing, changing it, showing it and taking it away, with everything that hangs on it in one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from msgspec import structs

from linkworks.core import bulk
from linkworks.core.actor import Actor
from linkworks.core.errors import Conflict
from linkworks.organisations.models import Organisation

from ..access import check_may_edit
from ..models import Service
from ..queries.freshness import confirmed_of, on_the_listing
from ..queries.parts import parts_of
from ..rules.document import Parts
from ..rules.editing import OURS, SHOWN, Change
from ..rules.facts import ServiceFacts
from ..rules.freshness import Confirmed
from ..rules.hiding import WORDS, is_refuge, scrub, secrets_of, told_privately
from ..rules.listing import completed, search_words
from .changing import record
from .document import refresh_document, tell
from .freshness import set_weight
from .parts import PartRows, made_parts, places_with_position, replace_parts
from .terms import terms_said

PARTS = frozenset({"places", "sessions", "costs", "contacts", "areas", "other_languages", "terms"})
LISTS = frozenset(
    {"categories", "kinds", "needs", "person_attributes", "access_needs", "languages", "advice_levels", "course_levels"}
)
# What stewards and providers keep: a feed that is read again does not undo it.
KEPT = frozenset(
    {
        "capacity_places",
        "places_taken",
        "capacity_checked_on",
        "wait_weeks",
        "wait_words",
        "verified_on",
        "verified_by",
        "is_published",
        "held_because",
    }
).union(OURS)

COLUMNS = [each.name for each in Service._meta.concrete_fields if each.name not in {"id", "created_at"}]


@transaction.atomic
def add_service(*, organisation: Organisation, facts: ServiceFacts, by: Actor, **source: Any) -> Service:
    """Add a service with its places, times, costs, contacts, languages and terms."""
    check_may_edit(by)
    service = Service(organisation=organisation, **source)
    return write(service, facts, keep=frozenset())


@transaction.atomic
def save_service(
    service: Service, *, facts: ServiceFacts, by: Actor, keep: frozenset[str] = frozenset(), **source: Any
) -> Service:
    """Change a service to these facts; `keep` names the fields that stay as they are."""
    check_may_edit(by)
    service = Service.objects.select_for_update().get(id=service.id)
    for name, value in source.items():
        setattr(service, name, value)
    return write(service, facts, keep=keep)


@transaction.atomic
def publish(service: Service, *, by: Actor) -> None:
    """Show a listing that was held back or taken away. What was looked at is not held against it again."""
    check_may_edit(by)
    service = Service.objects.select_for_update().get(id=service.id)
    if service.joined_into_id:
        raise Conflict("This listing is joined with another one. Take that back first, under “Listed twice?”.")
    looked_at = " ".join(part for part in (service.shown_despite, service.held_because) if part)
    Service.objects.filter(id=service.id).update(is_published=True, held_because="", shown_despite=looked_at)
    if not service.is_published:
        record(service, Change(SHOWN, f"No. {service.held_because}".strip(), "Yes"), by=by)


@transaction.atomic
def withdraw(service: Service, *, because: str, by: Actor) -> None:
    """Take a listing off the public pages, saying why. What it is held back for already stands beside it."""
    check_may_edit(by)
    service = Service.objects.select_for_update().get(id=service.id)
    if not service.is_published and because in service.held_because:
        return
    reasons = " ".join(each for each in (service.held_because, because) if each)
    Service.objects.filter(id=service.id).update(is_published=False, held_because=reasons)
    record(service, Change(SHOWN, "Yes" if service.is_published else "No", f"No. {because}"), by=by)


@transaction.atomic
def hold(service: Service, *, because: str, by: Actor) -> bool:
    """Take a listing down until a steward has looked, unless one already has. Says whether it is newly held for this."""
    check_may_edit(by)
    service = Service.objects.select_for_update().get(id=service.id)
    if because in service.shown_despite or because in service.held_because:
        return False
    withdraw(service, because=because, by=by)
    return True


@dataclass
class Writing:
    """A listing, what it is to say, and which of it stays as it is."""

    service: Service
    facts: ServiceFacts
    keep: frozenset[str] = frozenset()


def write(service: Service, facts: ServiceFacts, *, keep: frozenset[str]) -> Service:
    write_all([Writing(service, facts, keep)])
    return service


def write_all(writings: Sequence[Writing]) -> None:
    """Write these listings, each another one, with all that hangs on them and their documents."""
    share_owners(writings)
    find_places(writings)
    stored = [each.service.id for each in writings if not each.service._state.adding]
    confirmed = confirmed_of(stored) if stored else {}
    for each in writings:
        say(each, confirmed.get(each.service.id, []))
    terms = terms_said((each.service.source_id, term) for each in writings for term in each.facts.terms)
    made = [made_parts(each.service, each.facts, terms, keep=each.keep) for each in writings]
    for parts in made:
        if not parts.keep:
            tell(parts.service, told(parts))
    store([each.service for each in writings])
    replace_parts(made)
    for parts in made:
        if parts.keep:  # its document says what is stored, too
            refresh_document(parts.service)


def share_owners(writings: Sequence[Writing]) -> None:
    """What is found out of an organisation while one of its listings is written holds for the others."""
    owners: dict[UUID, Organisation] = {}
    for each in writings:
        each.service.organisation = owners.setdefault(each.service.organisation_id, each.service.organisation)


def find_places(writings: Sequence[Writing]) -> None:
    """Look up where the places are, for all of them in one statement."""
    found = iter(places_with_position([place for each in writings for place in each.facts.places]))
    for each in writings:
        each.facts = structs.replace(each.facts, places=tuple(islice(found, len(each.facts.places))))


def say(writing: Writing, confirmed: list[Confirmed]) -> None:
    """Put the facts on the listing, in memory, as they may be told."""
    service, keep, seen = writing.service, writing.keep, writing.facts
    if "places" in keep:
        seen = with_kept_places(service, seen)
    facts = writing.facts = completed(told_privately(seen, (service.organisation.name,)))
    for name in facts.__struct_fields__:
        if name not in PARTS and name not in keep:
            value = getattr(facts, name)
            setattr(service, name, list(value) if name in LISTS else value)
    keep_private(service, seen)
    stored = {name: tuple(getattr(service, name)) for name in LISTS & keep}
    service.search_words = search_words(structs.replace(facts, **stored), service.organisation.name)
    set_weight(service, confirmed + on_the_listing(service))


def told(made: PartRows) -> Parts:
    """The parts of a listing as its document tells them."""
    return Parts(
        organisation=made.service.organisation,
        places=made.places,
        accessibility=made.features,
        schedules=made.rows["sessions"],
        costs=made.rows["costs"],
        contacts=[each for each in made.rows["contacts"] if each.is_published],
        languages=made.rows["other_languages"],
        areas=made.rows["areas"],
        attributes=made.rows["terms"],
    )


def store(services: Sequence[Service]) -> None:
    """New listings are added and known ones written over, each in one statement."""
    known = [each for each in services if not each._state.adding]
    bulk.add([each for each in services if each._state.adding])
    bulk.write_over(known, COLUMNS)


def with_kept_places(service: Service, facts: ServiceFacts) -> ServiceFacts:
    """The places as they were changed here. Where one of them is hidden, what a feed says of its own is told to nobody."""
    kept = parts_of(service)["places"]
    is_hidden = any(each.is_address_hidden for each in kept)
    told = [structs.replace(each, is_address_hidden=True, accessibility=()) for each in facts.places if is_hidden]
    same = len(kept) == len(facts.places)  # only then does a time of the feed tell which place it means
    sessions = facts.sessions if same else tuple(structs.replace(each, place=None) for each in facts.sessions)
    return structs.replace(facts, places=(*kept, *told), sessions=sessions)


def keep_private(service: Service, facts: ServiceFacts) -> None:
    """Where an address is hidden, it is in no words that were kept here, and in none of its organisation's."""
    if not (is_refuge(facts) or any(each.is_address_hidden for each in facts.places)):
        return
    owner = service.organisation
    hidden = tuple(
        structs.replace(each, is_address_hidden=is_refuge(facts) or each.is_address_hidden) for each in facts.places
    )
    secrets = secrets_of(hidden, (facts.name, owner.name))
    for name in WORDS:
        if hasattr(service, name):
            setattr(service, name, scrub(getattr(service, name), secrets))
    about = scrub(owner.description, secrets)
    if about != owner.description:
        owner.description = about
        Organisation.objects.filter(id=owner.id).update(description=about)
        Service.objects.filter(organisation=owner).update(document_is_due=True)
