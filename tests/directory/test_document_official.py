"""A listing's document, held against the official schemas where they are at hand."""

import copy
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkworks.core import clock, vocabulary
from linkworks.directory import actions, jobs
from linkworks.directory.models import Service
from linkworks.directory.rules.facts import (
    AccessFacts,
    AreaFacts,
    ContactFacts,
    CostFacts,
    LanguageFacts,
    SessionFacts,
    TermFacts,
)
from tests.directory import feeds, official
from tests.factories import directory as make

pytestmark = pytest.mark.usefixtures("everything")
schemas = pytest.mark.skipif(not official.FOLDER.is_dir(), reason="The official schemas are not on this machine.")
LATER = datetime(2028, 1, 1, tzinfo=UTC)
WORDS = st.text("abé '\"<&\n", max_size=12)
LISTED = st.fixed_dictionaries(
    {},
    optional={
        "description": WORDS,
        "url": st.sampled_from(["", "https://kettle.example.org/a?b=c&d=%20"]),
        "email": st.sampled_from(["", "hello@kettle.example.org"]),
        "fees": WORDS,
        "alert": WORDS,
        "minimum_age": st.none() | st.integers(0, 50),
        "maximum_age": st.none() | st.integers(51, 120),
        "assured_date": st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
        "status": st.sampled_from(["active", "inactive", "defunct", "temporarily closed"]),
        "kinds": st.lists(st.sampled_from(sorted(vocabulary.KINDS)), max_size=3, unique=True).map(tuple),
        "needs": st.lists(st.sampled_from(sorted(vocabulary.NEEDS)), max_size=3, unique=True).map(tuple),
        "languages": st.sampled_from([(), ("en",), ("bn", "bsl")]),
        "places": st.lists(
            st.builds(
                make.place,
                at=st.none() | st.just(make.CAMDEN),
                city=st.sampled_from(["", "London"]),
                postcode=st.sampled_from(["", "SE15 5DD"]),
                location_type=st.sampled_from(["physical", "postal", "virtual"]),
                is_address_hidden=st.booleans(),
                accessibility=st.sampled_from([(), (AccessFacts("Ramp", "step-free"),)]),
            ),
            max_size=3,
        ).map(tuple),
        "sessions": st.lists(
            st.builds(
                SessionFacts,
                freq=st.sampled_from(["", "WEEKLY", "MONTHLY"]),
                byday=st.sampled_from(["", "MO", "1TU,-1FR"]),
                bymonthday=st.sampled_from(["", "25"]),
                interval=st.integers(1, 4),
                opens_at=st.none() | st.times(),
                valid_from=st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
                description=WORDS,
            ),
            max_size=3,
        ).map(tuple),
        "costs": st.lists(
            st.builds(
                CostFacts, option=WORDS, amount=st.none() | st.integers(0, 99999).map(lambda each: Decimal(each) / 100)
            ),
            max_size=3,
        ).map(tuple),
        "contacts": st.lists(
            st.builds(
                ContactFacts,
                name=st.sampled_from(["", "Office", "Jo"]),
                email=st.sampled_from(["", "info@kettle.example.org"]),
                phone=st.sampled_from(["", "020 7946 0000"]),
            ),
            max_size=2,
        ).map(tuple),
        "areas": st.lists(
            st.builds(AreaFacts, name=st.sampled_from(["Southwark", "x"]), ons_code=st.sampled_from(["", "E09000028"])),
            max_size=2,
        ).map(tuple),
        "other_languages": st.sampled_from([(), (LanguageFacts("Klingon"),)]),
        "terms": st.sampled_from(
            [(), (TermFacts("Council list", "1", "Lunch clubs", term_uri="https://example.org/1"),)]
        ),
    },
)


def document(service: Service) -> dict[str, Any]:
    return dict(json.loads(service.document))


@schemas
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LISTED)
def test_every_listings_document_is_in_order(everything: None, told: dict[str, Any]) -> None:
    service = make.service(**told)
    assert official.faults(document(service)) == []


@schemas
def test_our_check_itself_finds_what_is_wrong() -> None:
    """The official examples pass it; a document with a planted fault does not."""
    whole = document(make.service(**FULL))
    assert official.faults(whole) == []
    for path, value, said in PLANTED:
        broken = copy.deepcopy(whole)
        inner: Any = broken
        for step in path[:-1]:
            inner = inner[step]
        if value is None:
            del inner[path[-1]]
        else:
            inner[path[-1]] = value
        assert any(said in each for each in official.faults(broken)), path


