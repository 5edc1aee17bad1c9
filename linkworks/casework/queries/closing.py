"""How a case stands when somebody wants to close it."""

from linkworks.connections.models import Connection
from linkworks.connections.states import OPEN, UNANSWERED

from ..models import Case, CaseMeasure, Conversation, Goal, Task
from ..rules.closing import ClosingFacts
from ..states import GoalState
from .contacts import reopened_at
from .file import has_open_concern
from .offered import asked_at


def closing_facts(case: Case) -> ClosingFacts:
    mine = Connection.objects.filter(person_id=case.person_id, state__in=[state.value for state in OPEN])
    open_now = list(mine.order_by("created_at").values_list("service_name", "state"))
    return ClosingFacts(
        open_goals=Goal.objects.filter(case=case, state=GoalState.OPEN).count(),
        open_connections=tuple(name for name, _ in open_now),
        has_closing_answers=has_closing_answers(case),
        had_conversation=Conversation.objects.filter(case=case).exists(),
        asks_closing_answers="end" in asked_at(case.scheme_id),
        unanswered=tuple(name for name, state in open_now if state in UNANSWERED),
        open_tasks=tuple(
            Task.objects.filter(case=case, done_at__isnull=True).order_by("due_on").values_list("title", flat=True)
        ),
        has_open_concern=has_open_concern(case),
    )


def has_closing_answers(case: Case) -> bool:
    """Answers from before the case was opened again belong to the earlier ending."""
    answers = CaseMeasure.objects.filter(case=case, stage="end")
    reopened = reopened_at(case)
    return answers.filter(created_at__gt=reopened).exists() if reopened else answers.exists()
