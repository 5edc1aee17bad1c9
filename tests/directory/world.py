"""A made-up directory of many services, told by dice, and the answers a slow and simple reader would give."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from linkworks.core.clock import today
from linkworks.directory.models import Service
from linkworks.directory.rules.facts import PlaceFacts
from linkworks.organisations.rules.places import metres_between
from tests.factories import directory as make

NEEDS = ["loneliness", "money-debt", "bereavement", "physical-activity", "housing"]
KINDS = ["lunch-club", "walking-group", "debt-advice", "choir", "befriending", "bereavement-support", "carers-support"]
ACCESS = ["step-free", "hearing-loop", "quiet-space"]
LANGUAGES = ["en", "bn", "so"]
Point = tuple[float, float]


@dataclass
class Told:
    """What was told of one service, remembered apart from the database."""

    id: UUID
    facts: dict[str, Any]
    places: list[PlaceFacts] = field(default_factory=list)

    def distance(self, near: Point | None) -> float | None:
        at = [(each.latitude, each.longitude) for each in self.physical if each.latitude is not None]
        return min((metres_between(near, each) / 1000 for each in at), default=None) if near else None  # type: ignore[arg-type]

    @property
    def physical(self) -> list[PlaceFacts]:
        return [each for each in self.places if each.location_type == "physical"]


def build(seed: int, size: int) -> list[Told]:
    dice = Random(seed)
    organisation = make.organisation()
    return [tell(dice, number, organisation) for number in range(size)]


def some(dice: Random, words: list[str], most: int) -> tuple[str, ...]:
    return tuple(dice.sample(words, dice.randrange(0, most + 1)))


def tell(dice: Random, number: int, organisation: Any) -> Told:
    places = [place(dice) for _ in range(dice.choice([0, 1, 1, 1, 2]))]
    capacity = dice.choice([None, None, 0, 3, 8])
    facts: dict[str, Any] = {
        "name": f"Group {number:03}",
        "description": "",
        "kinds": some(dice, KINDS, 1),
        "needs": some(dice, NEEDS, 3),
        "access_needs": some(dice, ACCESS, 2),
        "languages": some(dice, LANGUAGES, 2),
        "minimum_age": dice.choice([None, None, 18, 60]),
        "maximum_age": dice.choice([None, None, 70, 90]),
        "capacity_places": capacity,
        "places_taken": 0 if capacity is None else dice.randrange(0, capacity + 1),
        "is_referable": dice.random() < 0.85,
        "is_published": dice.random() < 0.9,
        "status": dice.choice(["active"] * 6 + ["inactive", "temporarily closed"]),
        "terms_are_guessed": dice.random() < 0.5,
        "verified_on": dice.choice([None, today() - timedelta(days=10), today() - timedelta(days=200)]),
    }
    made = make.service(organisation, **facts, places=tuple(places), sessions=(), costs=())
    return Told(made.id, facts | {"categories": tuple(Service.objects.get(id=made.id).categories)}, places)


def place(dice: Random) -> PlaceFacts:
    kind = dice.choice(["physical"] * 4 + ["virtual", "postal"])
    known = dice.random() < 0.85
    at = (make.PECKHAM[0] + dice.uniform(-0.12, 0.12), make.PECKHAM[1] + dice.uniform(-0.2, 0.2)) if known else None
    return make.place(at=at, postcode="", location_type=kind)


@dataclass(frozen=True)
class Asked:
    """A question, as the reader understands it."""

    needs: tuple[str, ...] = ()
    category: str = ""
    access_needs: tuple[str, ...] = ()
    near: Point | None = None
    within_km: float | None = None


def answers(world: list[Told], asked: Asked, on: date) -> list[UUID]:
    """The services that answer, best first, by reading every one of them."""
    fitting = [each for each in world if fits(each, asked)]
    return [each.id for each in sorted(fitting, key=lambda each: order(each, asked, on))]


def fits(told: Told, asked: Asked) -> bool:
    facts = told.facts
    return bool(
        facts["is_published"]
        and facts["status"] == "active"
        and (not asked.needs or set(asked.needs) & set(facts["needs"]))
        and (not asked.category or asked.category in facts["categories"])
        and set(asked.access_needs) <= set(facts["access_needs"])
        and is_near_enough(told, asked)
    )


def is_near_enough(told: Told, asked: Asked) -> bool:
    if asked.near is None or asked.within_km is None:
        return True
    if not told.physical:
        return bool(asked.needs)
    distance = told.distance(asked.near)
    return distance is not None and distance <= asked.within_km


def trusted(checked: date | None, on: date) -> int:
    """A whole listing that was checked on a day: each kind of fact by its weight and half-life, as the docstring says."""
    kinds = [(25, 365), (25, 180), (20, 540), (10, 365), (10, 60), (10, 540)]
    return round(sum(weight * 0.5 ** ((on - checked).days / half) for weight, half in kinds)) if checked else 0


MEANT_FOR = {"bereavement-support": "bereavement", "carers-support": "caring"}


def order(told: Told, asked: Asked, on: date) -> tuple[bool, float, float, str, str]:
    facts, distance = told.facts, told.distance(asked.near)
    points = 10.0 * len(set(asked.needs) & set(facts["needs"]))
    if distance is not None and asked.within_km:
        points += 10 * max(0.0, 1 - distance / asked.within_km)
    points += 3.0 * (facts["capacity_places"] is not None and facts["places_taken"] < facts["capacity_places"])
    points += 4.0 * trusted(facts["verified_on"], on) / 100
    points += 1.0 * (not facts["terms_are_guessed"])
    meant = {MEANT_FOR[kind] for kind in facts["kinds"] if kind in MEANT_FOR}
    for_others = bool(asked.needs and meant) and not meant & set(asked.needs)
    return (for_others, -points, float("inf") if distance is None else distance, facts["name"].lower(), str(told.id))


def why_not(told: Told, person: dict[str, Any]) -> str:
    """What stands in the way of one person, said shortly; empty when nothing does. The first in this order counts."""
    facts, distance = told.facts, told.distance(person["near"])
    age, within = person["age"], person["within_km"]
    hurdles = [
        ("referable", not facts["is_referable"]),
        ("age", facts["minimum_age"] is not None and age < facts["minimum_age"]),
        ("age", facts["maximum_age"] is not None and age > facts["maximum_age"]),
        ("access", not set(person["access_needs"]) <= set(facts["access_needs"])),
        ("far", bool(told.physical) and (distance is None or distance > within)),
        ("full", facts["capacity_places"] is not None and facts["places_taken"] >= facts["capacity_places"]),
    ]
    return next((word for word, stands in hurdles if stands), "")
