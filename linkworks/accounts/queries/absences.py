"""Who is away, until when, and who covers."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from linkworks.core import clock
from linkworks.core.actor import Actor

from ..access import visible_absences
from ..models import Absence, Membership
from ..roles import CARRY_CASES
from ..states import AbsenceState
from .members import staff


@dataclass(frozen=True)
class Away:
    """Somebody is away: until which day, and whom to ask instead."""

    worker_name: str
    until: date
    cover_id: UUID
    cover_name: str


def in_force(day: date) -> Q:
    return Q(state=AbsenceState.SET, starts_on__lte=day, ends_on__gte=day)


def away_today(scheme_id: UUID) -> dict[UUID, Away]:
    """Everybody who is away from a scheme today, by who they are."""
    found = Absence.objects.filter(in_force(clock.today()), scheme_id=scheme_id).select_related("worker", "cover")
    return {each.worker_id: Away(each.worker.name, each.ends_on, each.cover_id, each.cover.name) for each in found}


def away(user_id: UUID, scheme_id: UUID) -> Away | None:
    return away_today(scheme_id).get(user_id)


def covered_by(actor: Actor) -> QuerySet[Absence]:
    """The absences the actor covers today, in their own schemes."""
    mine = Absence.objects.filter(in_force(clock.today()), cover_id=actor.user_id, scheme_id__in=actor.schemes)
    return mine.select_related("worker")


def covered_workers(actor: Actor) -> QuerySet[Absence, UUID]:
    """Who the actor stands in for today, for use inside another query."""
    return covered_by(actor).order_by().values_list("worker_id", flat=True)


def absences(actor: Actor) -> QuerySet[Absence]:
    """Who is away now or will be, the soonest first."""
    found = visible_absences(actor).filter(state=AbsenceState.SET, ends_on__gte=clock.today())
    return found.select_related("worker", "cover").order_by("starts_on", "worker__name")


def past_absences(actor: Actor) -> list[Absence]:
    """The last times away that are over, or ended early."""
    over = Q(ends_on__lt=clock.today()) | Q(state=AbsenceState.ENDED)
    found = visible_absences(actor).filter(over).select_related("worker", "cover")
    return list(found.prefetch_related("moves").order_by("-ends_on")[:20])


def carriers(scheme_id: UUID) -> QuerySet[Membership]:
    """Whoever carries cases in a scheme today, by name."""
    return staff(scheme_id, CARRY_CASES)
