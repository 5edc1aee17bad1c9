"""Adding, changing and keeping listings, with everything that hangs on them."""

import json
from datetime import date, time
from uuid import uuid4

import pytest

from linkworks.core.actor import PUBLIC, Actor
from linkworks.core.clock import today
from linkworks.core.errors import Invalid, NotAllowed
from linkworks.core.permissions import Permission
from linkworks.directory import actions
from linkworks.directory.models import Location, Schedule, Service, TaxonomyTerm
from linkworks.directory.rules.facts import AccessFacts, ContactFacts, LanguageFacts, SessionFacts, TermFacts
from tests.factories import directory as make

pytestmark = pytest.mark.usefixtures("everything")
STEWARD = Actor(id="staff:made-up", name="Ines Duarte", permissions=frozenset({Permission.DIRECTORY_EDIT}))
LINK_WORKER = Actor(id="staff:other", name="Amara Boateng", permissions=frozenset({Permission.CASE_WORK}))


def test_a_listing_is_added_with_all_its_parts() -> None:
    make.postcode()
    service = make.service(
        places=(make.place(at=None, accessibility=(AccessFacts("Ramp", "step-free"),)),),
        other_languages=(LanguageFacts("Bengali"), LanguageFacts("Klingon")),
        contacts=(ContactFacts(email="info@example.org"), ContactFacts(name="Jo", phone="07700 900123")),
        terms=(TermFacts("Council list", "1", "Lunch clubs"),),
    )
    place = service.places.get().location
    assert (place.latitude, place.longitude, place.borough_code) == (*make.PECKHAM, "E09000028")
    assert place.postcode == "SE15 5DD"
    assert service.categories == ["connected"]
    assert service.access_needs == ["step-free"]
    assert service.languages == ["bn"]
    assert sorted(service.language_rows.values_list("name", flat=True)) == ["Bengali", "Klingon"]
    assert dict(service.contacts.values_list("email", "is_published")) == {"info@example.org": True, "": False}
    assert service.schedules.get().service_at_location == service.places.get()
    assert TaxonomyTerm.objects.get(name="Lunch clubs").attributes.get().service == service


def test_a_hidden_address_is_never_stored_exactly() -> None:
    place = make.place(at=(51.47372, -0.06934), is_address_hidden=True)
    location = make.service(places=(place,)).places.get().location
    assert (location.latitude, location.longitude) == (51.47, -0.07)
    assert (location.address_1, location.name, location.postcode) == ("", "", "SE15")


def test_saving_again_replaces_the_parts_and_leaves_nothing_behind() -> None:
    service = make.service()
    changed = make.facts(
        name="Wednesday lunch club", sessions=(SessionFacts(freq="WEEKLY", byday="WE", opens_at=time(13)),)
    )
    saved = actions.save_service(service, facts=changed, by=STEWARD)
    assert saved.name == "Wednesday lunch club"
    assert [each.byday for each in Schedule.objects.filter(service=service)] == ["WE"]
    assert Location.objects.count() == 1


def test_the_document_is_the_same_text_when_nothing_changed() -> None:
    service = make.service(terms=(TermFacts("Council list", "1", "Lunch clubs"),))
    again = actions.save_service(
        service, facts=make.facts(terms=(TermFacts("Council list", "1", "Lunch clubs"),)), by=STEWARD
    )
    assert again.document == service.document
    assert again.document_hash == service.document_hash
    other = actions.save_service(service, facts=make.facts(description="Soup"), by=STEWARD)
    assert other.document_hash != service.document_hash


def empties(value: object) -> bool:
    if isinstance(value, dict):
        return any(each in (None, "", []) or empties(each) for each in value.values())
    return any(empties(each) for each in value) if isinstance(value, list) else False


