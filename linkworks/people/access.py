"""Who may see people. Nobody outside the scheme; protected people only their safeguarding lead (casework adds their worker)."""

from uuid import UUID

from django.db.models import QuerySet

from linkworks.core.actor import Actor
from linkworks.core.errors import NotAllowed
from linkworks.core.permissions import Permission as P

from .models import Channel, Disclosure, Person, SharingChoice
from .states import Restriction

SEES = (P.CASE_VIEW_OWN, P.CASE_VIEW_TEAM, P.CASE_WORK, P.REFERRAL_TRIAGE, P.SAFEGUARDING_LEAD)
CHANGES = (P.CASE_WORK, P.REFERRAL_TRIAGE, P.SAFEGUARDING_LEAD)
KEPT_CLOSE = (Restriction.PROTECTED.value, Restriction.SEALED.value)


def can_see_people(actor: Actor) -> bool:
    return any(actor.may(each) for each in SEES)


def can_change_people(actor: Actor) -> bool:
    return any(actor.may(each) for each in CHANGES)


def can_see_protected(actor: Actor) -> bool:
    return actor.may(P.SAFEGUARDING_LEAD)


def visible_people(actor: Actor) -> QuerySet[Person]:
    """The people of the actor's schemes. Somebody protected looks exactly like somebody who is not there."""
    if not can_see_people(actor):
        return Person.objects.none()
    people = Person.objects.filter(scheme_id__in=actor.schemes)
    return people if can_see_protected(actor) else people.exclude(restriction__in=KEPT_CLOSE)


def visible_channels(actor: Actor) -> QuerySet[Channel]:
    return Channel.objects.filter(person__in=visible_people(actor))


def visible_sharing(actor: Actor) -> QuerySet[SharingChoice]:
    return SharingChoice.objects.filter(person__in=visible_people(actor))


def visible_disclosures(actor: Actor) -> QuerySet[Disclosure]:
    return Disclosure.objects.filter(person__in=visible_people(actor))


def require_change(actor: Actor, scheme_id: UUID) -> None:
    """Refuse whoever may not change the records of this scheme. A job acts for the scheme it was queued for."""
    if scheme_id not in actor.schemes or not (can_change_people(actor) or actor.purpose == "job"):
        raise NotAllowed("You cannot change this person’s record.")
