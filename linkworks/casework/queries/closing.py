"""How a case stands when somebody wants to close it."""

from django.db.models import QuerySet

from linkworks.connections.models import Connection
from linkworks.connections.states import HOLDS_A_PLACE, OPEN, UNANSWERED
from linkworks.core.clock import today

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
        answered_today=todays_review(case) is not None,
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
    return answers_since_opened(case, "end").exists()


def todays_review(case: Case) -> CaseMeasure | None:
    """What they answered today at a review, which may be their closing answers too: nobody asks twice in a day."""
    return answers_since_opened(case, "review").filter(answer_set__asked_on=today()).order_by("created_at").last()


def answers_since_opened(case: Case, stage: str) -> QuerySet[CaseMeasure]:
    """Answers from before the case was opened again belong to the earlier ending."""
    answers, reopened = CaseMeasure.objects.filter(case=case, stage=stage), reopened_at(case)
    return answers.filter(created_at__gt=reopened) if reopened else answers
