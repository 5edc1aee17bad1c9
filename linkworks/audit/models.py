"""Who changed and who looked. No foreign keys: the audit never interferes with live data, and outlives it."""

import uuid
from collections.abc import Callable
from typing import TypeVar

import pghistory
from django.db import models

from linkworks.core.tenancy import Wall

T = TypeVar("T", bound=type[models.Model])


def recorded() -> Callable[[T], T]:
    """Class decorator: every insert, change and deletion of a row is kept, with who did it, by a database trigger."""
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        obj_field=pghistory.ObjForeignKey(db_constraint=False, related_name="+", on_delete=models.DO_NOTHING),
        context_field=pghistory.ContextJSONField(),
        context_id_field=None,  # type: ignore[arg-type]  # documented: None leaves the field out
    )


class RecordView(models.Model):
    """Somebody opened a person's record."""

    wall = Wall(append_only=True)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scheme_id = models.UUIDField()
    person_id = models.UUIDField()
    actor_id = models.CharField(max_length=100)
    actor_name = models.CharField(max_length=200)
    organisation_name = models.CharField(max_length=200, blank=True)
    page = models.CharField(max_length=100)
    viewed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["person_id", "-viewed_at"], name="views_of_a_person")]
