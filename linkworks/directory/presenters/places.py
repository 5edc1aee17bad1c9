"""The words of places, and of what is on there."""

from typing import Any

from django.urls import reverse

from linkworks.core import vocabulary
from linkworks.organisations.rules.places import boroughs
from linkworks.ui import formats

from ..models import Location, Service
from ..queries import Place, PlacePage
from ..queries.going import Going
from ..queries.place_page import Meeting
from ..rules import doubts, room
from ..rules.places import miles_words
from .going import DOUBTS, gone_asking, hours_words, next_words, times_words

NO_TIMES = "Ask when to come"


def place_card(place: Place) -> dict[str, Any]:
    """A place in the list: what it is, where, how far, and how much is on."""
    away = miles_words(place.km) if place.km is not None else ""
    return {
        "heading": name_of(place),
        "href": reverse("directory:place", args=[place.key]),
        "meta": ". ".join(each for each in (kind_label(place.kind), address_of(place)) if each),
        "facts": [
            ("On here", formats.plural(place.services, "group or service", "groups and services")),
            ("How far", away),
        ],
    }


def name_of(place: Place) -> str:
    return place.name or place.address_1


def kind_label(kind: str) -> str:
    return vocabulary.label("place_kinds", kind) if kind else ""


def kinds_of_place() -> list[str]:
    """What can be written in a spreadsheet."""
    return [each.label for each in vocabulary.PLACE_KINDS.values()]


def kind_sentence(kind: str) -> str:
    known = vocabulary.PLACE_KINDS.get(kind)
    return f"It is {known.short}." if known else ""


def address_of(place: Place) -> str:
    parts = ("" if place.name == place.address_1 or not place.name else place.address_1, place.city, place.postcode)
    return ", ".join(dict.fromkeys(each for each in parts if each))


def place_words(page: PlacePage) -> dict[str, Any]:
    """Everything the page of a place says."""
    place, borough = page.place, boroughs().get(page.place.borough_code)
    address = ", ".join(each for each in (place.address_1, place.city, place.postcode) if each)
    return {
        "name": name_of(place),
        "intro": ". ".join(each for each in (kind_label(place.kind), address, borough.name if borough else "") if each)
        + ".",
        "descriptions": page.descriptions,
        "accessibility": page.accessibility,
        "days": [
            {"day": formats.long_date(day), "lines": list(map(meeting_line, on))} for day, on in page.week.items()
        ],
        "others": [other_line(service, going) for service, going in page.others],
        "postcode": place.postcode,
    }


def meeting_line(meeting: Meeting) -> dict[str, str]:
    """What is on at one time of the week."""
    session, service = meeting.session, meeting.service
    doubt = doubts.doubt(session)
    return service_line(service, meeting.going) | {
        "when": hours_words(session.opens_at, session.closes_at) or "Time not listed",
        "doubt": DOUBTS[doubt] if doubt else "",
    }


def other_line(service: Service, going: Going) -> dict[str, str]:
    """What is offered there at no time of this week that is known."""
    said = next_words(going)
    return service_line(service, going) | {
        "when": f"Next: {said}" if said and going.session else said or "; ".join(times_words(going)) or NO_TIMES,
        "doubt": "",
    }


def service_line(service: Service, going: Going) -> dict[str, str]:
    full = "" if room.has_room(service.capacity_places, service.places_taken) is not False else "full"
    cost = room.cost_words(going.prices, service.fees)
    gone = gone_asking(room.left_its_feed(service.gone_since, service.verified_on))
    return {
        "name": service.name,
        "href": reverse("directory:service", args=[service.id]),
        "by": "" if service.organisation.name == service.name else service.organisation.name,
        "note": ". ".join(each for each in (cost, full, gone) if each),
    }


def place_link(location: Location, *, is_offered: bool) -> str:
    """Where the page of a listing's place is; nowhere for what is private, or offered no longer."""
    return reverse("directory:place", args=[location.key]) if location.key and is_offered else ""
