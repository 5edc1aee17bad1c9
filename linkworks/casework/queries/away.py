"""Whom nobody covers while their worker is away: people kept close."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from linkworks.accounts.models import Absence
from linkworks.people.models import NamedReader
from linkworks.people.states import Restriction

from ..models import Case
from ..states import CaseState
from .team import safeguarding_lead


@dataclass(frozen=True)
class NotCovered:
    """How many people, and who leads safeguarding: a number, and never who."""

    people: int
    lead: str = ""


def not_covered(absence: Absence) -> NotCovered:
    return not_covered_of(absence.worker_id, absence.scheme_id, cover_id=absence.cover_id)


def not_covered_of(worker_id: UUID, scheme_id: UUID, *, cover_id: UUID | None = None) -> NotCovered:
    """The people of a worker whose open case a colleague does not see, unless they were named to."""
    named = NamedReader.objects.filter(user=cover_id).values("person") if cover_id else []
    open_now = Case.objects.filter(scheme_id=scheme_id, worker_id=worker_id).exclude(state=CaseState.CLOSED)
    close = open_now.exclude(person__restriction=Restriction.NORMAL)
    left = close.exclude(Q(person__restriction=Restriction.SEALED, person__in=named)).count()
    lead = safeguarding_lead(scheme_id) if left else None
    return NotCovered(left, lead.name if lead else "")
