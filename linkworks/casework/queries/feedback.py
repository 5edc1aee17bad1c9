"""What people said about the groups they went to, and whom to ask still."""

from dataclasses import dataclass

from django.db.models import QuerySet

from linkworks.connections.models import Connection, PersonFeedback
from linkworks.connections.queries import SaidEnough, feedback_on, said_enough
from linkworks.connections.states import HAS_BEEN

from ..models import Case, GoalConnection


@dataclass(frozen=True, slots=True)
class BothSides:
    """What the person said about a group, and what the group said about what it was told."""

    person: PersonFeedback | None
    group: SaidEnough | None


def both_sides(connection: Connection) -> BothSides:
    return BothSides(feedback_on(connection.pk), said_enough(connection))


def not_asked(case: Case) -> QuerySet[Connection]:
    """Where the person has been for a goal of this case, and nobody asked how it was."""
    linked = GoalConnection.objects.filter(goal__case=case).values("connection_id")
    been = Connection.objects.filter(pk__in=linked, state__in=[s.value for s in HAS_BEEN])
    return been.filter(person_feedback__isnull=True).order_by("service_name")
