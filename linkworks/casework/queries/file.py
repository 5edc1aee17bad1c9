"""Everything on a case's page, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from linkworks.connections.models import Attendance, Connection, ConnectionMove, Question
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.directory.queries import ServiceCard, service_cards
from linkworks.organisations.queries import settings_in
from linkworks.outcomes.queries import paired_change
from linkworks.outcomes.rules import ItemChange
from linkworks.people.models import Channel
from linkworks.people.queries import channels_of, opened_until, sharing_of
from linkworks.people.states import Restriction, SharingTopic
from linkworks.referrals.models import Referral

from .. import access
from ..models import Case, CaseMeasure, Concern, Conversation, Goal, GoalConnection, Plan, Step, Task, UnmetNeed
from ..states import ConcernState, PlanState
from .cases import earlier_cases, referrals_of
from .contacts import Tries, conversation_said, tries_among
from .offered import Sessions, sessions_of, stages_of
from .story import Story, conversation_of, story_of
from .timeline import led_to

MEASURE = "ons4"


@dataclass(frozen=True)
class GoalFile:
    """A goal with what was done about it."""

    goal: Goal
    steps: list[Step]
    connections: list[Connection]
    unmet: list[UnmetNeed]


@dataclass(frozen=True)
class CaseFile:
    """A case as its worker sees it."""

    case: Case
    channels: list[Channel]
    sharing: dict[SharingTopic, bool | None]
    goals: list[GoalFile]
    plan: Plan | None
    draft: Plan | None
    tasks: list[Task]
    story: Story
    has_open_concern: bool
    referrals: list[Referral]
    earlier: list[Any]
    tries: Tries
    asked: frozenset[str]
    sessions: Sessions
    open_until: datetime | None

    @property
    def led_here(self) -> list[Referral]:
        """The referral that opened this case, and those that joined it while it was open; the newest first."""
        return [each for each in self.referrals if led_to(self.case, each)]

    @property
    def conversation(self) -> Conversation | None:
        return self.story.conversation

    @property
    def measures(self) -> list[CaseMeasure]:
        return self.story.measures

    @property
    def stages(self) -> set[str]:
        return {each.stage for each in self.measures}


def case_file(case: Case, actor: Actor) -> CaseFile:
    plans = list(Plan.objects.filter(case=case, state__in=[PlanState.DRAFT, PlanState.AGREED]))
    goals, settings = goals_of(case), settings_in(case.scheme)
    story = story_of(case, [connection.pk for goal in goals for connection in goal.connections])
    return CaseFile(
        case=case,
        channels=list(channels_of(case.person_id)),
        sharing=sharing_of(case.person_id),
        goals=goals,
        plan=next((each for each in plans if each.state == PlanState.AGREED), None),
        draft=next((each for each in plans if each.state == PlanState.DRAFT), None),
        tasks=list(Task.objects.filter(case=case, done_at__isnull=True)),
        story=story,
        has_open_concern=has_open_concern(case),
        referrals=referrals_of(case.person_id),
        earlier=earlier_cases(case, actor),
        tries=tries_among(story.contacts, story.reopened_at, settings.contact_tries),
        asked=stages_of(settings),
        sessions=sessions_of(story, settings.max_sessions),
        open_until=opened_until(case.person_id, actor) if case.person.restriction == Restriction.PROTECTED else None,
    )


def has_open_concern(case: Case) -> bool:
    """That somebody is worried, without the words: whoever may open the case goes to the door, and has to know."""
    return open_concerns(case).exists()


def open_concerns(case: Case) -> QuerySet[Concern]:
    return Concern.objects.filter(person_id=case.person_id).exclude(state=ConcernState.CLOSED)


def goals_of(case: Case) -> list[GoalFile]:
    links = GoalConnection.objects.select_related("connection").order_by("created_at")
    goals = Goal.objects.filter(case=case).prefetch_related(
        "steps", "unmet_needs", Prefetch("goal_connections", queryset=links)
    )
    return [
        GoalFile(
            goal,
            list(goal.steps.all()),
            [each.connection for each in goal.goal_connections.all()],
            list(goal.unmet_needs.all()),
        )
        for goal in goals
    ]


def change_of(case: Case, measure_id: str = MEASURE) -> list[ItemChange]:
    """The person's first and last answers, with what is missing."""
    return paired_change(case.person_id, measure_id)


@dataclass(frozen=True)
class ConnectionFile:
    """One connection as the worker sees it: how it stands, what was shared, and the conversation with the group."""

    connection: Connection
    goal: Goal
    case: Case
    attendances: list[Attendance]
    questions: list[Question]


def connection_file(connection_id: UUID, actor: Actor) -> ConnectionFile | None:
    """The connection, if its case is one the actor may open."""
    links = GoalConnection.objects.select_related(
        "connection", "goal__case__person", "goal__case__worker", "goal__case__scheme"
    )
    link = links.filter(connection_id=connection_id, goal__case__in=access.visible_cases(actor)).first()
    if link is None:
        return None
    connection = link.connection
    return ConnectionFile(
        connection=connection,
        goal=link.goal,
        case=link.goal.case,
        attendances=list(Attendance.objects.filter(connection=connection)),
        questions=list(Question.objects.filter(connection=connection, is_worry=False)),
    )


def conversation_start(case: Case) -> dict[str, object]:
    """What the conversation's form starts with: what was said before, or the needs the referral named."""
    said = conversation_said(case) or {"needs": list(case.referral.needs), "held_on": clock.today()}
    return {**said, "complexity": str(case.complexity)}


@dataclass(frozen=True)
class PlanView:
    """A plan to read or print: what matters, goals and steps, and where to go for each."""

    case: Case
    conversation: Conversation | None
    goals: list[GoalFile]
    plan: Plan | None
    draft: Plan | None
    earlier: list[Plan]
    places: dict[UUID, ServiceCard]


OPEN_TO_GO = ("sent", "accepted", "waitlisted", "attending")


def plan_view(case: Case) -> PlanView:
    plans = list(Plan.objects.filter(case=case))
    goals = goals_of(case)
    going = {each.service_id for file in goals for each in file.connections if each.state in OPEN_TO_GO}
    return PlanView(
        case=case,
        conversation=conversation_of(case),
        goals=goals,
        plan=next((each for each in plans if each.state == PlanState.AGREED), None),
        draft=next((each for each in plans if each.state == PlanState.DRAFT), None),
        earlier=[each for each in plans if each.state == PlanState.SUPERSEDED],
        places=service_cards(going),
    )


def connection_moves(connection_id: UUID) -> list[ConnectionMove]:
    """How a connection went, newest first. The caller has checked who is asking."""
    return list(ConnectionMove.objects.filter(connection_id=connection_id).order_by("-made_at"))
