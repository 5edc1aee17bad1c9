"""Who may see and record answers."""

from django.db.models import QuerySet

from linkworks.core.actor import Actor
from linkworks.core.permissions import Permission

from .models import AnswerSet


def can_record_answers(actor: Actor) -> bool:
    return actor.may(Permission.CASE_WORK)


def visible_answers(actor: Actor) -> QuerySet[AnswerSet]:
    """Answers of the schemes the actor works for."""
    return AnswerSet.objects.filter(scheme_id__in=actor.schemes)
