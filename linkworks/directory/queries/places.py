"""London's places with something on: the real places behind the listings, each once however many groups meet there.

Listings' places are one where their key is (rules/same_place.py). Where listings say different things of it, what most say counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf
from typing import Any

from django.db.models import Aggregate, Avg, CharField, Count, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from ..access import offered_services
from ..models import ServiceAtLocation
from ..rules.place_kinds import HEALTH, IN_HEALTH
from ..rules.places import box_around, distance_km
from . import index
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
    within_km: float = inf


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

    @property
    def at(self) -> Point | None:
        return None if self.latitude is None or self.longitude is None else (self.latitude, self.longitude)

    @cached_property
    def said(self) -> str:
        """What may be typed of it, in small letters; a postcode with its space and without."""
        some = (self.name, self.address_1, self.city, self.postcode, self.postcode.replace(" ", ""))
        return "\n".join(some).casefold()


def places(seeking: Seeking) -> Sequence[Place]:
    """The places that answer: the nearest first, else those with most on."""
    asked = narrowed(everywhere(), seeking)
    return asked if seeking.near is None else by_distance(asked, seeking.near, seeking.within_km)


def by_distance(some: Iterable[Place], near: Point, within_km: float) -> list[Place]:
    box = box_around(near, within_km)
    away = ((distance_km(near, each.at), each.key, each) for each in some if each.at and box.holds(each.at))
    return [replace(each, km=km) for km, _, each in sorted(away) if km <= within_km]


def everywhere() -> Sequence[Place]:
    """Every place with something on, those with most first: read once for as long as no listing changes."""
    kept = index.current(must_be_fresh=False).places
    if not kept:
        found = map(made, grouped(ServiceAtLocation.objects.all()))
        kept[:] = sorted(found, key=lambda each: (-each.services, each.name.casefold(), each.key))
    return kept


def narrowed(some: Sequence[Place], seeking: Seeking) -> Sequence[Place]:
    """Those of this kind, in this borough, of which every word is said."""
    if seeking.kind:
        kinds = IN_HEALTH if seeking.kind == HEALTH else (seeking.kind,)
        some = [each for each in some if each.kind in kinds]
    if seeking.borough:
        some = [each for each in some if each.borough_code == seeking.borough]
    for word in seeking.words.casefold().split():
        some = [each for each in some if word in each.said]
    return some


def made(row: dict[str, Any]) -> Place:
    return Place(**row)  # type: ignore[arg-type]


def grouped(at: Rows) -> Rows:
    """The real places of what is offered, each a row."""
    at = at.filter(service__in=offered_services()).exclude(location__key="")
    rows: Rows = at.values(key=F("location__key")).annotate(
        **{name: most_said(name) for name in ("name", "address_1", "city", "postcode", "borough_code")},
        kind=most_said("place_kind"),
        latitude=Avg("location__latitude"),
        longitude=Avg("location__longitude"),
        services=Count("service_id", distinct=True),
    )
    return rows


def most_said(field: str) -> Coalesce:
    return Coalesce(MostSaid(f"{AT}{field}", filter=~Q(**{f"{AT}{field}": ""})), Value(""))


def place_of(key: str) -> Place | None:
    """The place of this key, while anything is offered there."""
    rows = grouped(ServiceAtLocation.objects.filter(location__key=key))
    return next(map(made, rows), None)
