"""What a group sees of its own services."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from linkworks.connections.access import visible_connections
from linkworks.connections.states import HOLDS_A_PLACE
from linkworks.core.actor import Actor
from linkworks.directory.access import published_services
from linkworks.directory.models import Service


@dataclass(frozen=True, slots=True)
class Session:
    """A service with the number of people expected at it."""

    service_id: UUID
    name: str
    expected: int


def own_services(actor: Actor) -> QuerySet[Service]:
    """The published services of the actor's organisation."""
    return published_services().filter(organisation_id__in=actor.organisations).order_by("name", "id")


def own_service(actor: Actor, service_id: UUID) -> Service | None:
    return own_services(actor).filter(pk=service_id).first()


def sessions(actor: Actor) -> list[Session]:
    """The services of one's own organisation, those with people expected first."""
    expected: dict[UUID, int] = {}
    for service_id in visible_connections(actor).filter(state__in=HOLDS_A_PLACE).values_list("service_id", flat=True):
        expected[service_id] = expected.get(service_id, 0) + 1
    listed = [Session(pk, name, expected.get(pk, 0)) for pk, name in own_services(actor).values_list("pk", "name")]
    return sorted(listed, key=lambda session: (session.expected == 0, session.name))
