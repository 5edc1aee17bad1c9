"""What it takes to go to a service: when it happens next, where, and what it costs today."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from math import inf
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from linkworks.core.clock import DAY, LONDON, now

from ..models import CostOption, Schedule, Service, ServiceAtLocation
from ..rules import open_now, sessions
from ..rules.places import distance_km
from ..rules.room import is_current
from ..states import LocationType, ServiceStatus

Point = tuple[float, float]
ON_FOOT_FIRST = [LocationType.PHYSICAL.value, LocationType.VIRTUAL.value]


@dataclass(frozen=True, kw_only=True)
class Going:
    """When: its schedules that have not ended, the next session, or else those of which no day can be promised.

    Now: until when it is open, if it is, and when today that is no longer so.

    Where: the places one can go to, those on the ground before those online, the nearest first.
    """

    on: date
    times: tuple[Schedule, ...] = ()
    session: sessions.Session | None = None
    open_until: time | None = None
    turns_at: time | None = None
    loose: tuple[sessions.Timed, ...] = ()
    places: tuple[ServiceAtLocation, ...] = ()
    prices: tuple[CostOption, ...] = ()


def with_parts(rows: QuerySet[Service]) -> QuerySet[Service]:
    """The services with what `going_to` reads, in a constant number of statements."""
    places = ServiceAtLocation.objects.select_related("location")
    return rows.prefetch_related(Prefetch("places", queryset=places), "schedules", "cost_options")


def going_to(service: Service, near: Point | None = None) -> Going:
    """A service read `with_parts`. Nothing comes next of one that does not run; what is over already today is not next."""
    here = now().astimezone(LONDON)
    going = when(service.schedules.all(), here.date(), here.time(), runs=service.status == ServiceStatus.ACTIVE)
    return replace(
        going,
        places=tuple(nearest_first(service.places.all(), near)),
        prices=tuple(each for each in service.cost_options.all() if is_current(each, going.on)),
    )


def when(schedules: Iterable[Schedule], on: date, at: time = time.min, *, runs: bool = True) -> Going:
    told = tuple(schedules)
    times = tuple(each for each in told if not sessions.has_ended(each, on))
    if not runs:
        return Going(on=on, times=times)
    session = sessions.next_session(times, on, at)
    spans, minute = open_now.spans_of(told, on, ahead=1), open_now.moment(on, at)
    return Going(
        on=on,
        times=times,
        session=session,
        loose=() if session else tuple(sessions.without_a_day(times, on)),
        open_until=open_now.open_until(spans, minute),
        turns_at=open_now.turns_at(spans, minute),
    )


def stays_until(going: Going) -> datetime:
    """Until when the same is next and open: until today's session is over, something opens or closes, or the day is over."""
    ends = sessions.ends_on(going.session, going.on) if going.session else None
    turns = [instant(going.on, each) for each in (ends, going.turns_at) if each]
    return min([*turns, instant(going.on + DAY, time.min)])


def instant(day: date, at: time) -> datetime:
    """When the clocks say so; of an hour that is told twice, or not at all, the earlier."""
    told = (datetime.combine(day, at.replace(fold=fold), LONDON).astimezone(UTC) for fold in (0, 1))
    return min(told).astimezone(LONDON)


def met_on(service_id: UUID, days: Iterable[date]) -> list[date]:
    """Those of the days on which it meets by its rules, or all of them where nobody knows when it meets."""
    asked, times = list(days), list(Schedule.objects.filter(service_id=service_id))
    if not times or not all(sessions.is_rule(each) for each in times):
        return asked
    return [day for day in asked if any(sessions.falls_on(each, day) for each in times)] or asked


def next_day(service_id: UUID, on: date) -> date | None:
    """The first day from this one on that it meets; none where no day can be told."""
    session = sessions.next_session(Schedule.objects.filter(service_id=service_id), on)
    return session.day if session else None


def nearest_first(places: Iterable[ServiceAtLocation], near: Point | None) -> list[ServiceAtLocation]:
    """The places one can go to, those on the ground before those online, the nearest first."""
    kept = [each for each in places if each.location.location_type in ON_FOOT_FIRST]
    return sorted(kept, key=lambda each: (ON_FOOT_FIRST.index(each.location.location_type), how_far(each, near)))


def how_far(place: ServiceAtLocation, near: Point | None) -> float:
    at = place.location
    if near is None:
        return 0.0
    return inf if at.latitude is None or at.longitude is None else distance_km(near, (at.latitude, at.longitude))
