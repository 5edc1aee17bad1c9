"""London's places with something on: the real places behind the listings, each once however many groups meet there.

Listings' places are one where their key is (rules/same_place.py). Where listings say different things of it, what most say counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Aggregate, Avg, CharField, Count, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from ..access import offered_services
from ..models import ServiceAtLocation
from ..rules.place_kinds import HEALTH, IN_HEALTH
from ..rules.places import box_around, distance_km
from .going import Point

AT = "location__"
Rows = QuerySet[Any, Any]  # of listings at places, put together by the key of the place


class MostSaid(Aggregate):
    """What most rows say; of those said equally often, the first in the alphabet."""

    template = "mode() WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = CharField()


@dataclass(frozen=True, kw_only=True)
class Seeking:
    """Which places are asked for."""

    words: str = ""
    kind: str = ""
    borough: str = ""
    near: Point | None = None
    within_km: float | None = None


@dataclass(frozen=True, kw_only=True)
class Place:
    """One real place: what most of its listings call it, and how many services are offered there."""

    key: str
    name: str
    address_1: str
    city: str
    postcode: str
    kind: str
    borough_code: str
    latitude: float | None
    longitude: float | None
    services: int
    km: float | None = None


def places(seeking: Seeking) -> Sequence[Place]:
    """The places that answer: the nearest first, else those with most on."""
    rows = grouped(ServiceAtLocation.objects.all(), seeking)
    if seeking.near is None:
        return Listed(rows.order_by("-services", "name", "key"))
    near = (replace(each, km=how_far(each, seeking.near)) for each in map(made, rows))
    kept = [each for each in near if each.km is not None and each.km <= (seeking.within_km or each.km)]
    return sorted(kept, key=lambda each: (each.km, each.key))


@dataclass(frozen=True)
class Listed(Sequence[Place]):
    """Places in the order of the database: only those of the page that is shown are read."""

    rows: Rows

    def __len__(self) -> int:
        return self.rows.count()

    def __getitem__(self, wanted: slice) -> list[Place]:  # type: ignore[override]
        return [made(each) for each in self.rows[wanted]]


def made(row: dict[str, Any]) -> Place:
    return Place(**row)  # type: ignore[arg-type]


def grouped(at: Rows, seeking: Seeking) -> Rows:
    """The real places of what is offered, each a row."""
    at = at.filter(service__in=offered_services()).exclude(location__key="")
    if seeking.near and seeking.within_km:
        box = box_around(seeking.near, seeking.within_km)
        inside = {"latitude__range": (box.south, box.north), "longitude__range": (box.west, box.east)}
        at = at.filter(**{f"{AT}{name}": each for name, each in inside.items()})
    rows: Rows = at.values(key=F("location__key")).annotate(
        **{name: most_said(name) for name in ("name", "address_1", "city", "postcode", "borough_code")},
        kind=most_said("place_kind"),
        latitude=Avg("location__latitude"),
        longitude=Avg("location__longitude"),
        services=Count("service_id", distinct=True),
    )
    return narrowed(rows, seeking)


def most_said(field: str) -> Coalesce:
    return Coalesce(MostSaid(f"{AT}{field}", filter=~Q(**{f"{AT}{field}": ""})), Value(""))


def narrowed(rows: Rows, seeking: Seeking) -> Rows:
    if seeking.kind:
        rows = rows.filter(kind__in=IN_HEALTH if seeking.kind == HEALTH else (seeking.kind,))
    if seeking.borough:
        rows = rows.filter(borough_code=seeking.borough)
    for word in seeking.words.split():
        said = (Q(**{f"{field}__icontains": word}) for field in ("name", "address_1", "city", "postcode"))
        rows = rows.filter(any_of(said))
    return rows


def any_of(some: Iterable[Q]) -> Q:
    found = Q()
    for each in some:
        found |= each
    return found


def place_of(key: str) -> Place | None:
    """The place of this key, while anything is offered there."""
    rows = grouped(ServiceAtLocation.objects.filter(location__key=key), Seeking())
    return next(map(made, rows), None)


def how_far(place: Place, near: Point) -> float | None:
    if place.latitude is None or place.longitude is None:
        return None
    return distance_km(near, (place.latitude, place.longitude))
