"""Two people at once: nobody's words are lost, and nobody gets a place that is not there."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction

from linkworks.core.errors import Conflict, Invalid
from linkworks.directory import actions, queries
from linkworks.directory.models import ListingChange, Service
from tests.context import EVERYTHING, acting
from tests.factories import directory as make

BY = make.KEEPER


@pytest.fixture
def service(committed_db: str) -> Service:
    with transaction.atomic(), acting(EVERYTHING):
        made = make.service(capacity_places=3)
    return Service.objects.select_related("organisation").get(id=made.id)


def at_once(*each: Callable[[], Any]) -> list[str]:
    """What became of each, all begun together: "done", or the name of what refused it."""
    together = Barrier(len(each))

    def begin(act: Callable[[], Any]) -> str:
        try:
            together.wait(timeout=20)
            act()
        except (Conflict, Invalid) as error:
            return type(error).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(max_workers=len(each)) as threads:
        return list(threads.map(begin, each))


def test_at_once_two_edits_two_kinds_of_room_and_a_rush_for_places(service: Service) -> None:
    """One database of its own is dear to make, so three races run in it one after the other."""
    two_edits_of_what_both_saw(service)
    fewer_places_while_they_are_taken(service)
    holding_back_twice(service)


def two_edits_of_what_both_saw(service: Service) -> None:
    seen = queries.facts_of(service)["seen"]
    edits = [
        lambda name=name: actions.edit_listing(service, facts={"name": name}, seen=seen, by=BY)
        for name in ("One", "Two", "Three")
    ]
    assert sorted(at_once(*edits)) == ["Conflict", "Conflict", "done"]
    service.refresh_from_db()
    assert [each.became for each in ListingChange.objects.all()] == [service.name]
    assert f'"name":"{service.name}"' in service.document


def fewer_places_while_they_are_taken(service: Service) -> None:
    def fewer() -> None:
        actions.update_room(service, capacity_places=1, wait_weeks=None, by=BY)

    def take() -> None:
        actions.take_place(service.id, by=BY)

    ended = at_once(take, fewer, take, fewer, take)
    service.refresh_from_db()
    assert service.places_taken <= (service.capacity_places or 0)
    assert service.places_taken == [ended[number] for number in (0, 2, 4)].count("done")


def holding_back_twice(service: Service) -> None:
    held = at_once(*(lambda: actions.hold(service, because="It may be a refuge.", by=BY) for _ in range(3)))
    assert held == ["done"] * 3
    service.refresh_from_db()
    assert (service.is_published, service.held_because) == (False, "It may be a refuge.")
    assert ListingChange.objects.filter(field="is_published").count() == 1, "held back once, and written down once"
