"""The characters one can be in the demo, and what to try as each."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from linkworks.accounts.models import Membership, User
from linkworks.accounts.roles import title_of


@dataclass(frozen=True)
class Character:
    id: str
    name: str
    role: str
    organisation: str
    scheme: str
    try_this: str


TRY_THIS = {
    "Dr Priya Nair": "Refer somebody in under a minute, and see what became of earlier referrals.",
    "Sam Oduya": "Follow the practice’s referrals.",
    "Amara Boateng": "Start the day: see who is due, record a contact, make a plan, connect somebody to a group.",
    "Tomasz Zielinski": "Be a colleague with a caseload of his own: Amara’s cases are not his.",
    "Ruth Adeyemi": "Share out waiting people fairly, and see the whole team.",
    "Helen Marsh": "Own the safeguarding concerns.",
    "Joe Bright": "Key in a referral from the telephone or from paper.",
    "Maggie Flynn": "Answer a connection for a small bereavement group, and mark who came.",
    "Desmond King": "Run the session: see first names and the register, and nothing else.",
    "Ines Duarte": "Keep the directory true: a changed number, a reading that waits and two listings of one group.",
    "Paul Watts": "Invite colleagues and give them roles, without seeing anybody’s record.",
    "Grace Liu": "See that a commissioner cannot open anybody’s record.",
    "Callum Reid": "Do the same work in another scheme: none of Elm Tree’s people are there.",
}


def characters() -> list[Character]:
    """The characters, in the order of the story: referrer, link worker, provider, and the rest."""
    order = list(TRY_THIS)
    found = [character(membership) for membership in memberships()]
    return sorted(found, key=lambda each: order.index(each.name))


def memberships() -> QuerySet[Membership]:
    named = Membership.objects.filter(user__is_fictional=True, user__name__in=list(TRY_THIS), ends_on__isnull=True)
    return named.select_related("user", "organisation", "scheme").order_by("user_id").distinct("user_id")


def character(membership: Membership) -> Character:
    name = membership.user.name
    return Character(
        id=str(membership.user_id),
        name=name,
        role=title_of(membership.role),
        organisation=membership.organisation.name,
        scheme=membership.scheme.name if membership.scheme else "",
        try_this=TRY_THIS[name],
    )


def user_of(user_id: UUID) -> User | None:
    """The user behind a character; nobody else can be signed in as here."""
    found = [each for each in memberships() if each.user_id == user_id]
    return found[0].user if found else None
