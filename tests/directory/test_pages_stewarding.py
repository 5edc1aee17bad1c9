"""The stewards' pages: listings to keep true and the feeds that were read."""

from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from linkworks.core.actor import PUBLIC
from linkworks.core.clock import today
from linkworks.directory import actions, queries
from linkworks.directory.models import ImportRun, Service
from tests.cast import Cast
from tests.directory import feeds
from tests.factories import directory as make

LIST = reverse("directory:steward-list")
IMPORTS = reverse("directory:imports")


def edit(service: Service) -> str:
    return reverse("directory:steward-edit", args=[service.id])


def seen(service: Service) -> dict[str, str]:
    return {"seen": queries.room_of(service)["seen"]}


def a_run() -> ImportRun:
    return actions.import_feed(str(feeds.path("outpost")), name="Bramblewick", is_agreed=True, by=make.KEEPER)


def test_a_steward_sees_the_listings_and_finds_one(cast: Cast) -> None:
    make.service()
    make.service(name="Choir", terms_are_guessed=True)
    client = cast.client(cast.steward)
    page = client.get(LIST).content.decode()
    assert "Tuesday lunch club" in page
    assert "Kinds and needs guessed" in page
    found = client.get(LIST, {"q": "choir"}).content.decode()
    assert "Tuesday lunch club" not in found
    assert "Nothing was found" in client.get(LIST, {"q": "zzz"}).content.decode()


def test_the_views_count_what_wants_checking_and_what_is_held(cast: Cast) -> None:
    make.service(name="Fresh", verified_on=today(), verified_by="Ines")
    make.service(name="Stale")
    make.service(name="Held", is_published=False, held_because="Look at it")
    client = cast.client(cast.steward)
    check, held = (client.get(LIST, {"view": view}).content.decode() for view in ("check", "held"))
    assert "Stale" in check
    assert "Fresh" not in check
    assert "Look at it" in held
    assert "Stale" not in held
    assert client.get(LIST, {"view": "nonsense"}).status_code == 200


def test_a_steward_says_how_much_room_there_is_and_that_it_is_still_right(cast: Cast) -> None:
    service = make.service(terms_are_guessed=True)
    answer = cast.client(cast.steward).post(
        edit(service), {"capacity_places": "12", "wait_weeks": "3", "still_right": "on", **seen(service)}
    )
    assert answer.status_code == 302
    assert answer["Location"] == LIST
    service.refresh_from_db()
    assert (service.capacity_places, service.wait_weeks, service.verified_by) == (12, 3, "a directory steward")
    assert service.verified_on == today()


def test_without_the_tick_nothing_is_said_to_be_checked(cast: Cast) -> None:
    service = make.service()
    cast.client(cast.steward).post(edit(service), {"capacity_places": "", "wait_words": "Next term", **seen(service)})
    service.refresh_from_db()
    assert (service.capacity_places, service.wait_words, service.verified_on) == (None, "Next term", None)


def test_a_held_listing_is_shown_when_a_steward_says_so(cast: Cast) -> None:
    service = make.service(is_published=False, held_because="Look at it")
    client = cast.client(cast.steward)
    page = client.get(edit(service)).content.decode()
    assert "Held back: Look at it" in page
    assert "Show this listing to the public" in page
    client.post(edit(service), {"still_right": "on", "show": "on"})
    service.refresh_from_db()
    assert (service.is_published, service.held_because) == (True, "")
    assert "Show this listing" not in client.get(edit(service)).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"capacity_places": "2", "wait_words": "kept words"}, "3 people have a place"),
        ({"capacity_places": "-1", "wait_words": "kept words"}, "error"),
        ({"capacity_places": "many", "wait_words": "kept words"}, "error"),
        ({"wait_weeks": "9999", "wait_words": "kept words"}, "error"),
    ],
)
def test_bad_input_says_so_and_keeps_what_was_typed(cast: Cast, typed: dict[str, str], said: str) -> None:
    service = make.service(capacity_places=5, places_taken=3)
    answer = cast.client(cast.steward).post(edit(service), typed | seen(service))
    assert answer.status_code == 400
    page = answer.content.decode()
    assert said in page
    assert "kept words" in page
    assert "Error: " in page
    service.refresh_from_db()
    assert service.capacity_places == 5


