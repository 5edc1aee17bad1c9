"""A service in several places sends nobody to the wrong one: every time and every address goes with its place."""

from datetime import date, datetime, time
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from linkworks.core.clock import LONDON
from linkworks.directory import presenters, queries
from linkworks.directory.models import Service
from linkworks.directory.rules.facts import SessionFacts
from tests.directory import asking
from tests.factories import directory as make

pytestmark = pytest.mark.usefixtures("everything")
SUNDAY = datetime(2026, 11, 22, 9, tzinfo=LONDON)
TUESDAY, THURSDAY = date(2026, 11, 24), date(2026, 11, 26)
NEAR_CAMDEN = {"near": make.CAMDEN, "within_km": 30.0}


def hall(name: str, **facts: Any) -> Any:
    return make.place(**{"name": name, "address_1": f"1 {name} Road", **facts})


def on(day: str, place: int | None, **facts: Any) -> SessionFacts:
    return SessionFacts(**{"freq": "WEEKLY", "byday": day, "opens_at": time(10), "place": place, **facts})


def two_halls(**facts: Any) -> Service:
    """Hall A on Thursdays, in Peckham; Hall B on Tuesdays, in Camden."""
    usual: dict[str, Any] = {
        "places": (hall("Hall A"), hall("Hall B", at=make.CAMDEN, postcode="NW1 8NH")),
        "sessions": (on("TH", 0), on("TU", 1)),
    }
    return make.service(**usual | facts)


def card(service: Service) -> queries.ServiceCard:
    found = queries.service_card(service.id)
    assert found is not None
    return found


@time_machine.travel(SUNDAY)
def test_when_and_where_are_those_of_one_session() -> None:
    going = card(two_halls()).going
    assert presenters.next_words(going) == "Tuesday 24 November 2026, from 10am, at Hall B"
    assert presenters.where_words(going) == "Hall B, 1 Hall B Road, London, NW1 8NH"


@time_machine.travel(SUNDAY)
@pytest.mark.parametrize(("day", "name"), [(TUESDAY, "Hall B"), (THURSDAY, "Hall A")])
def test_the_place_of_a_first_time_is_that_of_its_day(day: date, name: str) -> None:
    assert presenters.where_words(card(two_halls()).going, day).startswith(name)


@time_machine.travel(SUNDAY)
@pytest.mark.parametrize("sessions", [(on("TU", None),), (), (SessionFacts(description="Ask us"),)])
def test_where_nobody_says_which_place_it_is_no_one_is_promised(sessions: tuple[SessionFacts, ...]) -> None:
    going = card(two_halls(sessions=sessions)).going
    assert "Hall" not in presenters.next_words(going)
    assert presenters.where_words(going) == "Hall A, 1 Hall A Road, London, SE15 5DD, or 1 other place: ask which"
    assert presenters.where_words(going, date(2026, 11, 23)).endswith("ask which")


@time_machine.travel(SUNDAY)
def test_one_place_is_never_said_twice() -> None:
    going = card(make.service(places=(hall("Hall A"),), sessions=(on("TU", 0),))).going
    assert presenters.next_words(going) == "Tuesday 24 November 2026, from 10am"
    assert presenters.where_words(going) == "Hall A, 1 Hall A Road, London, SE15 5DD"


@time_machine.travel(SUNDAY)
def test_online_on_one_day_and_in_a_hall_on_another() -> None:
    online = make.place(at=None, name="", address_1="", city="", postcode="", location_type="virtual")
    service = make.service(places=(online, hall("Hall A")), sessions=(on("TU", 0), on("TH", 1)))
    going = card(service).going
    assert presenters.next_words(going).endswith("from 10am, online")
    assert presenters.where_words(going) == "Online"
    assert presenters.where_words(going, THURSDAY).startswith("Hall A")


@time_machine.travel(SUNDAY)
def test_the_public_page_says_every_time_with_its_place(client: Client) -> None:
    """The same time at a second place is a second time to go."""
    service = two_halls(sessions=(on("TU", 0), on("TU", 1), on("TU", 1)))
    page = client.get(reverse("directory:service", args=[service.id])).content.decode()
    assert page.count("<li>Every Tuesday, from 10am, at Hall A</li>") == 1
    assert page.count("<li>Every Tuesday, from 10am, at Hall B</li>") == 1


@time_machine.travel(SUNDAY)
def test_the_distance_goes_with_the_place_that_is_named() -> None:
    two_halls()
    far, near = (
        asking.found(words="lunch", near=make.PECKHAM, within_km=30.0),
        asking.found(words="lunch", **NEAR_CAMDEN),
    )
    assert (far[0].place, near[0].place) == (
        "Hall A, London, SE15 5DD and 1 more",
        "Hall B, London, NW1 8NH and 1 more",
    )
    assert far[0].distance_km == near[0].distance_km == 0
    [matched] = asking.said(asking.match(needs=["loneliness"], latitude=make.CAMDEN[0], longitude=make.CAMDEN[1]).found)
    assert matched.place.startswith("Hall B")


@time_machine.travel(SUNDAY)
def test_a_place_with_no_position_is_never_the_nearest() -> None:
    service = two_halls(places=(hall("Hall A", at=None, postcode=""), hall("Hall B", at=make.CAMDEN)))
    assert card(service).going.places[0].location.name == "Hall A"
    assert asking.found(words="lunch", **NEAR_CAMDEN)[0].place.startswith("Hall B")


def test_the_first_place_is_the_same_wherever_it_is_read() -> None:
    """The order of the rows that hang on a service is the order they were told in, on each page and in its document."""
    service = make.service(places=tuple(hall(f"Hall {number}") for number in range(5)), sessions=())
    names = [f"Hall {number}" for number in range(5)]
    page = queries.service_page(make.KEEPER, service.id)
    assert page is not None
    assert [each.location.name for each in page.places] == names
    assert [each.location.name for each in card(service).going.places] == names
    document = Service.objects.get().document
    assert sorted(names, key=document.index) == names
