"""Photographs are seen by everybody, and kept by stewards."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from msgspec import structs

from linkworks.directory import actions, queries
from linkworks.directory.models import ListingChange, Location, Service, ServicePhoto
from linkworks.directory.rules import going, photos
from linkworks.directory.rules.facts import PlaceFacts
from tests.cast import Cast
from tests.factories import directory as make
from tests.factories import pictures

from .pages import statements

pytestmark = pytest.mark.usefixtures("everything")
DOOR = "The blue door beside the chemist"


@pytest.fixture
def service() -> Service:
    make.postcode()
    return make.service()


def at(service: Service) -> str:
    return reverse("directory:steward-photos", args=[service.id])


def removing(photo: ServicePhoto) -> str:
    return reverse("directory:steward-photo-remove", args=[photo.service_id, photo.id])


def picture_of(photo: ServicePhoto) -> str:
    return reverse("directory:photo", args=[photo.service_id, photo.id])


def page_of(service: Service) -> str:
    return reverse("directory:service", args=[service.id])


def sent(client: Client, service: Service, file: Any = None, **said: Any) -> Any:
    return client.post(at(service), {"photo": file or pictures.upload(), "shows": DOOR, "agreed": "on", **said})


def add(service: Service, shows: str = DOOR, file: bytes | None = None) -> ServicePhoto:
    return actions.add_photo(service, file=file or pictures.photo(), shows=shows, by=make.KEEPER)


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


class TestWorks:
    def test_a_steward_adds_one_and_everybody_sees_it(self, steward: Client, service: Service) -> None:
        assert at(service) in text_of(steward.get(reverse("directory:steward-edit", args=[service.id])))
        assert "There are no photos yet" in text_of(steward.get(at(service)))
        assert sent(steward, service)["Location"] == at(service)
        kept = ServicePhoto.objects.get()
        shown = text_of(Client().get(page_of(service)))
        assert picture_of(kept) in shown and DOOR in shown and 'width="80" height="60"' in shown
        answer = Client().get(picture_of(kept))
        assert answer["Content-Type"] == "image/jpeg" and answer.content == bytes(kept.jpeg)
        assert answer["Cache-Control"] == "private, max-age=300"
        assert removing(kept) in text_of(steward.get(at(service)))

    def test_it_is_taken_away_for_good_and_the_history_says_both(self, steward: Client, service: Service) -> None:
        kept = add(service)
        asked = text_of(steward.get(removing(kept)))
        assert "Take this photo away?" in asked and "deleted for good" in asked and picture_of(kept) in asked
        assert steward.post(removing(kept))["Location"] == at(service)
        assert Client().get(picture_of(kept)).status_code == 404
        assert DOOR not in text_of(Client().get(page_of(service)))
        assert [(each.was, each.became) for each in ListingChange.objects.filter(field="photo")] == [
            (DOOR, ""), ("", DOOR),
        ]  # fmt: skip
        edit = text_of(steward.get(reverse("directory:steward-edit", args=[service.id])))
        assert f"Before: {DOOR}" in edit and f"Now: {DOOR}" in edit

    def test_a_page_without_photos_has_no_heading_for_them(self, service: Service) -> None:
        assert "What it looks like" not in text_of(Client().get(page_of(service)))


class TestOnceAndNoMore:
    def test_the_same_photo_sent_twice_is_there_once(self, steward: Client, service: Service) -> None:
        assert [sent(steward, service).status_code for _ in range(2)] == [302, 302]
        assert ServicePhoto.objects.count() == ListingChange.objects.count() == 1

    def test_the_same_photo_sent_with_better_words_is_told_in_those(self, steward: Client, service: Service) -> None:
        for shows in ("Door", DOOR, DOOR):
            sent(steward, service, shows=shows)
        assert [each.shows for each in ServicePhoto.objects.all()] == [DOOR]
        changes = ListingChange.objects.filter(field="photo")
        assert {(each.was, each.became) for each in changes} == {("", "Door"), ("Door", DOOR)} and len(changes) == 2

    def test_when_it_is_full_the_page_says_so_and_no_more_is_taken(self, steward: Client, service: Service) -> None:
        for number in range(photos.MOST):
            assert 'name="photo"' in text_of(steward.get(at(service)))
            add(service, f"Wall {number}", pictures.photo(colour=(number * 40, 0, 0)))
        shown = text_of(steward.get(at(service)))
        assert 'name="photo"' not in shown and "There are 6 photos, and no more fit" in shown
        answer = sent(steward, service)
        assert answer.status_code == 400 and "Take one away first" in text_of(answer)
        assert ServicePhoto.objects.count() == photos.MOST

    def test_taking_away_twice_is_taking_away_once(self, service: Service) -> None:
        kept = add(service)
        again = ServicePhoto.objects.get(id=kept.id)
        for each in (kept, again):
            actions.remove_photo(each, by=make.KEEPER)
        assert ListingChange.objects.filter(field="photo", was=DOOR).count() == 1


class TestKeptPrivate:
    @pytest.fixture
    def hidden(self) -> Service:
        make.postcode()
        return make.service(places=(make.place(is_address_hidden=True),))

    def test_none_is_taken(self, steward: Client, hidden: Service) -> None:
        shown = text_of(steward.get(at(hidden)))
        assert "kept private, so no photos are shown" in shown and 'name="photo"' not in shown
        answer = sent(steward, hidden)
        assert answer.status_code == 400 and "a street would give it away" in text_of(answer)
        assert not ServicePhoto.objects.exists()

    def test_those_it_had_before_are_deleted_and_do_not_come_back(self, steward: Client, service: Service) -> None:
        kept = add(service)
        assert Client().get(picture_of(kept)).status_code == 200
        change_place(service, is_address_hidden=True)
        assert not ServicePhoto.objects.exists()
        assert steward.get(picture_of(kept)).status_code == 404
        assert ListingChange.objects.filter(field="photo", was=DOOR, became="").exists()
        change_place(service)
        assert Service.objects.get(id=service.id).photo_count == 0
        assert "What it looks like" not in text_of(Client().get(page_of(service)))

    def test_a_feed_that_makes_it_private_deletes_them_too(self, service: Service) -> None:
        add(service)
        hidden = make.facts(places=(make.place(is_address_hidden=True),))
        actions.save_service(service, facts=hidden, by=make.KEEPER)
        assert not ServicePhoto.objects.exists() and Service.objects.get(id=service.id).photo_count == 0

    def test_what_became_private_behind_our_back_is_not_shown(self, steward: Client, service: Service) -> None:
        kept = add(service)
        Location.objects.update(is_address_hidden=True, place_kind="", key="")
        for client in (Client(), steward):
            assert client.get(picture_of(kept)).status_code == 404
            assert picture_of(kept) not in text_of(client.get(page_of(service)))
        for page in (at(service), removing(kept)):
            assert picture_of(kept) not in text_of(steward.get(page))
        assert steward.post(removing(kept)).status_code == 302

    @pytest.mark.parametrize("places", [(), (make.place(),)], ids=["no place", "a place"])
    def test_a_refuge_takes_none_whatever_is_said_of_its_place(
        self, steward: Client, places: tuple[PlaceFacts, ...]
    ) -> None:
        refuge = make.service(name="Violet women's refuge", places=places)
        assert 'name="photo"' not in text_of(steward.get(at(refuge)))
        assert sent(steward, refuge).status_code == 400

    def test_a_listing_that_becomes_a_refuge_by_its_words_loses_them(self, service: Service) -> None:
        kept = add(service)
        seen = queries.facts_of(service)["seen"]
        facts = {"description": "A women's refuge."}
        actions.edit_listing(service, facts=facts, seen=seen, by=make.KEEPER)
        assert Client().get(picture_of(kept)).status_code == 404 and not ServicePhoto.objects.exists()


def change_place(service: Service, **to: Any) -> None:
    """Its place is told as `to` says, or taken off the listing when nothing is said."""
    rows = queries.parts_of(service)["places"]
    fact = structs.replace(rows[0], **to) if to else None
    actions.change_going(service, part="places", number=1, fact=fact, seen=going.mark(rows), by=make.KEEPER)


class TestWhoMay:
    def test_a_listing_held_back_shows_its_photo_to_its_steward_only(self, steward: Client, service: Service) -> None:
        kept = add(service)
        Service.objects.update(is_published=False)
        assert [client.get(picture_of(kept)).status_code for client in (Client(), steward)] == [404, 200]

    def test_a_photo_is_found_under_its_own_listing_only(self, steward: Client, service: Service) -> None:
        kept, other = add(service), make.service(name="Garden club")
        for name in ("directory:photo", "directory:steward-photo-remove"):
            assert steward.get(reverse(name, args=[other.id, kept.id])).status_code == 404

    def test_others_are_refused_and_the_signed_out_are_asked_to_sign_in(self, cast: Cast, service: Service) -> None:
        kept = add(service)
        for page in (at(service), removing(kept)):
            assert cast.client(cast.link_worker).post(page).status_code == 403
            assert "/accounts/sign-in" in Client().get(page)["Location"]
        assert ServicePhoto.objects.exists()

    def test_what_is_not_there_is_not_found(self, steward: Client, service: Service) -> None:
        for name, ids in (
            ("steward-photos", [uuid4()]),
            ("steward-photo-remove", [service.id, uuid4()]),
            ("photo", [service.id, uuid4()]),
        ):
            assert steward.get(reverse(f"directory:{name}", args=ids)).status_code == 404

    def test_a_picture_is_only_looked_at(self, steward: Client, service: Service) -> None:
        assert steward.post(picture_of(add(service))).status_code == 405
        assert steward.put(at(service)).status_code == 405


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"photo": ""}, "Choose a photo"),
        ({"shows": " "}, "Enter what the photo shows"),
        ({"agreed": ""}, "Tick the box if everybody who can be recognised has agreed"),
        ({"photo": pictures.upload(b"not one")}, "must be a JPEG, PNG or WebP file"),
    ],
)
def test_what_is_wrong_is_said_and_the_words_stay(
    steward: Client, service: Service, said: dict[str, Any], told: str
) -> None:
    answer = steward.post(at(service), {"photo": pictures.upload(), "shows": DOOR, "agreed": "on", **said})
    assert answer.status_code == 400 and told in text_of(answer)
    assert "shows" in said or DOOR in text_of(answer)
    assert not ServicePhoto.objects.exists()


def test_a_file_that_is_too_large_is_not_read(steward: Client, service: Service) -> None:
    answer = sent(steward, service, pictures.upload(b"\0" * (photos.MOST_BYTES + 1)))
    assert answer.status_code == 400 and "smaller than 10 MB" in text_of(answer)


def test_queries_do_not_grow_with_photos(steward: Client, service: Service) -> None:
    def queries() -> list[int]:
        return [statements(steward, page) for page in (at(service), page_of(service))]

    add(service)
    few = queries()
    for number in range(1, photos.MOST):
        add(service, f"Wall {number}", pictures.photo(colour=(number * 40, 0, 0)))
    assert queries() == few
