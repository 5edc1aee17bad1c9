"""A group shows photographs of where it meets, without asking anybody."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.directory import actions
from linkworks.directory.models import Service, ServicePhoto
from tests.cast import Cast
from tests.factories import directory as make
from tests.factories import pictures

from .conftest import text_of

pytestmark = pytest.mark.usefixtures("everything")
DOOR = "The blue door beside the chemist"


@pytest.fixture
def service(cast: Cast) -> Service:
    make.postcode()
    return make.service(cast.provider)


@pytest.fixture
def elsewhere(service: Service) -> Service:
    return make.service(make.organisation("Another group"))


def at(service: Service) -> str:
    return reverse("providers:own-photos", args=[service.id])


def removing(photo: ServicePhoto) -> str:
    return reverse("providers:own-photo-remove", args=[photo.service_id, photo.id])


def sent(client: Client, service: Service, **said: Any) -> Any:
    return client.post(at(service), {"photo": pictures.upload(), "shows": DOOR, "agreed": "on", **said})


def test_the_listings_page_leads_there_and_back(maggie: Client, service: Service) -> None:
    own = reverse("providers:own-listing", args=[service.id])
    assert at(service) in text_of(maggie.get(own))
    assert own in text_of(maggie.get(at(service)))


def test_a_photo_is_shown_at_once_and_taken_away_again(maggie: Client, service: Service) -> None:
    assert sent(maggie, service)["Location"] == at(service)
    kept = ServicePhoto.objects.get()
    assert removing(kept) in text_of(maggie.get(at(service)))
    public = reverse("directory:service", args=[service.id])
    assert DOOR in text_of(Client().get(public))
    assert "Take this photo away?" in text_of(maggie.get(removing(kept)))
    assert maggie.post(removing(kept))["Location"] == at(service)
    assert DOOR not in text_of(Client().get(public))


def test_what_is_wrong_is_said(maggie: Client, service: Service) -> None:
    answer = sent(maggie, service, photo=pictures.upload(b"not one"))
    assert answer.status_code == 400 and "JPEG, PNG or WebP" in text_of(answer)


def test_another_groups_photos_are_not_found(maggie: Client, elsewhere: Service) -> None:
    kept = actions.add_photo(elsewhere, file=pictures.photo(), shows=DOOR, by=make.KEEPER)
    assert sent(maggie, elsewhere).status_code == 404
    assert [getattr(maggie, way)(removing(kept)).status_code for way in ("get", "post")] == [404, 404]


def test_another_listings_photo_is_not_taken_away_through_ones_own(
    maggie: Client, service: Service, elsewhere: Service
) -> None:
    kept = actions.add_photo(elsewhere, file=pictures.photo(), shows=DOOR, by=make.KEEPER)
    assert maggie.post(reverse("providers:own-photo-remove", args=[service.id, kept.id])).status_code == 404
    assert ServicePhoto.objects.exists()


def test_only_co_ordinators_may_and_the_signed_out_are_asked_to_sign_in(cast: Cast, service: Service) -> None:
    assert cast.client(cast.link_worker).get(at(service)).status_code == 403
    assert "/accounts/sign-in" in Client().get(at(service))["Location"]


def test_only_asking_and_sending_are_answered(maggie: Client, service: Service) -> None:
    assert maggie.put(at(service)).status_code == 405
