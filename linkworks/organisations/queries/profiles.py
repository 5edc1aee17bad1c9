"""Schemes in full, as anybody may know them: who each is for, where it reaches, how it works, and when that last changed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from linkworks.core.clock import LONDON

from ..models import CatchmentArea, Organisation, Scheme
from ..rules.places import boroughs
from ..rules.settings import SchemeSettings
from ..rules.told import since
from ..states import CatchmentKind, Coverage
from .reach import SchemeCard, by_borough, card
from .schemes import settings_in


@dataclass
class Reach:
    """Where a scheme reaches, by name: boroughs, wholly or in part; practices whose patients it is for; postcode sectors."""

    whole: list[str] = field(default_factory=list)
    part: list[str] = field(default_factory=list)
    practices: list[str] = field(default_factory=list)
    sectors: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Profile:
    """A scheme as it tells of itself."""

    scheme: SchemeCard
    settings: SchemeSettings
    reach: Reach
    host_website: str
    is_fictional: bool
    since: dict[str, date | None]

    @property
    def changed_on(self) -> date:
        return max(each for each in self.since.values() if each)


def profiles() -> list[Profile]:
    """Every scheme there is, and those being set up, by name: in so many queries however many there are."""
    return told(Scheme.objects.exclude(coverage=Coverage.NONE.value))


def profile_of(slug: str) -> Profile | None:
    """The scheme with this address; none where there is no such scheme, or it has ended."""
    return next(iter(told(Scheme.objects.exclude(coverage=Coverage.NONE.value).filter(slug=slug))), None)


def told(some: QuerySet[Scheme]) -> list[Profile]:
    schemes = list(some.select_related("host").order_by("name", "id"))
    reach = reach_of([each.id for each in schemes])
    return [
        Profile(
            scheme=card(each),
            settings=settings_in(each),
            reach=reach[each.id],
            host_website=each.host.website,
            is_fictional=each.is_fictional,
            since=since(each.facts_changed, each.created_at.astimezone(LONDON).date()),
        )
        for each in schemes
    ]


def reach_of(ids: Iterable[UUID]) -> dict[UUID, Reach]:
    found = {each: Reach() for each in ids}
    for code, schemes in by_borough().items():
        for each in schemes:
            if each.scheme.id in found and code in boroughs():
                reach = found[each.scheme.id]
                (reach.whole if each.is_whole else reach.part).append(boroughs()[code].name)
    for scheme, kind, name in named_areas(found):
        (found[scheme].practices if kind == CatchmentKind.PRACTICE else found[scheme].sectors).append(name)
    for reach in found.values():
        reach.whole.sort(), reach.part.sort(), reach.practices.sort()
    return found


def named_areas(ids: Iterable[UUID]) -> list[tuple[UUID, str, str]]:
    """The practices and postcode sectors of these schemes. A practice we do not know is named by its code."""
    areas = CatchmentArea.objects.filter(scheme__in=list(ids)).exclude(kind=CatchmentKind.BOROUGH.value)
    rows = list(areas.order_by("code").values_list("scheme_id", "kind", "code"))
    codes = [code for _, kind, code in rows if kind == CatchmentKind.PRACTICE]
    names = dict(Organisation.objects.filter(ods_code__in=codes).values_list("ods_code", "name"))
    return [(scheme, kind, names.get(code, code)) for scheme, kind, code in rows]
