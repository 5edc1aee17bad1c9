"""Ties between organisations, and how they change without rewriting the past."""

from datetime import date

from django.db import IntegrityError, transaction

from linkworks.core.actor import Actor
from linkworks.core.errors import Conflict, Invalid

from ..models import Organisation, Relation
from ..states import RelationKind
from .registering import require_set_up


@transaction.atomic
def relate(
    organisation: Organisation,
    *,
    to: Organisation,
    kind: RelationKind,
    starts_on: date,
    ends_on: date | None = None,
    by: Actor,
) -> Relation:
    """Record that one organisation is part of, covers or commissions another from a day on."""
    require_set_up(by)
    if organisation.pk == to.pk:
        raise Invalid("An organisation cannot be related to itself.", field="to")
    if ends_on is not None and ends_on <= starts_on:
        raise Invalid("The end must be after the start.", field="ends_on")
    try:
        with transaction.atomic():
            return Relation.objects.create(
                kind=kind.value, organisation=organisation, other=to, starts_on=starts_on, ends_on=ends_on
            )
    except IntegrityError as error:
        raise Conflict(
            f"{organisation.name} is already part of another organisation at that time. Move it instead."
        ) from error


@transaction.atomic
def end_relation(relation: Relation, *, ends_on: date, by: Actor) -> Relation:
    """Record the first day a tie no longer holds."""
    require_set_up(by)
    held = Relation.objects.select_for_update().get(pk=relation.pk)
    if ends_on <= held.starts_on:
        raise Invalid("The end must be after the start.", field="ends_on")
    if held.ends_on is not None and held.ends_on <= ends_on:
        raise Conflict("This tie has ended already.")
    held.ends_on = ends_on
    held.save(update_fields=["ends_on"])
    return held


@transaction.atomic
def move(organisation: Organisation, *, to: Organisation, on: date, by: Actor) -> Relation:
    """Record that an organisation (a PCN, say) is part of another one from a day on; before that day history stays as it was."""
    require_set_up(by)
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    current = Relation.objects.filter(organisation=organisation, kind=RelationKind.PART_OF.value, starts_on__lt=on)
    for relation in current.exclude(ends_on__lte=on):
        relation.ends_on = on
        relation.save(update_fields=["ends_on"])
    return relate(organisation, to=to, kind=RelationKind.PART_OF, starts_on=on, by=by)