def test_the_document_is_open_referral_without_empty_or_private_parts() -> None:
    service = make.service(
        contacts=(ContactFacts(name="Jo Bloggs", phone="07700 900123"), ContactFacts(email="info@example.org"))
    )
    document = json.loads(service.document)
    assert document["id"] == str(service.id)
    assert document["organization"]["description"] == "Kettle and Company"
    assert document["schedules"][0]["byday"] == "TU"
    assert document["service_at_locations"][0]["location"]["addresses"][0]["postal_code"] == "SE15 5DD"
    assert document["cost_options"][0]["amount"] == 3.5
    assert "Jo Bloggs" not in service.document
    assert "07700" not in service.document
    assert not empties(document)


def test_only_those_who_keep_the_directory_change_it() -> None:
    service = make.service()
    for actor in (PUBLIC, LINK_WORKER):
        with pytest.raises(NotAllowed):
            actions.add_service(organisation=service.organisation, facts=make.facts(), by=actor)
        with pytest.raises(NotAllowed):
            actions.save_service(service, facts=make.facts(), by=actor)
        with pytest.raises(NotAllowed):
            actions.publish(service, by=actor)
        with pytest.raises(NotAllowed):
            actions.withdraw(service, because="Closed", by=actor)
        with pytest.raises(NotAllowed):
            actions.confirm_listing(service, by=actor)
        with pytest.raises(NotAllowed):
            actions.update_room(service, capacity_places=1, wait_weeks=None, by=actor)
    assert Service.objects.count() == 1


def test_a_listing_is_taken_away_with_a_reason_and_shown_again() -> None:
    service = make.service()
    actions.withdraw(service, because="The hall burned down", by=STEWARD)
    service.refresh_from_db()
    assert (service.is_published, service.held_because) == (False, "The hall burned down")
    actions.publish(service, by=STEWARD)
    service.refresh_from_db()
    assert (service.is_published, service.held_because) == (True, "")


def test_still_right_is_signed_and_dated_and_makes_guesses_sure() -> None:
    service = make.service(terms_are_guessed=True)
    actions.confirm_listing(service, by=STEWARD)
    service.refresh_from_db()
    assert (service.verified_on, service.verified_by, service.terms_are_guessed) == (
        today(),
        "a directory steward",
        False,
    )


def test_room_is_changed_and_dated() -> None:
    service = make.service(capacity_places=5, capacity_checked_on=date(2020, 1, 1))
    actions.update_room(service, capacity_places=9, wait_weeks=2, wait_words="", by=STEWARD)
    service.refresh_from_db()
    assert (service.capacity_places, service.wait_weeks, service.capacity_checked_on) == (9, 2, today())


def test_nobody_loses_a_place_by_a_smaller_number() -> None:
    service = make.service(capacity_places=5, places_taken=3)
    with pytest.raises(Invalid, match="3 people have a place"):
        actions.update_room(service, capacity_places=2, wait_weeks=None, by=STEWARD)
    actions.update_room(service, capacity_places=3, wait_weeks=None, by=STEWARD)


def coordinator_of(service: Service, **more: object) -> Actor:
    return Actor(
        id="staff:provider",
        name="Maggie Flynn",
        organisations=frozenset({service.organisation_id}),
        permissions=frozenset({Permission.CONNECTION_ANSWER}),
        **more,  # type: ignore[arg-type]
    )


def test_a_groups_own_co_ordinator_says_how_much_room_there_is() -> None:
    service, other = make.service(), make.service(by_organisation=make.organisation("The Mending Bench"))
    by = coordinator_of(service)
    actions.update_room(service, capacity_places=4, wait_weeks=None, by=by)
    service.refresh_from_db()
    assert service.capacity_places == 4
    with pytest.raises(NotAllowed):
        actions.update_room(other, capacity_places=4, wait_weeks=None, by=by)
    with pytest.raises(NotAllowed):
        actions.confirm_listing(service, by=by)
    with pytest.raises(NotAllowed):
        actions.update_room(service, capacity_places=4, wait_weeks=None, by=coordinator_of(service, link_id=uuid4()))
