"""The steward's whole answer on one form, in every combination of what is ticked."""

from datetime import date
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.core.clock import today
from linkworks.core.errors import Conflict, Invalid
from linkworks.directory import actions, queries
from linkworks.directory.models import ListingChange, Service
from tests.cast import Cast
from tests.directory import asking
from tests.factories import directory as make

pytestmark = pytest.mark.usefixtures("everything")


def answer(service: Service, places: int | None, weeks: int | None = None, words: str = "") -> dict[str, Any]:
    """A steward's answer to the room they have before them."""
    room = {"capacity_places": places, "wait_weeks": weeks, "wait_words": words}
    return {"room": room, "seen": queries.room_of(service)["seen"]}


def changes(service: Service) -> list[tuple[str, str, str]]:
    return sorted((each.field, each.was, each.became) for each in ListingChange.objects.filter(service=service))


@pytest.mark.parametrize("checked", [None, date(2026, 10, 1)])
def test_places_nobody_looked_at_are_not_said_to_be_checked_today(checked: date | None) -> None:
    """Ticking that the rest is right says nothing of the places."""
    service = make.service(capacity_places=5, capacity_checked_on=checked)
    actions.keep_listing(service, **answer(service, 5), still_right=True, by=make.KEEPER)
    service.refresh_from_db()
    assert (service.capacity_checked_on, service.verified_on) == (checked, today())
    assert changes(service) == [("checked", "", "Still right")]


def test_what_the_group_said_meanwhile_is_not_written_over_by_a_tick() -> None:
    service = make.service(capacity_places=12)
    given = answer(service, 12)
    actions.update_room(service, capacity_places=8, wait_weeks=None, by=make.KEEPER)
    actions.keep_listing(service, **given, still_right=True, by=make.KEEPER)
    service.refresh_from_db()
    assert (service.capacity_places, service.verified_on) == (8, today())


def test_two_who_both_change_the_places_are_told() -> None:
    service = make.service(capacity_places=12)
    given = answer(service, 10)
    actions.update_room(service, capacity_places=8, wait_weeks=None, by=make.KEEPER)
    with pytest.raises(Conflict, match="Look again"):
        actions.keep_listing(service, **given, still_right=True, by=make.KEEPER)
    service.refresh_from_db()
    assert (service.capacity_places, service.verified_on) == (8, None)
    actions.keep_listing(service, **answer(service, 8) | {"seen": given["seen"]}, still_right=False, by=make.KEEPER)


def test_who_changed_the_places_is_in_the_history() -> None:
    service = make.service(capacity_places=5)
    actions.update_room(service, capacity_places=None, wait_weeks=2, by=make.KEEPER)
    assert changes(service) == [("capacity_places", "5", ""), ("wait_weeks", "", "2")]
    assert {each.by_id for each in ListingChange.objects.all()} == {make.KEEPER.id}


def test_a_reason_for_taking_down_is_kept_beside_the_one_before() -> None:
    """Two stewards, or a feed and a steward: what either says stands."""
    service = make.service()
    actions.hold(service, because="This may be a refuge.", by=make.KEEPER)
    for _ in range(2):
        actions.withdraw(service, because="It is listed twice.", by=make.KEEPER)
    service.refresh_from_db()
    assert service.held_because == "This may be a refuge. It is listed twice."
    assert len(changes(service)) == 2


@pytest.mark.parametrize(("still_right", "show"), list(product([True, False], repeat=2)))
@pytest.mark.parametrize("is_held", [True, False])
def test_each_tick_does_its_own_thing_and_no_other(still_right: bool, show: bool, is_held: bool) -> None:
    service = make.service(is_published=not is_held, held_because="Look." if is_held else "", terms_are_guessed=True)
    actions.keep_listing(service, **answer(service, 5, 2, "Soon"), still_right=still_right, show=show, by=make.KEEPER)
    service.refresh_from_db()
    assert (service.capacity_places, service.wait_weeks, service.wait_words) == (5, 2, "Soon")
    assert service.capacity_checked_on == today()
    assert service.verified_on == (today() if still_right else None)
    assert service.terms_are_guessed is not still_right
    assert service.is_published is (show or not is_held)
    assert service.held_because == ("" if show or not is_held else "Look.")


