"""The made-up London as it is being made: its data files, its dice, and who is who."""

import random
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID

import yaml

from linkworks.accounts.models import User
from linkworks.accounts.queries import actor_for
from linkworks.core.actor import Actor
from linkworks.directory.models import Service
from linkworks.directory.rules.facts import PlaceFacts
from linkworks.organisations.models import Organisation, Scheme
from linkworks.people.rules import Clues

MAKER = Actor(id="job:demo", name="Linkworks demonstration", purpose="job")


@cache
def told(name: str) -> Any:
    """One of the demo's data files."""
    return yaml.safe_load(files("linkworks.demo").joinpath(f"data/{name}.yaml").read_text())


@dataclass
class Team:
    """A scheme and the people who work in it."""

    scheme: Scheme
    size: str
    boroughs: list[str]
    workers: list[User] = field(default_factory=list)
    manager: User | None = None
    safeguarding_lead: User | None = None
    signposter: User | None = None
    given: int = 0

    def next_worker(self) -> User:
        """Turn and turn about."""
        self.given += 1
        return self.workers[self.given % len(self.workers)]


@dataclass
class Group:
    """A community group, its one activity and whoever answers for it."""

    organisation: Organisation
    service: Service
    borough: str
    coordinator: User | None = None


@dataclass
class World:
    """Everything made so far. The dice always fall the same way, so every demo tells the same stories."""

    dice: random.Random = field(default_factory=lambda: random.Random(20261122))
    teams: list[Team] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    referrers: list[tuple[Organisation, User, str]] = field(default_factory=list)
    characters: dict[str, User] = field(default_factory=dict)
    postcodes: dict[str, list[str]] = field(default_factory=dict)
    buildings: dict[tuple[str, str], PlaceFacts] = field(default_factory=dict)
    actors: dict[UUID, Actor] = field(default_factory=dict)
    people: list[Clues] = field(default_factory=list)
    # One of the characters answers for the bereavement group: she has somebody at each of these stages.
    wanted_at_the_bereavement_group: set[str] = field(
        default_factory=lambda: {"connected", "asked", "waitlisted", "accepted", "attending"}
    )

    # And one is the safeguarding lead of the first scheme: she has a concern to answer and a record that is kept close.
    wanted_at_the_first_scheme: set[str] = field(default_factory=lambda: {"concern", "kept close"})

    def actor(self, user: User) -> Actor:
        """Who a member of the made-up staff acts as; asked for often, and never changing while the stories are told."""
        if user.pk not in self.actors:
            self.actors[user.pk] = actor_for(user)
        return self.actors[user.pk]

    def postcode(self, borough: str) -> str:
        """A real postcode in a borough, spaced as people write it."""
        found = self.dice.choice(self.postcodes[borough])
        return f"{found[:-3]} {found[-3:]}"

    def groups_for(self, kinds: list[str], borough: str) -> list[Group]:
        """Groups with any of these kinds, in the borough before elsewhere."""
        fitting = [group for group in self.groups if set(kinds) & set(group.service.kinds)]
        return sorted(fitting, key=lambda group: (group.borough != borough, kinds.index(group.service.kinds[0])))


def given_names(row: dict[str, list[str]], who: str | None = None) -> list[str]:
    """The names of a row; only those of a woman or a man where a story is told of one."""
    return row[who] if who else [*row["she"], *row["he"]]
