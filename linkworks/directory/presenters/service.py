"""The words of one service's page."""

from typing import Any

from linkworks.core import vocabulary
from linkworks.ui import formats

from ..models import Service
from ..queries import ServicePage
from ..rules import room
from ..states import ServiceStatus

REALLY_LIKE = (
    ("What happens", "what_happens"),
    ("Who comes", "who_comes"),
    ("Your first visit", "first_visit"),
    ("Can I bring someone?", "bring_someone"),
    ("Quieter times", "quiet_times"),
)
CLOSED = {
    ServiceStatus.TEMPORARILY_CLOSED: "This service is closed for now.",
    ServiceStatus.INACTIVE: "This service is not running at the moment.",
    ServiceStatus.DEFUNCT: "This service has closed.",
}


def service_words(page: ServicePage) -> dict[str, Any]:
    """Everything the page says, in its order."""
    service = page.service
    return {
        "tags": tags(page),
        "closed": CLOSED.get(ServiceStatus(service.status), ""),
        "about": [
            ("Kind of support", formats.listed(vocabulary.labels("kinds", service.kinds))),
            ("Helps with", sentence(formats.listed(needs(service)))),
            ("Who it is for", who_for(service)),
            ("Languages", formats.listed(page.languages)),
        ],
        "really_like": really_like(service),
        "access": formats.listed(
            [in_sentence(word) for word in vocabulary.labels("access_needs", service.access_needs)]
        ),
        "cost": list(page.costs) or ([service.fees] if service.fees else []),
        "room": [
            words for words in (room_words(page), room.wait_words(service.wait_weeks, service.wait_words)) if words
        ],
        "checked": checked(page),
    }


def really_like(service: Service) -> list[tuple[str, str]]:
    """What it is really like, without what the page has already said above."""
    said = {service.who_it_is_for.rstrip(".")}
    answers = [(label, getattr(service, field)) for label, field in REALLY_LIKE]
    return [(label, words) for label, words in answers if words and words.rstrip(".") not in said]


def in_sentence(label: str) -> str:
    """Inside a sentence "Hearing loop" is "hearing loop"; a name like British Sign Language stays as it is."""
    rest = label[1:]
    return label if rest != rest.lower() else label.lower()


def sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def needs(service: Service) -> list[str]:
    return [vocabulary.NEEDS[each].short for each in service.needs if each in vocabulary.NEEDS]


def tags(page: ServicePage) -> list[dict[str, str]]:
    shown = []
    if not page.service.is_published:
        shown.append({"text": "Not shown to the public", "colour": "red"})
    if page.has_room is not None:
        shown.append({"text": "Has room", "colour": "green"} if page.has_room else {"text": "Full", "colour": "orange"})
    return shown


def who_for(service: Service) -> str:
    attributes = formats.listed(vocabulary.labels("person_attributes", service.person_attributes))
    return ". ".join(part.rstrip(".") for part in (service.who_it_is_for, age_words(service), attributes) if part)


def age_words(service: Service) -> str:
    youngest, oldest = service.minimum_age, service.maximum_age
    if youngest and oldest is not None:
        return f"People aged {youngest} to {oldest}"
    if youngest:
        return f"People aged {youngest} and over"
    return f"People aged {oldest} and under" if oldest is not None else ""


def room_words(page: ServicePage) -> str:
    service = page.service
    said = room.capacity_words(service.capacity_places, service.places_taken)
    return (
        f"{said} (on {formats.long_date(service.capacity_checked_on)})"
        if said and service.capacity_checked_on
        else said
    )


def checked(page: ServicePage) -> str:
    """Who last checked the listing and when, said openly when nobody has."""
    service = page.service
    if service.verified_on is None:
        return "Nobody has checked this listing yet. Ask before you go."
    who = f" by {service.verified_by}" if service.verified_by else ""
    said = f"Last checked on {formats.long_date(service.verified_on)}{who}."
    return said if page.is_fresh else f"{said} That is some time ago, so ask before you go."