def test_nothing_is_kept_of_an_answer_that_does_not_hold_together() -> None:
    service = make.service(capacity_places=5, places_taken=3, is_published=False, held_because="Look.")
    with pytest.raises(Invalid) as refused:
        actions.keep_listing(service, **answer(service, 2, 9, "x"), still_right=True, show=True, by=make.KEEPER)
    assert refused.value.field == "capacity_places"
    service.refresh_from_db()
    assert (service.capacity_places, service.wait_weeks, service.verified_on, service.is_published) == (
        5,
        None,
        None,
        False,
    )
    assert not ListingChange.objects.exists()


@pytest.mark.parametrize(
    ("taken", "places", "is_refused"),
    [(0, 0, False), (1, 0, True), (3, 3, False), (3, 2, True), (3, None, False), (0, None, False)],
)
def test_places_may_shrink_to_those_taken_and_no_further(taken: int, places: int | None, is_refused: bool) -> None:
    service = make.service(capacity_places=5, places_taken=taken)
    if is_refused:
        with pytest.raises(Invalid, match="1 person has" if taken == 1 else f"{taken} people have"):
            actions.update_room(service, capacity_places=places, wait_weeks=None, by=make.KEEPER)
        return
    actions.update_room(service, capacity_places=places, wait_weeks=None, by=make.KEEPER)
    service.refresh_from_db()
    assert (service.capacity_places, service.places_taken) == (places, taken)


def test_what_was_looked_at_is_remembered_each_time_it_is_shown_again() -> None:
    service = make.service()
    for reason in ("It may be a refuge.", "It moved."):
        actions.withdraw(service, because=reason, by=make.KEEPER)
        actions.publish(service, by=make.KEEPER)
    service.refresh_from_db()
    assert service.shown_despite == "It may be a refuge. It moved."
    assert actions.hold(service, because="It may be a refuge.", by=make.KEEPER) is False
    assert actions.hold(service, because="It may be private.", by=make.KEEPER) is True
    service.refresh_from_db()
    assert (service.is_published, service.held_because) == (False, "It may be private.")


def test_a_place_taken_and_given_back_is_seen_at_once_wherever_room_is_said() -> None:
    service = make.service(capacity_places=1)

    def said() -> tuple[bool | None, bool, list[str], list[str]]:
        card = queries.service_card(service.id)
        found = asking.found(needs=["loneliness"])[0]
        match = asking.match(needs=["loneliness"])
        assert card is not None
        return found.has_room, card.full, [each.name for each in match.found], [each.name for each in match.not_shown]

    free, full = (True, False, [service.name], []), (False, True, [], [service.name])
    assert said() == free
    actions.take_place(service.id, by=make.KEEPER)
    assert said() == full
    actions.release_place(service.id, by=make.KEEPER)
    assert said() == free


def test_two_presses_of_save_end_where_one_does(cast: Cast) -> None:
    service = make.service()
    client: Client = cast.client(cast.steward)
    address = reverse("directory:steward-edit", args=[service.id])
    typed = {"capacity_places": "6", "wait_weeks": "1", "still_right": "on", "seen": queries.room_of(service)["seen"]}
    for _ in range(2):
        assert client.post(address, typed).status_code == 302
    assert Service.objects.filter(capacity_places=6, wait_weeks=1, verified_by="a directory steward").count() == 1


def test_one_listings_form_changes_no_other(cast: Cast) -> None:
    one, other = make.service(name="One"), make.service(name="Other")
    before = Service.objects.values().get(id=other.id)
    client = cast.client(cast.steward)
    client.post(
        reverse("directory:steward-edit", args=[one.id]),
        {"capacity_places": "6", "still_right": "on", "id": str(other.id), "service_id": str(other.id), "show": "on"},
    )
    assert Service.objects.values().get(id=other.id) == before


def test_showing_cannot_be_asked_of_what_is_shown_already(cast: Cast) -> None:
    """The tick is offered for held listings only; sent all the same, it does nothing."""
    service = make.service()
    cast.client(cast.steward).post(reverse("directory:steward-edit", args=[service.id]), {"show": "on"})
    assert not ListingChange.objects.exists()
