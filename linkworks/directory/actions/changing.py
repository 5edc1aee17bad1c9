"""One way in which the facts of a listing change here, whoever says so: recorded, kept against its feed, and with a version."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from linkworks.core.actor import Actor
from linkworks.core.errors import Invalid

from ..models import ListingChange, ListingVersion, Service
from ..queries.freshness import confirmed_facts
from ..queries.versions import said_now
from ..rules import editing, hiding
from ..rules.facts import PlaceFacts, ServiceFacts, TermFacts
from ..rules.listing import search_words
from .document import refresh_document
from .freshness import set_weight

GUESSED = frozenset({"needs", "categories"})


@contextmanager
def versioned(service: Service, *, by: Actor) -> Iterator[None]:
    """Keep what the listing said before and what it says after, when that is something else."""
    before = said_now(service)
    yield
    after = said_now(service)
    if after != before:
        keep_version(service, before)
        keep_version(service, after, by_name=by.name)


def keep_version(service: Service, facts: dict[str, Any], *, by_name: str = "Linkworks") -> None:
    """Keep what the listing says, unless the newest version says just that."""
    newest = ListingVersion.objects.filter(service=service).first()
    if newest is None or newest.facts != facts:
        ListingVersion.objects.create(service=service, facts=facts, by_name=by_name[:200])


def apply_changes(service: Service, facts: Mapping[str, Any], *, follow: Sequence[str] = (), by: Actor) -> list[str]:
    """Say these facts from now on; gives which of them are different. What it said before is kept as a version."""
    with versioned(service, by=by):
        return write_changes(service, facts, follow=follow, by=by)


def write_changes(service: Service, facts: Mapping[str, Any], *, follow: Sequence[str] = (), by: Actor) -> list[str]:
    facts = as_may_be_told(service, facts)
    changes = editing.changes({name: getattr(service, name) for name in editing.FACTS}, facts)
    for each in changes:
        setattr(service, each.field, facts[each.field])
        record(service, each, by=by)
    changed = [each.field for each in changes]
    keep(service, changed)
    release(service, [name for name in follow if name not in changed], by=by)
    if changed or follow:
        save(service)
    return changed


def as_may_be_told(service: Service, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """Where the address is hidden, nobody gives it away in passing."""
    places = [each.location for each in service.places.select_related("location")]
    if not any(each.is_address_hidden for each in places):
        return facts
    if facts.get("getting_there") and hiding.cannot_be_gone_to(places):
        raise Invalid("The address is kept private, so leave out how to get there", field="getting_there")
    return hiding.scrubbed_values(facts)


def keep(service: Service, changed: Sequence[str]) -> None:
    """What is changed here wins over the feed from now on; what a person says it helps with is no guess."""
    if service.source_id:
        service.kept_here = [name for name in editing.KEPT if name in {*service.kept_here, *changed}]
    if GUESSED & set(changed):
        service.terms_are_guessed = False


def release(service: Service, follow: Sequence[str], *, by: Actor) -> None:
    """Let the feed decide again, from its next reading on."""
    freed = [name for name in service.kept_here if name in follow]
    if not freed:
        return
    service.kept_here = [name for name in service.kept_here if name not in freed]
    service.source_hash = service.source_list_mark = ""
    service.terms_are_guessed = service.terms_are_guessed or bool(GUESSED & set(freed))
    said = ", ".join(editing.KEPT[name] for name in freed)
    record(service, editing.Change("follows", "", said), by=by)


def save(service: Service) -> None:
    service.search_words = search_words(finding_facts(service), service.organisation.name)
    set_weight(service, confirmed_facts(service))
    service.save()
    refresh_document(service)


def finding_facts(service: Service) -> ServiceFacts:
    """As much of a stored listing as it is found by."""
    places = service.places.select_related("location")
    terms = service.attributes.select_related("term")
    return ServiceFacts(
        name=service.name,
        kinds=tuple(service.kinds),
        needs=tuple(service.needs),
        categories=tuple(service.categories),
        person_attributes=tuple(service.person_attributes),
        languages=tuple(service.languages),
        advice_levels=tuple(service.advice_levels),
        course_levels=tuple(service.course_levels),
        places=tuple(
            PlaceFacts(name=at.location.name, city=at.location.city, region=at.location.region) for at in places
        ),
        terms=tuple(TermFacts("", "", each.term.name) for each in terms),
    )


def record(service: Service, change: editing.Change, *, by: Actor) -> None:
    """Write down who changed what."""
    ListingChange.objects.create(
        service=service, field=change.field, was=change.was, became=change.became, by_id=by.id, by_name=by.name[:200]
    )
