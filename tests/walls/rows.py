"""One row in every walled table, for each scheme, with words in it that must never be seen elsewhere.

Rows are filled from the models themselves, so a new personal table is tested from the day it is made.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from linkworks.accounts.models import User
from linkworks.core import tenancy
from linkworks.core.tenancy import Wall
from linkworks.organisations.models import Organisation, Scheme

Row = models.Model


def is_event(model: type[Row]) -> bool:
    return hasattr(model, "pgh_tracked_model")


def walled() -> list[type[Row]]:
    """Every walled model, the audit's own tables apart, what others point to first."""
    found = [each for each in apps.get_models() if isinstance(getattr(each, "wall", None), Wall) and not is_event(each)]
    return in_order(found)


def in_order(wanted: list[type[Row]]) -> list[type[Row]]:
    done: list[type[Row]] = []
    while len(done) < len(wanted):
        ready = [each for each in wanted if each not in done and parents(each, wanted) <= {*done, each}]
        done += ready or [each for each in wanted if each not in done]
    return done


def parents(model: type[Row], wanted: Iterable[type[Row]]) -> set[type[Row]]:
    return {field.related_model for field in foreign_keys(model) if field.related_model in wanted and not field.null}


def foreign_keys(model: type[Row]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if field.is_relation]


def events() -> list[type[Row]]:
    return [
        each for each in apps.get_models() if is_event(each) and each._meta.db_table in tenancy.walled_models([each])
    ]


# How far the rows of a few tables are, so that their pages have something to show.
STANDING: dict[str, dict[str, Any]] = {
    "connections.Connection": {"state": "sent", "ended_at": None},
    "directory.Claim": {"state": "waiting"},
    "people.Person": {"nhs_number": "", "restriction": "normal", "died_on": None},
}


class Filling:
    """Rows of one scheme. `canary` is in every free text of theirs."""

    def __init__(self, scheme: Scheme, user: User, organisation: Organisation, canary: str) -> None:
        self.scheme, self.user, self.organisation, self.canary = scheme, user, organisation, canary
        self.made: dict[type[Row], Row] = {Scheme: scheme, User: user, Organisation: organisation}
        self.count = 0
        self.making: set[type[Row]] = set()

    def fill(self) -> dict[type[Row], Row]:
        for model in walled():
            self.one(model)
        return self.made

    def one(self, model: type[Row]) -> Row:
        if model not in self.made:
            self.making.add(model)
            values = {
                field.attname if field.is_relation else field.name: self.value(field) for field in self.fields(model)
            }
            row = model(**{**values, **self.special(model), **self.two_of_a_kind(model)})
            row.save(force_insert=True)
            self.made[model] = row
        return self.made[model]

    def fields(self, model: type[Row]) -> list[Any]:
        return [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]

    def two_of_a_kind(self, model: type[Row]) -> dict[str, Any]:
        """A pair is of two listings, in order."""
        if model._meta.label != "directory.DuplicatePair":
            return {}
        first = self.one(apps.get_model("directory.Service"))
        copied = {
            field.name: getattr(first, field.name) for field in first._meta.concrete_fields if not field.generated
        }
        second = type(first)(**{**copied, "id": UUID(int=1), "source_key": "2"})
        second.save(force_insert=True)
        return {"one_id": second.pk, "other_id": first.pk}

    def special(self, model: type[Row]) -> dict[str, Any]:
        """What the constraints of a few tables ask for, and who is let through."""
        found: dict[str, Any] = dict(STANDING.get(model._meta.label, {}))
        names = {field.name for field in model._meta.concrete_fields}
        if "is_safe" in names and "asked_at" in names:
            found |= {"is_safe": True, "asked_at": timezone.now()}
        if "scheme_id" in names:  # the audit keeps ids and no relations
            found |= {"scheme_id": self.scheme.pk, "person_id": self.one(apps.get_model("people.Person")).pk}
        if model._meta.label == "messaging.Message":
            found |= {"way": "letter", "written_by": f"staff:{self.made[apps.get_model('accounts.User')].pk}"}
        if model._meta.label == "people.Channel":
            found |= {"kind": "phone", "value": f"020 7946 {self.canary}"}
        if model._meta.label == "accounts.Absence":  # nobody covers for themselves
            found |= {"cover_id": User.objects.exclude(pk=self.made[User].pk).values_list("pk", flat=True)[0]}
        return found

    def value(self, field: Any) -> Any:
        if field.primary_key:
            return uuid4()
        if field.is_relation:
            return self.related(field)
        if field.choices:
            default = field.get_default()
            return default if default not in (None, "") else next(value for value, _ in field.choices)
        return self.plain(field)

    def related(self, field: Any) -> Any:
        target = field.related_model
        if target in self.made:
            return self.made[target].pk
        if target in self.making or (field.null and target not in walled()):
            return None
        return self.one(target).pk

    def plain(self, field: Any) -> Any:
        self.count += 1
        word = self.canary if field.model in walled() else "Open"
        kinds: list[tuple[type, Any]] = [
            (models.UUIDField, uuid4()),
            (models.BooleanField, field.get_default() if field.has_default() else True),
            (models.DateTimeField, timezone.now()),
            (models.DateField, timezone.localdate()),
            (models.TimeField, timezone.localtime().time()),
            (models.IntegerField, 1),
            (models.FloatField, 1.0),
            (models.DecimalField, 1),
            (models.BinaryField, b"Open"),
            (models.JSONField, field.get_default() if field.has_default() else {}),
            (ArrayField, field.get_default() if field.has_default() else []),
            (models.EmailField, f"{word}.{self.count}@example.org"),
            (models.TextField, f"{word} said something"),
        ]
        for kind, value in kinds:
            if isinstance(field, kind):
                return value
        return f"{word}{self.count}"[: field.max_length or 200]


def snapshot(made: dict[type[Row], Row]) -> dict[str, list[tuple[Any, ...]]]:
    """Every walled row of one scheme, as values, to compare before and after."""
    return {
        model._meta.label: sorted(map(repr, model._default_manager.filter(pk=row.pk).values_list()))
        for model, row in made.items()
        if model in walled()
    }


def ids(made: dict[type[Row], Row]) -> dict[str, UUID]:
    return {model._meta.label: row.pk for model, row in made.items()}


def fresh(row: Row) -> dict[str, Any]:
    """New values for the columns of a row that must be unique, so that only a wall can refuse its copy."""
    found: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if field.primary_key or (field.unique and isinstance(field, models.UUIDField)):
            found[field.column] = uuid4()
        elif field.unique:
            found[field.column] = str(uuid4())[: field.max_length or 36]
    return found
