"""Who serves somebody who lives at a postcode: a scheme, or an open gap with the nearest alternative. Never a dead end."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from linkworks.core.postcodes import sector_of, spaced, tidy_postcode
from linkworks.ui import formats

from ..models import CatchmentArea, Postcode, RecordedGap
from ..rules.places import Borough, boroughs, metres_between
from ..states import CatchmentKind, Coverage
from .places import find_postcode
from .reach import Reached, SchemeCard, by_borough, card

PARTLY = "{scheme} supports part of {borough}. For the rest no scheme has been added to Linkworks yet."
NOTHING_RECORDED = "No social prescribing scheme for {borough} has been added to Linkworks yet."


class Answer(StrEnum):
    SERVED = "served"
    SOME_PEOPLE = "some-people"
    GAP = "gap"
    OUTSIDE_LONDON = "outside-london"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Gap:
    """Why nobody serves everybody here, and who is nearest."""

    reason: str
    nearest: SchemeCard | None


@dataclass(frozen=True, slots=True)
class WhoServes:
    """The answer to "who serves me?", with a sentence that can be read out."""

    answer: Answer
    typed: str
    sentence: str
    postcode: str = ""
    borough: Borough | None = None
    schemes: tuple[SchemeCard, ...] = ()
    gap: Gap | None = None
    starting: tuple[SchemeCard, ...] = ()

    @property
    def scheme(self) -> SchemeCard | None:
        """The scheme to refer to: the first that serves everybody here, else the first that serves some."""
        return self.schemes[0] if self.schemes else None


@dataclass(frozen=True, slots=True)
class BoroughCoverage:
    """One borough, who serves it, and the gap if there is one."""

    borough: Borough
    schemes: tuple[SchemeCard, ...]
    gap: Gap | None


Point = tuple[float, float]
Reaches = list[tuple[SchemeCard, Borough]]


def who_serves(typed_postcode: str, practice_code: str | None = None) -> WhoServes:
    """The schemes that cover a postcode (by borough, postcode sector or GP practice), or an explicit gap."""
    tidy = tidy_postcode(typed_postcode)
    if tidy is None:
        said = f"“{typed_postcode.strip()}” is not a full postcode. Check it and try again, for example SE15 5DD."
        return WhoServes(Answer.UNKNOWN, typed_postcode, said)
    found = find_postcode(tidy)
    if found is None:
        said = f"We do not know the postcode {tidy}. Check it, or try a neighbour's postcode."
        return WhoServes(Answer.UNKNOWN, typed_postcode, said, tidy)
    borough = boroughs().get(found.borough_code)
    if borough is None:
        said = f"{tidy} is outside London. Linkworks covers London only. Ask the GP practice there about social prescribing."
        return WhoServes(Answer.OUTSIDE_LONDON, typed_postcode, said, tidy)
    return served(typed_postcode, found, borough, practice_code)


def served(typed: str, found: Postcode, borough: Borough, practice_code: str | None) -> WhoServes:
    tidy = spaced(found.postcode)
    all_of_them = covering(borough.code, sector_of(tidy), practice_code)
    schemes = [each for each in all_of_them if not each.is_starting]
    starting = tuple(each for each in all_of_them if each.is_starting)
    everybody = [each for each in schemes if each.serves_everybody]
    if everybody:
        said = f"{everybody[0].name} supports people who live at {tidy} in {borough.name}."
        return WhoServes(
            Answer.SERVED,
            typed,
            said,
            tidy,
            borough,
            tuple(everybody + [each for each in schemes if each not in everybody]),
            starting=starting,
        )
    gap = gap_of(borough, (found.latitude, found.longitude))
    if schemes:
        said = f"{schemes[0].name} supports some people in {borough.name}. {for_whom(schemes[0])} {nearest_words(gap)}"
        return WhoServes(Answer.SOME_PEOPLE, typed, said.strip(), tidy, borough, tuple(schemes), gap, starting)
    said = f"{' '.join(starting_words(each, borough) for each in starting) or gap.reason} {nearest_words(gap)}".strip()
    return WhoServes(Answer.GAP, typed, said, tidy, borough, (), gap, starting)


def starting_words(scheme: SchemeCard, borough: Borough) -> str:
    said = f"{scheme.name} is being set up in {borough.name} and takes no referrals yet."
    return f"{said} {scheme.coverage_note}".strip()


def covering(borough_code: str, sector: str, practice_code: str | None) -> list[SchemeCard]:
    """Schemes whose catchment names the practice, the postcode sector or the borough; the closest fit first."""
    wanted = {CatchmentKind.PRACTICE.value: practice_code or "", CatchmentKind.POSTCODE_SECTOR.value: sector}
    wanted[CatchmentKind.BOROUGH.value] = borough_code
    order = list(wanted)
    areas = CatchmentArea.objects.filter(code__in=[code for code in wanted.values() if code]).exclude(
        scheme__coverage=Coverage.NONE.value
    )
    areas = areas.select_related("scheme__host").order_by("scheme__name")
    hits = [area for area in areas if wanted[area.kind] == area.code]
    hits.sort(key=lambda area: order.index(area.kind))
    return list({area.scheme_id: card(area.scheme) for area in hits}.values())


def for_whom(scheme: SchemeCard) -> str:
    return scheme.coverage_note or "Ask them who they can support."


def nearest_words(gap: Gap) -> str:
    if gap.nearest is None:
        return "Ask your GP practice or your council what there is."
    phone = f" (phone {formats.phone(gap.nearest.phone)})" if gap.nearest.phone else ""
    return f"The nearest scheme is {gap.nearest.name}{phone}."


def gap_of(borough: Borough, position: Point) -> Gap:
    """The recorded gap of a borough, or the plain fact that nothing is recorded; always with the nearest scheme there is."""
    recorded = RecordedGap.objects.filter(borough_code=borough.code).select_related("nearest__host").first()
    reason = recorded.reason if recorded else NOTHING_RECORDED.format(borough=borough.name)
    if nearest := recorded_nearest(recorded):
        return Gap(reason, nearest)
    return nearest_gap(reason, position, borough.code, everybody_at(by_borough()))


def recorded_nearest(recorded: RecordedGap | None) -> SchemeCard | None:
    """The alternative that was written down, while it takes everybody: a scheme that closed since sends nobody to its door."""
    nearest = card(recorded.nearest) if recorded and recorded.nearest else None
    return nearest if nearest and nearest.serves_everybody else None


def nearest_gap(reason: str, position: Point, code: str, places: Reaches) -> Gap:
    elsewhere = [
        (metres_between(position, (place.latitude, place.longitude)), scheme.name, scheme)
        for scheme, place in places
        if place.code != code
    ]
    if not elsewhere:
        return Gap(reason, None)
    return Gap(reason, min(elsewhere, key=lambda each: each[:2])[2])


def everybody_at(reached: Mapping[str, list[Reached]]) -> Reaches:
    """Each scheme that serves everybody, with each borough it reaches."""
    return [
        (each.scheme, borough)
        for code, borough in boroughs().items()
        for each in reached.get(code, [])
        if each.scheme.serves_everybody
    ]


def borough_coverage() -> list[BoroughCoverage]:
    """All 33 boroughs, each with its schemes, those that reach a part of it too, or its gap."""
    reached = by_borough()
    recorded = {gap.borough_code: gap for gap in RecordedGap.objects.select_related("nearest__host")}
    places = everybody_at(reached)
    return [covered(borough, reached.get(code, []), recorded.get(code), places) for code, borough in boroughs().items()]


def covered(borough: Borough, reached: list[Reached], recorded: RecordedGap | None, places: Reaches) -> BoroughCoverage:
    schemes = tuple(each.scheme for each in reached)
    serving = [each for each in reached if each.scheme.serves_everybody]
    if any(each.is_whole for each in serving):
        return BoroughCoverage(borough, schemes, None)
    nothing = PARTLY.format(scheme=serving[0].scheme.name, borough=borough.name) if serving else ""
    reason = recorded.reason if recorded else nothing or NOTHING_RECORDED.format(borough=borough.name)
    if nearest := recorded_nearest(recorded):
        return BoroughCoverage(borough, schemes, Gap(reason, nearest))
    here = (borough.latitude, borough.longitude)
    return BoroughCoverage(borough, schemes, nearest_gap(reason, here, borough.code, places))
