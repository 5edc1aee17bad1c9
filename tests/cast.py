"""The fixed cast of the tests: two schemes, and the people round them. Everybody is made up."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from django.test import Client

from linkworks.accounts.models import Membership, User
from linkworks.accounts.queries import actor_for
from linkworks.accounts.roles import Role
from linkworks.core.actor import Actor
from linkworks.organisations.models import CatchmentArea, Organisation, Scheme

SOUTHWARK, CAMDEN = "E09000028", "E09000007"


def organisation(name: str, kind: str, **facts: Any) -> Organisation:
    return Organisation(name=name, kind=kind, is_fictional=True, **facts)


def scheme(name: str, slug: str, host: Organisation, borough: str) -> Scheme:
    made = Scheme.objects.create(
        name=name,
        slug=slug,
        host=host,
        coverage="whole-population",
        phone="020 7946 0100",
        email=f"{slug}@example.org",
        opening_hours="Monday to Friday, 9am to 5pm",
        is_fictional=True,
    )
    CatchmentArea.objects.create(scheme=made, kind="borough", code=borough)
    return made


def user(name: str) -> User:
    return join({"": Member(name)})[""]


def member(name: str, role: Role, organisation: Organisation, scheme: Scheme | None = None) -> User:
    return join({"": Member(name, role, organisation, scheme)})[""]


@dataclass(frozen=True)
class Member:
    name: str
    role: Role | None = None
    organisation: Organisation | None = None
    scheme: Scheme | None = None

    def user(self) -> User:
        address = f"{self.name.lower().replace(' ', '.')}@example.org"
        return User(email=address, name=self.name, is_fictional=True, password="!")


def join(members: dict[str, Member]) -> dict[str, User]:
    """Everybody at once, each with a second factor: almost every test begins with this."""
    users = dict(zip(members, User.objects.bulk_create(each.user() for each in members.values()), strict=True))
    secret = {"secret": "made-up"}
    Authenticator.objects.bulk_create(
        Authenticator(user=each, type=Authenticator.Type.TOTP, data=secret) for each in users.values()
    )
    Membership.objects.bulk_create(
        Membership(
            user=users[key],
            organisation=each.organisation,
            role=each.role.value,
            scheme=each.scheme,
            starts_on=date(2024, 1, 1),
        )
        for key, each in members.items()
        if each.role
    )
    return users


@dataclass
class Cast:
    """Who is who. `outsider` does the same work as `link_worker`, in the other scheme."""

    scheme: Scheme
    other_scheme: Scheme
    host: Organisation
    other_host: Organisation
    practice: Organisation
    other_practice: Organisation
    provider: Organisation
    other_provider: Organisation
    link_worker: User
    colleague: User
    manager: User
    safeguarding_lead: User
    signposter: User
    referrer: User
    referring_colleague: User
    other_referrer: User
    provider_coordinator: User
    session_leader: User
    other_provider_coordinator: User
    outsider: User
    outside_manager: User
    steward: User
    administrator: User
    commissioner: User

    @classmethod
    def make(cls) -> "Cast":
        places = places_of_the_cast()
        return cls(**places, **join(people_of_the_cast(places)))

    @property
    def everything(self) -> Actor:
        """Reaches both schemes: for arranging only."""
        return Actor(id="test", name="A test", schemes=frozenset([self.scheme.id, self.other_scheme.id]), purpose="job")

    def actor(self, who: User) -> Actor:
        return actor_for(who)

    def client(self, who: User | None = None) -> Client:
        """A browser signed in as somebody (with a second factor), or nobody's."""
        client = Client()
        if who is not None:
            client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client


def places_of_the_cast() -> dict[str, Any]:
    organisations = {
        "host": organisation("Elm Tree Trust", "charity"),
        "other_host": organisation("Canal Side Community", "charity"),
        "practice": organisation("The Rye Lane Surgery", "gp-practice"),
        "other_practice": organisation("The Lock Keeper's Practice", "gp-practice"),
        "provider": organisation("Kettle and Company", "community-group", email="hello@kettle.example.org"),
        "other_provider": organisation("The Mending Bench", "community-group", email="hello@mending.example.org"),
    }
    Organisation.objects.bulk_create(organisations.values())
    return {
        **organisations,
        "scheme": scheme("Elm Tree Social Prescribing", "elm-tree", organisations["host"], SOUTHWARK),
        "other_scheme": scheme("Canal Side Social Prescribing", "canal-side", organisations["other_host"], CAMDEN),
    }


def people_of_the_cast(at: dict[str, Any]) -> dict[str, Member]:
    here, there = at["scheme"], at["other_scheme"]
    return {
        "link_worker": Member("Amara Boateng", Role.LINK_WORKER, at["host"], here),
        "colleague": Member("Tomasz Zielinski", Role.LINK_WORKER, at["host"], here),
        "manager": Member("Ruth Adeyemi", Role.TEAM_MANAGER, at["host"], here),
        "safeguarding_lead": Member("Helen Marsh", Role.SAFEGUARDING_LEAD, at["host"], here),
        "signposter": Member("Joe Bright", Role.SIGNPOSTER, at["host"], here),
        "referrer": Member("Dr Priya Nair", Role.REFERRER, at["practice"]),
        "referring_colleague": Member("Sam Oduya", Role.PRACTICE_ADMINISTRATOR, at["practice"]),
        "other_referrer": Member("Dr Owen Pryce", Role.REFERRER, at["other_practice"]),
        "provider_coordinator": Member("Maggie Flynn", Role.PROVIDER_COORDINATOR, at["provider"]),
        "session_leader": Member("Desmond King", Role.SESSION_LEADER, at["provider"]),
        "other_provider_coordinator": Member("Nadia Rahim", Role.PROVIDER_COORDINATOR, at["other_provider"]),
        "outsider": Member("Callum Reid", Role.LINK_WORKER, at["other_host"], there),
        "outside_manager": Member("Farah Siddiqui", Role.TEAM_MANAGER, at["other_host"], there),
        "steward": Member("Ines Duarte", Role.DIRECTORY_STEWARD, at["host"]),
        "administrator": Member("Paul Watts", Role.ORGANISATION_ADMINISTRATOR, at["host"]),
        "commissioner": Member("Grace Liu", Role.COMMISSIONER, at["host"]),
    }
