"""Cases in lists: the caseload, those waiting for a worker, and those of one person."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Least

from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.ids import tidy_reference
from linkworks.core.postcodes import tidy_postcode
from linkworks.referrals.models import Referral

from .. import access
from ..models import Case, Task
from ..states import OPEN_CASES, CaseState
from .team import who_left


def caseload(actor: Actor, *, state: str = "", words: str = "", worker: str = "", due: str = "") -> QuerySet[Case]:
    """Cases one may open, what is due first. Without a state: all that are open."""
    found = with_soonest(access.visible_cases(actor)).select_related("person", "worker")
    found = found.filter(state=state) if state else found.filter(state__in=[each.value for each in OPEN_CASES])
    if worker == "me":
        found = found.filter(worker=actor.user_id)
    if worker == "left":
        gone = {each for scheme_id in actor.schemes for each in who_left(scheme_id)}
        found = found.filter(worker__in=gone)
    if due == "overdue":
        found = found.filter(soonest_on__lt=clock.today())
    if due == "late":
        found = found.filter(state__in=[CaseState.WAITING, CaseState.ALLOCATED], first_contact_by__lt=clock.today())
    return matching(found.order_by("soonest_on", "person__family_name", "id"), words)


def with_soonest(cases: QuerySet[Case]) -> QuerySet[Any]:
    """Cases with the open task due first, and the day the first thing is due, task or next action."""
    first = Task.objects.filter(case=OuterRef("pk"), done_at__isnull=True).order_by("due_on", "id")
    with_task = cases.annotate(
        soonest_task=Subquery(first.values("title")[:1]), soonest_task_on=Subquery(first.values("due_on")[:1])
    )
    return with_task.annotate(soonest_on=Least("next_action_on", "soonest_task_on"))


def soonest(case: Any) -> tuple[str, date | None]:
    """What comes first: the case's next action, or a task due before it (`with_soonest` brought the task along)."""
    own, task = case.next_action_on, case.soonest_task_on
    if task and (own is None or task < own):
        return case.soonest_task, task
    return case.next_action, own


def matching(cases: QuerySet[Case], words: str) -> QuerySet[Case]:
    """Those whose person's name, reference or postcode has every word."""
    if postcode := tidy_postcode(words):
        cases, words = cases.filter(Q(person__postcode=postcode) | by_name_or_reference(words)), ""
    for word in words.split():
        cases = cases.filter(by_name_or_reference(word) | Q(person__postcode__icontains=word))
    return cases


def by_name_or_reference(word: str) -> Q:
    """A part of a name, or of a reference with or without its dashes and prefix."""
    found = Q(person__given_name__icontains=word) | Q(person__family_name__icontains=word)
    found |= Q(person__chosen_name__icontains=word)
    tidied = tidy_reference(word)
    if not tidied:
        return found
    return found | Q(reference__icontains=word) | Q(reference__icontains=tidied)


def waiting(actor: Actor) -> QuerySet[Case]:
    """Cases nobody has yet, those promised soonest first."""
    found = access.visible_cases(actor).filter(state=CaseState.WAITING)
    return found.select_related("person", "referral").order_by("first_contact_by", "opened_at")


def earlier_cases(case: Case, actor: Actor) -> list[Any]:
    """The person's cases that closed before this one opened, newest first, each with whether the actor may open it."""
    opens = Exists(access.visible_cases(actor).filter(pk=OuterRef("pk")))
    found = Case.objects.filter(person_id=case.person_id, state=CaseState.CLOSED, closed_at__lte=case.opened_at)
    return list(found.exclude(pk=case.pk).annotate(opens=opens).select_related("worker").order_by("-closed_at"))


def open_case_of(person_id: UUID) -> Case | None:
    return Case.objects.filter(person_id=person_id).exclude(state=CaseState.CLOSED).select_related("worker").first()


def open_cases_of(person_ids: list[UUID]) -> dict[UUID, Case]:
    """The open case of each of these people who has one."""
    found = Case.objects.filter(person_id__in=person_ids).exclude(state=CaseState.CLOSED).select_related("worker")
    return {case.person_id: case for case in found}


def referrals_of(person_id: UUID) -> list[Referral]:
    """What brought the person here, newest first."""
    return list(Referral.objects.filter(person_id=person_id).order_by("-sent_at"))
