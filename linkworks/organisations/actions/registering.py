"""Organisations and schemes are taken on by whoever runs the installation: at set-up, or when a place joins."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from linkworks.core.actor import Actor
from linkworks.core.errors import NotAllowed

from ..models import CatchmentArea, Organisation, Scheme
from ..rules.settings import SchemeSettings, as_document
from ..states import CatchmentKind, Coverage, OrganisationKind


@transaction.atomic
def add_organisation(*, name: str, kind: OrganisationKind | str, by: Actor, **facts: Any) -> Organisation:
    """Take on an organisation that refers, hosts, provides or commissions."""
    require_set_up(by)
    return Organisation.objects.create(name=name.strip(), kind=OrganisationKind(kind).value, **facts)


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
    CatchmentArea.objects.bulk_create(
        CatchmentArea(scheme=scheme, kind=CatchmentKind(kind).value, code=code) for kind, code in areas
    )
    return scheme


def require_set_up(by: Actor) -> None:
    """Only from the command line or the demo: no page gives this power."""
    if by.purpose != "job":
        raise NotAllowed("Organisations and schemes are set up with the linkworks command.")
