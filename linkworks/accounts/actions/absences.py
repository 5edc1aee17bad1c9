"""Going away and coming back: who covers from when to when, and what they need to know."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.errors import Conflict, Invalid
from linkworks.core.states import after

from .. import access
from ..models import Absence, AbsenceMove
from ..queries.absences import carriers
from ..states import ABSENCE_MOVES, AbsenceState
from ..states import AbsenceMove as Move


@transaction.atomic
def set_absence(
    worker_id: UUID, *, scheme_id: UUID, cover_id: UUID, starts_on: date, ends_on: date, note: str = "", by: Actor
) -> Absence:
    """Say that somebody is away from a day to a day, and who covers. It ends by itself."""
    access.require_absence(by, worker_id, scheme_id)
    check_days(starts_on, ends_on)
    check_people(scheme_id, worker_id, cover_id)
    check_free(scheme_id, worker_id, cover_id, starts_on, ends_on)
    absence = Absence.objects.create(
        scheme_id=scheme_id,
        worker_id=worker_id,
        cover_id=cover_id,
        starts_on=starts_on,
        ends_on=ends_on,
        note=note.strip()[:1000],
    )
    write(absence, Move.SET, by)
    return absence


def check_days(starts_on: date, ends_on: date) -> None:
    if starts_on < clock.today():
        raise Invalid("The first day must be today or later.", field="starts_on")
    if ends_on < starts_on:
        raise Invalid("The last day must be on or after the first.", field="ends_on")


def check_people(scheme_id: UUID, worker_id: UUID, cover_id: UUID) -> None:
    """Both carry cases in this scheme; they are locked, so that two absences cannot cross."""
    team = {each.user_id for each in carriers(scheme_id).select_for_update(of=("self",))}
    if worker_id not in team:
        raise Invalid("Choose somebody who works on this scheme’s cases.", field="worker")
    if cover_id == worker_id:
        raise Invalid("Choose a colleague: nobody covers for themselves.", field="cover")
    if cover_id not in team:
        raise Invalid("Choose a colleague who works on this scheme’s cases.", field="cover")


def check_free(scheme_id: UUID, worker_id: UUID, cover_id: UUID, starts_on: date, ends_on: date) -> None:
    meanwhile = Absence.objects.filter(
        scheme_id=scheme_id, state=AbsenceState.SET, starts_on__lte=ends_on, ends_on__gte=starts_on
    )
    clash = meanwhile.filter(Q(worker_id__in=[worker_id, cover_id]) | Q(cover_id=worker_id)).select_related("worker")
    for each in clash:
        if each.worker_id == worker_id:
            raise Conflict("They are away on some of these days already. End that first.")
        if each.worker_id == cover_id:
            raise Invalid(f"{each.worker.name} is away on some of these days. Choose somebody else.", field="cover")
        raise Conflict(f"They cover for {each.worker.name} on some of these days. Change who covers first.")


@transaction.atomic
def end_absence(absence: Absence, *, reason: str = "", by: Actor) -> Absence:
    """Somebody is back early, or does not go after all. What was set stays in the history."""
    found = access.visible_absences(by).select_for_update(of=("self",)).get(pk=absence.pk)
    access.require_absence(by, found.worker_id, found.scheme_id)
    if found.ends_on < clock.today():
        raise Conflict("This is over already.")
    found.state = after(ABSENCE_MOVES, AbsenceState(found.state), Move.END).value
    found.save(update_fields=["state"])
    write(found, Move.END, by, reason=reason)
    return found


def write(absence: Absence, move: Move, by: Actor, reason: str = "") -> None:
    AbsenceMove.objects.create(
        scheme_id=absence.scheme_id,
        absence=absence,
        move=move.value,
        to_state=absence.state,
        reason=reason.strip()[:300],
        made_by=by.id,
        made_by_name=by.name,
        made_at=clock.now(),
    )
