"""What groups answer becomes a task for the worker: nothing said by a group is lost, and each event makes one task."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse

from linkworks.connections.models import Attendance, Connection, Question
from linkworks.connections.states import Attended, State
from linkworks.core import clock, vocabulary
from linkworks.core.actor import Actor
from linkworks.messaging.actions import tell_user_about
from linkworks.referrals.models import Referral
from linkworks.referrals.states import State as ReferralState
from linkworks.ui.formats import long_date

from ..models import Case, Plan, Task
from ..queries.team import safeguarding_owner
from ..rules import following
from ..rules.following import FollowUp, said
from ..states import CaseState, NextKind, PlanState, TaskKind
from .closing import GONE
from .connecting import waiting_for
from .history import in_working_days, make_task, plan_next, review_words, save_next
from .tasks import TELL, finish_tasks_about, finish_telling_about

PUT_RIGHT = "The attendance was put right"


@transaction.atomic
def follow_connection(connection_id: UUID, *, by: Actor) -> None:
    """A connection moved, or somebody did or did not come: what the worker does next."""
    connection = Connection.objects.filter(pk=connection_id).first()
    case = case_of(connection_id)
    if connection is None or case is None:
        return
    now_due = f"{connection.state}:{connection.pk}"
    finish_tasks_about(connection.pk, following.overtaken_by(connection.state), besides=now_due, by=by)
    if connection.state != State.SENT:
        settle_next(case)
    follow = follow_up_of(connection)
    follow_place(case, connection, by)
    if follow and connection.ending not in GONE:
        give_task(case, connection, follow, now_due)
    elif follow and case.state != CaseState.CLOSED:
        give_task(case, connection, following.AFTER_GONE, now_due)
    if follow and follow.kind == TaskKind.SAFEGUARDING:
        tell_lead(connection, by)
    follow_absences(case, connection)


def follow_place(case: Case, connection: Connection, by: Actor) -> None:
    """A group said yes: the person is told at once, until they came or it is over."""
    if connection.state != State.ACCEPTED or Attendance.objects.filter(connection=connection).exists():
        finish_telling_about(connection.pk, by=by)
    elif case.state != CaseState.CLOSED:
        first = long_date(connection.first_session_on) if connection.first_session_on else ""
        give_task(case, connection, following.after_place(first), f"{TELL}{connection.pk}")


def tell_lead(connection: Connection, by: Actor) -> None:
    """A group said that it would not be safe: the lead hears too, in case the worker is away."""
    lead = safeguarding_owner(connection.scheme_id)
    if lead:
        link = reverse("casework:connection", args=[connection.pk])
        tell_user_about(connection, user_id=lead.pk, template="answer-unsafe", link=link, by=by)


def case_of(connection_id: UUID) -> Case | None:
    """The case a connection was made for, or the person's open case when that one is closed.

    Without any open case it is the closed one: what a group says then still reaches somebody. Held until the task is
    made, or a hand-over meanwhile would leave it with the worker before.
    """
    held = Case.objects.select_for_update(of=("self",)).select_related("person")
    case = held.filter(goals__goal_connections__connection=connection_id).first()
    if case is None or case.state != CaseState.CLOSED:
        return case
    return held.filter(person_id=case.person_id).exclude(state=CaseState.CLOSED).first() or case


def settle_next(case: Case) -> None:
    """The answer came: another group's is next, or else the review of the plan. Tasks say the rest."""
    if case.next_kind != NextKind.ANSWER:
        return
    waiting = Connection.objects.filter(person_id=case.person_id, state=State.SENT).order_by("-created_at").first()
    if waiting and case.next_action_on:
        plan_next(case, waiting_for(case, waiting.service_name), case.next_action_on, NextKind.ANSWER)
    else:
        plan = Plan.objects.filter(case=case, state=PlanState.AGREED).first()
        day = plan.review_on if plan and plan.review_on else in_working_days(20)
        plan_next(case, review_words(case), max(day, clock.today()), NextKind.REVIEW)
    save_next(case)


def follow_up_of(connection: Connection) -> FollowUp | None:
    if connection.state == State.DECLINED:
        reason = vocabulary.DECLINE_REASONS.get(connection.decline_reason)
        return following.after_decline(reason.what_next if reason else "")
    return {
        State.ACCEPTED.value: following.after_accept(connection.first_session_on),
        State.WAITLISTED.value: following.AFTER_WAITLIST,
        State.ENDED.value: following.AFTER_ENDING,
    }.get(connection.state)


