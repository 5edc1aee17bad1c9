"""A made-up directory of any size, told by dice and written in bulk: for the tests of finding and for the bench."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from random import Random
from typing import Any

from django.db import models

from linkworks.core import vocabulary
from linkworks.core.clock import today
from linkworks.directory.models import CostOption, Location, Schedule, Service, ServiceAtLocation
from linkworks.directory.rules.sessions import ORDER
from linkworks.organisations.rules.places import boroughs

KINDS = ("", *vocabulary.PLACE_KINDS)
BUILDINGS = 4000
MIDDLE = (51.5074, -0.1278)
NAMES = """
lunch walking garden singing debt advice memory carers craft boxing gentle yoga friendship welcome morning
evening river oak rye station library tower village bakery corner sunrise harbour lantern kettle bridge meadow
willow market
""".split()  # noqa: SIM905  a column of words reads better
SORTS = [
    "group",
    "club",
    "project",
    "circle",
    "hour",
    "café",
    "network",
    "hub",
    "sessions",
    "drop-in",
    "men's",
    "women's",
]
OTHERS = """
tea talk company hands grow cook meal bills rent benefits form help people lonely grief loss walk park slow
exercise strength balance breath paint draw knit sew mend wood tools music choir voice dance chair read books
write story phone call visit home older young parents children family baby language learn english computer
online job work volunteer skills housing repair energy warm food bank pantry health heart diabetes sleep pain
worry anxious mood calm quiet nature birds
""".split()  # noqa: SIM905  a column of words reads better
SAID = [*NAMES, *OTHERS]
WORDS = [
    *NAMES,
    *SAID,
    "lunches",
    "singing",
    "gardners",
    "debts",
    "walkin",
    "kettel",
    "friendly",
    "zebra",
    "the",
    "don't",
]


@dataclass
class Told:
    """What belongs to so many services, ready to be written."""

    rows: dict[type[models.Model], list[Any]] = field(default_factory=dict)

    def add(self, row: models.Model) -> Any:
        self.rows.setdefault(type(row), []).append(row)
        return row

    def save(self) -> None:
        for model in (Service, Location, ServiceAtLocation, Schedule, CostOption):
            model._default_manager.bulk_create(self.rows.get(model, []), batch_size=2000)


def write(dice: Random, organisation: Any, size: int, *, spread: float = 0.2) -> None:
    """Have this many more services."""
    numbers: Iterator[int] = iter(range(size))
    while some := list(islice(numbers, 5000)):
        told = Told()
        for _ in some:
            tell(dice, told, organisation, spread)
        told.save()


def tell(dice: Random, told: Told, organisation: Any, spread: float) -> None:
    named = dice.getrandbits(128)
    said = facts(dice) | levels(named)
    service = told.add(Service(id=uuid.UUID(int=named, version=4), organisation=organisation, **said))
    for _ in range(dice.choice([0, 1, 1, 1, 1, 1, 1, 2, 3])):
        number = dice.getrandbits(128)
        at = Location(id=uuid.UUID(int=number, version=4), **place(dice, spread), **building(number))
        location = told.add(at)
        told.add(ServiceAtLocation(service=service, location=location))
    for _ in range(dice.choice([0, 1, 1, 2])):
        told.add(Schedule(service=service, **times(dice)))
    for amount in dice.sample([0, 0, 3.5], dice.choice([0, 1, 1, 2])):
        told.add(CostOption(service=service, amount=amount))


def levels(number: int) -> dict[str, Any]:
    """How far advice goes and of what level courses are: nothing is said of most, which follows from the id."""
    return {
        name: [each for at, each in enumerate(vocabulary.LISTS[name]) if number >> at & 7 == 0]
        for name in ("advice_levels", "course_levels")
    }


def facts(dice: Random) -> dict[str, Any]:
    kinds = some(dice, "kinds", 2)
    capacity = dice.choice([None, None, None, 0, 3, 8, 20])
    return {
        "name": " ".join([*dice.sample(NAMES, dice.choice([1, 2, 3])), dice.choice(SORTS)]).capitalize(),
        "description": " ".join(dice.choices(SAID, k=dice.randrange(20, 45))),
        "search_words": " · ".join(vocabulary.labels("kinds", kinds)),
        "kinds": kinds,
        "needs": some(dice, "needs", 4),
        "categories": vocabulary.categories_of(kinds),
        "access_needs": some(dice, "access_needs", 3),
        "languages": some(dice, "languages", 2),
        "minimum_age": dice.choice([None, None, None, 18, 50, 65]),
        "maximum_age": dice.choice([None, None, None, 70, 99]),
        "capacity_places": capacity,
        "places_taken": 0 if capacity is None else dice.randrange(0, capacity + 1),
        "is_referable": dice.random() < 0.85,
        "is_published": dice.random() < 0.95,
        "status": dice.choice(["active"] * 12 + ["inactive"]),
        "terms_are_guessed": dice.random() < 0.5,
        "trust": dice.choice([0, 15, 40, 77, 100]),
        "offered_until": dice.choice([None, None, None, today() - timedelta(days=1), today()]),
    }


def some(dice: Random, name: str, most: int) -> list[str]:
    return vocabulary.known(name, dice.sample(sorted(vocabulary.LISTS[name]), dice.randrange(0, most + 1)))


def place(dice: Random, spread: float) -> dict[str, Any]:
    known = dice.random() < 0.9
    return {
        "location_type": dice.choice(["physical"] * 8 + ["virtual", "postal"]),
        "latitude": MIDDLE[0] + dice.uniform(-spread, spread) if known else None,
        "longitude": MIDDLE[1] + dice.uniform(-1.6 * spread, 1.6 * spread) if known else None,
        "borough_code": dice.choice(["", *boroughs()]),
    }


def building(number: int) -> dict[str, Any]:
    """One of four thousand, which follows from the id: some groups meet in the same one."""
    which = number % BUILDINGS
    name, street = f"{NAMES[which % len(NAMES)]} hall".capitalize(), f"{which} Elm Road"
    return {
        "name": name,
        "address_1": street,
        "postcode": "SE15 5DD",
        "key": f"se15-5dd-{name}-{which}".lower().replace(" ", "-"),
        "place_kind": KINDS[number % len(KINDS)],
    }


def times(dice: Random) -> dict[str, Any]:
    opens = dice.choice([None, "09:30", "11:00", "14:00", "18:30"])
    closes = {None: None, "09:30": "11:30", "11:00": "13:00", "14:00": None, "18:30": "20:00"}[opens]
    ends = dice.choice([None, None, None, today() - timedelta(days=3), today() + timedelta(days=30)])
    return {
        "freq": "WEEKLY", "byday": ",".join(dice.sample(ORDER, dice.choice([1, 1, 2]))), "opens_at": opens,
        "closes_at": closes, "valid_to": ends,
    }  # fmt: skip
