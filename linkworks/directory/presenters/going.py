"""When and where somebody goes, whether it still runs, and who last looked: one wording for every page."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Any

from linkworks.core.clock import today
from linkworks.ui import formats

from ..models import Location, Service, ServiceAtLocation
from ..queries import Going
from ..rules import doubts, patterns, room, sessions
from ..rules.sessions import Timed
from ..states import LocationType, ServiceStatus

CLOSED = {
    ServiceStatus.TEMPORARILY_CLOSED: "This service is closed for now.",
    ServiceStatus.INACTIVE: "This service is not running at the moment.",
    ServiceStatus.DEFUNCT: "This service has closed.",
}

DOUBTS = {
    doubts.BANK_HOLIDAY: "a bank holiday: ask whether it is on",
    doubts.TERM_TIME: "term time only: ask whether it is on",
}


def closed_words(status: str) -> str:
    return CLOSED.get(ServiceStatus(status), "")


def gone_words(since: date | None) -> str:
    """That the list it came from no longer has it."""
    return f"Left the list it came from on {formats.long_date(since)}" if since else ""


def gone_asking(since: date | None) -> str:
    """The same for whoever might go there."""
    said = gone_words(since)
    return f"{said}: ask whether it still runs" if said else ""


def checked_words(service: Service) -> str:
    """Who last checked the listing and when: lately, or not since; empty when nobody has."""
    if not service.verified_on:
        return ""
    if not room.is_fresh(service.verified_on, today()):
        return f"Nobody has checked this since {formats.long_date(service.verified_on)}"
    who = f" by {service.verified_by}" if service.verified_by else ""
    return f"Checked{who} in {formats.month(service.verified_on)}"


def next_words(going: Going) -> str:
    """When it happens next: "Tuesday 24 November 2026, 10am to midday", or the words of what has no day."""
    if going.session:
        return session_words(going.session, going.places)
    said = (room.shortened(pattern_line(each, going.on)) for each in going.loose)
    return next((words for words in said if words), "")


def session_words(session: sessions.Session, places: Sequence[ServiceAtLocation]) -> str:
    """Its day and hours; of several places, at which; of a day of which nobody can be sure, that one should ask."""
    hours = hours_words(session.opens_at, session.closes_at)
    parts = (formats.long_date(session.day), hours, at_words(session.schedule, places))
    said, doubt = ", ".join(part for part in parts if part), doubts.doubt(session)
    return f"{said} ({DOUBTS[doubt]})" if doubt else said


def open_words(going: Going) -> str:
    """That it is open as the page is read: only for what is made anew each time, or as long as that holds."""
    return f"Open now, until {formats.clock(going.open_until)}" if going.open_until is not None else ""


def times_words(going: Going) -> list[str]:
    """Each of its times once."""
    lines = (time_line(each, going.on, going.places) for each in going.times)
    return list(dict.fromkeys(line for line in lines if line))


def time_line(schedule: Timed, on: date, places: Sequence[ServiceAtLocation] = ()) -> str:
    """A rule and its hours, "Every Tuesday, 10am to midday", with the listing's own words after the rule."""
    pattern, hours = pattern_line(schedule, on), hours_words(schedule.opens_at, schedule.closes_at)
    said = ", ".join(part for part in (pattern, hours, at_words(schedule, places)) if part)
    extra = "" if patterns.says_nothing_new(schedule.description, pattern) else schedule.description
    return f"{said}. {extra}" if said and extra else said or extra


def pattern_line(schedule: Timed, on: date) -> str:
    """How often, and from when while that lies ahead; the day of what happens once."""
    once, begins = sessions.only_day(schedule), sessions.begins_after(schedule, on)
    if once:
        return formats.long_date(once)
    pattern = patterns.pattern_words(schedule)
    return f"{pattern}, from {formats.long_date(begins)}" if pattern and begins else pattern


def hours_words(opens_at: time | None, closes_at: time | None) -> str:
    if opens_at and closes_at:
        return f"{formats.clock(opens_at)} to {formats.clock(closes_at)}"
    return f"from {formats.clock(opens_at)}" if opens_at else ""


def at_words(schedule: Timed, places: Sequence[ServiceAtLocation]) -> str:
    """Which of several places it is at."""
    at = place_of(schedule, places) if len(places) > 1 else None
    if at is None:
        return ""
    return "online" if at.location_type == LocationType.VIRTUAL else f"at {at}" if str(at) else ""


def place_of(schedule: Any, places: Sequence[ServiceAtLocation]) -> Location | None:
    return next((each.location for each in places if each.id == schedule.service_at_location_id), None)


def where_words(going: Going, on: date | None = None) -> str:
    """The address it is at next, or on a day; where nobody says which of several it is, the first and how many more."""
    if not going.places:
        return ""
    schedule = schedule_of(going, on)
    at = place_of(schedule, going.places) if schedule else None
    said = address(at or going.places[0].location)
    others = 0 if at else len(going.places) - 1
    return f"{said}, or {formats.plural(others, 'other place')}: ask which" if others else said


def schedule_of(going: Going, on: date | None) -> Timed | None:
    """The schedule that says when it happens on that day, or next."""
    if on is None:
        return going.session.schedule if going.session else None
    return next((each for each in going.times if sessions.happens_on(each, on)), None)


def address(location: Location) -> str:
    if location.location_type == LocationType.VIRTUAL:
        return "Online"
    return ", ".join(address_lines(location))


def address_lines(location: Location) -> tuple[str, ...]:
    """Name, street, town and postcode, each once."""
    parts = (location.name, location.address_1, location.city, location.postcode)
    return tuple(dict.fromkeys(part for part in parts if part))


def place_words(places: Iterable[ServiceAtLocation]) -> str:
    """The first of the places on the ground in a few words, and how many more there are."""
    physical = [each.location for each in places if each.location.location_type == LocationType.PHYSICAL]
    said = next((words for each in physical if (words := short_place(each))), "")
    return f"{said} and {len(physical) - 1} more" if said and len(physical) > 1 else said


def short_place(at: Location) -> str:
    parts = (at.name or at.address_1, at.city, at.postcode)
    return ", ".join(dict.fromkeys(part for part in parts if part))
