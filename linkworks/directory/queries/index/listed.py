"""What listings are found by, read from PostgreSQL: each listing that is shown and runs, with its places, times and prices."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from ...rules import day_parts, levels, open_now, place_kinds, room
from ...rules.facts import CostFacts, SessionFacts
from ...rules.open_now import Span
from ...states import LocationType, ServiceStatus

AT_A_TIME = 2000
COLUMNS = """
    s.id, s.name, s.needs, s.kinds, s.categories, s.access_needs, s.languages, s.minimum_age, s.maximum_age,
    s.capacity_places, s.places_taken, s.is_referable, s.terms_are_guessed, s.trust, s.wait_weeks, s.advice_levels,
    s.course_levels, s.offered_until, s.fees,
    s.search_vector::text,
    ARRAY(SELECT l.latitude FROM directory_serviceatlocation a JOIN directory_location l ON l.id = a.location_id
          WHERE a.service_id = s.id AND l.location_type = %(physical)s ORDER BY a.created_at, a.id),
    ARRAY(SELECT l.longitude FROM directory_serviceatlocation a JOIN directory_location l ON l.id = a.location_id
          WHERE a.service_id = s.id AND l.location_type = %(physical)s ORDER BY a.created_at, a.id),
    ARRAY(SELECT DISTINCT l.borough_code FROM directory_serviceatlocation a JOIN directory_location l
          ON l.id = a.location_id WHERE a.service_id = s.id AND l.borough_code <> '' AND NOT l.is_address_hidden),
    ARRAY(SELECT DISTINCT l.place_kind FROM directory_serviceatlocation a JOIN directory_location l
          ON l.id = a.location_id WHERE a.service_id = s.id AND l.place_kind <> ''),
    (SELECT json_agg(json_build_array(freq, interval, byday, bymonthday, dtstart, valid_from, valid_to, opens_at,
          closes_at, CASE WHEN description ILIKE '%%term%%' THEN description ELSE '' END))
          FROM directory_schedule c WHERE c.service_id = s.id),
    (SELECT json_agg(json_build_array(amount::text, valid_from, valid_to, option, amount_description))
          FROM directory_costoption p WHERE p.service_id = s.id)
"""
# access.offered_services in SQL, which reads a million listings without a queryset; tests/directory/test_access.py compares both
SHOWN = """FROM directory_service s WHERE s.is_published AND s.status = %(active)s
    AND (s.offered_until IS NULL OR s.offered_until >= %(today)s)"""
TOLD: dict[str, Any] = {"physical": LocationType.PHYSICAL.value, "active": ServiceStatus.ACTIVE.value}


class Listed(NamedTuple):
    """One listing, as finding sees it."""

    id: UUID
    name: str
    needs: list[str]
    kinds: list[str]
    categories: list[str]
    access_needs: list[str]
    languages: list[str]
    minimum_age: int | None
    maximum_age: int | None
    capacity_places: int | None
    places_taken: int
    is_referable: bool
    is_guessed: bool
    trust: int
    wait_weeks: int | None
    words: str
    places: list[tuple[float | None, float | None]]
    boroughs: list[str]
    times: list[str]
    is_free: bool
    changes_on: date | None
    spans: Sequence[Span] = ()
    place_kinds: Sequence[str] = ()
    advice_levels: Sequence[str] = ()
    course_levels: Sequence[str] = ()


KINDS = Listed._fields.index("kinds")


def read(today: date) -> Iterator[Listed]:
    """All listings; a bounded number of rows is in memory at once."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} {SHOWN}", TOLD | {"today": today})
        while rows := cursor.fetchmany(AT_A_TIME):
            yield from (listed(row, today) for row in rows)


def read_some(ids: Collection[UUID], today: date) -> list[Listed]:
    """The listings of these ids that are shown and run."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} {SHOWN} AND s.id = ANY(%(ids)s)", TOLD | {"today": today, "ids": list(ids)})
        return [listed(row, today) for row in cursor.fetchall()]


def listed(row: tuple[Any, ...], today: date) -> Listed:
    *plain, advice, course, offered_until, fees, words, latitudes, longitudes, boroughs, held, schedules, prices = row
    times: list[Any] = [schedule(each) for each in schedules or ()]
    costs: list[Any] = [price(each) for each in prices or ()]
    turns = [(each.dtstart or each.valid_from, each.valid_to) for each in times]
    turns += [(each.valid_from, each.valid_to) for each in costs] + [(None, offered_until)]
    turns += [(open_now.read_again(times, today), None)]
    free = room.cost_words([each for each in costs if room.is_current(each, today)], fees) == "Free"
    places = list(zip(latitudes, longitudes, strict=True))
    days = day_parts.times_of(times, today)
    spans, changes_on = open_now.spans_of(times, today), day_parts.next_change(turns, today)
    of_columns = (place_kinds.counted(held), levels.counted(advice, plain[KINDS]), course)
    return Listed._make((*plain, words or "", places, boroughs, days, free, changes_on, spans, *of_columns))


def schedule(told: list[Any]) -> SessionFacts:
    freq, interval, byday, bymonthday, *rest = told
    dates, hours = [day(each) for each in rest[:3]], [time.fromisoformat(each) if each else None for each in rest[3:5]]
    return SessionFacts(freq, interval, byday, bymonthday, *dates, *hours, rest[5])  # type: ignore[arg-type, call-arg]


def price(told: list[Any]) -> CostFacts:
    amount, begins, ends, option, words = told
    return CostFacts(option, None if amount is None else Decimal(amount), words, day(begins), day(ends))


def day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None
