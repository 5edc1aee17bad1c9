"""The words of one service's page."""

import re
from typing import Any

from linkworks.core import vocabulary
from linkworks.ui import formats

from ..models import Location, Service
from ..queries import ServicePage
from ..rules import freshness, room
from ..rules.editing import FACTS
from ..rules.evidence import sector_of
from ..states import LocationType, ServiceStatus
from .finding import open_tags, room_tags
from .going import address_lines, checked_words, closed_words, gone_asking, next_words, times_words
from .levels import advice_rows, course_rows
from .photos import photo_words
from .places import kind_sentence, place_link

NUMBERED = re.compile(r"^\s*(?:\(?\d{1,2}[.):](?!\d)|[-*•–](?=\s))\s*")
REALLY_LIKE = ("what_happens", "who_comes", "first_visit", "bring_someone", "quiet_times")


def service_words(page: ServicePage) -> dict[str, Any]:
    """Everything the page says, in its order."""
    service, going = page.service, page.going
    languages = sorted(each.name for each in service.language_rows.all())
    costs = [line for each in going.prices if (line := room.cost_line(each))]
    return {
        "tags": tags(page),
        "closed": closed_words(service.status),
        "gone": gone_asking(room.left_its_feed(service.gone_since, service.verified_on)),
        "next": next_words(going),
        "times": times_words(going),
        "places": [place_shown(each.location, is_offered=is_offered(page)) for each in page.places],
        "areas": [each.name for each in service.areas.all()],
        "about": [
            ("Kind of support", formats.listed(vocabulary.labels("kinds", service.kinds))),
            ("Helps with", sentence(formats.listed(needs(service)))),
            ("Who it is for", who_for(service)),
            ("Languages", formats.listed(languages)),
        ],
        "advice": advice_rows(service, going.on),
        "course": course_rows(service, going.times, going.on),
        "really_like": really_like(service),
        "photos": [photo_words(each) for each in page.photos],
        "way": way(service.getting_there),
        "access": formats.listed(
            [in_sentence(word) for word in vocabulary.labels("access_needs", service.access_needs)]
        ),
        "cost": costs or ([service.fees] if service.fees else []),
        "room": room_and_wait(page),
        "checked": checked(page),
        "facts_checked": facts_checked(page),
        "not_offered": not_offered(page),
        "sector": sector_of(service.kinds),
    }


def is_offered(page: ServicePage) -> bool:
    """Whether finding offers it: then the pages of its places do, too."""
    service = page.service
    expired = freshness.is_hidden(service.offered_until, page.going.on)
    return service.is_published and service.status == ServiceStatus.ACTIVE and not expired


def place_shown(location: Location, *, is_offered: bool) -> dict[str, Any]:
    """One place: what it is, its address, what makes it easier to get into, and where all that is on there is told."""
    return {
        "kind": kind_sentence(location.place_kind),
        "href": place_link(location, is_offered=is_offered),
        "lines": address_lines(location),
        "description": location.description,
        "accessibility": [each.description for each in location.accessibility.all()],
        "is_hidden": location.is_address_hidden,
        "is_online": location.location_type == LocationType.VIRTUAL,
    }


def really_like(service: Service) -> list[tuple[str, str]]:
    """What it is really like, without what the page has already said above."""
    said = {service.who_it_is_for.rstrip(".")}
    answers = [(FACTS[field], getattr(service, field)) for field in REALLY_LIKE]
    return [(label, words) for label, words in answers if words and words.rstrip(".") not in said]


def way(words: str) -> list[str]:
    """How to get there, a step on each of its lines, however these were numbered by hand."""
    return [step for line in words.splitlines() if (step := NUMBERED.sub("", line).strip())]


def in_sentence(label: str) -> str:
    """Inside a sentence "Hearing loop" is "hearing loop"; a name like British Sign Language stays as it is."""
    rest = label[1:]
    return label if rest != rest.lower() else label.lower()


def sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def needs(service: Service) -> list[str]:
    return [vocabulary.NEEDS[each].short for each in service.needs if each in vocabulary.NEEDS]


def tags(page: ServicePage) -> list[dict[str, str]]:
    hidden = [] if page.service.is_published else [{"text": "Not shown to the public", "colour": "red"}]
    return hidden + open_tags(page.going) + room_tags(page.has_room)


def who_for(service: Service) -> str:
    attributes = formats.listed(vocabulary.labels("person_attributes", service.person_attributes))
    return ". ".join(part.rstrip(".") for part in (service.who_it_is_for, age_words(service), attributes) if part)


def age_words(service: Service) -> str:
    youngest, oldest = service.minimum_age, service.maximum_age
    if youngest and youngest == oldest:
        return f"People aged {youngest}"
    if youngest and oldest is not None:
        return f"People aged {youngest} to {oldest}"
    if youngest:
        return f"People aged {youngest} and over"
    return f"People aged {oldest} and under" if oldest is not None else ""


def room_and_wait(page: ServicePage) -> list[str]:
    """The room and the wait there are; neither of one that does not run."""
    service = page.service
    if closed_words(service.status):
        return []
    return [said for said in (room_words(service), room.wait_words(service.wait_weeks, service.wait_words)) if said]


def room_words(service: Service) -> str:
    said = room.capacity_words(service.capacity_places, service.places_taken)
    return (
        f"{said} (on {formats.long_date(service.capacity_checked_on)})"
        if said and service.capacity_checked_on
        else said
    )


def checked(page: ServicePage) -> str:
    """Who last checked the listing and when, said openly when nobody has."""
    said = checked_words(page.service)
    if not said:
        return "Nobody has checked this listing yet. Ask before you go."
    return f"{said}." if page.is_fresh else f"{said}. Ask before you go."


def facts_checked(page: ServicePage) -> list[tuple[str, str]]:
    """Each kind of fact, and who confirmed it when: only where they differ is there more to say than of the whole."""
    newest = {name: freshness.newest(name, page.confirmed) for name in freshness.KINDS}
    if len({(each.on, each.by) if each else None for each in newest.values()}) < 2:
        return []
    return [(freshness.KINDS[name].label, confirmed_words(each)) for name, each in newest.items()]


def confirmed_words(confirmed: freshness.Confirmed | None) -> str:
    if confirmed is None:
        return "Nobody has checked this yet"
    return f"Checked by {freshness.WHO[confirmed.by]} on {formats.long_date(confirmed.on)}"


def not_offered(page: ServicePage) -> str:
    """Why a high-risk listing is found no longer, for whoever opens its page all the same."""
    if not freshness.is_hidden(page.service.offered_until, page.going.on):
        return ""
    return "Nobody has been able to confirm this listing for half a year, so we no longer offer it. Ask before you go."
