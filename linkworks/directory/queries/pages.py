"""Everything about one service, for its public page."""

from dataclasses import dataclass
from uuid import UUID

from linkworks.core.actor import Actor
from linkworks.core.clock import today

from ..access import visible_services
from ..models import Contact, Location, Service
from ..rules import room, sessions
from .cards import address_lines
from .finding import coming_words, gone_words, hours_words


@dataclass(frozen=True, kw_only=True)
class PlaceShown:
    """One place: its address, and what makes it easier to get into."""

    lines: tuple[str, ...]
    description: str
    accessibility: tuple[str, ...]
    is_hidden: bool
    is_online: bool


@dataclass(frozen=True, kw_only=True)
class ServicePage:
    """A service with all that hangs on it; contacts are those that may be shown."""

    service: Service
    organisation_name: str
    organisation_website: str
    places: tuple[PlaceShown, ...]
    times: tuple[str, ...]
    next_session: str | None
    costs: tuple[str, ...]
    contacts: tuple[Contact, ...]
    languages: tuple[str, ...]
    areas: tuple[str, ...]
    source_name: str
    has_room: bool | None
    is_fresh: bool
    gone: str


def service_page(actor: Actor, service_id: UUID) -> ServicePage | None:
    """The service as this actor may see it; None when there is none, or it is not shown."""
    rows = visible_services(actor).select_related("organisation", "source").defer("document", "search_vector")
    service = (
        rows.prefetch_related(
            "places__location__accessibility", "schedules", "cost_options", "contacts", "language_rows", "areas"
        )
        .filter(id=service_id)
        .first()
    )
    if service is None:
        return None
    schedules = sorted(service.schedules.all(), key=lambda each: (each.created_at, each.id))
    costs = (room.cost_line(each) for each in service.cost_options.all())
    return ServicePage(
        service=service,
        organisation_name=service.organisation.name,
        organisation_website=service.organisation.website,
        places=tuple(place_shown(each.location) for each in service.places.all()),
        times=tuple(dict.fromkeys(line for each in schedules if (line := time_line(each)))),
        next_session=coming_words(schedules),
        costs=tuple(line for line in costs if line),
        contacts=tuple(each for each in service.contacts.all() if each.is_published),
        languages=tuple(sorted(each.name for each in service.language_rows.all())),
        areas=tuple(each.name for each in service.areas.all()),
        source_name=service.source.name if service.source else "",
        has_room=room.has_room(service.capacity_places, service.places_taken),
        is_fresh=room.is_fresh(service.verified_on, today()),
        gone=gone_words(service),
    )


def place_shown(location: Location) -> PlaceShown:
    return PlaceShown(
        lines=address_lines(location),
        description=location.description,
        accessibility=tuple(each.description for each in location.accessibility.all()),
        is_hidden=location.is_address_hidden,
        is_online=location.location_type == "virtual",
    )


def time_line(schedule: sessions.Timed) -> str:
    """A rule and its hours, "Every Tuesday, 10am to midday", with the listing's own words after the rule."""
    pattern = sessions.pattern_words(schedule)
    hours = hours_words(schedule.opens_at, schedule.closes_at)
    said = ", ".join(part for part in (pattern, hours) if part)
    extra = "" if sessions.says_nothing_new(schedule.description, pattern) else schedule.description
    return f"{said}. {extra}" if said and extra else said or extra
