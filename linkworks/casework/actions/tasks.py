"""Things to do by a day. An event makes one task, however often it is told."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.errors import Invalid, NotAllowed

from .. import access
from ..models import Case, Task
from ..queries.closing import open_tasks, promised_answers
from .history import case_in_hand, made_before, make_task, remember, require_open

TELL = "tell-place:"


@transaction.atomic
def add_task(case: Case, *, title: str, due_on: date, token: str = "", by: Actor) -> Task:
    """Note something to do for this person by a day."""
    case = case_in_hand(case, by)
    require_open(case)
    door = f"task:{case.pk}"
    if earlier := made_before(Task, door, token, [title, due_on]):
        return earlier
    if not title.strip():
        raise Invalid("Say what there is to do.", field="title")
    task = make_task(case, title=title.strip(), due_on=due_on, dedupe=f"own:{uuid4()}")
    remember(door, token, task)
    return task


@transaction.atomic
def finish_task(task: Task, *, by: Actor) -> Task:
    """Tick a task off: one's own, or one of a case one works on. Ticking it twice changes nothing."""
    found = access.visible_tasks(by).select_for_update(of=("self",)).filter(pk=task.pk).first()
    if found is None:
        raise NotAllowed("This task is not one of yours.")
    if by.user_id is None or found.worker_id != by.user_id:
        case_in_hand(found.case_id, by)
    if found.done_at is None:
        found.done_at, found.done_by = clock.now(), by.name
        found.save(update_fields=["done_at", "done_by"])
    return found


def finish_tasks_about(connection_id: UUID, kinds: Iterable[str], *, besides: str = "", by: Actor) -> None:
    """What was to be done about a connection has been overtaken by what happened; not the task of that event itself."""
    open_now = Task.objects.filter(about_connection_id=connection_id, kind__in=list(kinds), done_at__isnull=True)
    for task in open_now.exclude(dedupe=besides).select_for_update():
        task.done_at, task.done_by = clock.now(), by.name
        task.save(update_fields=["done_at", "done_by"])


def finish_telling(case: Case, *, since: datetime, by: Actor) -> None:
    """The worker spoke to the person after the group's yes: that they have a place has been told."""
    told = Task.objects.filter(case=case, dedupe__startswith=TELL, done_at__isnull=True, created_at__lte=since)
    told.update(done_at=clock.now(), done_by=by.name)


def finish_telling_about(connection_id: UUID, *, by: Actor) -> None:
    """They came, or it is over: nobody has to tell them about the place any more."""
    told = Task.objects.filter(dedupe=f"{TELL}{connection_id}", done_at__isnull=True)
    told.update(done_at=clock.now(), done_by=by.name)


def finish_all_tasks(case: Case, *, because: str) -> None:
    """Everything but the answers that groups were promised."""
    over = open_tasks(case).exclude(pk__in=promised_answers(case))
    over.update(done_at=clock.now(), done_by=because)
