"""Who is acting. Built from a credential (a session, a signed link, a job) and from nothing else."""

from dataclasses import dataclass
from uuid import UUID

from .permissions import Permission


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, link or job, and what its credential lets it reach.

    `id` is stable text kept in audit rows ("staff:<uuid>", "link:<uuid>", "job:<name>", "public").
    `schemes` and `organisations` are what wall two lets through; `purpose` says why.
    """

    id: str
    name: str
    schemes: frozenset[UUID] = frozenset()
    organisations: frozenset[UUID] = frozenset()
    permissions: frozenset[Permission] = frozenset()
    user_id: UUID | None = None
    membership_id: UUID | None = None
    organisation_id: UUID | None = None
    organisation_name: str = ""
    role: str = ""
    person_id: UUID | None = None
    purpose: str = "care"
    link_id: UUID | None = None

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    @property
    def is_signed_in(self) -> bool:
        return self.user_id is not None


PUBLIC = Actor(id="public", name="Member of the public", purpose="front-door")


def job_actor(name: str, *schemes: UUID) -> Actor:
    """The actor of a background job, reaching the given schemes only."""
    return Actor(id=f"job:{name}", name="Linkworks", schemes=frozenset(schemes), purpose="job")
