"""Finding is kept in step: nothing that is committed is ever passed over, and nothing that is not is seen by others."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import connection, connections, transaction
from django.test import override_settings

from linkworks.core.clock import today
from linkworks.core.health import CHECKS
from linkworks.directory import queries
from linkworks.directory.models import CostOption, Location, Schedule, Service, ServiceAtLocation
from linkworks.directory.queries import index
from linkworks.directory.queries.index import keeper
from tests.context import EVERYTHING, acting
from tests.factories import directory as make
from tests.factories import many_services as many

WRITERS, ROUNDS, SIZE = 6, 25, 60


@pytest.fixture
def listed(committed_db: str) -> list[UUID]:
    """Services that are committed, and data for finding that has them."""
    with transaction.atomic(), acting(EVERYTHING):
        many.write(Random(7), make.organisation(), SIZE)
        Service.objects.update(is_published=True, status="active", offered_until=None)
    assert len(index.current()) == SIZE
    return list(Service.objects.order_by("id").values_list("id", flat=True))


def names() -> set[str]:
    return {each.name for each in queries.ranked(queries.Looking(must_be_fresh=True))[:1000]}


def elsewhere(work: Callable[[], Any]) -> Any:
    """Do it in another thread, on a connection of its own."""
    found: list[Any] = []

    def run() -> None:
        try:
            found.append(work())
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return found[0]


def rename(id: UUID, name: str) -> None:
    Service.objects.filter(id=id).update(name=name)


def test_what_is_written_is_found_at_once_by_who_wrote_it_and_by_others_once_it_is_certain(listed: list[UUID]) -> None:
    with transaction.atomic():
        rename(listed[0], "Brand new name")
        assert "Brand new name" in names()
        assert "Brand new name" not in elsewhere(names)
    assert "Brand new name" in names()
    assert "Brand new name" in elsewhere(names)


def test_what_was_undone_leaves_no_trace(listed: list[UUID]) -> None:
    before = names()
    with transaction.atomic():
        rename(listed[0], "Never was")
        Service.objects.filter(id=listed[1]).update(is_published=False)
        assert len(names()) != len(before) or "Never was" in names()
        transaction.set_rollback(True)
    assert names() == before
    with transaction.atomic():
        with transaction.atomic():
            rename(listed[0], "Half undone")
            assert "Half undone" in names()
            transaction.set_rollback(True)
        assert names() == before


def test_what_another_wrote_is_not_lost_when_ours_on_the_same_listing_is_undone(listed: list[UUID]) -> None:
    """Ours hides theirs while it lasts: had the horizon moved on meanwhile, theirs would be passed over for good."""
    elsewhere(lambda: rename(listed[0], "Theirs"))
    with transaction.atomic():
        rename(listed[0], "Ours")
        assert "Ours" in names()
        transaction.set_rollback(True)
    assert "Theirs" in names()


def place_of(id: UUID) -> Location:
    return Location.objects.filter(services__service=id).first() or make_place(id)


def make_place(id: UUID) -> Location:
    at = Location.objects.create(latitude=51.5, longitude=-0.1)
    ServiceAtLocation.objects.create(service_id=id, location=at)
    return at


CHANGES: dict[str, Callable[[UUID], Any]] = {
    "its name": lambda id: rename(id, "Changed"),
    "taken down": lambda id: Service.objects.filter(id=id).update(is_published=False),
    "a place is full": lambda id: Service.objects.filter(id=id).update(capacity_places=1, places_taken=1),
    "a new place": lambda id: make_place(id),
    "a place moves": lambda id: Location.objects.filter(id=place_of(id).id).update(latitude=51.0),
    "a place goes": lambda id: ServiceAtLocation.objects.filter(service=id).delete(),
    "a time": lambda id: Schedule.objects.create(service_id=id, freq="WEEKLY", byday="TU"),
    "times go": lambda id: (CHANGES["a time"](id), Schedule.objects.filter(service=id).delete()),
    "a price": lambda id: CostOption.objects.create(service_id=id, amount=0),
    "a part that moves to another listing": lambda id: Schedule.objects.filter(service=id).update(
        service=Service.objects.exclude(id=id).first()
    ),
    "gone for good": lambda id: Service.objects.using("owner").filter(id=id).delete(),
}  # fmt: skip


def as_read_anew() -> list[Any]:
    shelves = keeper.shelved(keeper.read(today()))
    found = index.answer(shelves, index.understood(queries.Looking()), queries.finding.wish_of(queries.Looking()))
    return [(each.id, each.name, each.capacity_places) for each in found[:1000]] + [found.counts]


def as_kept() -> list[Any]:
    found = queries.ranked(queries.Looking(must_be_fresh=True))
    return [(each.id, each.name, each.capacity_places) for each in found[:1000]] + [found.counts]


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_is_noticed(listed: list[UUID], change: str) -> None:
    CHANGES["a time"](listed[0]), CHANGES["a new place"](listed[0])
    assert as_kept() == as_read_anew()
    elsewhere(lambda: CHANGES[change](listed[0]))
    assert as_kept() == as_read_anew()


def test_many_changes_are_read_as_a_whole(listed: list[UUID], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "LEAST_TO_READ_ALL", 3)
    for id in listed[:5]:
        rename(id, f"Renamed {id}")
    assert len(names() & {f"Renamed {id}" for id in listed[:5]}) == 5
    assert not index.current().fresh


def test_nobody_looks_more_often_than_agreed(listed: list[UUID], django_assert_num_queries: Any) -> None:
    with override_settings(MATCH_POLL_SECONDS=3600):
        queries.ranked(queries.Looking())
        with django_assert_num_queries(0):
            queries.ranked(queries.Looking())
        with django_assert_num_queries(1):
            queries.ranked(queries.Looking(must_be_fresh=True))


def test_a_new_day_begins_and_ends_prices_and_times(listed: list[UUID]) -> None:
    one, tomorrow = listed[0], today() + timedelta(days=1)
    CostOption.objects.filter(service=one).delete()
    CostOption.objects.create(service_id=one, amount=0, valid_from=tomorrow)
    Service.objects.filter(id=listed[1]).update(offered_until=today())
    free = queries.Looking(is_free=True, must_be_fresh=True)
    assert one not in queries.ranked(free).ids()
    keeper.held().shelves = keeper.shelved(keeper.read(today()))
    with time_machine.travel(date.fromordinal(tomorrow.toordinal()), tick=False):
        assert one in queries.ranked(free).ids()
        assert listed[1] not in queries.ranked(queries.Looking(must_be_fresh=True)).ids()


def test_health_says_when_finding_has_not_all(listed: list[UUID]) -> None:
    assert CHECKS["match index"]() is None
    keeper.held().shelves = keeper.shelved([])
    assert CHECKS["match index"]() == "Finding does not have all listings."
    index.forget()
    assert CHECKS["match index"]() is None


# ─── Several writers at once ─────────────────────────────────────────────────────────────────────────────────────────


def write_much(number: int, ids: list[UUID], wait: threading.Barrier) -> None:
    """Changes of listings of one's own, some undone, some that take long before they are certain."""
    dice = Random(number)
    try:
        wait.wait()
        for turn in range(ROUNDS):
            with transaction.atomic():
                for id in dice.sample(ids, 2):
                    rename(id, f"{number} {turn} {id}")
                if dice.random() < 0.3:
                    transaction.set_rollback(True)
    finally:
        connection.close()


