"""Who looked at a person's record, what changed in it, and what left the scheme."""

from dataclasses import dataclass
from typing import Any

from linkworks.audit.queries import Change, changes_of, views_of
from linkworks.people.models import Disclosure

from ..models import Case


@dataclass(frozen=True)
class Record:
    views: Any  # QuerySet[RecordView]
    changes: list[Change]
    shared: list[Disclosure]


def record_of(case: Case) -> Record:
    """The audit of a person's record, for whoever answers for it."""
    case_ids = list(Case.objects.filter(person_id=case.person_id).values_list("pk", flat=True))
    shared = Disclosure.objects.filter(person_id=case.person_id).order_by("-made_at")
    return Record(views_of(case.person_id), changes_of(case.person_id, case_ids), list(shared))
