"""Who may see and record answers."""

from django.db.models import QuerySet

from linkworks.core.actor import Actor
from linkworks.core.permissions import Permission
from linkworks.people.access import in_sight

from .models import AnswerSet


def can_record_answers(actor: Actor) -> bool:
    return actor.may(Permission.CASE_WORK)


def visible_answers(actor: Actor) -> QuerySet[AnswerSet]:
    """Answers of the schemes the actor works for, of people they may know of."""
    return AnswerSet.objects.filter(in_sight(actor, "person__"), scheme_id__in=actor.schemes)
