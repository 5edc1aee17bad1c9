"""The finding page's words."""

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from linkworks.core import vocabulary
from linkworks.ui import formats

from ..queries import Found


def found_card(found: Found, search: str = "") -> dict[str, Any]:
    """One answer: what it is, why it is here, when, how much, whether there is room. `search` leads back to the list."""
    who = "" if found.organisation_name.startswith(found.name) else found.organisation_name
    where = " · ".join(part for part in (who, found.place) if part)
    return {
        "heading": found.name,
        "href": f"{reverse('directory:service', args=[found.service_id])}?{search}".rstrip("?"),
        "meta": where,
        "text": found.summary,
        "reasons": [each for each in found.reasons if each != "Has room"],  # the tag says it
        "tags": room_tags(found.has_room),
        "facts": [
            ("Next", found.next_session),
            ("Cost", found.cost),
            ("Places", found.capacity if found.has_room else ""),
            ("Wait", found.wait),
            ("Listing", found.verified or "Not checked yet: ask before you go"),
        ],
    }


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


def result_words(total: int, *, postcode: str, miles: str, words: str, is_cut: bool = False) -> str:
    """How much was found, "12 services for “lunch” within 3 miles of SE15 5DD", as one line. Never a count that is not true."""
    asked = f" for “{words}”" if words else ""
    where = f" near {postcode}" if postcode else ""
    if postcode and miles:
        where = f" within {formats.plural(int(miles), 'mile')} of {postcode}"
    counted = f"At least {total:,} services" if is_cut else formats.plural(total, "service")
    return f"{counted}{asked}{where}"
