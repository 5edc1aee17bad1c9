"""How a case stands when somebody wants to close it."""

from linkworks.connections.models import Connection
from linkworks.connections.states import OPEN

from ..models import Case, CaseMeasure, Conversation, Goal
from ..rules.closing import ClosingFacts
from ..states import GoalState
from .contacts import reopened_at
from .offered import asked_at


def closing_facts(case: Case) -> ClosingFacts:
    open_now = Connection.objects.filter(person_id=case.person_id, state__in=[state.value for state in OPEN])
    return ClosingFacts(
        open_goals=Goal.objects.filter(case=case, state=GoalState.OPEN).count(),
        open_connections=tuple(open_now.order_by("created_at").values_list("service_name", flat=True)),
        has_closing_answers=has_closing_answers(case),
        had_conversation=Conversation.objects.filter(case=case).exists(),
        asks_closing_answers="end" in asked_at(case.scheme_id),
    )


def has_closing_answers(case: Case) -> bool:
    """Answers from before the case was opened again belong to the earlier ending."""
    answers = CaseMeasure.objects.filter(case=case, stage="end")
    reopened = reopened_at(case)
    return answers.filter(created_at__gt=reopened).exists() if reopened else answers.exists()
