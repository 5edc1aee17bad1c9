"""What harms people when it is wrong leaves the feed with the pages when nobody confirmed it for half a year, and comes back."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from linkworks.core.clock import today
from linkworks.directory.actions import confirm_listing, weigh_all
from linkworks.directory.models import Service, ServiceAtLocation
from linkworks.interop.oruk.actions import export_directory
from tests.factories import directory as make
from tests.interop.asking import Feed


@pytest.fixture
def pantry(everything: None) -> Service:
    return make.service(kinds=("food-bank-and-pantry",), name="Bramblewick pantry")


def said_of(service: Service, feed: Feed, folder: Path) -> dict[str, bool]:
    """Whether each way out tells of the listing."""
    export_directory(folder, form="ndjson", replace=True)
    place = ServiceAtLocation.objects.get(service=service)
    ways: dict[str, Callable[[], bool]] = {
        "list": lambda: str(service.id) in {each["id"] for each in feed.rows("/services")},
        "ids": lambda: str(service.id) in {each["id"] for each in feed.rows("/services", minimal="true")},
        "one": lambda: feed.get(f"/services/{service.id}").status_code == 200,
        "places": lambda: str(place.id) in {each["id"] for each in feed.rows("/service_at_locations")},
        "its group": lambda: service.organisation.name in {each["name"] for each in feed.rows("/organizations")},
        "export": lambda: service.name in (folder / "services.ndjson").read_text(),
    }
    return {name: ask() for name, ask in ways.items()}


def set_day(service: Service, days: int) -> None:
    Service.objects.filter(id=service.id).update(offered_until=today() + timedelta(days=days))


def test_every_way_out_tells_of_it_to_its_last_day_and_none_after(feed: Feed, pantry: Service, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    set_day(pantry, 0)
    assert set(said_of(pantry, feed, folder).values()) == {True}
    set_day(pantry, -1)
    assert set(said_of(pantry, feed, folder).values()) == {False}


def test_confirmed_again_it_is_told_again_as_something_new(feed: Feed, pantry: Service, tmp_path: Path) -> None:
    long_ago = pantry.created_at - timedelta(days=400)
    Service.objects.update(created_at=long_ago, last_modified=long_ago, verified_on=None)
    weigh_all(by=make.KEEPER)
    assert feed.names() == []
    confirm_listing(pantry, by=make.KEEPER)
    assert set(said_of(pantry, feed, tmp_path / "out").values()) == {True}
    assert feed.names(modified_after=today().isoformat()) == ["Bramblewick pantry"]


def test_what_is_only_old_and_harms_nobody_stays(feed: Feed, lunch: Service) -> None:
    Service.objects.update(created_at=lunch.created_at - timedelta(days=400), kinds=["choir"], needs=["creativity"])
    weigh_all(by=make.KEEPER)
    assert feed.names() == [lunch.name]
