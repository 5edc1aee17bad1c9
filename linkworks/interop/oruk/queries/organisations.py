"""The organisations behind what is published."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from linkworks.directory.access import shared_services
from linkworks.directory.rules.document import canonical, organisation_document, tidied
from linkworks.organisations.models import Organisation

from ..rules.asking import Asked
from ..rules.envelope import array, with_field
from .rows import MADE, Rows


def organisations(asked: Asked) -> Rows:
    rows = with_something_to_show()
    if asked.get("search"):
        search = asked.get("search")
        rows = rows.filter(Q(name__icontains=search) | Q(description__icontains=search))
    shape = with_services if asked.get("full_service") else plain
    return Rows(rows, shape, ("id", "name", "description", "email", "website"))


def organisation(organisation_id: UUID, *, full_service: bool = False) -> str | None:
    rows = with_something_to_show().filter(id=organisation_id)
    found = list(rows.values_list("id", "name", "description", "email", "website"))
    return next(iter(with_services(found) if full_service else plain(found)), None)


def with_something_to_show() -> QuerySet[Organisation]:
    return Organisation.objects.filter(Exists(shared_services().filter(organisation=OuterRef("pk"))))


def plain(rows: Sequence[Any]) -> list[str]:
    made = (
        Organisation(id=key, name=name, description=about, email=email, website=site)
        for key, name, about, email, site in rows
    )
    return [canonical(tidied(organisation_document(each))) for each in made]


def with_services(rows: Sequence[Any]) -> list[str]:
    """The same with the whole documents of their services, in one statement for all of them."""
    theirs: dict[UUID, list[str]] = {}
    found = shared_services().filter(organisation__in=[row[0] for row in rows]).order_by(MADE, "id")
    for organisation_id, text in found.values_list("organisation_id", "document"):
        theirs.setdefault(organisation_id, []).append(text)
    return [
        with_field(text, "services", array(theirs.get(row[0], []))) for row, text in zip(rows, plain(rows), strict=True)
    ]
