"""The words of a listing's times, places and prices, for whoever keeps them right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from linkworks.core import vocabulary
from linkworks.core.clock import today
from linkworks.ui import formats

from ..models import Service
from ..queries import One
from ..rules import going, proposing, room, sessions
from ..rules.facts import PlaceFacts
from ..states import LocationType
from .going import time_line

TITLES = {"times": "Times", "places": "Places", "costs": "Cost"}
SINGULAR = {"times": "time", "places": "place", "costs": "price"}
NONE = {"times": "No time is given.", "places": "No place is given.", "costs": "No price is given."}
HIDDEN = "The exact address is kept private"


@dataclass(frozen=True)
class Door:
    """Where these pages are for whoever looks: a steward's or a group's own."""

    name: str
    service: Service

    def to(self, page: str = "", *args: object) -> str:
        return reverse(f"{self.name}-{page}" if page else self.name, args=[self.service.id, *args])


def going_page(service: Service, parts: Mapping[str, Sequence[Any]], door: Door) -> dict[str, Any]:
    """The times, places and prices, each with a way to change it, and a way to add one."""
    words = {word: lines(part, parts[part], parts["places"]) for word, part in going.WORDS.items()}
    return {
        "sections": [
            {
                "title": title,
                "singular": SINGULAR[word],
                "rows": [
                    [{"text": line, "href": door.to("change", word, number)}]
                    for number, line in enumerate(words[word], start=1)
                ],
                "none": service.fees if word == "costs" and service.fees else NONE[word],
                "add": door.to("add", word),
            }
            for word, title in TITLES.items()
        ]
    }


def one_words(one: One, door: Door) -> dict[str, Any]:
    """The words around one time, place or price."""
    singular = SINGULAR[one.word]
    said = lines(one.part, (one.fact,), one.places)[0] if one.fact else ""
    return {
        "page_title": f"Change this {singular}" if one.fact else f"Add a {singular}",
        "singular": singular,
        "said": said,
        "back": door.to(),
        "remove": door.to("remove", one.word, one.number) if one.fact else "",
        "again": door.to("change", one.word, one.number) if one.fact else door.to("add", one.word),
    }


def lines(part: str, rows: Sequence[Any], places: Sequence[PlaceFacts] = ()) -> list[str]:
    """Each in words, as people read it."""
    if part == "sessions":
        return [session_words(each, places) for each in rows]
    return [place_words(each) if part == "places" else cost_words(each) for each in rows]


def session_words(session: Any, places: Sequence[PlaceFacts]) -> str:
    until = session.valid_to if session.valid_to and not sessions.only_day(session) else None
    said = [time_line(session, today()) or "A time of which nothing is known"]
    if session.place is not None and 1 < len(places) > session.place:
        said.append(f"at {short_place(places[session.place])}")
    return ", ".join([*said, *([f"until {formats.long_date(until)}"] if until else [])])


def short_place(place: PlaceFacts) -> str:
    return "Online" if place.location_type == LocationType.VIRTUAL else place.name or place.address_1 or place.postcode


def place_words(place: PlaceFacts) -> str:
    """Its address, whether that is shown, and what it is like to get into."""
    lines = (place.name, place.address_1, place.city, place.postcode)
    address = "Online" if place.location_type == LocationType.VIRTUAL else ", ".join(dict.fromkeys(filter(None, lines)))
    access = formats.listed([each.description for each in place.accessibility])
    kind = vocabulary.label("place_kinds", place.place_kind) if place.place_kind else ""
    said = (
        address or "No address is given",
        kind,
        HIDDEN if place.is_address_hidden else "",
        place.description,
        access,
    )
    return ". ".join(each.rstrip(".") for each in said if each)


def cost_words(cost: Any) -> str:
    return room.cost_line(cost) or "Nothing is known"


def said(part: str, rows: Sequence[Any], places: Sequence[PlaceFacts] = ()) -> str:
    return "; ".join(lines(part, rows, places))


def written_words(field: str, text: str) -> str:
    """What the history keeps of times, places or prices, in words; anything else as it is."""
    return said(field, going.read(field, text)) if field in going.LABELS else text


def part_changes(before: dict[str, Any], after: dict[str, Any], *, is_private: bool) -> list[dict[str, Any]]:
    """What is different of the times, places and prices of two versions. Of a place that is private now, nothing is told."""
    found = []
    for part, label in going.LABELS.items():
        if before.get(part) is None or after.get(part) is None or before[part] == after[part]:
            continue
        was, now = (
            said(part, going.told(part, each[part]), going.told("places", each["places"])) for each in (before, after)
        )
        if part == "places" and is_private:
            was = now = "The place was changed. Its address is kept private."
        found.append({"label": label, "pieces": proposing.difference(was, now)})
    return found


def kept_words_of(service: Service) -> str:
    """Which of the three stay as they were changed here, though the listing comes from a feed."""
    kept = [label.lower() for part, label in going.LABELS.items() if part in service.kept_here]
    return formats.listed(kept)
