"""Who should be told when a protected record was opened, and what the page of a restriction starts with."""

from uuid import UUID

from linkworks.accounts.models import User
from linkworks.accounts.roles import Role
from linkworks.core.actor import Actor
from linkworks.people.models import Person
from linkworks.people.queries import named_readers

from .. import access
from ..models import Case
from .cases import open_case_of
from .team import memberships_in


def who_is_told(scheme_id: UUID, *, but: UUID) -> list[tuple[User, bool]]:
    """The safeguarding leads, else the managers, leaving out whoever did it; and whether each is a lead."""
    for role in (Role.SAFEGUARDING_LEAD, Role.TEAM_MANAGER):
        found = {each.user_id: each.user for each in memberships_in(scheme_id, [role]) if each.user_id != but}
        if found:
            return [(user, role == Role.SAFEGUARDING_LEAD) for user in found.values()]
    return []


def restriction_start(person: Person, actor: Actor) -> dict[str, object]:
    """How the record is kept now; a first seal begins with the person's worker and whoever seals it."""
    case = open_case_of(person.pk)
    likely = [case.worker_id if case else None, actor.user_id]
    named = named_readers(person.pk) or [each for each in likely if each]
    return {"level": person.restriction, "named": [str(each) for each in named]}


def case_to_open(person_id: UUID, actor: Actor) -> Case | None:
    """The person's newest case the actor may open."""
    return access.visible_cases(actor).filter(person=person_id).order_by("-opened_at").first()
