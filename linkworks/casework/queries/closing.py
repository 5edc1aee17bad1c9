"""How a case stands when somebody wants to close it."""

from django.db.models import QuerySet

from linkworks.connections.models import Connection
from linkworks.connections.states import HOLDS_A_PLACE, OPEN, UNANSWERED

from ..models import Case, CaseMeasure, Conversation, Goal, Task
from ..rules.closing import ClosingFacts
from ..states import GoalState, TaskKind
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
        open_tasks=titles(open_tasks(case).exclude(pk__in=promised_answers(case))),
        promised_answers=titles(promised_answers(case)),
        has_open_concern=has_open_concern(case),
    )


def open_tasks(case: Case) -> QuerySet[Task]:
    return Task.objects.filter(case=case, done_at__isnull=True)


def promised_answers(case: Case) -> QuerySet[Task]:
    """Questions of groups the person goes to: they were told that somebody answers, so these outlive the case."""
    going = Connection.objects.filter(person_id=case.person_id, state__in=[state.value for state in HOLDS_A_PLACE])
    return open_tasks(case).filter(kind=TaskKind.QUESTION, about_connection_id__in=going.values("pk"))


def titles(tasks: QuerySet[Task]) -> tuple[str, ...]:
    return tuple(tasks.order_by("due_on").values_list("title", flat=True))


def has_closing_answers(case: Case) -> bool:
    """Answers from before the case was opened again belong to the earlier ending."""
    answers = CaseMeasure.objects.filter(case=case, stage="end")
    reopened = reopened_at(case)
    return answers.filter(created_at__gt=reopened).exists() if reopened else answers.exists()