def give_task(case: Case, connection: Connection, follow: FollowUp, dedupe: str) -> None:
    closed = "Their case is closed. " if case.state == CaseState.CLOSED else ""
    make_task(
        case,
        kind=TaskKind(follow.kind),
        title=closed + said(follow.title, name=case.person.called, service=connection.service_name),
        due_on=due_day(follow),
        dedupe=dedupe,
        connection_id=connection.pk,
    )


def due_day(follow: FollowUp) -> date:
    return in_working_days(follow.working_days, follow.counted_from) if follow.working_days else clock.today()


def follow_absences(case: Case, connection: Connection) -> None:
    """Somebody who did not come is asked why; once the mark is put right, there is nothing left to ask."""
    for mark in Attendance.objects.filter(connection=connection):
        asked = Task.objects.filter(dedupe=f"no-show:{mark.pk}")
        if mark.attended != Attended.NO:
            asked.filter(done_at__isnull=True).update(done_at=clock.now(), done_by=PUT_RIGHT)
        elif not asked.filter(done_by=PUT_RIGHT).update(done_at=None, done_by=""):
            give_task(case, connection, following.AFTER_NO_SHOW, f"no-show:{mark.pk}")


@transaction.atomic
def follow_question(question_id: UUID, *, by: Actor) -> None:
    """A group asked something: the worker answers."""
    question = Question.objects.select_related("connection").filter(pk=question_id, from_provider=True).first()
    case = case_of(question.connection_id) if question else None
    if question and case:
        give_task(case, question.connection, following.AFTER_QUESTION, f"question:{question.pk}")


@transaction.atomic
def follow_silence(connection_id: UUID, *, by: Actor) -> None:
    """A group has not answered in time: the worker telephones them."""
    while_sent(connection_id, following.AFTER_SILENCE, "unanswered")


@transaction.atomic
def follow_no_address(connection_id: UUID, *, by: Actor) -> None:
    """A group could not be asked in writing: the worker telephones them now."""
    while_sent(connection_id, following.AFTER_NO_ADDRESS, "no-address")


def while_sent(connection_id: UUID, follow: FollowUp, event: str) -> None:
    connection = Connection.objects.filter(pk=connection_id, state=State.SENT).first()
    case = case_of(connection_id)
    if connection and case:
        give_task(case, connection, follow, f"{event}:{connection.pk}")


@transaction.atomic
def follow_bounce(connection_id: UUID, *, by: Actor) -> None:
    """What we wrote to a group after its answer never arrived: the worker telephones. One task a day at most."""
    connection = Connection.objects.filter(pk=connection_id).first()
    case = case_of(connection_id)
    if connection and case:
        give_task(case, connection, following.AFTER_BOUNCE, f"bounced:{connection.pk}:{clock.today()}")


@transaction.atomic
def follow_bounce_to_person(case_id: UUID, *, by: Actor) -> None:
    """A message to the person never arrived: the worker looks at how to reach them."""
    bounced(Case.objects.filter(pk=case_id), following.AFTER_BOUNCE_TO_PERSON, f"bounced-person:{case_id}")


@transaction.atomic
def follow_bounce_to_referrer(referral_id: UUID, *, by: Actor) -> None:
    """Whoever referred could not be written to: the worker of the case it opened or joined telephones them."""
    person = Referral.objects.filter(pk=referral_id).values("person")
    bounced(
        Case.objects.filter(person__in=person), following.AFTER_BOUNCE_TO_REFERRER, f"bounced-referrer:{referral_id}"
    )


def bounced(cases: QuerySet[Case], title: str, dedupe: str) -> None:
    """The task of whoever has the open case; after closing, of whoever had the last one."""
    held = cases.select_for_update(of=("self",)).select_related("person")
    case = held.order_by(F("closed_at").desc(nulls_first=True)).first()
    if case:
        title = said(title, name=case.person.called, service="")
        make_task(case, kind=TaskKind.CALL, title=title, due_on=clock.today(), dedupe=f"{dedupe}:{clock.today()}")


@transaction.atomic
def follow_referral(referral_id: UUID, *, event_id: UUID, by: Actor) -> None:
    """Whoever referred changed an accepted referral, or took it back: the worker reads why."""
    referral = Referral.objects.filter(pk=referral_id, person__isnull=False).select_related("person").first()
    cases = Case.objects.select_for_update(of=("self",)).exclude(state=CaseState.CLOSED).select_related("person")
    case = cases.filter(person=referral.person).first() if referral and referral.person else None
    if referral is None or case is None:
        return
    happened = "was withdrawn" if referral.state == ReferralState.WITHDRAWN else "was changed"
    title = f"Referral {referral.reference} {happened}: read why"
    make_task(case, title=title, due_on=clock.today(), dedupe=f"referral:{event_id}")
