"""Finding services: for the public page, for a goal, for a next step. Every answer takes a constant number of statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import NamedTuple, TypeVar
from uuid import UUID

from linkworks.core.clock import LONDON, now, today
from linkworks.ui import formats

from ..models import CostOption, Schedule, Service, ServiceAtLocation
from ..rules import matching, room, sessions
from ..rules.matching import Candidate, Wish
from ..states import LocationType
from .candidates import Looking, Point, best_words, candidates

Row = TypeVar("Row", Schedule, CostOption, ServiceAtLocation)
NOT_SHOWN_MOST = 8
LOOK_BEYOND = 3.0  # a goal also says what is a little too far: this many times the distance asked for


@dataclass(frozen=True, kw_only=True)
class Found:
    """A service that answers a question, and why."""

    service_id: UUID
    name: str
    organisation_name: str
    distance_km: float | None
    kinds: tuple[str, ...]
    categories: tuple[str, ...]
    needs: tuple[str, ...]
    access_needs: tuple[str, ...]
    next_session: str | None
    cost: str
    capacity: str
    has_room: bool | None
    wait: str
    verified: str
    reasons: tuple[str, ...]
    is_fictional: bool
    place: str
    summary: str
    terms_are_guessed: bool


class NotShown(NamedTuple):
    """A service that helps but cannot be offered to this person, and why not."""

    name: str
    why: str
    service_id: UUID | None = None
    is_full: bool = False


@dataclass(frozen=True)
class Match:
    """What fits a goal, best first, and what does not."""

    found: list[Found]
    not_shown: list[NotShown]


def services_for(
    *,
    needs: Sequence[str] = (),
    words: str = "",
    near: Point | None = None,
    within_km: float | None = None,
    category: str = "",
    access_needs: Sequence[str] = (),
    limit: int = 20,
) -> list[Found]:
    """Services that answer, best first, with distance and reasons."""
    looking = Looking(
        needs=tuple(needs),
        words=words,
        near=near,
        within_km=within_km,
        category=category,
        access_needs=tuple(access_needs),
    )
    return shown(ranked(looking).answers[:limit], looking)


class Ranked(NamedTuple):
    """The answers, best first. When it is cut there are more than are told."""

    answers: list[Candidate]
    is_cut: bool


def ranked(looking: Looking) -> Ranked:
    """All the answers, best first, before their details are looked up."""
    wish, weighed = wish_of(looking), candidates(looking)
    near = [each for each in weighed.candidates if not matching.too_far(each, wish)]
    return Ranked(sorted(best_words(near, looking), key=lambda each: matching.sort_key(each, wish)), weighed.is_cut)


def wish_of(looking: Looking) -> Wish:
    return Wish(
        needs=looking.needs,
        words=looking.words,
        is_near=looking.near is not None,
        within_km=looking.within_km,
        access_needs=looking.access_needs,
        today=today(),
    )


def match(
    *,
    needs: Sequence[str] = (),
    words: str = "",
    goal_words: str = "",
    latitude: float | None = None,
    longitude: float | None = None,
    within_km: float = 8.0,
    access_needs: Sequence[str] = (),
    languages: Sequence[str] = (),
    offered: Sequence[str] = (),
    age: int | None = None,
    limit: int = 10,
) -> Match:
    """What fits one person's goal. What they must have is never traded for points; what falls short is named with its reason."""
    near = (latitude, longitude) if latitude is not None and longitude is not None else None
    wish = Wish(
        needs=tuple(needs), words=words, is_near=near is not None, within_km=within_km, access_needs=tuple(access_needs),
        languages=tuple(languages), offered=tuple(offered), age=age, today=today(),
    )  # fmt: skip
    looking = Looking(
        needs=wish.needs, words=words, goal_words=goal_words, near=near, within_km=within_km * LOOK_BEYOND, is_goal=True
    )
    in_order = sorted(candidates(looking).candidates, key=lambda each: matching.sort_key(each, wish))
    judged = [(each, matching.why_not(each, wish)) for each in in_order]
    fitting = best_words([each for each, why in judged if why is None], looking)
    missed = [NotShown(each.name, why, each.id, why == matching.FULL) for each, why in judged if why is not None]
    return Match(details(fitting[:limit], wish), missed[:NOT_SHOWN_MOST])