def test_the_page_carries_what_the_steward_saw_and_says_when_the_group_changed_it(cast: Cast) -> None:
    service = make.service(capacity_places=12)
    client = cast.client(cast.steward)
    before = seen(service)
    assert before["seen"] in client.get(edit(service)).content.decode()
    actions.update_room(service, capacity_places=8, wait_weeks=None, by=make.KEEPER)
    refused = client.post(edit(service), {"capacity_places": "10", "wait_words": "kept words", **before})
    assert refused.status_code == 400
    for words in ("Somebody has changed the places", "kept words", "See the places as they are now"):
        assert words in refused.content.decode()
    assert client.post(edit(service), {"capacity_places": "12", "still_right": "on", **before}).status_code == 302
    assert Service.objects.get().capacity_places == 8


def test_what_may_not_be_safe_is_looked_at_first_then_the_oldest_report(cast: Cast) -> None:
    """However lately the listing was checked, and whatever its name."""
    for number, (name, reason) in enumerate(
        [("A", "contact"), ("B", "says"), ("Z", "unsafe"), ("C", "closed"), ("Y", "private")]
    ):
        with time_machine.travel(f"2026-11-0{number + 1}", tick=False):
            service = make.service(name=f"Club {name}", verified_on=today() if name in "ZY" else None)
            actions.report_listing(service.id, reason="contact", token=f"first {name}", by=PUBLIC)
        if reason != "contact":
            actions.report_listing(service.id, reason=reason, token=name, by=PUBLIC)
    make.service(name="Not reported")
    rows = queries.listings(cast.actor(cast.steward), view="reported")
    assert [each.name[-1] for each in rows] == ["Z", "Y", "A", "B", "C"]
    page = cast.client(cast.steward).get(LIST, {"view": "reported"}).content.decode()
    assert "Reported: It may not be safe for people" in page


def test_a_listing_that_never_was_is_not_found(cast: Cast) -> None:
    client = cast.client(cast.steward)
    assert client.get(reverse("directory:steward-edit", args=[uuid4()])).status_code == 404
    assert client.get(reverse("directory:import-run", args=[uuid4()])).status_code == 404


def test_feeds_and_their_problems_are_shown(cast: Cast) -> None:
    run = a_run()
    client = cast.client(cast.steward)
    assert "Bramblewick" in client.get(IMPORTS).content.decode()
    page = client.get(reverse("directory:import-run", args=[run.id])).content.decode()
    for words in (
        "The row has no name.",
        "Left out",
        "Held back",
        "Nanny Invented",
        "Outpost",
        "nothing of it may be published onwards",
    ):
        assert words in page


def test_no_feed_read_yet_is_said(cast: Cast) -> None:
    assert "No feed has been read yet" in cast.client(cast.steward).get(IMPORTS).content.decode()


def test_nobody_else_changes_a_listing(cast: Cast) -> None:
    service = make.service(capacity_places=5)
    for client in (cast.client(), cast.client(cast.link_worker)):
        assert client.post(edit(service), {"capacity_places": "1"}).status_code in {302, 403}
    service.refresh_from_db()
    assert service.capacity_places == 5


def test_wrong_methods_are_refused(cast: Cast) -> None:
    client = cast.client(cast.steward)
    assert client.post(LIST).status_code == 405
    assert client.post(IMPORTS).status_code == 405
    assert client.delete(edit(make.service())).status_code == 405


def test_queries_do_not_grow_with_listings(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client = cast.client(cast.steward)

    def counted() -> int:
        with django_assert_max_num_queries(20) as seen:
            client.get(LIST)
        return len(seen)

    make.service()
    counted()  # the first request of a session also starts it
    few = counted()
    for number in range(8):
        make.service(name=f"Listing {number}", by_organisation=make.organisation(f"Group {number}"))
    assert counted() == few
