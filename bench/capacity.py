"""Places on a service, with many people accepting at the same moment."""

from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction

from linkworks.core.actor import Actor
from linkworks.core.errors import Conflict
from linkworks.directory.actions import add_service, take_place
from linkworks.directory.models import Service
from linkworks.directory.rules.facts import ServiceFacts
from tests.cast import Cast

from .report import Figure
from .timing import at_once, taking_turns

THREADS, PLACES = 8, 40


def measure(cast: Cast, *, turns: int) -> Iterator[Figure]:
    steward = cast.actor(cast.steward)
    small, large = service(cast, PLACES), service(cast, None)
    taken: list[int] = []
    at_once(lambda number: taken.append(take_many(small, steward, PLACES // 2)), THREADS)
    kept = Service.objects.get(id=small).places_taken
    yield Figure("places-overbooked", abs(kept - PLACES) + abs(sum(taken) - PLACES), f"{sum(taken)} given of {PLACES}")
    free = service(cast, 1_000_000)
    turn = {"counted": lambda: take(free, steward), "uncounted": lambda: take(large, steward)}
    times = taking_turns(turn, turns)
    yield Figure.times("places-counting", times["counted"], times["uncounted"])


def service(cast: Cast, places: int | None) -> Any:
    facts = ServiceFacts(name="Lunch at the Elm", needs=("loneliness",), kinds=("lunch-club",), capacity_places=places)
    return add_service(organisation=cast.provider, facts=facts, by=cast.actor(cast.steward)).id


def take(service_id: Any, by: Actor) -> bool:
    try:
        with transaction.atomic():
            take_place(service_id, by=by)
        return True
    except Conflict:
        return False


def take_many(service_id: Any, by: Actor, times: int) -> int:
    try:
        return sum(take(service_id, by) for _ in range(times))
    finally:
        connection.close()
