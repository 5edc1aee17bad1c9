"""What becomes of a listing while people look for it: a day goes by, it is hidden, closed, full, moved, and comes back."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from linkworks.core.clock import today
from linkworks.directory import queries
from linkworks.directory.models import CostOption, Location, Schedule, Service, ServiceAtLocation
from linkworks.directory.queries import index
from linkworks.directory.queries.index import keeper
from tests.directory import asking
from tests.factories import directory as make

SUNDAY = date(2026, 11, 22)
CAMDEN = "E09000007"


@pytest.fixture(autouse=True)
def _day(everything: None) -> Iterator[None]:
    with time_machine.travel(SUNDAY, tick=False):
        yield


@pytest.fixture
def club(_day: None) -> Service:
    return make.service(name="Tuesday lunch club", capacity_places=4)


def names(**looked: Any) -> list[str]:
    return [each.name for each in queries.ranked(queries.Looking(must_be_fresh=True, **looked))[:50]]


def count(group: str, each: str) -> int:
    return queries.ranked(queries.Looking(must_be_fresh=True)).counts[group][each]


def change(service: Service, **facts: Any) -> None:
    Service.objects.filter(id=service.id).update(**facts)


def on(day: date) -> time_machine.travel:
    return time_machine.travel(day, tick=False)


HIDING: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "hidden": ({"is_published": False}, {"is_published": True}),
    "closed": ({"status": "inactive"}, {"status": "active"}),
    "closed for a while": ({"status": "temporarily closed"}, {"status": "active"}),
    "over since yesterday": ({"offered_until": SUNDAY - timedelta(days=1)}, {"offered_until": None}),
}


@pytest.mark.parametrize("how", HIDING)
def test_one_that_is_not_offered_is_not_found_nor_counted_until_it_is_back(club: Service, how: str) -> None:
    away, back = HIDING[how]
    assert (names(), count("needs", "loneliness")) == (["Tuesday lunch club"], 1)
    change(club, **away)
    assert (names(), count("needs", "loneliness")) == ([], 0)
    assert (names(words="lunch"), names(needs=("loneliness",))) == ([], [])
    assert (keeper.problem(), keeper.how_many_shown()) == (None, 0)
    change(club, **back)
    assert (names(words="lunch"), count("needs", "loneliness")) == (["Tuesday lunch club"], 1)


@pytest.mark.parametrize(
    ("facts", "has_room", "fits"),
    [
        ({"capacity_places": 4, "places_taken": 3}, 1, True),
        ({"capacity_places": 4, "places_taken": 4}, 0, False),
        ({"capacity_places": 0, "places_taken": 0}, 0, False),
        ({"capacity_places": None, "places_taken": 9}, 0, True),
    ],
)
def test_a_full_group_is_found_by_who_looks_and_not_offered_for_a_goal(
    club: Service, facts: dict[str, Any], has_room: int, fits: bool
) -> None:
    change(club, **facts)
    assert (names(), count("has_room", "yes")) == (["Tuesday lunch club"], has_room)
    matched = asking.match(needs=["loneliness"])
    assert [each.name for each in matched.found] == (["Tuesday lunch club"] if fits else [])
    assert [each.why for each in matched.not_shown] == ([] if fits else ["Full"])


def test_the_last_day_counts_and_the_next_does_not(club: Service) -> None:
    change(club, offered_until=SUNDAY)
    assert names() == ["Tuesday lunch club"]
    with on(SUNDAY + timedelta(days=1)):
        assert names() == []


def test_a_price_that_begins_and_ends_counts_on_its_days_only(club: Service) -> None:
    CostOption.objects.filter(service=club).delete()
    first, last = SUNDAY + timedelta(days=3), SUNDAY + timedelta(days=5)
    CostOption.objects.create(service=club, amount=Decimal(0), valid_from=first, valid_to=last)
    free = {}
    for number in range(8):
        with on(SUNDAY + timedelta(days=number)):
            free[number] = bool(names(is_free=True))
    assert [number for number, is_free in free.items() if is_free] == [3, 4, 5]


def test_a_time_that_is_over_is_no_longer_found_by_and_the_listing_still_is(club: Service) -> None:
    Schedule.objects.filter(service=club).update(valid_to=SUNDAY + timedelta(days=2))
    assert (names(times=("TU",)), count("times", "TU")) == (["Tuesday lunch club"], 1)
    with on(SUNDAY + timedelta(days=3)):
        assert (names(times=("TU",)), count("times", "TU")) == ([], 0)
        assert names(words="lunch") == ["Tuesday lunch club"]


def test_a_day_on_which_nothing_turns_reads_nothing_again(club: Service) -> None:
    """Seen on what only this process holds: a listing is read again when it is written or a day turns it, not otherwise."""
    ours = keeper.Held(shelves=keeper.shelved(keeper.read(today())), on=today().toordinal())
    assert ours.shelves is not None
    with on(SUNDAY + timedelta(days=1)):
        assert keeper.turned(ours, ours.shelves) == set()
    change(club, offered_until=SUNDAY)
    ours.shelves = keeper.shelved(keeper.read(today()))
    assert keeper.turned(ours, ours.shelves) == set(), "the day is the same"
    with on(SUNDAY + timedelta(days=1)):
        assert keeper.turned(ours, ours.shelves) == {club.id}


def test_a_listing_that_came_since_turns_with_the_day_too(club: Service) -> None:
    change(club, offered_until=SUNDAY)
    empty = keeper.shelved(())
    ours = keeper.Held(shelves=empty.changed({club.id}, keeper.read_some({club.id}, SUNDAY)), on=SUNDAY.toordinal())
    assert ours.shelves is not None
    with on(SUNDAY + timedelta(days=1)):
        assert keeper.turned(ours, ours.shelves) == {club.id}
        after = ours.shelves.changed({club.id}, keeper.read_some({club.id}, today()))
    assert (len(ours.shelves), len(after)) == (1, 0)


def test_it_is_found_where_it_is_now_and_no_longer_where_it_was(club: Service) -> None:
    def near(place: tuple[float, float]) -> list[str]:
        return names(near=place, within_km=2.0)

    assert (near(make.PECKHAM), near(make.CAMDEN)) == (["Tuesday lunch club"], [])
    latitude, longitude = make.CAMDEN
    second = Location.objects.create(latitude=latitude, longitude=longitude, borough_code=CAMDEN)
    ServiceAtLocation.objects.create(service=club, location=second)
    assert near(make.PECKHAM) == near(make.CAMDEN) == ["Tuesday lunch club"]
    assert names(near=make.PECKHAM, within_km=60.0) == ["Tuesday lunch club"], "once, however many places"
    first = ServiceAtLocation.objects.filter(service=club).exclude(location=second)
    Schedule.objects.filter(service_at_location__in=first).update(service_at_location=None)
    first.delete()
    assert (near(make.PECKHAM), near(make.CAMDEN)) == ([], ["Tuesday lunch club"])
    assert count("boroughs", CAMDEN) == 1


def test_online_is_no_place_on_the_map(club: Service) -> None:
    Location.objects.filter(services__service=club).update(location_type="virtual")
    assert names(near=make.PECKHAM, within_km=2.0) == []
    assert names(near=make.PECKHAM, within_km=2.0, needs=("loneliness",)) == ["Tuesday lunch club"]


def test_facets_follow_what_is_changed(club: Service) -> None:
    change(club, needs=["housing"], languages=["bn"], access_needs=["step-free"])
    counted = {
        ("needs", "loneliness"): 0,
        ("needs", "housing"): 1,
        ("languages", "bn"): 1,
        ("access_needs", "step-free"): 1,
    }
    assert {key: count(*key) for key in counted} == counted
    assert names(needs=("loneliness",)) == []


def test_who_can_be_trusted_comes_first_and_loses_it_again(club: Service) -> None:
    other = make.service(name="A lunch club of others", capacity_places=4)
    change(club, trust=80), change(other, trust=10)
    assert names() == ["Tuesday lunch club", "A lunch club of others"]
    change(club, trust=0)
    assert names() == ["A lunch club of others", "Tuesday lunch club"]


def test_a_new_name_is_found_by_and_the_old_one_is_not(club: Service) -> None:
    change(club, name="Quilting bee", description="", summary="")
    assert names(words="quilting") == names(words="quiltin") == ["Quilting bee"]
    assert names(words="tuesday") == []


def test_a_process_that_has_just_begun_finds_the_same(club: Service) -> None:
    make.service(name="Another", needs=("housing",))
    before = names()
    index.forget()
    assert names() == before
    assert sorted(before) == ["Another", "Tuesday lunch club"]
