"""Telling stories: each step at its own time, by whoever would do it, with its jobs run straight after."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction

from linkworks.accounts.models import User
from linkworks.casework.models import Case, Goal
from linkworks.connections.models import Connection
from linkworks.core import clock, tenancy
from linkworks.core.actor import PUBLIC, Actor
from linkworks.core.later import holding_jobs
from linkworks.core.permissions import Permission
from linkworks.messaging.models import Message
from linkworks.referrals.models import Referral

from ..world import MAKER, Team, World, told
from .stages import Stage, in_turn

TURNS = {"large": 30, "medium": 5, "small": 2, "tiny": 1, "none": 0}


def build(world: World, count: int) -> Iterator[None]:
    """Tell `count` people's stories, spread over the schemes by size."""
    teams = [team for team in world.teams for _ in range(TURNS[team.size])]
    for number, stage in enumerate(in_turn(count)):
        # The strides share no factor with the lists, so that every team meets every kind of story at every stage.
        team, story = teams[(number * 31) % len(teams)], told("stories")[(number * 5) % len(told("stories"))]
        if stage.name in world.wanted_at_the_bereavement_group:
            world.wanted_at_the_bereavement_group.discard(stage.name)
            team, story = world.teams[0], mourning(len(world.wanted_at_the_bereavement_group))
        if stage.name in world.wanted_at_the_first_scheme:
            world.wanted_at_the_first_scheme.discard(stage.name)
            team = world.teams[0]
        Telling(world, team, story, stage, number).tell()
        yield None


@contextmanager
def at_a_time(moment: datetime) -> Iterator[None]:
    """Something happens then, and the jobs it leaves are done straight after."""
    with transaction.atomic(), holding_jobs() as held, clock.at(moment):
        yield
        for job in held:  # a job may queue another, which joins the end of the list
            job.run()


def mourning(turn: int) -> dict[str, Any]:
    """A story of somebody who lost somebody: another one each time, for they meet in one group."""
    stories: list[dict[str, Any]] = [each for each in told("stories") if each["kinds"][0] == "bereavement-support"]
    return stories[turn % len(stories)]


@dataclass
class Telling:
    """One person's story as it is being told."""

    world: World
    team: Team
    story: dict[str, Any]
    stage: Stage
    number: int
    moment: datetime = field(init=False)
    sent_by: Actor | None = None
    times_referred: int = 0
    referral: Referral = field(init=False)
    case: Case = field(init=False)
    goals: list[Goal] = field(default_factory=list)
    connection: Connection = field(init=False)
    tried: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        begun = clock.today() - self.world.dice.randint(*self.stage.began_days_ago) * clock.DAY
        opened = datetime.combine(begun, time(9, self.world.dice.randrange(60)), clock.LONDON)
        self.moment = min(opened, clock.now() - timedelta(minutes=self.world.dice.randrange(180, 360)))
        self.worker: User = self.team.next_worker()

    def tell(self) -> None:
        from . import steps

        for name in self.stage.steps:
            with at_a_time(self.moment):
                getattr(steps, name)(self)
            self.file_messages()
            self.pass_time(name)

    def file_messages(self) -> None:
        """What was written at this step came at its time, and nobody leaves a message unread for a week."""
        is_old = self.moment < clock.now() - 7 * clock.DAY
        with transaction.atomic(), self.as_maker():
            Message.objects.filter(touched_at=self.moment).update(
                created_at=self.moment, read_at=self.moment + timedelta(hours=1) if is_old else None
            )

    def pass_time(self, step: str) -> None:
        """The next step comes some working days later, in working hours, and never after now."""
        days = (
            self.world.dice.randint(1, 3) if step in {"refer", "accept", "allocate"} else self.world.dice.randint(2, 6)
        )
        if step in {"attend", "attend_again", "connection_ends"}:
            days += 10
        day = clock.add_working_days(self.moment.astimezone(clock.LONDON).date(), days)
        later = datetime.combine(
            day, time(self.world.dice.randrange(9, 17), self.world.dice.randrange(60)), clock.LONDON
        )
        lately = clock.now() - timedelta(minutes=self.world.dice.randrange(5, 180))
        self.moment = max(min(later, lately), self.moment + timedelta(minutes=1))

    def says(self, what: str) -> str:
        """One of the ways this is said."""
        return str(self.world.dice.choice(told("sayings")[what]))

    def as_maker(self) -> Any:
        """Reading and arranging in this scheme."""
        return tenancy.context(self.maker)

    @property
    def maker(self) -> Actor:
        return Actor(id=MAKER.id, name=MAKER.name, purpose="job", schemes=frozenset([self.team.scheme.id]))

    @property
    def by_worker(self) -> Actor:
        return self.world.actor(self.worker)

    @property
    def by_manager(self) -> Actor:
        return self.world.actor(self.team.manager or self.worker)

    @property
    def by_public(self) -> Actor:
        return PUBLIC

    def by_group(self) -> Actor:
        """Whoever answers for the group: its co-ordinator, or the link in the e-mail."""
        connection = self.connection
        known = [group.coordinator for group in self.world.groups if group.organisation.id == connection.provider_id]
        if known and known[0]:
            return self.world.actor(known[0])
        permissions = frozenset({Permission.CONNECTION_ANSWER, Permission.ATTENDANCE_MARK})
        return Actor(
            id=f"link:{connection.id}",
            name=connection.service_name,
            organisations=frozenset([connection.provider_id]),
            permissions=permissions,
            purpose="provider",
        )
