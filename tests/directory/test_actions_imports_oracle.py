"""What a reading writes many at once is what a slow, obvious writer leaves: row by row, part by part, each saved by itself."""

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from linkworks.directory.actions import applying
from linkworks.directory.actions.document import refresh_document
from linkworks.directory.actions.freshness import set_weight
from linkworks.directory.actions.listings import KEPT, LISTS, PARTS, keep_private
from linkworks.directory.actions.parts import places_with_position
from linkworks.directory.models import (
    AccessibilityFeature,
    Attribute,
    Contact,
    CostOption,
    HeldFact,
    ImportRun,
    Location,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceLanguage,
    Source,
    Taxonomy,
    TaxonomyTerm,
)
from linkworks.directory.queries.freshness import confirmed_facts
from linkworks.directory.rules import same_place
from linkworks.directory.rules.facts import Row, ServiceFacts
from linkworks.directory.rules.feeds import Dialect, read_row
from linkworks.directory.rules.hiding import told_privately
from linkworks.directory.rules.listing import completed, language_rows, search_words
from linkworks.directory.rules.published_places import part_id
from linkworks.organisations.models import Organisation
from tests.factories import directory as make

from .readings import read, row

pytestmark = pytest.mark.usefixtures("everything")

IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TIMES = re.compile(r"20\d\d-\d\d-\d\dT[0-9:.]+(\+00:00|Z)")
OWN = {"id", "created_at", "last_modified", "changed_xid", "document_hash", "source_hash", "source_list_mark"}
HUNG = ("schedule", "costoption", "contact", "servicelanguage", "servicearea", "attribute", "serviceatlocation")
AT = "JOIN directory_serviceatlocation a ON a.location_id = t.{} WHERE a.service_id = %s"


def asked(sql: str, *given: object) -> list[str]:
    """Rows in an order of their own, without what differs each time they are written."""
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        rows = [json.loads(each) if isinstance(each, str) else each for (each,) in cursor.fetchall()]
    told = [{name: value for name, value in each.items() if name not in OWN} for each in rows]
    return sorted(TIMES.sub("TIME", IDS.sub("ID", json.dumps(each, sort_keys=True))) for each in told)


def stored() -> dict[str, list[list[str]]]:
    """All that is stored of each listing, by its key."""
    return {each.source_key: of(each) for each in Service.objects.all()}


def of(service: Service) -> list[list[str]]:
    own = asked("SELECT to_jsonb(t) FROM directory_service t WHERE id = %s", service.id)
    parts = [asked(f"SELECT to_jsonb(t) FROM directory_{name} t WHERE service_id = %s", service.id) for name in HUNG]
    at = [
        asked(f"SELECT to_jsonb(t) FROM directory_location t {AT.format('id')}", service.id),
        asked(f"SELECT to_jsonb(t) FROM directory_accessibilityfeature t {AT.format('location_id')}", service.id),
    ]
    owner = asked("SELECT to_jsonb(t) FROM organisations_organisation t WHERE id = %s", service.organisation_id)
    return [own, *parts, *at, owner]


def write_slowly(rows: Iterable[dict[str, Any]], source: Source) -> None:
    """One listing after the other, each part saved by itself, and what was there before taken away first."""
    for raw in rows:
        told = read_row(Dialect.OUTPOST, raw, {})
        service = Service.objects.filter(source=source, source_key=told.key).first()
        service = service or Service(source=source, source_key=told.key)
        service.organisation = owner_of(told)
        seen = ServiceFacts(**{**fields(told.service), "places": places_with_position(told.service.places)})
        write_one(service, seen, completed(told_privately(seen, (service.organisation.name,))))


def fields(told: Any) -> dict[str, Any]:
    return {name: getattr(told, name) for name in told.__struct_fields__}


def owner_of(told: Row) -> Organisation:
    assert told.organisation is not None
    facts = {"kind": "other", "description": told.organisation.description, "website": told.organisation.website}
    return Organisation.objects.get_or_create(name=told.organisation.name, defaults=facts)[0]


def write_one(service: Service, seen: ServiceFacts, facts: ServiceFacts) -> None:
    for name, value in fields(facts).items():
        if name not in PARTS and not (name in KEPT and not service._state.adding):
            setattr(service, name, list(value) if name in LISTS else value)
    keep_private(service, seen)
    service.search_words = search_words(facts, service.organisation.name)
    set_weight(service, confirmed_facts(service))
    service.save()
    at = list(service.places.values_list("location_id", flat=True))
    for manager in ("places", "schedules", "cost_options", "contacts", "language_rows", "areas", "attributes"):
        getattr(service, manager).all().delete()
    Location.objects.filter(id__in=at).delete()
    write_parts(service, facts)
    refresh_document(service)


def write_parts(service: Service, facts: ServiceFacts) -> None:
    places = []
    for number, each in enumerate(facts.places):
        told = fields(each)
        features = told.pop("accessibility")
        location = Location.objects.create(**told, key=same_place.key(each))
        for feature in features:
            AccessibilityFeature.objects.create(location=location, **fields(feature))
        known = part_id(service, "service_at_location", number)
        places.append(ServiceAtLocation.objects.create(id=known, service=service, location=location))
    for each in facts.sessions:
        told = fields(each)
        number = told.pop("place")
        at = None if number is None else places[number]
        Schedule.objects.create(service=service, service_at_location=at, **told)
    pairs: list[tuple[Any, Iterable[Any]]] = [
        (CostOption, facts.costs), (Contact, facts.contacts), (ServiceArea, facts.areas),
        (ServiceLanguage, language_rows(facts)),
    ]  # fmt: skip
    for model, rows in pairs:
        for each in rows:
            model.objects.create(service=service, **fields(each))
    for each in facts.terms:
        taxonomy = Taxonomy.objects.get_or_create(name=each.taxonomy)[0]
        facts_of = {
            name: value
            for name, value in fields(each).items()
            if name not in {"taxonomy", "code", "link_type", "key", "above"}
        }
        term = TaxonomyTerm.objects.get_or_create(taxonomy=taxonomy, code=each.code, defaults=facts_of)[0]
        Attribute.objects.get_or_create(service=service, term=term, link_type=each.link_type)


