"""Keeping in step: what a look costs when nothing changed, and that no change is lost while six write.

Beside it the usual way, "newer than the last I saw", which must lose some: else this would notice nothing.
"""

import threading
from collections.abc import Callable, Iterator
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from linkworks.directory.models import Service
from linkworks.directory.queries import index
from linkworks.directory.queries.index import keeper
from tests.cast import Cast
from tests.context import EVERYTHING, acting
from tests.factories import many_services as many

from .report import Figure
from .timing import taking_turns

WRITERS, SERVICES = 6, 602
PATIENCE = 10  # seconds until a thread that waits for another gives up


def measure(cast: Cast, *, turns: int, rounds: int) -> Iterator[Figure]:
    with transaction.atomic(), acting(EVERYTHING):
        many.write(Random(3), cast.provider, SERVICES)
        Service.objects.update(is_published=True, status="active", offered_until=None)
    index.current()
    ours = keeper.held()
    times = taking_turns({"look": lambda: keeper.look_since(ours.horizon), "nothing": select_1}, turns * 5)
    yield Figure.times("match-look", times["look"], times["nothing"])
    lost, missed, changed = lost_by_each(list(Service.objects.values_list("id", flat=True)), rounds)
    yield Figure("match-lost", lost, f"of {changed} changes, {WRITERS} writers, some undone")
    yield Figure("match-loss-noticed", missed, "by looking for what is newer than the last seen")


def select_1() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()


def lost_by_each(ids: list[UUID], rounds: int) -> tuple[int, int, int]:
    """How many listings are not as they are, as finding has them and as the usual way has them; and how many changed."""
    usual, before = Usual(), dict(Service.objects.values_list("id", "name"))
    late, quick, *ids = ids
    share = len(ids) // WRITERS
    threads = [
        threading.Thread(target=write, args=[number, ids[number * share : (number + 1) * share], rounds])
        for number in range(WRITERS)
    ]
    for each in threads:
        each.start()
    while any(each.is_alive() for each in threads):
        look(usual)
    overtake(late, quick, lambda: look(usual))
    look(usual)
    true = dict(Service.objects.values_list("id", "name"))
    shelves = index.current()
    kept = dict(names_of(shelves))
    changed = {id for id, name in true.items() if before[id] != name}
    return (
        sum(kept.get(id) != name for id, name in true.items()),
        sum(usual.names.get(id) != true[id] for id in changed),
        len(changed),
    )


def look(usual: "Usual") -> None:
    index.current()
    usual.look()


def overtake(late: UUID, quick: UUID, look: Callable[[], None]) -> None:
    """One begins first and ends last, with a look in between: what the six do by chance, for certain."""
    written, seen = threading.Event(), threading.Event()

    def begin_first() -> None:
        try:
            with transaction.atomic():
                Service.objects.filter(id=late).update(name="Began first")
                written.set()
                seen.wait(PATIENCE)
        finally:
            connection.close()

    first = threading.Thread(target=begin_first)
    first.start()
    written.wait(PATIENCE)
    Service.objects.filter(id=quick).update(name="Began last")
    look()
    seen.set()
    first.join()


def names_of(shelves: Any) -> Iterator[tuple[UUID, str]]:
    for shelf in shelves.each():
        for row in range(len(shelf.columns)):
            if shelf.gone is None or not shelf.gone[row]:
                yield shelf.columns.id(row), shelf.columns.names.text(row)


def write(number: int, ids: list[UUID], rounds: int) -> None:
    """Changes of one's own listings: each transaction is open a while, and some are undone."""
    dice = Random(number)
    try:
        for turn in range(rounds):
            with transaction.atomic():
                for id in dice.sample(ids, 3):
                    Service.objects.filter(id=id).update(name=f"{number} {turn} {dice.random()}")
                if dice.random() < 0.2:
                    transaction.set_rollback(True)
    finally:
        connection.close()


class Usual:
    """Remembers the highest number it saw, and asks for what is higher."""

    def __init__(self) -> None:
        self.last, self.names = 0, {}

    def look(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT s.id, s.name, t.cx::text FROM directory_listingtouch t JOIN directory_service s"
                " ON s.id = t.service_id WHERE t.cx > %s::xid8",
                [str(self.last)],
            )
            for id, name, number in cursor.fetchall():
                self.names[id], self.last = name, max(self.last, int(number))
