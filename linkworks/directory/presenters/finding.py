"""The finding page's words."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode

from linkworks.core import vocabulary
from linkworks.ui import formats

from ..queries import Answer, Found, Going
from ..rules import room
from ..rules.lay import heard
from .going import checked_words, gone_asking, next_words, open_words, place_words
from .levels import level_facts


def found_words(found: Found) -> dict[str, Any]:
    """An answer in facts and words, one under each name: what cards are made of, and what `linkworks find --json` prints."""
    service, weighed = found.service, found.candidate
    since = room.left_its_feed(service.gone_since, service.verified_on)
    return {
        "service_id": service.id,
        "name": service.name,
        "organisation_name": weighed.organisation_name,
        "distance_km": weighed.distance_km,
        "kinds": service.kinds,
        "categories": service.categories,
        "needs": service.needs,
        "access_needs": service.access_needs,
        "next_session": next_words(found.going) or None,
        "place": place_words(found.going.places),
        "cost": room.cost_words(found.going.prices, service.fees),
        "capacity": room.capacity_words(service.capacity_places, service.places_taken),
        "has_room": room.has_room(service.capacity_places, service.places_taken),
        "wait": room.wait_words(service.wait_weeks, service.wait_words),
        "verified": gone_asking(since) or checked_words(service),
        "reasons": found.reasons,
        "summary": room.shortened(service.description, 200),
        "is_fictional": service.is_fictional,
        "terms_are_guessed": service.terms_are_guessed,
    }


def answer_facts(answer: Answer) -> dict[str, Any]:
    """An answer as programs read it, under names that never change."""
    service, weighed = answer.found.service, answer.found.candidate
    far = weighed.distance_km
    return {
        "id": service.id,
        "name": service.name,
        "kinds": service.kinds,
        "needs": service.needs,
        "distance_km": None if far is None else round(far, 3),
        "score": answer.score,
        "reasons": answer.found.reasons,
    }


def found_card(
    found: Found, search: str = "", *, number: str = "", place: str | None = None, is_saved: bool = False
) -> dict[str, Any]:
    """One answer: what it is, why it is here, when, how much, whether there is room.

    `search` leads back to the list; `place` stands in for where it is, if it is anywhere.
    """
    said = found_words(found)
    return {
        "id": f"service-{found.service_id}",
        "button": save_button(found.service_id, is_saved),
        "number": number,
        "heading": said["name"],
        "href": f"{address_of(found.service_id)}?{search}".rstrip("?"),
        "meta": " · ".join(part for part in (who_runs(found), said["place"] and (place or said["place"])) if part),
        "text": said["summary"],
        "reasons": reasons(found),
        "tags": open_tags(found.going) + room_tags(said["has_room"]),
        "facts": [
            ("Next", said["next_session"]),
            ("Cost", said["cost"]),
            *level_facts(found.service),
            ("Places", said["capacity"] if said["has_room"] else ""),
            ("Wait", said["wait"]),
            ("Listing", said["verified"] or "Not checked yet: ask before you go"),
        ],
    }


def save_button(service_id: UUID, is_saved: bool) -> dict[str, str]:
    """Puts it on somebody's own list, or takes it off again."""
    form, text = ("taking-off", "Saved: take off") if is_saved else ("saving", "Save")
    return {"form": form, "text": text, "value": str(service_id)}


@lru_cache(maxsize=4096)
def address_of(service_id: UUID) -> str:
    return reverse("directory:service", args=[service_id])


def who_runs(found: Found) -> str:
    """The organisation, unless its name only says that of the service again."""
    who = found.candidate.organisation_name
    return "" if who.startswith(found.name) else who


def reasons(found: Found) -> list[str]:
    return without_room(found.reasons)


def without_room(reasons: Iterable[str]) -> list[str]:
    """Why it is here; that there is room is said beside that."""
    return [each for each in reasons if each != "Has room"]


def open_tags(going: Going) -> list[dict[str, str]]:
    words = open_words(going)
    return [{"text": words, "colour": "blue"}] if words else []


def room_tags(has_room: bool | None) -> list[dict[str, str]]:
    if has_room is None:
        return []
    return [{"text": "Has room", "colour": "green"}] if has_room else [{"text": "Full", "colour": "orange"}]


def category_cards() -> list[dict[str, str]]:
    """The five kinds of support, for somebody who does not know what to ask for."""
    return [
        {
            "heading": word.label,
            "text": word.description,
            "href": f"{reverse('directory:find')}?{urlencode({'category': word.id})}",
        }
        for word in vocabulary.CATEGORIES.values()
    ]


def help_comes_first(words: str) -> bool:
    """Whether what was asked says that a life may be at risk: then the numbers for help now stand before everything else."""
    return heard(words).is_danger


def result_words(total: int, *, postcode: str, miles: str, words: str) -> str:
    """How much was found, "12 services for “lunch” within 3 miles of SE15 5DD", as one line."""
    asked = f" for “{words}”" if words else ""
    where = f" near {postcode}" if postcode else ""
    if postcode and miles:
        where = f" within {formats.plural(int(miles), 'mile')} of {postcode}"
    return f"{formats.plural(total, 'service')}{asked}{where}"
