"""How a case is taken in hand and moved: locked, checked, moved by the table, and each move written down."""

from datetime import date
from typing import Any, TypeVar
from uuid import UUID, uuid5

from django.db import models

from linkworks.core import clock, idempotency
from linkworks.core.actor import Actor
from linkworks.core.errors import Invalid, NotAllowed
from linkworks.core.states import after

from .. import access
from ..models import Case, CaseMove, Task
from ..rules.following import machine_words
from ..states import CASE_MOVES, CaseState, NextKind, TaskKind
from ..states import CaseMove as Move

M = TypeVar("M", bound=models.Model)

NOT_YOURS = "This case is with somebody else now. Ask your team manager if you need it."
ONLY_TO_READ = (
    "This record is open to you in an emergency, to read. You can write down a contact or raise a concern. "
    "For anything else ask the safeguarding lead."
)


def case_in_hand(case: Case | UUID, by: Actor) -> Case:
    """The case, locked for this change; refused when it is not the actor's to change."""
    found = case_to_note_on(case, by)
    if access.only_reads(by, found):
        raise NotAllowed(ONLY_TO_READ)
    return found


def case_to_note_on(case: Case | UUID, by: Actor) -> Case:
    """The case, locked for a contact: that much may be written in an emergency too."""
    access.require_work(by)
    return locked_case(case, by)


def locked_case(case: Case | UUID, by: Actor) -> Case:
    case_id = case.pk if isinstance(case, Case) else case
    rows = access.visible_cases(by).select_for_update(of=("self",)).select_related("person")
    found = rows.filter(pk=case_id).first()
    if found is None:
        raise NotAllowed(NOT_YOURS)
    return found


def move(case: Case, made: Move, *, by: Actor, reason: str = "") -> None:
    """Move a locked case and write the move down; the caller saves what else changed."""
    case.state = after(CASE_MOVES, case.state, made).value
    case.save()
    write_move(case, made, by=by, reason=reason)


def write_move(case: Case, made: Move, *, by: Actor, reason: str = "") -> None:
    CaseMove.objects.create(
        case=case, scheme_id=case.scheme_id, move=made.value, to_state=case.state, reason=reason, **signed(by)
    )


def signed(by: Actor) -> dict[str, Any]:
    """Who made a move, and when."""
    return {"made_by": by.id, "made_by_name": by.name, "made_at": clock.now()}


def written_by(by: Actor) -> dict[str, str]:
    return {"made_by": by.id, "made_by_name": by.name}


def require_open(case: Case) -> None:
    if case.state == CaseState.CLOSED:
        raise NotAllowed("This case is closed. Reopen it first.")


def require_started(case: Case) -> None:
    """Work with the person needs a worker."""
    require_open(case)
    if case.state == CaseState.WAITING:
        raise NotAllowed("Nobody has this case yet. Give it to a worker first.")


def plan_next(
    case: Case, action: str, on: date, kind: NextKind = NextKind.CONTACT, *, in_own_words: bool = False
) -> None:
    """Say what happens next and when; an open case always has both. Its kind says which page does it."""
    if not action.strip():
        raise Invalid("Say what happens next.", field="next_action")
    if not in_own_words:
        keep_own_words(case)
    case.next_action, case.next_action_on, case.next_kind = action.strip()[:200], on, kind.value


def keep_own_words(case: Case) -> None:
    """What the worker wrote as next, and is still to come, stays to be done as a task when something else is next."""
    words, on = case.next_action, case.next_action_on
    if not words or on is None or on < clock.today() or case.state == CaseState.CLOSED:
        return
    if case.next_kind != NextKind.CONTACT or words in machine_words(case.person.called):
        return
    kept = Task(
        case=case,
        scheme_id=case.scheme_id,
        worker_id=case.worker_id,
        kind=TaskKind.TO_DO.value,
        title=words,
        due_on=on,
        dedupe=f"own-next:{uuid5(case.pk, f'{on} {words}')}",
    )
    Task.objects.bulk_create([kept], ignore_conflicts=True)


def save_next(case: Case) -> None:
    case.save(update_fields=["next_action", "next_action_on", "next_kind"])


def in_working_days(days: int, start: date | None = None) -> date:
    return clock.add_working_days(max(start or clock.today(), clock.today()), days)


def made_before(model: type[M], door: str, token: str, payload: Any) -> M | None:
    """The record this form made already, when it is sent a second time."""
    earlier = idempotency.once(door, token, payload) if token else None
    return model._default_manager.get(pk=earlier) if earlier else None


def remember(door: str, token: str, record: models.Model) -> None:
    if token:
        idempotency.remember(door, token, record.pk)
