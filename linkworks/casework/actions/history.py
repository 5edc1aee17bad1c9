"""How a case is taken in hand and moved: locked, checked, moved by the table, and each move written down."""

from datetime import date
from typing import Any, TypeVar
from uuid import UUID, uuid5

from django.db import models

from linkworks.core import clock, idempotency
from linkworks.core.actor import Actor
from linkworks.core.errors import Conflict, Invalid, NotAllowed
from linkworks.core.states import after
from linkworks.people.states import Restriction

from .. import access
from ..models import Case, CaseMove, Plan, Task
from ..queries.team import carries_cases, deputy, safeguarding_owner
from ..states import CASE_MOVES, CaseState, NextKind, PlanState, TaskKind
from ..states import CaseMove as Move

M = TypeVar("M", bound=models.Model)

LEADS_TO_REVIEW = (NextKind.FIND, NextKind.ANSWER, NextKind.REVIEW)  # each is followed by the review of the plan
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
    rows = Case.objects.select_for_update(of=("self",)).select_related("person")
    found = rows.filter(pk=case_id, scheme__in=list(by.schemes)).first()
    if found is None or not access.reaches(by, found):
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


def plan_next(case: Case, action: str, on: date, kind: NextKind = NextKind.CONTACT, *, by: Actor | None = None) -> None:
    """Say what happens next and when; an open case always has both. Its kind says which page does it.

    `by` is who says it in their own words. Nothing that was still to be done is lost by it.
    """
    if not action.strip():
        raise Invalid("Say what happens next.", field="next_action")
    keep_own_words(case, by)
    keep_review(case, kind)
    keep_return(case)
    case.next_action, case.next_action_on, case.next_kind = action.strip()[:200], on, kind.value


def keep_own_words(case: Case, by: Actor | None) -> None:
    """What a worker wrote as next, and is still to come, stays a task, unless the case's worker writes something else."""
    words, on = case.next_action, case.next_action_on
    if case.next_kind != NextKind.OWN or not words or on is None or on < clock.today():
        return
    if by is None or by.user_id != case.worker_id:
        make_task(case, title=words, due_on=on, dedupe=f"own-next:{uuid5(case.pk, f'{on} {words}')}")


def keep_review(case: Case, kind: NextKind) -> None:
    """When something else is next, the review of the plan stays a task on its day; held or next again, it is not one."""
    reminder = f"review:{case.pk}"
    if kind in (NextKind.REVIEW, NextKind.FINISH):
        need_no_reminder(reminder)
    elif case.next_action and case.next_kind in LEADS_TO_REVIEW and kind not in LEADS_TO_REVIEW:
        plan = Plan.objects.filter(case=case, state=PlanState.AGREED).first()
        if plan and plan.review_on:
            remind(case, review_words(case), plan.review_on, reminder)


def review_words(case: Case) -> str:
    return f"Review the plan with {case.person.called}"


def keep_return(case: Case) -> None:
    """A paused case comes back on its day, whatever is next meanwhile; taken up again, nothing has to come back."""
    if case.paused_until:
        remind(case, take_up_words(case), case.paused_until, f"take-up:{case.pk}")
    elif case.state == CaseState.PAUSED:
        need_no_reminder(f"take-up:{case.pk}")


def take_up_words(case: Case) -> str:
    return f"Take up again with {case.person.called}"


def remind(case: Case, title: str, on: date, dedupe: str) -> None:
    """A task there is one of in a case: made, or set to its new day."""
    make_task(case, title=title, due_on=on, dedupe=dedupe)
    Task.objects.filter(dedupe=dedupe).update(due_on=on, worker=who_hears(case), done_at=None, done_by="")


def need_no_reminder(dedupe: str) -> None:
    Task.objects.filter(dedupe=dedupe, done_at__isnull=True).delete()


def make_task(
    case: Case,
    *,
    title: str,
    due_on: date,
    dedupe: str,
    kind: TaskKind = TaskKind.TO_DO,
    connection_id: UUID | None = None,
) -> Task:
    """A task of the case's worker for one event, however often it is told.

    A closed case's worker may have left the team: then it is the manager's, or the safeguarding lead's.
    """
    task = Task(
        case=case,
        scheme_id=case.scheme_id,
        worker_id=who_hears(case),
        kind=kind.value,
        title=title[:200],
        due_on=due_on,
        about_connection_id=connection_id,
        dedupe=dedupe,
    )
    return Task.objects.bulk_create([task], ignore_conflicts=True)[0]


def who_hears(case: Case) -> UUID | None:
    if case.state != CaseState.CLOSED or case.worker_id is None or carries_cases(case.scheme_id, case.worker_id):
        return case.worker_id
    normal = case.person.restriction == Restriction.NORMAL
    owner = deputy(case.scheme_id) if normal else safeguarding_owner(case.scheme_id)
    return owner.pk if owner else case.worker_id


def save_next(case: Case) -> None:
    case.save(update_fields=["next_action", "next_action_on", "next_kind"])


def in_working_days(days: int, start: date | None = None) -> date:
    return clock.add_working_days(max(start or clock.today(), clock.today()), days)


def made_before(model: type[M], door: str, token: str, payload: Any) -> M | None:
    """The record this form made already, when it is sent a second time."""
    earlier = idempotency.once(door, token, payload) if token else None
    found = model._default_manager.filter(pk=earlier).first() if earlier else None
    if earlier and found is None:
        raise Conflict("This was taken out since. Start again.")
    return found


def remember(door: str, token: str, record: models.Model) -> None:
    if token:
        idempotency.remember(door, token, record.pk)
