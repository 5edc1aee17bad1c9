"""What we know of referrals: the inbox, one's own, who was referred before, and each one's history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from linkworks.core.actor import Actor
from linkworks.core.ids import tidy_reference
from linkworks.organisations.models import Organisation, Scheme

from . import access
from .models import Amendment, Referral, ReferralMove
from .states import State

OPEN = (State.SENT.value, State.ACCEPTED.value)
MOST_EARLIER = 8


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a referral's history: a step, or something put right."""

    at: datetime
    by: str
    move: str
    to_state: str
    reason: str = ""
    field: str = ""
    before: str = ""
    after: str = ""


def matching(referrals: QuerySet[Referral], words: str) -> QuerySet[Referral]:
    """Those whose name, reference or postcode has every word."""
    for word in words.split():
        anywhere = Q(given_name__icontains=word) | Q(family_name__icontains=word) | Q(chosen_name__icontains=word)
        anywhere |= Q(reference__icontains=tidy_reference(word)) | Q(postcode__istartswith=word)
        referrals = referrals.filter(anywhere)
    return referrals


def inbox(actor: Actor, state: str = State.SENT, words: str = "") -> QuerySet[Referral]:
    """What came to the actor's scheme and is in this state, the longest waiting first; an empty state means all."""
    if not access.can_see_inbox(actor):
        return Referral.objects.none()
    found = access.visible_referrals(actor).filter(scheme_id__in=actor.schemes).exclude(state=State.DRAFT)
    found = found.filter(state=state) if state else found
    return matching(found, words).select_related("from_organisation", "person").order_by("sent_at", "id")


def own(actor: Actor, state: str = "", words: str = "") -> QuerySet[Referral]:
    """What the actor's organisation sent, newest first."""
    found = access.own_referrals(actor)
    found = found.filter(state=state) if state in set(State) else found
    return matching(found, words).select_related("scheme", "referrer_user").order_by("-sent_at", "id")


def earlier_people(actor: Actor, *, words: str = "", born_on: date | None = None) -> list[Referral]:
    """People the actor's organisation referred before, the newest referral of each, to refer again without typing."""
    if not words.strip() and born_on is None:
        return []
    found = own(actor, words=words)
    found = found.filter(born_on=born_on) if born_on else found
    people: dict[tuple[str, str, date | None], Referral] = {}
    for each in found[:200]:
        people.setdefault((each.given_name.casefold(), each.family_name.casefold(), each.born_on), each)
    return list(people.values())[:MOST_EARLIER]


def still_open(
    actor: Actor, *, given_name: str, family_name: str, born_on: date | None, nhs_number: str = ""
) -> list[Referral]:
    """Open referrals the actor's organisation already sent for somebody like this."""
    same = Q(given_name__iexact=given_name.strip(), family_name__iexact=family_name.strip())
    if born_on:
        same &= Q(born_on=born_on) | Q(born_on__isnull=True)
    if nhs_number:
        same |= Q(nhs_number=nhs_number)
    return list(access.own_referrals(actor).filter(same, state__in=OPEN).order_by("-sent_at")[:5])


def open_referrals_for(person_id: UUID) -> QuerySet[Referral]:
    """Referrals of somebody that are not finished, newest first."""
    return Referral.objects.filter(person_id=person_id, state__in=OPEN).order_by("-sent_at")


def history(referral_id: UUID) -> list[Event]:
    """Each step and each correction, oldest first."""
    moves = ReferralMove.objects.filter(referral_id=referral_id)
    events = [Event(each.made_at, each.made_by_name, each.move, each.to_state, each.reason) for each in moves]
    return sorted(
        [*events, *(_corrected(each) for each in Amendment.objects.filter(referral_id=referral_id))],
        key=lambda each: each.at,
    )


def _corrected(each: Amendment) -> Event:
    return Event(each.made_at, each.made_by_name, "amend", "", each.reason, each.field, each.before, each.after)


def scheme_name(scheme_id: UUID) -> str:
    return Scheme.objects.values_list("name", flat=True).get(id=scheme_id)


def schemes_taking(door: str, scheme_ids: Iterable[UUID]) -> list[Scheme]:
    """Which of these schemes take referrals through this door."""
    from linkworks.organisations.queries import settings_of

    return [each for each in Scheme.objects.filter(id__in=list(scheme_ids)) if door in settings_of(each.id).front_doors]


def organisation(organisation_id: UUID) -> Organisation:
    return Organisation.objects.get(id=organisation_id)
