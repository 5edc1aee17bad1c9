"""What a group sees of its own services."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from linkworks.connections.access import visible_connections
from linkworks.connections.models import Connection
from linkworks.connections.states import HOLDS_A_PLACE
from linkworks.core.actor import Actor
from linkworks.directory.access import published_services
from linkworks.directory.models import Service
from linkworks.directory.queries import met_on

from .rules import register_days


@dataclass(frozen=True, slots=True)
class Session:
    """A service with the number of people expected at it."""

    service_id: UUID
    name: str
    expected: int


def connection_for(actor: Actor, connection_id: UUID) -> Connection | None:
    """The group's own connection; none of another group's, and none of one's own scheme."""
    own = visible_connections(actor).filter(provider_id__in=actor.organisations)
    return own.select_related("scheme").filter(pk=connection_id).first()


def connection_of_link(actor: Actor) -> Connection | None:
    """The link's own connection; None when the link opens nothing (any more)."""
    return visible_connections(actor).select_related("scheme").first() if actor.link_id else None


def own_services(actor: Actor, words: str = "") -> QuerySet[Service]:
    """The services of the actor's organisation: those published, and those taken down where people still have a place."""
    coming = visible_connections(actor).filter(state__in=HOLDS_A_PLACE).values("service_id")
    own = Service.objects.filter(organisation_id__in=actor.organisations, name__icontains=words)
    return own.filter(Q(pk__in=published_services().values("pk")) | Q(pk__in=coming)).order_by("name", "id")


def own_service(actor: Actor, service_id: UUID) -> Service | None:
    return own_services(actor).filter(pk=service_id).first()


def session_days(service_id: UUID, today: date) -> list[date]:
    """The days a register can be kept for, the latest first: those it met on, or all where nobody knows when it meets."""
    return met_on(service_id, register_days(today))


def sessions(actor: Actor) -> list[Session]:
    """The services of one's own organisation, those with people expected first."""
    coming = visible_connections(actor).filter(state__in=HOLDS_A_PLACE).values_list("service_id")
    expected = dict(coming.order_by("service_id").annotate(Count("pk")))
    listed = [Session(pk, name, expected.get(pk, 0)) for pk, name in own_services(actor).values_list("pk", "name")]
    return sorted(listed, key=lambda session: (session.expected == 0, session.name))
