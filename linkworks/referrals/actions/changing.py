"""What can still be done to a referral by those who sent it: put it right, or take it back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from linkworks.core import clock, states
from linkworks.core.actor import Actor
from linkworks.core.errors import Invalid, NotAllowed
from linkworks.core.later import later
from linkworks.people.rules import tidy_nhs_number

from .. import access, rules
from ..models import Amendment, Referral
from ..queries import is_finished
from ..states import Move, State
from .moving import locked, moved

OPEN_TO_CHANGE = (State.SENT.value, State.ACCEPTED.value)


@transaction.atomic
def amend(referral: Referral, *, changes: Mapping[str, Any], reason: str, by: Actor) -> Referral:
    """Put a sent referral right. Both wordings and the reason are kept, and the team sees them."""
    access.require_change(by, referral)
    if not reason.strip():
        raise Invalid("Say why this is being changed.", field="reason")
    if set(changes) - set(rules.AMENDABLE):
        raise Invalid("Who sent a referral, and that the person agreed, cannot be changed.")
    current = locked(referral)
    if current.state not in OPEN_TO_CHANGE:
        raise NotAllowed(f"This referral is {states.words(current.state)}, so it cannot be changed.")
    before = {name: getattr(current, name) for name in rules.AMENDABLE}
    real = rules.changed(before, _tidied(changes))
    for name, value in real.items():
        setattr(current, name, value)
    _check(current)
    if real:
        current.save(update_fields=list(real))
        kept = _keep_both_wordings(current, before, real, reason, by)
        _tell_the_worker(current, kept[0].id)
    return current


@transaction.atomic
def withdraw(referral: Referral, *, reason: str, by: Actor) -> Referral:
    """Take a referral back, with the reason. The person's case, if there is one, is for the link worker to end."""
    access.require_change(by, referral)
    if not reason.strip():
        raise Invalid("Say why the referral is being withdrawn.", field="reason")
    if is_finished(referral.id):
        raise NotAllowed("The scheme’s work with the person is finished, so there is nothing to withdraw.")
    current = moved(locked(referral), Move.WITHDRAW, by=by, reason=reason, decided_at=clock.now())
    _tell_the_worker(current, current.id)
    return current


def _tell_the_worker(referral: Referral, event_id: UUID) -> None:
    """Once somebody works with the person, a change is never silent."""
    if referral.person_id:
        later("casework.referral_changed", referral.id, event_id, scheme=referral.scheme_id)


def _tidied(changes: Mapping[str, Any]) -> dict[str, Any]:
    tidy: dict[str, Any] = {name: list(value) if isinstance(value, tuple) else value for name, value in changes.items()}
    if "nhs_number" in tidy:
        number = tidy_nhs_number(tidy["nhs_number"])
        if number is None:
            raise Invalid("Enter a real NHS number, or leave it empty.", field="nhs_number")
        tidy["nhs_number"] = number
    return tidy


def _check(referral: Referral) -> None:
    if not referral.given_name.strip():
        raise Invalid("Enter the person’s first name.", field="given_name")
    if not referral.contact_channels:
        raise Invalid("Give at least one safe way to contact them.", field="contact_channels")
    if not (referral.needs or referral.in_their_words.strip()):
        raise Invalid(rules.NO_REASON, field="needs")


def _keep_both_wordings(
    referral: Referral, before: Mapping[str, Any], real: Mapping[str, Any], reason: str, by: Actor
) -> list[Amendment]:
    at = clock.now()  # what is changed together stands together in the history
    return Amendment.objects.bulk_create(
        Amendment(
            referral=referral,
            scheme_id=referral.scheme_id,
            from_organisation_id=referral.from_organisation_id,
            field=name,
            before=rules.in_words(name, before[name]),
            after=rules.in_words(name, value),
            reason=reason,
            made_by=by.id,
            made_by_name=by.name,
            made_at=at,
        )
        for name, value in real.items()
    )
