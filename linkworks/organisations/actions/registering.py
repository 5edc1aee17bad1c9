"""Organisations and schemes are taken on by whoever runs the installation: at set-up, or when a place joins."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction

from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.errors import Conflict, Invalid, NotAllowed
from linkworks.core.postcodes import tidy_postcode, tidy_sector

from ..models import CatchmentArea, Organisation, Scheme
from ..rules import places, told
from ..rules.settings import SchemeSettings, as_document
from ..states import CatchmentKind, Coverage, OrganisationKind


@transaction.atomic
def add_organisation(*, name: str, kind: OrganisationKind | str, by: Actor, **facts: Any) -> Organisation:
    """Take on an organisation that refers, hosts, provides or commissions."""
    require_set_up(by)
    facts |= {code: facts[code].strip().upper() for code in ("ods_code", "ons_code") if code in facts}
    if facts.get("postcode"):
        facts["postcode"] = tidy_postcode(facts["postcode"])
        if facts["postcode"] is None:
            raise Invalid("Give a full postcode, for example SE15 5DD.", field="postcode")
    try:
        with transaction.atomic():
            return Organisation.objects.create(name=name.strip(), kind=OrganisationKind(kind).value, **facts)
    except IntegrityError as error:
        raise Conflict("There is an organisation with that code already.") from error


@transaction.atomic
def add_scheme(
    *,
    name: str,
    slug: str,
    host: Organisation,
    coverage: Coverage | str,
    areas: Iterable[tuple[CatchmentKind | str, str]],
    by: Actor,
    **facts: Any,
) -> Scheme:
    """Take on a scheme with its host and where it reaches. It starts with settings that work from the first day."""
    require_set_up(by)
    scheme = Scheme.objects.create(
        name=name.strip(),
        slug=slug,
        host=host,
        coverage=Coverage(coverage).value,
        settings=as_document(SchemeSettings()),
        **facts,
    )
    place(scheme, areas)
    return scheme


@transaction.atomic
def change_reach(
    scheme: Scheme,
    *,
    areas: Iterable[tuple[CatchmentKind | str, str]] = (),
    coverage: Coverage | str | None = None,
    by: Actor,
) -> Scheme:
    """Say anew where a scheme reaches (all of it, when any area is given) and how much of the population it is for."""
    require_set_up(by)
    held = Scheme.objects.select_for_update().get(pk=scheme.pk)
    before = reach_of(held)
    if coverage is not None:
        held.coverage = Coverage(coverage).value
    new = list(areas)
    if new:
        held.catchment.all().delete()
        place(held, new)
    held.facts_changed = told.dated(held.facts_changed, told.differing(before, reach_of(held)), clock.today())
    held.save(update_fields=["coverage", "facts_changed"])
    return held


def reach_of(scheme: Scheme) -> dict[str, Any]:
    """How much of the population it is for, and where."""
    return {"coverage": scheme.coverage, "areas": set(scheme.catchment.values_list("kind", "code"))}


def place(scheme: Scheme, areas: Iterable[tuple[CatchmentKind | str, str]]) -> None:
    """Put a scheme on the map. Each area once, and only what can be looked up."""
    tidy = {(CatchmentKind(kind), tidy_area(CatchmentKind(kind), code)) for kind, code in areas}
    CatchmentArea.objects.bulk_create(
        CatchmentArea(scheme=scheme, kind=kind.value, code=code) for kind, code in sorted(tidy)
    )


def tidy_area(kind: CatchmentKind, typed: str) -> str:
    """The code of an area as it is kept; refuses what is none."""
    code = " ".join(typed.upper().split())
    if kind is CatchmentKind.BOROUGH and code not in places.boroughs():
        raise Invalid(
            f"{typed} is not the ONS code of a London borough. They run from E09000001 to E09000033.", field="borough"
        )
    if kind is CatchmentKind.POSTCODE_SECTOR:
        sector = tidy_sector(code)
        if sector is None:
            raise Invalid(f"{typed} is not a postcode sector. Write it like SE15 5.", field="sector")
        return sector
    if not code:
        raise Invalid("Give the practice’s ODS code, for example G85001.", field="practice")
    return code


def require_set_up(by: Actor) -> None:
    """Only from the command line or the demo: no page gives this power."""
    if by.purpose != "job":
        raise NotAllowed("Organisations and schemes are set up with the linkworks command.")
