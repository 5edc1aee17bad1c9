"""What the scheme decides about a referral: it takes it, says no with a reason, or passes it on. Never silently."""

import uuid
from dataclasses import replace

from django.db import transaction

from linkworks.core import clock, tenancy
from linkworks.core.actor import Actor
from linkworks.core.errors import Invalid
from linkworks.core.later import later
from linkworks.people.queries import is_in_scheme

from .. import access, queries, rules
from ..models import LinkUndone, Referral
from ..states import DeclineReason, Move, State
from .moving import locked, moved
from .sending import store


@transaction.atomic
def accept(referral: Referral, *, person_id: uuid.UUID, by: Actor) -> Referral:
    """Take the referral on, for a person whose record is in this scheme."""
    access.require_triage(by, referral.scheme_id)
    if not is_in_scheme(person_id, referral.scheme_id):
        raise Invalid("Choose somebody of this scheme, or open a new record.", field="person")
    return moved(locked(referral), Move.ACCEPT, by=by, person_id=person_id, decided_at=clock.now())


@transaction.atomic
def unlink(referral: Referral, *, reason: str, by: Actor) -> Referral:
    """Take a referral off the record it was joined to by mistake: it waits in the inbox again. Casework lets go of its case."""
    access.require_triage(by, referral.scheme_id)
    current = locked(referral)
    joined = {"person_id": current.person_id, "joined_at": current.decided_at}
    current = moved(current, Move.UNLINK, by=by, person_id=None, decided_at=None)
    LinkUndone.objects.create(
        referral=current,
        scheme_id=current.scheme_id,
        reason=reason.strip(),
        made_by=by.id,
        made_by_name=by.name,
        made_at=clock.now(),
        **joined,
    )
    return current


@transaction.atomic
def decline(referral: Referral, *, reason: DeclineReason | str, words: str, by: Actor) -> Referral:
    """Say no, with a typed reason and words for whoever sent it; they are told."""
    access.require_triage(by, referral.scheme_id)
    if not words.strip():
        raise Invalid("Write what the referrer should know, and what they could do instead.", field="words")
    why = DeclineReason(reason).value
    if why not in queries.decline_reasons(referral.scheme_id):
        raise Invalid("This scheme does not decline referrals for that reason.", field="reason")
    current = moved(
        locked(referral),
        Move.DECLINE,
        by=by,
        reason=words,
        decline_reason=why,
        decision_words=words,
        decided_at=clock.now(),
    )
    later("referrals.tell_decision", current.id, scheme=current.scheme_id)
    return current


@transaction.atomic
def redirect(
    referral: Referral,
    *,
    scheme_id: uuid.UUID | None = None,
    agreed: bool = False,
    to_words: str = "",
    words: str,
    by: Actor,
) -> Referral:
    """Pass a referral to another scheme, where it arrives as a new one, or say in words where to go; the referrer is told.

    Their story leaves for another organisation only when the person agreed to that, and where such referrals are taken.
    """
    access.require_triage(by, referral.scheme_id)
    if scheme_id == referral.scheme_id:
        raise Invalid("Choose a different scheme.", field="scheme_id")
    if scheme_id is None and not to_words.strip():
        raise Invalid("Choose a scheme, or say where the person should go.", field="to_words")
    to = _taking(referral, scheme_id, agreed=agreed) if scheme_id else to_words.strip()
    if not to:
        raise Invalid("Choose a scheme from the list.", field="scheme_id")
    current = moved(
        locked(referral),
        Move.REDIRECT,
        by=by,
        reason=f"{words}\n\nThe person agreed that {to} gets what they told us." if scheme_id else words,
        redirected_to=to,
        decision_words=words,
        decided_at=clock.now(),
    )
    if scheme_id:
        _pass_on(current, scheme_id, by)
    later("referrals.tell_decision", current.id, scheme=current.scheme_id)
    return current


def _taking(referral: Referral, scheme_id: uuid.UUID, *, agreed: bool) -> str:
    """The name of the scheme it goes to."""
    names = {each.id: each.name for each in queries.may_be_passed_to(referral)}
    if scheme_id not in names:
        raise Invalid("That scheme does not take such a referral. Choose another, or say where to go.", field="scheme")
    if not agreed:
        raise Invalid(f"Ask the person first whether {names[scheme_id]} may have what they told us.", field="agreed")
    return names[scheme_id]


def _pass_on(referral: Referral, scheme_id: uuid.UUID, by: Actor) -> None:
    """The same words arrive at the other scheme as a new referral, through its front door: we may add there and not read."""
    key = uuid.uuid4()
    columns = {field.attname: getattr(referral, field.attname) for field in Referral._meta.concrete_fields}
    for decided in ("created_at", "person_id", "decline_reason", "decision_words", "redirected_to", "decided_at"):
        columns.pop(decided)
    fresh = {"id": key, "reference": rules.reference_of(key), "scheme_id": scheme_id, "previous_id": referral.id}
    new = Referral(**{**columns, **fresh, "state": State.SENT.value, "sent_at": clock.now()})
    at_the_door = replace(by, schemes=frozenset(), organisations=frozenset(), purpose=access.FRONT_DOOR)
    with tenancy.context(at_the_door):
        store(new, by=by)
