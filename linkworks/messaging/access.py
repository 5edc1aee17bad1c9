"""Who may read messages: their own, and the letters their scheme prints."""

from django.db.models import Q, QuerySet

from linkworks.accounts.models import Membership
from linkworks.core.access import signed_in
from linkworks.core.actor import Actor
from linkworks.core.permissions import Permission

from .models import Message
from .states import NEVER_ARRIVES, State, Way

__all__ = [
    "can_print_letters",
    "can_see_undelivered",
    "signed_in",
    "visible_letters",
    "visible_messages",
    "visible_undelivered",
]


def visible_messages(actor: Actor) -> QuerySet[Message]:
    """The account messages of whoever is signed in; those of a scheme they worked in only while they act for it."""
    if actor.user_id is None:
        return Message.objects.none()
    worked_in = Membership.objects.filter(user_id=actor.user_id, scheme__isnull=False)
    elsewhere = worked_in.exclude(scheme__in=list(actor.schemes)).values("scheme")
    return Message.objects.filter(user_id=actor.user_id, way=Way.ACCOUNT).exclude(scheme__in=elsewhere)


def can_see_undelivered(actor: Actor) -> bool:
    return actor.may(Permission.CASE_ALLOCATE)


def visible_undelivered(actor: Actor) -> QuerySet[Message]:
    """What never arrived in the actor's scheme; nothing to people who are kept close."""
    if not can_see_undelivered(actor):
        return Message.objects.none()
    lost = Message.objects.filter(scheme_id__in=actor.schemes, state__in=[*NEVER_ARRIVES, State.SUPPRESSED])
    return lost.filter(Q(person_channel__isnull=True) | Q(person_channel__person__restriction="normal"))


def can_print_letters(actor: Actor) -> bool:
    return actor.may(Permission.CASE_WORK) or actor.may(Permission.SAFEGUARDING_LEAD)


def visible_letters(actor: Actor) -> QuerySet[Message]:
    """The letters of the actor's own scheme: a worker's own, and for those who see the team everybody's.

    To somebody protected: for whoever wrote it and the safeguarding lead. To somebody sealed: for those who were named.
    """
    if not can_print_letters(actor):
        return Message.objects.none()
    letters = Message.objects.filter(scheme_id__in=actor.schemes, way=Way.LETTER)
    named = Q(person_channel__person__restriction="sealed", person_channel__person__named_readers__user=actor.user_id)
    own, restriction = Q(written_by=actor.id), "person_channel__person__restriction"
    team = Q(**{restriction: "normal"}) if actor.may(Permission.CASE_VIEW_TEAM) else Q(pk__in=[])
    lead = Q(**{restriction: "protected"}) if actor.may(Permission.SAFEGUARDING_LEAD) else Q(pk__in=[])
    return letters.filter(own & ~Q(**{restriction: "sealed"}) | team | lead | named)
