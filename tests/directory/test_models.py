"""What the directory can never hold: refused by PostgreSQL itself, whatever writes it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from linkworks.directory.models import (
    Attribute,
    CostOption,
    ImportProblem,
    ImportRun,
    ListingChange,
    Location,
    Schedule,
    Service,
    ServiceAtLocation,
    Source,
    SourceOrganisation,
    Taxonomy,
    TaxonomyTerm,
)
from linkworks.directory.rules.facts import TermFacts
from tests.factories import directory as make

pytestmark = pytest.mark.usefixtures("everything")


def refused(name: str, write: Callable[[], Any]) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        write()


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        ("no_more_taken_than_places", {"capacity_places": 1, "places_taken": 2}),
        ("service_status_is_known", {"status": "shut"}),
        ("service_status_is_known", {"status": ""}),
        ("service_ages_in_order", {"minimum_age": 60, "maximum_age": 59}),
        ("places_taken", {"places_taken": -1}),
        ("capacity_places", {"capacity_places": -1}),
        ("minimum_age", {"minimum_age": -1}),
        ("wait_weeks", {"wait_weeks": -1}),
    ],
)
def test_a_service_that_cannot_be(rule: str, facts: dict[str, Any]) -> None:
    service = make.service()
    refused(rule, lambda: Service.objects.filter(id=service.id).update(**facts))


@pytest.mark.parametrize(
    "facts",
    [
        {"capacity_places": None, "places_taken": 500},
        {"capacity_places": 0, "places_taken": 0},
        {"minimum_age": 60, "maximum_age": 60},
        {"minimum_age": None, "maximum_age": 5},
        {"status": "temporarily closed"},
    ],
)
def test_a_service_that_can_be(facts: dict[str, Any]) -> None:
    service = make.service()
    assert Service.objects.filter(id=service.id).update(**facts) == 1


def test_a_row_of_a_feed_is_one_service() -> None:
    source = Source.objects.create(name="Bramblewick")
    one, other = make.service(), make.service()
    Service.objects.filter(id=one.id).update(source=source, source_key="1")
    refused("one_service_per_row", lambda: Service.objects.filter(id=other.id).update(source=source, source_key="1"))
    third = Source.objects.create(name="Thornhill")
    assert Service.objects.filter(id=other.id).update(source=third, source_key="1") == 1


def test_services_of_no_feed_need_no_key() -> None:
    make.service()
    make.service()
    assert Service.objects.filter(source=None, source_key="").count() == 2


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        ("latitude_is_on_earth", {"latitude": 91.0}),
        ("latitude_is_on_earth", {"latitude": -90.1}),
        ("longitude_is_on_earth", {"longitude": 180.5}),
        ("longitude_is_on_earth", {"longitude": float("inf")}),
        ("latitude_is_on_earth", {"latitude": float("nan")}),
    ],
)
def test_a_place_off_the_earth(rule: str, facts: dict[str, Any]) -> None:
    make.service()
    refused(rule, lambda: Location.objects.update(**facts))


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        ("schedule_interval_is_positive", {"interval": 0}),
        ("schedule_freq_is_known", {"freq": "DAILY"}),
    ],
)
def test_a_time_that_cannot_be(rule: str, facts: dict[str, Any]) -> None:
    make.service()
    refused(rule, lambda: Schedule.objects.update(**facts))


def test_a_price_below_nothing() -> None:
    make.service()
    refused("cost_is_not_negative", lambda: CostOption.objects.update(amount=-1))


def test_each_thing_once() -> None:
    service = make.service(terms=(TermFacts("Council", "1", "Canteens"),))
    at, said = ServiceAtLocation.objects.get(), Attribute.objects.get()
    refused(
        "service_at_a_location_once", lambda: ServiceAtLocation.objects.create(service=service, location=at.location)
    )
    refused(
        "attribute_once", lambda: Attribute.objects.create(service=service, term=said.term, link_type=said.link_type)
    )
    refused("one_term_per_code", lambda: TaxonomyTerm.objects.create(taxonomy=said.term.taxonomy, code="1", name="x"))
    refused("name", lambda: Taxonomy.objects.create(name="Council"))
    source = Source.objects.create(name="Bramblewick")
    refused("name", lambda: Source.objects.create(name="Bramblewick"))
    tie = {"source": source, "key": "o1", "organisation": service.organisation}
    SourceOrganisation.objects.create(**tie)
    refused("one_organisation_per_key", lambda: SourceOrganisation.objects.create(**tie))


def test_an_outcome_nobody_knows() -> None:
    run = ImportRun.objects.create(source=Source.objects.create(name="B"), started_by="job:x")
    refused(
        "import_outcome_is_known",
        lambda: ImportProblem.objects.create(run=run, outcome="lost", row_number=1, reason="x"),
    )


def test_an_organisation_with_listings_and_a_source_with_listings_stay() -> None:
    service = make.service()
    source = Source.objects.create(name="Bramblewick")
    Service.objects.filter(id=service.id).update(source=source)
    for kept in (service.organisation, source):
        with pytest.raises(IntegrityError), transaction.atomic():
            kept.delete()
    assert Service.objects.filter(id=service.id).exists()


def test_a_listing_with_a_history_is_taken_down_and_never_deleted() -> None:
    """What people were told of it, by whom and when, must still be there when somebody asks."""
    service = make.service(terms=(TermFacts("Council", "1", "Canteens"),))
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        service.delete()
    for model in (Service, Schedule, CostOption, ServiceAtLocation, Attribute, TaxonomyTerm):
        assert model.objects.exists(), model.__name__


@pytest.mark.parametrize("facts", [{"became": "x"}, {"by_id": "staff:other"}, {"service_id": uuid4()}])
def test_history_cannot_be_rewritten_by_anybody(facts: dict[str, Any]) -> None:
    service = make.service()
    ListingChange.objects.create(service=service, field="name", was="a", became="b", by_id="staff:x", by_name="Ines")
    with pytest.raises(DatabaseError, match="never rewritten"), transaction.atomic():
        ListingChange.objects.update(**facts)


def test_what_a_listing_is_found_by_follows_whatever_writes_it() -> None:
    """The words for finding are worked out by PostgreSQL, so no way of writing can forget them."""
    service = make.service(name="Choir", description="", kinds=(), needs=())
    Service.objects.filter(id=service.id).update(name="Xylophone")
    assert Service.objects.filter(search_vector="xylophone").exists()
    assert not Service.objects.filter(search_vector="choir").exists()
