"""A worker's morning: what is overdue, due, new, missed or asked, in a fixed number of queries."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from linkworks.accounts.models import Absence
from linkworks.accounts.queries import covered_by
from linkworks.connections.models import Question
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.referrals.queries import inbox, to_tell, undecided_late

from .. import access
from ..models import Case, Concern, ConcernMove, Task
from ..rules.following import Due, due
from ..states import CaseState, ConcernState, TaskKind
from .cases import with_soonest


@dataclass(frozen=True)
class Item:
    """One thing to do for one person."""

    case_id: UUID
    name: str
    what: str
    on: date
    due: Due
    kind: str = ""
    next_kind: str = ""
    task_id: UUID | None = None
    connection_id: UUID | None = None
    covering_for: str = ""


@dataclass(frozen=True)
class Today:
    """What waits for a worker, each thing in one list only."""

    questions: list[Item] = field(default_factory=list)
    no_shows: list[Item] = field(default_factory=list)
    overdue: list[Item] = field(default_factory=list)
    today: list[Item] = field(default_factory=list)
    new: list[Item] = field(default_factory=list)
    soon: list[Item] = field(default_factory=list)
    covers: list[Absence] = field(default_factory=list)
    caseload: int = 0
    waiting: int = 0
    concerns: int = 0
    concerns_in_hand: int = 0
    in_hand_since: datetime | None = None


LISTS = {Due.OVERDUE: "overdue", Due.TODAY: "today", Due.SOON: "soon"}


def today_of(actor: Actor) -> Today:
    day = clock.today()
    visible = access.visible_cases(actor)
    covers = list(covered_by(actor))
    names = {each.worker_id: each.worker.name for each in covers}
    mine = Q(worker__in=[actor.user_id, *names])
    cases = list(visible.filter(mine).exclude(state=CaseState.CLOSED).select_related("person"))
    own = sum(case.worker_id == actor.user_id for case in cases)
    waiting = visible.filter(state=CaseState.WAITING).count()
    found = Today(covers=covers, caseload=own, waiting=waiting, **concerns_to_answer(actor))
    for case in cases:
        place_case(found, case, day, names.get(case.worker_id, ""))  # type: ignore[arg-type]
    tasks = access.visible_tasks(actor).filter(mine, done_at__isnull=True).select_related("case__person")
    for task in tasks:
        place_task(found, task, day, names.get(task.worker_id, ""))  # type: ignore[arg-type]
    for each in (found.questions, found.no_shows, found.overdue, found.today, found.new, found.soon):
        each.sort(key=lambda item: (item.on, item.name))
    return found


def concerns_to_answer(actor: Actor) -> dict[str, Any]:
    """For those who answer concerns: how many nobody has acknowledged, and how many are in hand since when."""
    if not access.answers_concerns(actor):
        return {}
    return access.visible_concerns(actor).aggregate(
        concerns=Count("pk", filter=Q(state=ConcernState.RAISED)),
        concerns_in_hand=Count("pk", filter=Q(state=ConcernState.ACKNOWLEDGED)),
        in_hand_since=Min("acknowledged_at", filter=Q(state=ConcernState.ACKNOWLEDGED)),
    )


def place_case(found: Today, case: Case, day: date, covering_for: str = "") -> None:
    if case.next_action_on is None:
        return
    item = Item(
        case_id=case.pk,
        name=case.person.full_name,
        what=case.next_action,
        on=case.next_action_on,
        due=due(case.next_action_on, day),
        next_kind=case.next_kind,
        covering_for=covering_for,
    )
    is_late = item.due == Due.OVERDUE  # a first contact that is late is late first of all
    if case.state == CaseState.ALLOCATED and not is_late:
        found.new.append(item)
    elif item.due in LISTS:
        getattr(found, LISTS[item.due]).append(item)


def place_task(found: Today, task: Task, day: date, covering_for: str = "") -> None:
    item = Item(
        case_id=task.case_id,
        name=task.case.person.full_name,
        what=task.title,
        on=task.due_on,
        due=due(task.due_on, day),
        kind=task.kind,
        task_id=task.pk,
        connection_id=task.about_connection_id,
        covering_for=covering_for,
    )
    own_list = {TaskKind.QUESTION.value: found.questions, TaskKind.NO_SHOW.value: found.no_shows}.get(task.kind)
    if own_list is not None:
        own_list.append(item)
    elif item.due in LISTS:
        getattr(found, LISTS[item.due]).append(item)


@dataclass(frozen=True)
class Team:
    """How the whole scheme stands: what to decide, who waits, whose promise was missed, what is overdue."""

    to_decide: int
    waiting: int
    promises_missed: int
    overdue: int
    open_cases: int
    undecided_late: int = 0
    to_tell: int = 0


def team_of(actor: Actor) -> Team:
    day = clock.today()
    early = Q(state__in=[CaseState.WAITING, CaseState.ALLOCATED])
    counts = (
        with_soonest(access.visible_cases(actor))
        .exclude(state=CaseState.CLOSED)
        .aggregate(
            waiting=Count("pk", filter=Q(state=CaseState.WAITING)),
            promises_missed=Count("pk", filter=early & Q(first_contact_by__lt=day)),
            overdue=Count("pk", filter=Q(soonest_on__lt=day)),
            open_cases=Count("pk"),
        )
    )
    referrals = {"undecided_late": undecided_late(actor).count(), "to_tell": to_tell(actor).count()}
    return Team(to_decide=inbox(actor).count(), **referrals, **counts)


def concerns_of(actor: Actor, state: str = "", words: str = "") -> QuerySet[Concern]:
    """Concerns one may see: the open ones, longest waiting first; the closed ones, newest first. By name, if one is given."""
    found = access.visible_concerns(actor).select_related("person", "owner", "case")
    for word in words.split():
        found = found.filter(
            Q(person__given_name__icontains=word)
            | Q(person__family_name__icontains=word)
            | Q(person__chosen_name__icontains=word)
        )
    if state == ConcernState.CLOSED:
        return found.filter(state=state).order_by("-raised_at", "id")
    found = found.filter(state=state) if state else found.exclude(state=ConcernState.CLOSED)
    return found.order_by("raised_at", "id")


def is_from_a_group(concern: Concern) -> bool:
    """Whether somebody at a group was worried: they are not asked whether the person knows."""
    return Question.objects.filter(pk=concern.pk, is_worry=True).exists()


def concern_moves(concern: Concern) -> list[ConcernMove]:
    return list(ConcernMove.objects.filter(concern=concern).order_by("-made_at"))
