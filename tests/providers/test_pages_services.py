import pytest
from django.test import Client
from django.urls import reverse

from linkworks.core.clock import today
from linkworks.core.errors import NotAllowed
from linkworks.directory.actions import update_room
from linkworks.directory.models import Service
from tests.cast import Cast
from tests.factories.connections import make_service

from .conftest import text_of

SERVICES = "/provider/services"


@pytest.fixture
def lunch(cast: Cast) -> Service:
    return make_service(cast.provider, capacity_places=10, places_taken=4)


def address(service: Service) -> str:
    return reverse("providers:room", args=[service.id])


def test_own_services_are_listed_with_places_left(cast: Cast, maggie: Client, lunch: Service) -> None:
    make_service(cast.provider, name="Open garden", capacity_places=None, places_taken=1)
    make_service(cast.provider, name="Full choir", capacity_places=2, places_taken=2, wait_weeks=3)
    make_service(cast.other_provider, name="Somebody else’s")
    page = text_of(maggie.get(SERVICES))
    for words in (
        "6 places free, 4 people coming",
        "No number given, 1 person coming",
        "Full, 2 people coming",
        "3 weeks",
    ):
        assert words in page
    assert "Somebody else" not in page


def test_searching(cast: Cast, maggie: Client, lunch: Service) -> None:
    assert "Tuesday lunch club" in text_of(maggie.get(SERVICES, {"q": "lunch"}))
    assert "Nothing was found" in text_of(maggie.get(SERVICES, {"q": "zebra"}))


def test_none_listed_says_whom_to_ask(cast: Cast, maggie: Client) -> None:
    assert "Ask the directory steward" in text_of(maggie.get(SERVICES))


def test_places_are_kept_and_dated(cast: Cast, maggie: Client, lunch: Service) -> None:
    response = maggie.post(
        address(lunch), {"capacity_places": "12", "wait_weeks": "2", "wait_words": "New table in May"}, follow=True
    )
    lunch.refresh_from_db()
    assert (lunch.capacity_places, lunch.wait_weeks, lunch.wait_words) == (12, 2, "New table in May")
    assert lunch.capacity_checked_on == today()
    assert "Saved: the places of Tuesday lunch club." in text_of(response)


def test_the_form_starts_with_what_is_known(cast: Cast, maggie: Client, lunch: Service) -> None:
    page = text_of(maggie.get(address(lunch)))
    assert 'value="10"' in page
    assert "4 people have a place now." in page


@pytest.mark.parametrize(("typed", "said"), [("3", "4 people have a place"), ("lots", "number"), ("-1", "0 or more")])
def test_places_that_can_not_be_are_refused_and_stay_typed(
    cast: Cast, maggie: Client, lunch: Service, typed: str, said: str
) -> None:
    response = maggie.post(address(lunch), {"capacity_places": typed, "wait_words": "Typed words"})
    assert response.status_code == 400
    assert said in text_of(response)
    assert "Typed words" in text_of(response)


def test_other_groups_do_not_learn_that_it_can_be_changed(cast: Cast, lunch: Service) -> None:
    stranger = cast.client(cast.other_provider_coordinator)
    assert stranger.get(address(lunch)).status_code == 404
    assert stranger.post(address(lunch), {"capacity_places": "0"}).status_code == 404


@pytest.mark.parametrize("who", ["session_leader", "link_worker", "referrer"])
def test_other_roles_are_refused(cast: Cast, lunch: Service, who: str) -> None:
    for page in (SERVICES, address(lunch)):
        assert cast.client(getattr(cast, who)).get(page).status_code == 403


def test_the_directory_itself_refuses_other_groups(cast: Cast, lunch: Service) -> None:
    for who in (cast.other_provider_coordinator, cast.session_leader, cast.link_worker):
        with pytest.raises(NotAllowed):
            update_room(lunch, capacity_places=1, wait_weeks=None, by=cast.actor(who))


def test_signed_out_and_wrong_methods(cast: Cast, maggie: Client, visitor: Client, lunch: Service) -> None:
    assert visitor.get(SERVICES).status_code == visitor.get(address(lunch)).status_code == 302
    assert maggie.post(SERVICES).status_code == 405
    assert maggie.delete(address(lunch)).status_code == 405