FULL: dict[str, Any] = {
    "url": "https://kettle.example.org", "email": "hello@kettle.example.org", "assured_date": date(2026, 9, 1),
    "sessions": (SessionFacts(freq="WEEKLY", byday="TU", opens_at=time(12), place=0),),
    "contacts": (ContactFacts(name="Office", phone="020 7946 0000"),),
    "terms": (TermFacts("Council list", "1", "Lunch clubs"),),
}  # fmt: skip
PLANTED: list[tuple[tuple[Any, ...], Any, str]] = [
    (("name",), None, '"name" is a required property'),
    (("status",), "closed", "is not one of"),
    (("id",), "not-an-id", 'is not a "uuid"'),
    (("url",), "kettle.example.org", 'is not a "uri"'),
    (("last_modified",), "2026-11-22T10:00:00", 'is not a "date-time"'),
    (("minimum_age",), "60", 'is not of type "number"'),
    (("schedules", 0, "freq"), "DAILY", "is not one of"),
    (("service_at_locations", 0, "location", "addresses", 0, "city"), None, '"city" is a required property'),
    (("attributes", 0, "taxonomy_term", "description"), None, '"description" is a required property'),
    (("organization", "description"), None, '"description" is a required property'),
]


@schemas
def test_what_came_in_from_each_dialect_goes_out_in_order() -> None:
    for dialect in ("outpost", "placecube", "oruk3"):
        actions.import_feed(str(feeds.path(dialect)), name=dialect, is_agreed=True, by=make.KEEPER)
    assert Service.objects.count() > 4
    for service in Service.objects.all():
        assert official.faults(document(service)) == [], service.name


@pytest.fixture
def later() -> Iterator[None]:
    with clock.at(datetime(2027, 3, 1, 12, tzinfo=UTC)):
        yield


class TestLastModified:
    """A document says when it last changed, so that those who ask for what is newer get all of it and no more."""

    def test_it_is_a_moment_with_its_offset(self) -> None:
        said = datetime.fromisoformat(document(make.service())["last_modified"])
        assert said.utcoffset() == timedelta(0)

    def test_saving_the_same_again_is_no_change(self, later: None) -> None:
        service = make.service()
        with clock.at(datetime(2028, 1, 1, tzinfo=UTC)):
            again = actions.save_service(service, facts=make.facts(), by=make.KEEPER)
        assert (again.document, again.last_modified) == (service.document, service.last_modified)

    def test_a_change_that_shows_moves_it(self) -> None:
        service = make.service()
        moment = datetime(2028, 1, 1, 9, 30, tzinfo=UTC)
        with clock.at(moment):
            changed = actions.save_service(service, facts=make.facts(description="Soup."), by=make.KEEPER)
        assert document(changed)["last_modified"] == "2028-01-01T09:30:00+00:00"
        assert Service.objects.get().last_modified == moment

    def test_one_place_taken_of_several_does_not_move_it(self) -> None:
        service = make.service(capacity_places=4)
        with clock.at(LATER):
            actions.take_place(service.id, by=make.KEEPER)
            assert actions.write_due_documents(by=make.KEEPER) == 0
        assert Service.objects.get().last_modified == service.last_modified

    @pytest.mark.parametrize("what", ["room", "check"])
    def test_what_a_steward_says_is_told_at_once(self, what: str) -> None:
        service = make.service(capacity_places=4)
        with clock.at(LATER):
            if what == "room":
                actions.update_room(service, capacity_places=9, wait_weeks=1, by=make.KEEPER)
            else:
                actions.confirm_listing(service, by=make.KEEPER)
        assert Service.objects.get().last_modified == LATER

    def test_the_last_place_and_the_first_one_back_are_told_soon(self) -> None:
        service = make.service(capacity_places=1)
        for has_room, change in ((False, actions.take_place), (True, actions.release_place)):
            change(service.id, by=make.KEEPER)
            assert Service.objects.get().document_is_due
            jobs.write_due_documents()
            told = document(Service.objects.get())["linkworks"]["capacity"]
            assert (told["has_room"], told["places"]) == (has_room, 1)
            assert not Service.objects.get().document_is_due

    def test_documents_that_are_due_are_written_once(self) -> None:
        make.service(), make.service(name="Another")
        Service.objects.update(document_is_due=True)
        assert actions.write_due_documents(by=make.KEEPER) == 2
        assert actions.write_due_documents(by=make.KEEPER) == 0

    def test_a_feed_read_again_unchanged_moves_nothing(self) -> None:
        actions.import_feed(str(feeds.path("oruk3")), name="Fable", is_agreed=True, by=make.KEEPER)
        before = Service.objects.get().last_modified
        with clock.at(datetime(2028, 1, 1, tzinfo=UTC)):
            actions.import_feed(str(feeds.path("oruk3")), name="Fable", is_agreed=True, by=make.KEEPER)
        assert Service.objects.get().last_modified == before
