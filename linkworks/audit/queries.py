"""What the audit knows: who looked at a person's record, and what changed in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import QuerySet

from .models import RecordView

OWN_FIELDS = frozenset({"pgh_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context"})

PERSON = "people.Person"


@dataclass(frozen=True)
class Change:
    """One row that was added, changed or removed: which kind of thing, by whom, and which of its facts."""

    at: datetime
    who: str
    thing: str
    done: str
    facts: tuple[str, ...] = ()


def views_of(person_id: UUID) -> QuerySet[RecordView]:
    """Who opened the record, the latest first."""
    return RecordView.objects.filter(person_id=person_id).order_by("-viewed_at", "-id")


def changes_of(person_id: UUID, case_ids: Iterable[UUID], *, most: int = 300) -> list[Change]:
    """What changed about a person and in these cases, the latest first, at most `most`."""
    found: list[Change] = []
    for event in event_models():
        condition = about(event, person_id, list(case_ids))
        if condition is not None:
            rows = event._default_manager.filter(condition).order_by("pgh_obj_id", "pgh_id").values()
            found += changes_in(event, rows)
    # One transaction has one time: within it, what came later in a table stays the later one.
    found.reverse()
    return sorted(found, key=lambda change: change.at, reverse=True)[:most]


def event_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")]


def about(event: type[models.Model], person_id: UUID, case_ids: list[UUID]) -> models.Q | None:
    """How rows of this audit table belong to the person, if they do."""
    tracked: type[models.Model] = event.pgh_tracked_model  # type: ignore[attr-defined]
    if tracked._meta.label == PERSON:
        return models.Q(pgh_obj_id=person_id)
    way = way_of(tracked)
    if way is None:
        return None
    value = person_id if way.endswith("person_id") else case_ids
    belongs = models.Q(**{way: value})
    if way == "person_id":  # a referral was somebody's before it was joined to them
        belongs |= models.Q(pgh_obj_id__in=tracked._default_manager.filter(belongs).values("pk"))
    return belongs


def way_of(model: type[models.Model]) -> str | None:
    """The lookup that leads from a row to the person or the case it belongs to: its own column, or that of what it hangs on."""
    keys = {field.name: field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)}
    for name, way in (("person", "person_id"), ("case", "case_id__in")):
        if name in keys:
            return way
    for name, field in keys.items():
        parent: Any = field.related_model
        further = way_of(parent) if hasattr(parent, "pgh_event_models") and parent is not model else None
        if further:
            return f"{name}__{further}"
    return None


def changes_in(event: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> list[Change]:
    """Each row of the audit against the one before it of the same thing."""
    tracked = event.pgh_tracked_model._meta  # type: ignore[attr-defined]
    names = {field.attname: str(field.verbose_name) for field in tracked.concrete_fields}
    found = []
    for _, history in groupby(rows, key=lambda row: row["pgh_obj_id"]):
        before: Mapping[str, Any] = {}
        for row in history:
            facts = tuple(names.get(name, name) for name in changed(before, row)) if before else ()
            who = (row["pgh_context"] or {}).get("name", "")
            found.append(Change(row["pgh_created_at"], who, str(tracked.verbose_name), row["pgh_label"], facts))
            before = row
    return found


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [name for name, value in after.items() if name not in OWN_FIELDS and before.get(name) != value]
