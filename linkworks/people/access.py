"""Who may see people. Nobody outside the scheme; somebody kept close looks exactly like somebody who is not there.

Protected: the safeguarding lead, and whoever opened the record in an emergency this hour (casework adds their worker).
Sealed: those the safeguarding lead named, and nobody else.
"""

from uuid import UUID

from django.db.models import Q, QuerySet

from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.errors import NotAllowed
from linkworks.core.permissions import Permission as P

from .models import EmergencyOpening, NamedReader, Person
from .states import Restriction

SEES = (P.CASE_VIEW_OWN, P.CASE_VIEW_TEAM, P.CASE_WORK, P.REFERRAL_TRIAGE, P.SAFEGUARDING_LEAD)
CHANGES = (P.CASE_WORK, P.REFERRAL_TRIAGE, P.SAFEGUARDING_LEAD)


def can_see_people(actor: Actor) -> bool:
    return any(actor.may(each) for each in SEES)


def can_change_people(actor: Actor) -> bool:
    return any(actor.may(each) for each in CHANGES)


def can_see_protected(actor: Actor) -> bool:
    return actor.may(P.SAFEGUARDING_LEAD)


def can_restrict(actor: Actor) -> bool:
    """The safeguarding lead, and the team manager who must sometimes act before the lead can."""
    return bool(actor.schemes) and (actor.may(P.SAFEGUARDING_LEAD) or actor.may(P.CASE_ALLOCATE))


def can_open_in_emergency(actor: Actor) -> bool:
    """Whoever works with people in the scheme. The lead sees protected records anyway."""
    return actor.may(P.CASE_WORK) and bool(actor.schemes) and actor.user_id is not None


def let_in(actor: Actor, to_person: str = "") -> Q:
    """The condition on rows whose person (at `to_person`) was opened to this actor by name, or in an emergency this hour."""
    if actor.user_id is None:
        return Q(pk__in=[])
    opened = EmergencyOpening.objects.filter(user=actor.user_id, until__gt=clock.now()).values("person")
    named = NamedReader.objects.filter(user=actor.user_id).values("person")
    level, person = f"{to_person}restriction", f"{to_person}id__in"
    return Q(**{level: Restriction.PROTECTED, person: opened}) | Q(**{level: Restriction.SEALED, person: named})


def in_sight(actor: Actor, to_person: str = "") -> Q:
    """The condition on rows whose person (at `to_person`) this actor may know of, if anybody in their scheme may."""
    open_to = [Restriction.NORMAL] + ([Restriction.PROTECTED] if can_see_protected(actor) else [])
    return Q(**{f"{to_person}restriction__in": open_to}) | let_in(actor, to_person)


def visible_people(actor: Actor) -> QuerySet[Person]:
    """The people of the actor's schemes whom the actor may know of."""
    if not can_see_people(actor):
        return Person.objects.none()
    return Person.objects.filter(in_sight(actor), scheme_id__in=actor.schemes)


def restrictable_people(actor: Actor) -> QuerySet[Person]:
    """Whose record the actor may keep closer. The lead reaches everybody's restriction, sealed ones too, not their records."""
    if can_see_protected(actor):
        return Person.objects.filter(scheme_id__in=actor.schemes)
    return visible_people(actor) if can_restrict(actor) else Person.objects.none()


def require_change(actor: Actor, scheme_id: UUID) -> None:
    """Refuse whoever may not change the records of this scheme. A job acts for the scheme it was queued for."""
    if scheme_id not in actor.schemes or not (can_change_people(actor) or actor.purpose == "job"):
        raise NotAllowed("You cannot change this person’s record.")