def shown(some: Sequence[Candidate], looking: Looking) -> list[Found]:
    """The details of the answers on one page."""
    return details(some, wish_of(looking))


def details(some: Sequence[Candidate], wish: Wish) -> list[Found]:
    ids = [each.id for each in some]
    if not ids:
        return []
    rows = {
        row.id: row for row in Service.objects.filter(id__in=ids).defer("document", "search_vector", "search_words")
    }
    parts = Parts(
        by_service(Schedule.objects.filter(service_id__in=ids)),
        by_service(CostOption.objects.filter(service_id__in=ids)),
        by_service(
            ServiceAtLocation.objects.filter(service_id__in=ids).select_related("location").order_by("created_at", "id")
        ),
    )
    return [found(each, wish, rows[each.id], parts) for each in some if each.id in rows]


class Parts(NamedTuple):
    """The rows that hang on several services, by service."""

    times: dict[UUID, list[Schedule]]
    costs: dict[UUID, list[CostOption]]
    places: dict[UUID, list[ServiceAtLocation]]


def by_service(rows: Iterable[Row]) -> dict[UUID, list[Row]]:
    grouped: dict[UUID, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row.service_id, []).append(row)  # type: ignore[attr-defined]
    return grouped


def found(candidate: Candidate, wish: Wish, service: Service, parts: Parts) -> Found:
    return Found(
        service_id=service.id,
        name=service.name,
        organisation_name=candidate.organisation_name,
        distance_km=candidate.distance_km,
        kinds=candidate.kinds,
        categories=candidate.categories,
        needs=candidate.needs,
        access_needs=candidate.access_needs,
        next_session=coming_words(parts.times.get(service.id, [])),
        cost=room.cost_words(parts.costs.get(service.id, []), service.fees),
        capacity=room.capacity_words(service.capacity_places, service.places_taken),
        has_room=room.has_room(service.capacity_places, service.places_taken),
        wait=room.wait_words(service.wait_weeks, service.wait_words),
        verified=gone_words(service) or verified_words(service.verified_on, service.verified_by),
        reasons=matching.reasons(candidate, wish),
        is_fictional=service.is_fictional,
        place=place_words(parts.places.get(service.id, [])),
        summary=room.shortened(service.description, 200),
        terms_are_guessed=service.terms_are_guessed,
    )


def coming_words(schedules: Sequence[Schedule]) -> str | None:
    """When it happens next from now on: what is over already today is not next."""
    here = now().astimezone(LONDON)
    return next_session_words(schedules, here.date(), here.time())


def next_session_words(schedules: Sequence[Schedule], on: date, at: time = time.min) -> str | None:
    """When it happens next: "Tuesday 24 November 2026, 10am to midday"; words when there is no rule; None when nothing is known."""
    session = sessions.next_session(schedules, on, at)
    if session is None:
        return next((words for each in schedules if (words := room.shortened(sessions.pattern_words(each)))), None)
    hours = hours_words(session.opens_at, session.closes_at)
    return f"{formats.long_date(session.day)}{', ' + hours if hours else ''}"


def hours_words(opens_at: time | None, closes_at: time | None) -> str:
    if opens_at and closes_at:
        return f"{formats.clock(opens_at)} to {formats.clock(closes_at)}"
    return f"from {formats.clock(opens_at)}" if opens_at else ""


def gone_words(service: Service) -> str:
    """That the list it came from no longer has it, and since when."""
    since = room.left_its_feed(service.gone_since, service.verified_on)
    return f"Left the list it came from on {formats.long_date(since)}: ask whether it still runs" if since else ""


def verified_words(on: date | None, who: str) -> str:
    if on is None:
        return ""
    return f"Checked {formats.long_date(on)}{' by ' + who if who else ''}"


def place_words(places: Sequence[ServiceAtLocation]) -> str:
    """Where it is in a few words; how many more places there are."""
    physical = [each.location for each in places if each.location.location_type == LocationType.PHYSICAL]
    if not physical:
        return ""
    first = physical[0]
    said = ", ".join(
        dict.fromkeys(part for part in (first.name or first.address_1, first.city, first.postcode) if part)
    )
    return f"{said} and {len(physical) - 1} more" if len(physical) > 1 else said
