"""Who looked at a person's record, what changed in it, and what left the scheme."""

from typing import Any

from linkworks.audit.queries import changes_of, views_of
from linkworks.people.queries import disclosures_of

from ..models import Case


def record_of(case: Case, view: str) -> Any:
    """One part of the audit of a person's record, the newest first, for whoever answers for it."""
    if view == "changed":
        case_ids = Case.objects.filter(person_id=case.person_id).values_list("pk", flat=True)
        return changes_of(case.person_id, case_ids)
    return disclosures_of(case.person_id) if view == "shared" else views_of(case.person_id)