LONG = "Tea, talk and “something” to do with your hands; a{b}c, \\ and 'quotes'. " * 3
ODD: dict[str, dict[str, Any]] = {
    "plain": {},
    "much": {
        "description": LONG,
        "locations": [
            {"name": "Hall", "address_1": "1 Elm Road", "postal_code": "se155dd", "geometry": {"coordinates": [-0.07, 51.47]}},
            {"name": "Café", "address_1": "2 Elm Road", "postal_code": "NW1 1AA", "mask_exact_address": True},
            {"name": "Café", "address_1": "2 Elm Road", "postal_code": "NW1 1AA", "accessibilities": [{"name": "Wheelchair"}]},
        ],
        "regular_schedules": [
            {"weekday": "Monday", "opens_at": "10:00", "closes_at": "12:00"},
            {"weekday": "Friday", "opens_at": "14:30"},
        ],
        "cost_options": [{"amount": 3.5, "option": "a visit"}, {"amount": 0}, {"option": "by gift"}],
        "contacts": [{"name": "Office", "phone": "020 7946 0112"}, {"name": "Jo Bloggs", "email": "jo@gmail.com"}],
        "taxonomies": [{"id": 7, "name": "Befriending"}, {"id": 8, "name": "Walking"}],
    },
    "nothing": {"locations": [], "contacts": [], "url": None, "min_age": 18, "max_age": 30, "free": True},
    "same owner": {"organisation": {"id": "o2", "name": "Other"}, "taxonomies": [{"id": 7, "name": "Befriending"}]},
    "refuge": {"name": "Refuge for women", "description": "Domestic abuse refuge at 9 Elm Road.", "needs_referral": True},
    "once more": {"organisation": {"id": "o2", "name": "Other"}, "suitabilities": [{"id": 3, "name": "Dementia"}]},
}  # fmt: skip
NEXT: dict[str, dict[str, Any]] = {
    "plain": {name: each for name, each in ODD["much"].items() if name != "contacts"},
    "much": {**ODD["much"], "locations": ODD["much"]["locations"][:1], "regular_schedules": [], "description": "Less."},
    "nothing": {"locations": [], "contacts": [], "url": None, "cost_options": [{"amount": 2}]},
    "same owner": ODD["same owner"],
    "refuge": {**ODD["refuge"], "description": "Domestic abuse refuge, in words of today."},
    "new": {"taxonomies": [{"id": 9, "name": "Drawing"}]},
}


def edition(told: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [row(key, **more) for key, more in told.items()]


def undone(work: Callable[[], None]) -> dict[str, list[list[str]]]:
    """What is stored after the work, which is then undone."""
    before = transaction.savepoint()
    work()
    found = stored()
    transaction.savepoint_rollback(before)
    return found


def test_many_at_once_leaves_what_one_by_one_leaves(tmp_path: Path) -> None:
    make.postcode()
    source = Source.objects.create(name="Bramblewick", address=str(tmp_path / "feed.json"))
    first = undone(lambda: write_slowly(edition(ODD), source))
    assert set(first) == set(ODD)
    assert [len(each) for each in first["much"][1:10]] == [2, 3, 2, 0, 0, 2, 3, 3, 1]
    run = read(tmp_path, *edition(ODD))
    assert run.created + run.held == len(ODD)
    assert stored() == first
    again = undone(lambda: write_slowly(edition({**ODD, **NEXT}), source))
    run = read(tmp_path, *edition({**ODD, **NEXT}), agreed=True)
    assert (run.created, run.updated, run.unchanged, run.held) == (1, 4, 2, 0)
    assert stored() == again


@pytest.mark.parametrize("batch", [1, 2, 3])
def test_how_many_are_written_at_once_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    """With what people changed here, numbers that wait for a steward, and listings that went and came back."""

    def life() -> None:
        read(tmp_path, *edition(ODD))
        Service.objects.filter(source_key="much").update(kept_here=["places"])
        Service.objects.filter(source_key="plain").update(kept_here=["description", "sessions"])
        for _ in range(2):
            read(tmp_path, *edition(NEXT), agreed=True)
        other = [{**each, "contacts": [{"name": "Office", "phone": "020 7946 0999"}]} for each in edition(ODD)]
        read(tmp_path, *other, agreed=True)

    def counted() -> dict[str, list[Any]]:
        runs = ImportRun.objects.order_by("created_at").values_list(
            "created", "updated", "unchanged", "held", "removed"
        )
        waiting = HeldFact.objects.order_by("service__source_key", "field").values_list("service__source_key", "field")
        problems = asked("SELECT to_jsonb(t) FROM directory_importproblem t")
        return {"runs": list(runs), "waiting": list(waiting), "problems": problems}

    seen: list[dict[str, list[Any]]] = []
    many = undone(lambda: (life(), seen.append(counted()))[0])
    monkeypatch.setattr(applying, "BATCH", batch)
    few = undone(lambda: (life(), seen.append(counted()))[0])
    assert few == many
    assert seen[0] == seen[1]
    assert seen[0]["waiting"], "no number waited, so nothing was compared of those"
