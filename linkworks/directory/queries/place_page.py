"""One real place: what it is like to get into, and all that is on there, in the order of the week."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from linkworks.core.clock import DAY, LONDON, now

from ..access import offered_services
from ..models import Location, Schedule, Service
from ..rules import sessions
from .going import Going, going_to, when, with_parts
from .places import Place, place_of

DAYS = 7


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """One time that one service meets here within the week."""

    service: Service
    going: Going
    session: sessions.Session


@dataclass(frozen=True, kw_only=True)
class PlacePage:
    """A place. `week` is day by day what is still to come; `others` what is offered here with no time in it that is known."""

    place: Place
    descriptions: tuple[str, ...]
    accessibility: tuple[str, ...]
    week: dict[date, list[Meeting]]
    others: tuple[tuple[Service, Going], ...]


def place_page(key: str) -> PlacePage | None:
    place = place_of(key)
    if place is None:
        return None
    here = now().astimezone(LONDON)
    told = [(each, going_to(each)) for each in services_at(key)]
    meetings = [each for service, going in told for each in meetings_at(key, service, going, here.date(), here.time())]
    met = {each.service.id for each in meetings}
    locations = Location.objects.filter(key=key, services__service__in=[each for each, _ in told])
    rows = list(locations.prefetch_related("accessibility").distinct().order_by("created_at", "id"))
    return PlacePage(
        place=place,
        descriptions=once(each.description for each in rows),
        accessibility=once(feature.description for each in rows for feature in each.accessibility.all()),
        week=by_day(meetings),
        others=tuple((each, only_here(key, going, here)) for each, going in told if each.id not in met),
    )


def services_at(key: str) -> list[Service]:
    """Each service that is offered there once, by name."""
    rows = offered_services().filter(places__location__key=key).distinct().select_related("organisation")
    short = rows.defer("document", "summary", "search_vector", "search_words")
    return list(with_parts(short).order_by("name", "id"))


def meetings_at(key: str, service: Service, going: Going, today: date, at: time) -> list[Meeting]:
    """When it meets here from now on, a week ahead. Of several places, only at the one its time is for."""
    times = times_here(key, going)
    last = today + (DAYS - 1) * DAY
    coming = (each for schedule in times for each in sessions.sessions_from(schedule, today, ahead=DAYS))
    kept = (each for each in coming if each.day <= last and not sessions.is_over(each, today, at))
    return [Meeting(service=service, going=going, session=each) for each in kept]


def times_here(key: str, going: Going) -> list[Schedule]:
    here: set[object] = {each.id for each in going.places if each.location.key == key}
    return [each for each in going.times if is_here(each.service_at_location_id, here, len(going.places))]


def only_here(key: str, going: Going, at: datetime) -> Going:
    """When and where one goes to it here: of what meets elsewhere too, the times there are left out."""
    places = tuple(each for each in going.places if each.location.key == key)
    return replace(when(times_here(key, going), at.date(), at.time()), places=places, prices=going.prices)


def is_here(place_id: object, here: set[object], places: int) -> bool:
    """Whether a time is for this place: it says so, or the service has no other."""
    return place_id in here if place_id else places == len(here)


def by_day(meetings: Iterable[Meeting]) -> dict[date, list[Meeting]]:
    found: dict[date, list[Meeting]] = {}
    for each in sorted(meetings, key=in_order):
        found.setdefault(each.session.day, []).append(each)
    return found


def in_order(meeting: Meeting) -> tuple[date, time, str, str]:
    """Day by day, by the clock; what says no hour comes first."""
    session = meeting.session
    return session.day, session.opens_at or time.min, meeting.service.name.lower(), str(meeting.service.id)


def once(some: Iterable[str]) -> tuple[str, ...]:
    """Each of them once, however it is written in capitals."""
    found: dict[str, str] = {}
    for each in some:
        if each.strip():
            found.setdefault(" ".join(each.lower().split()).rstrip("."), each.strip())
    return tuple(found.values())
