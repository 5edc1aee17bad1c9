"""Who may read messages: their own, and the letters their scheme prints."""

from django.db.models import QuerySet

from linkworks.core.access import signed_in
from linkworks.core.actor import Actor
from linkworks.core.permissions import Permission

from .models import Message
from .states import Way

__all__ = ["can_print_letters", "signed_in", "visible_letters", "visible_messages"]


def visible_messages(actor: Actor) -> QuerySet[Message]:
    """The account messages of whoever is signed in."""
    if actor.user_id is None:
        return Message.objects.none()
    return Message.objects.filter(user_id=actor.user_id, way=Way.ACCOUNT)


def can_print_letters(actor: Actor) -> bool:
    return actor.may(Permission.CASE_WORK) or actor.may(Permission.SAFEGUARDING_LEAD)


def visible_letters(actor: Actor) -> QuerySet[Message]:
    """The letters of the actor's own scheme: a worker's own, and for those who see the team everybody's.

    Those to protected people are for the safeguarding lead; sealed ones are not listed.
    """
    if not can_print_letters(actor):
        return Message.objects.none()
    whose = {} if actor.may(Permission.CASE_VIEW_TEAM) else {"written_by": actor.id}
    levels = ["normal", "protected"] if actor.may(Permission.SAFEGUARDING_LEAD) else ["normal"]
    return Message.objects.filter(
        scheme_id__in=actor.schemes, way=Way.LETTER, person_channel__person__restriction__in=levels, **whose
    )
