"""One case with everything a page of casework can be about, and the address of each page for it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import connection as database
from django.db import models
from django.urls import reverse

from linkworks.accounts.actions import set_absence
from linkworks.casework import actions
from linkworks.casework import models as casework
from linkworks.casework.urls import urlpatterns
from linkworks.connections.models import Attendance, Connection, ConnectionMove, Question
from linkworks.core import clock
from linkworks.messaging.models import Message
from linkworks.people.models import Channel, Disclosure, Person, SharingChoice
from linkworks.referrals.models import Referral, ReferralMove
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories import referrals
from tests.factories.casework import do

POSTED = {
    "task-done",
    "put-back",
    "step-done",
    "step-remove",
    "goal-reopen",
    "channel-end",
    "channel-unsafe",
    "resume",
    "away-end",
}
READ = {
    "caseload", "today", "inbox", "inbox-referral", "allocation", "concerns", "goal-match", "goal-why", "connection", "case", "plan",
    "plan-print", "record", "kept-close", "said", "said-of", "gaps", "answers", "away",
}  # fmt: skip
WRITTEN: list[type[models.Model]] = [
    casework.Case, casework.CaseMove, casework.Contact, casework.Conversation, casework.Goal, casework.GoalMove,
    casework.Plan, casework.PlanMove, casework.Step, casework.Task, casework.UnmetNeed, casework.UnmetMove,
    casework.CaseMeasure, casework.Limits, casework.SetAside, casework.Concern, casework.ConcernMove,
    casework.GoalConnection, Connection, ConnectionMove,
    Attendance, Question, Message, Channel, SharingChoice, Disclosure, Person, Referral, ReferralMove,
]  # fmt: skip


@dataclass
class World:
    """The rows, by what an address calls them."""

    case: casework.Case
    goal: casework.Goal
    connection: Connection
    ids: dict[str, Any]

    def address(self, name: str, **instead: Any) -> str:
        pattern = next(each for each in urlpatterns if each.name == name)
        blanks = pattern.pattern.converters
        if name == "unlink":  # about a referral that was accepted
            instead = {"referral_id": self.case.referral_id, **instead}
        return reverse(f"casework:{name}", kwargs={blank: {**self.ids, **instead}[blank] for blank in blanks})


def blanks_of(name: str) -> list[str]:
    return list(next(each for each in urlpatterns if each.name == name).pattern.converters)


NAMES = [str(each.name) for each in urlpatterns]
WITH_ID = [name for name in NAMES if blanks_of(name)]


def world(cast: Cast) -> World:
    """A case of the link worker with a goal, a step, a waiting connection, a gap, a task, a concern and a second referral."""
    case, goal, connection = make.connected(cast)
    worker = cast.actor(cast.link_worker)
    unmet = do(worker, actions.record_unmet_need, case, facts=make.UNMET)
    note = make.ContactFacts(how="note", result="note-only", note="She rang to say thank you.")
    contact = do(worker, actions.record_contact, case, facts=note)
    task = do(worker, actions.add_task, case, title="Ring", due_on=clock.today(), token="world")
    concern = make.concern(cast, case)
    referral = do(cast.actor(cast.referrer), lambda *, by: referrals.sent(by, cast.scheme.id, given_name="Ada"))
    step, channel = goal.steps.get(), Channel.objects.filter(person=case.person).first()
    assert channel is not None
    away = do(
        cast.actor(cast.manager), set_absence, cast.colleague.id, scheme_id=cast.scheme.id, cover_id=cast.manager.id,
        starts_on=clock.today(), ends_on=clock.today() + timedelta(days=7),
    )  # fmt: skip
    ids = {
        "absence_id": away.pk,
        "case_id": case.pk, "goal_id": goal.pk, "step_id": step.pk, "connection_id": connection.pk, "unmet_id": unmet.pk,
        "task_id": task.pk, "concern_id": concern.pk, "referral_id": referral.pk, "channel_id": channel.pk,
        "person_id": case.person_id, "contact_id": contact.pk, "service_id": make.service(cast, name="Choir").pk, "stage": "start",
        "about": "times",
    }  # fmt: skip
    return World(make.fresh(case), goal, connection, ids)


def nobodys() -> dict[str, Any]:
    """Ids that are nobody's."""
    return {f"{name}_id": uuid4() for name in (
        "case", "goal", "step", "connection", "unmet", "task", "concern", "referral", "channel", "service", "person", "contact", "absence"
    )}  # fmt: skip


def rows() -> dict[str, int]:
    """How many rows each table has, in one statement."""
    counts = ", ".join(f'(SELECT count(*) FROM "{model._meta.db_table}")' for model in WRITTEN)
    with database.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        return dict(zip((model.__name__ for model in WRITTEN), cursor.fetchone(), strict=True))
