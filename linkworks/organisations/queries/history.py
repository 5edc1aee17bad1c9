"""Organisations, found by name or code, and their ties as they were on a day."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from ..models import Organisation, Relation
from ..states import OrganisationKind, RelationKind


def organisations_named(text: str) -> list[Organisation]:
    """The organisations with this name or code."""
    named = Q(name__iexact=text.strip()) | Q(ods_code=text.strip().upper()) | Q(ons_code=text.strip().upper())
    return list(Organisation.objects.filter(named, is_active=True)[:5]) if text.strip() else []


def held_on(day: date) -> Q:
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))


def related_as_of(day: date, *, kind: RelationKind | None = None) -> QuerySet[Relation]:
    """Every tie that held on that day."""
    found = Relation.objects.filter(held_on(day)).select_related("organisation", "other")
    return found.filter(kind=kind.value) if kind else found


def part_of(organisation: Organisation, day: date) -> Organisation | None:
    """The organisation this one was part of on that day."""
    tie = related_as_of(day, kind=RelationKind.PART_OF).filter(organisation=organisation).first()
    return tie.other if tie else None


def parts_of(organisation: Organisation, day: date) -> QuerySet[Organisation]:
    """The organisations that were part of this one on that day."""
    ties = related_as_of(day, kind=RelationKind.PART_OF).filter(organisation=OuterRef("pk"), other=organisation)
    return Organisation.objects.filter(Exists(ties))


def organisations_as_of(day: date, *, kind: OrganisationKind | None = None) -> QuerySet[Organisation]:
    """The organisations that were tied to any other on that day."""
    ties = Relation.objects.filter(held_on(day)).filter(Q(organisation=OuterRef("pk")) | Q(other=OuterRef("pk")))
    found = Organisation.objects.filter(Exists(ties))
    return found.filter(kind=kind.value) if kind else found
