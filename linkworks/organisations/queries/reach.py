"""Schemes as anybody may know them, and the boroughs each reaches: wholly, or by practices and postcode sectors."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q

from linkworks.core.postcodes import packed

from ..models import CatchmentArea, Organisation, Postcode, Scheme
from ..states import CatchmentKind, Coverage

FOR_EVERYBODY = frozenset({Coverage.WHOLE_POPULATION.value, Coverage.PLACE.value})


@dataclass(frozen=True, slots=True)
class SchemeCard:
    """What anybody may know of a scheme: who it is for and how to reach it."""

    id: UUID
    slug: str
    name: str
    host_name: str
    coverage: str
    coverage_note: str
    phone: str
    email: str
    opening_hours: str
    without_internet: str = ""

    @property
    def serves_everybody(self) -> bool:
        return self.coverage in FOR_EVERYBODY

    @property
    def is_starting(self) -> bool:
        """Being set up: said openly, and not yet to be referred to."""
        return self.coverage == Coverage.DEVELOPING


@dataclass(frozen=True, slots=True)
class Reached:
    """A scheme in a borough: its whole, or the part of a practice or some postcode sectors."""

    scheme: SchemeCard
    is_whole: bool


def card(scheme: Scheme) -> SchemeCard:
    return SchemeCard(
        id=scheme.id,
        slug=scheme.slug,
        name=scheme.name,
        host_name=scheme.host.name,
        coverage=scheme.coverage,
        coverage_note=scheme.coverage_note,
        phone=scheme.phone,
        email=scheme.email,
        opening_hours=scheme.opening_hours,
        without_internet=scheme.without_internet,
    )


def by_borough() -> dict[str, list[Reached]]:
    """The schemes of each borough, by name, the practices and postcode sectors of their catchments placed too."""
    listed = CatchmentArea.objects.exclude(scheme__coverage=Coverage.NONE.value).select_related("scheme__host")
    areas = list(listed.order_by("scheme__name", "scheme_id"))
    parts = {CatchmentKind.POSTCODE_SECTOR.value: of_sectors(areas), CatchmentKind.PRACTICE.value: of_practices(areas)}
    found: dict[str, dict[UUID, Reached]] = defaultdict(dict)
    for area in areas:
        is_whole = area.kind == CatchmentKind.BOROUGH.value
        for code in {area.code} if is_whole else parts[area.kind].get(area.code, set()):
            known = found[code].get(area.scheme_id)
            found[code][area.scheme_id] = Reached(card(area.scheme), is_whole or bool(known and known.is_whole))
    return {code: list(schemes.values()) for code, schemes in found.items()}


def of_sectors(areas: list[CatchmentArea]) -> Mapping[str, set[str]]:
    """The boroughs each postcode sector lies in."""
    sectors = {packed(area.code): area.code for area in areas if area.kind == CatchmentKind.POSTCODE_SECTOR}
    found: dict[str, set[str]] = defaultdict(set)
    if not sectors:
        return found
    within = reduce(or_, (Q(postcode__range=(f"{sector}AA", f"{sector}ZZ")) for sector in sectors))
    for postcode, code in Postcode.objects.filter(within).values_list("postcode", "borough_code"):
        if postcode[:-2] in sectors:
            found[sectors[postcode[:-2]]].add(code)
    return found


def of_practices(areas: list[CatchmentArea]) -> Mapping[str, set[str]]:
    """The borough each practice is in, where we know its address."""
    codes = [area.code for area in areas if area.kind == CatchmentKind.PRACTICE]
    if not codes:
        return {}
    known = Organisation.objects.filter(ods_code__in=codes).exclude(postcode="").values_list("ods_code", "postcode")
    homes = {practice: packed(postcode) for practice, postcode in known}
    at = dict(Postcode.objects.filter(postcode__in=homes.values()).values_list("postcode", "borough_code"))
    return {practice: {at[home]} for practice, home in homes.items() if home in at}
