"""What people said about the groups they went to, and whom to ask still."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from linkworks.connections.models import Connection, PersonFeedback
from linkworks.connections.queries import SaidEnough, feedback_on, said_enough, service_tally, spoken_of
from linkworks.connections.states import HAS_BEEN
from linkworks.core.actor import Actor

from ..models import Case, GoalConnection
from .cases import safe_cell

HEAD = ["Service", "Organisation", "Answers", "What they expected", "Asked", "Would go again", "Asked", "Words to read"]
TOO_FEW = "Fewer than 3"


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


def said_rows(actor: Actor, words: str = "") -> Iterator[list[str]]:
    """What people said, service by service, as a file: counts only, and none below three."""
    yield HEAD
    for row in spoken_of(actor, words):
        each = service_tally(row)
        yield [
            safe_cell(each.service_name),
            safe_cell(each.organisation_name),
            str(each.tally.answered) if each.tally.may_be_counted else TOO_FEW,
            *counted(each.tally.expecting),
            *counted(each.tally.recommending),
            str(each.tally.words),
        ]


def counted(pair: tuple[int, int] | None) -> list[str]:
    return [str(number) for number in pair] if pair else [TOO_FEW, TOO_FEW]
