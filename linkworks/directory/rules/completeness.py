"""How much of what people ask before they dare to come, a listing answers. One table says what is asked and how much it counts.

What it is really like there counts double: it decides whether somebody comes, and no other directory says it (requirement R54).
"""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from ..states import LocationType
from .document import Parts

DOUBLE = 2


class Question(Struct, frozen=True):
    """What people ask. `of_a_door`: only where there is a door that people may be led to."""

    id: str
    words: str
    is_answered: Callable[[Any, Parts], bool]
    weight: int = 1
    of_a_door: bool = False


def said(name: str) -> Callable[[Any, Parts], bool]:
    return lambda service, parts: bool(getattr(service, name))


QUESTIONS = (
    Question("what_happens", "what happens there", said("what_happens"), DOUBLE),
    Question("first_visit", "what the first visit is like", said("first_visit"), DOUBLE),
    Question("who_comes", "who comes", said("who_comes"), DOUBLE),
    Question("bring_someone", "whether they can bring someone", said("bring_someone"), DOUBLE),
    Question("quiet_times", "when it is quieter", said("quiet_times"), DOUBLE),
    Question("getting_there", "how to get there, step by step", said("getting_there"), DOUBLE, of_a_door=True),
    Question("photos", "what it looks like (a photo)", said("photo_count"), DOUBLE, of_a_door=True),
    Question("description", "what it is", said("description")),
    Question("when", "when it is on", lambda _, parts: bool(parts.schedules)),
    Question("where", "where it is", lambda _, parts: bool(parts.places or parts.areas)),
    Question("cost", "what it costs", lambda service, parts: bool(service.fees or parts.costs)),
    Question("who_it_is_for", "who it is for", said("who_it_is_for")),
    Question("contact", "how to get in touch", lambda service, parts: bool(reach(service) or parts.contacts)),
    Question("ask_for", "who to ask for", said("ask_for")),
    Question("access", "how easy it is to get in and take part", said("access_needs")),
    Question("languages", "which languages are spoken", lambda service, parts: bool(service.languages or parts.languages)),
)  # fmt: skip
WORDS = {each.id: each.words for each in QUESTIONS}
SAYS_LITTLE = 50  # in hundredths: a listing that answers less than half


class Completeness(Struct, frozen=True):
    """What share of the questions is answered, by their weights, in hundredths; and which are open, the weightiest first."""

    score: int
    unsaid: tuple[str, ...]


def reach(service: Any) -> str:
    return str(service.phone or service.email or service.url)


def completeness(service: Any, parts: Parts) -> Completeness:
    """How much this listing answers of what people ask of one like it."""
    asked = [each for each in QUESTIONS if not each.of_a_door or has_door(parts)]
    unsaid = [each for each in asked if not each.is_answered(service, parts)]
    whole, missing = (sum(each.weight for each in some) for some in (asked, unsaid))
    return Completeness(100 * (whole - missing) // whole, tuple(each.id for each in unsaid))


def has_door(parts: Parts) -> bool:
    """Whether people come to a place whose address they may know."""
    doors = [at.location for at in parts.places if at.location.location_type == LocationType.PHYSICAL]
    return bool(doors) and not any(each.is_address_hidden for each in doors)
