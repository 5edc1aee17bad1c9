"""Services of the feed: which are asked for, as their stored documents."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import orjson
from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, OuterRef, Q, QuerySet

from linkworks.core.clock import today
from linkworks.directory.access import shared_services
from linkworks.directory.models import Attribute, Schedule, Service, ServiceAtLocation
from linkworks.directory.rules.lists import ALL, OF_PLACES, list_id, word_of

from ..rules.asking import Asked
from ..rules.reading import DAYS
from .rows import Rows, first_column

HERE = OuterRef("pk")
PLAIN = {
    "organization_id": "organisation_id",
    "modified_after": "last_modified__gte",
    "minimum_age": "minimum_age__gte",
    "maximum_age": "maximum_age__lte",
}


def services(asked: Asked) -> Rows:
    if asked.get("minimal"):
        return Rows(asked_for(asked), ids_and_dates, ("id", "last_modified"))
    return Rows(asked_for(asked), first_column, ("document" if asked.get("full") else "summary",))


def service(service_id: UUID) -> str | None:
    return shared_services().filter(id=service_id).values_list("document", flat=True).first()


def asked_for(asked: Asked) -> QuerySet[Service]:
    """The services a question is about; every filter that was named narrows it."""
    named = {column: asked.get(name) for name, column in PLAIN.items() if asked.get(name) is not None}
    rows = shared_services().filter(**named)
    if asked.get("search"):
        rows = rows.filter(says(asked.get("search")))
    if asked.get("taxonomy_term_id"):
        rows = rows.filter(has_term(asked.get("taxonomy_term_id")))
    if asked.get("taxonomy_id"):
        rows = rows.filter(has_term_of(asked.get("taxonomy_id")))
    happens = at_times(asked)
    return rows.filter(Exists(happens)) if happens is not None else rows


def says(search: str) -> Q:
    return Q(search_vector=SearchQuery(search, search_type="websearch", config="english")) | Q(name__icontains=search)


def has_term(term_id: UUID) -> Q:
    ours = word_of(str(term_id))
    if ours and ours[0] in OF_PLACES:
        return Q(Exists(held_at(place_kind=ours[1])))
    if ours:
        return Q(**{f"{ours[0]}__contains": [ours[1]]})
    return Q(Exists(Attribute.objects.filter(service=HERE, term_id=term_id)))


def has_term_of(taxonomy_id: UUID) -> Q:
    ours = next((name for name in ALL if list_id(name) == str(taxonomy_id)), None)
    if ours in OF_PLACES:
        return Q(Exists(held_at().exclude(location__place_kind="")))
    if ours:
        return ~Q(**{ours: []})
    return Q(Exists(Attribute.objects.filter(service=HERE, term__taxonomy_id=taxonomy_id)))


def held_at(**of_place: str) -> QuerySet[ServiceAtLocation]:
    return ServiceAtLocation.objects.filter(
        service=HERE, **{f"location__{name}": each for name, each in of_place.items()}
    )


def at_times(asked: Asked) -> QuerySet[Schedule] | None:
    """The schedules that fit day and times together; None when none were asked for."""
    fits = Q()
    if asked.get("day"):
        fits &= on_day(asked.get("day"))
    if asked.get("start_time"):
        fits &= Q(opens_at__gte=asked.get("start_time"))
    if asked.get("end_time"):
        fits &= Q(closes_at__lte=asked.get("end_time"))
    goes_on = Q(valid_to__isnull=True) | Q(valid_to__gte=today())
    return Schedule.objects.filter(goes_on, fits, service=HERE) if fits else None


def on_day(day: str) -> Q:
    """By the days its rule names, or by the day it began when its rule names none."""
    named = Q(byday__iregex=rf"(^|,)\s*[+-]?[1-5]?{day}\s*(,|$)")
    return named | Q(freq="WEEKLY", byday="", dtstart__iso_week_day=DAYS.index(day) + 1)


def ids_and_dates(rows: Sequence[Any]) -> list[str]:
    """Which services there are and when each last changed. The parameter's text says modified_date; the field's name is last_modified."""
    return [
        orjson.dumps({"id": str(each), "last_modified": when.isoformat(), "modified_date": when.isoformat()}).decode()
        for each, when in rows
    ]
