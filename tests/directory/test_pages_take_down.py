"""Taking a listing off the pages with a reason, and putting it back."""

from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from linkworks.directory.models import ListingChange, Service
from tests.cast import Cast
from tests.directory import asking
from tests.factories import directory as make

GIVEN = {"why": "It does not run any more", "words": "The hall was sold."}


def page_of(service: Service) -> str:
    return reverse("directory:steward-take-down", args=[service.id])


def desk_of(service: Service) -> str:
    return reverse("directory:steward-edit", args=[service.id])


def test_it_is_taken_down_with_its_reason_and_put_back(steward: Client, client: Client) -> None:
    service = make.service()
    public = reverse("directory:service", args=[service.id])
    assert page_of(service) in steward.get(desk_of(service)).content.decode()
    answer = steward.post(page_of(service), GIVEN)
    assert (answer.status_code, answer["Location"]) == (302, desk_of(service))
    assert client.get(public).status_code == 404
    assert asking.found(words="lunch") == []
    desk = steward.get(desk_of(service)).content.decode()
    for words in ("is taken down", "It does not run any more. The hall was sold.", "To put it back", "Ines Duarte"):
        assert words in desk, words
    assert page_of(service) not in desk
    steward.post(desk_of(service), {"show": "on"})
    assert client.get(public).status_code == 200
    assert [each.name for each in asking.found(words="lunch")] == ["Tuesday lunch club"]


def test_a_reason_is_asked_for_and_what_was_typed_is_kept(steward: Client) -> None:
    service = make.service()
    for wrong in ({"why": ""}, {"why": "Because"}, {"words": "x" * 501}):
        answer = steward.post(page_of(service), {**GIVEN, "words": "kept words", **wrong})
        assert answer.status_code == 400, wrong
        assert wrong.get("words", "kept words") in answer.content.decode()
    assert Service.objects.get().is_published
    assert not ListingChange.objects.exists()


def test_pressing_twice_takes_it_down_once(steward: Client) -> None:
    service = make.service()
    for _ in range(2):
        assert steward.post(page_of(service), GIVEN).status_code == 302
    assert ListingChange.objects.count() == 1


def test_who_has_a_place_is_said_first(steward: Client) -> None:
    service = make.service(capacity_places=5, places_taken=2)
    assert "2 people have a place and keep it" in steward.get(page_of(service)).content.decode()


def test_only_stewards_take_down(cast: Cast) -> None:
    service = make.service()
    assert cast.client().post(page_of(service), GIVEN).status_code == 302
    people: list[Any] = [cast.link_worker, cast.manager, cast.provider_coordinator, cast.administrator]
    for who in people:
        assert cast.client(who).get(page_of(service)).status_code == 403, who.name
        assert cast.client(who).post(page_of(service), GIVEN).status_code == 403, who.name
    assert Service.objects.get().is_published


def test_what_never_was_and_wrong_methods(steward: Client) -> None:
    assert steward.get(reverse("directory:steward-take-down", args=[uuid4()])).status_code == 404
    assert steward.delete(page_of(make.service())).status_code == 405