@contextmanager
def writing(ids: list[UUID]) -> Iterator[threading.Event]:
    wait, done = threading.Barrier(WRITERS + 1), threading.Event()
    each = len(ids) // WRITERS
    threads = [
        threading.Thread(target=write_much, args=[number, ids[number * each : (number + 1) * each], wait])
        for number in range(WRITERS)
    ]
    for thread in threads:
        thread.start()
    wait.wait()
    watcher = threading.Thread(target=lambda: [each.join() for each in threads] and done.set())
    watcher.start()
    yield done
    watcher.join()


def test_six_writers_lose_nothing(listed: list[UUID]) -> None:
    with writing(listed) as done:
        looked = 0
        while not done.is_set():
            index.current()
            looked += 1
    assert looked > 3
    assert as_kept() == as_read_anew()


def test_newer_than_the_last_i_saw_would_lose_some(listed: list[UUID]) -> None:
    """The usual way, shown to fail: a transaction that began first may be the last to be certain."""
    seen = dict(Service.objects.values_list("id", "name"))
    last = 0

    def look() -> None:
        nonlocal last
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT t.service_id, s.name, t.cx::text FROM directory_listingtouch t JOIN directory_service s"
                " ON s.id = t.service_id WHERE t.cx > %s::xid8",
                [str(last)],
            )
            for id, name, number in cursor.fetchall():
                seen[id], last = name, max(last, int(number))

    look()
    with transaction.atomic():
        rename(listed[0], "Began first")
        elsewhere(lambda: rename(listed[1], "Certain first"))
        elsewhere(look)
    look()
    index.current()
    assert seen[listed[1]] == "Certain first"
    assert seen[listed[0]] != "Began first", "it would be lost for ever"
    assert {"Began first", "Certain first"} <= names()
