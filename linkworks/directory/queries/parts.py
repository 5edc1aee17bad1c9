"""A stored listing's times, places and prices as facts, each in its order."""

from dataclasses import dataclass
from typing import Any

from ..models import Location, Service, ServiceAtLocation
from ..rules import going
from ..rules.facts import AccessFacts, CostFacts, PlaceFacts, SessionFacts
from ..rules.going import Rows


@dataclass(frozen=True)
class One:
    """One time, place or price of a listing, or room for one more; `seen` stands for having seen all of its kind."""

    word: str
    part: str
    number: int | None
    fact: Any
    places: Rows
    seen: str


def parts_of(service: Service) -> dict[str, Rows]:
    """What there may be several of, under the names of the facts."""
    places = list(service.places.select_related("location").prefetch_related("location__accessibility"))
    at: dict[object, int] = {each.id: number for number, each in enumerate(places)}
    sessions = tuple(
        as_facts(SessionFacts, each, place=at.get(each.service_at_location_id)) for each in service.schedules.all()
    )
    costs = tuple(as_facts(CostFacts, each) for each in service.cost_options.all())
    return {"sessions": sessions, "places": tuple(map(place_of, places)), "costs": costs}


def place_of(place: ServiceAtLocation) -> PlaceFacts:
    location: Location = place.location
    features = tuple(AccessFacts(each.description, each.access_need) for each in location.accessibility.all())
    found: PlaceFacts = as_facts(PlaceFacts, location, accessibility=features)
    return found


def as_facts(kind: type, row: Any, **given: Any) -> Any:
    """A stored row as its facts."""
    names = [name for name in kind.__struct_fields__ if name not in given]  # type: ignore[attr-defined]
    return kind(**{name: getattr(row, name) for name in names}, **given)


def one_of(service: Service, word: str, number: int | None = None) -> One | None:
    """The time, place or price of that number, counted from 1, or room for one more; None when there is no such."""
    part = going.WORDS.get(word, "")
    parts = parts_of(service)
    if not part or (number is not None and not 1 <= number <= len(parts[part])):
        return None
    fact = parts[part][number - 1] if number else None
    return One(word, part, number, fact, parts["places"], going.mark(parts[part]))
