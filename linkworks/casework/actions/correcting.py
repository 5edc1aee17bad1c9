"""A contact that was written down wrongly is put right, and what it said before is kept with who, when and why."""

from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.errors import Conflict, Invalid

from .. import access
from ..models import Contact, ContactCorrection
from ..rules.facts import CorrectionFacts
from ..rules.following import counts_as_try
from ..states import ContactHow, ContactResult
from .history import case_in_hand, signed


@transaction.atomic
def correct_contact(contact: Contact, *, facts: CorrectionFacts, by: Actor) -> Contact:
    """Put a contact right, whether its case is open or closed. Whoever wrote it does so, or their manager."""
    case_in_hand(contact.case_id, by)
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    access.require(access.may_correct(by, contact), "put right what a colleague wrote")
    before = changed(contact, told(contact, facts))
    check(facts, before)
    contact.save(update_fields=[*before, "counts_as_try"])
    ContactCorrection.objects.create(
        contact=contact,
        scheme_id=contact.scheme_id,
        reason=facts.why.strip(),
        before={name: value.isoformat() if isinstance(value, datetime) else value for name, value in before.items()},
        **signed(by),
    )
    return contact


def told(contact: Contact, facts: CorrectionFacts) -> dict[str, Any]:
    return {
        "how": ContactHow(facts.how).value,
        "result": ContactResult(facts.result).value,
        "note": facts.note.strip(),
        "minutes": facts.minutes,
        "happened_at": moment(contact, facts.happened_on),
    }


def moment(contact: Contact, day: date) -> datetime:
    """The moment as it was while the day stands; noon of another day."""
    if day == contact.happened_at.astimezone(clock.LONDON).date():
        return contact.happened_at
    return datetime.combine(day, time(12), tzinfo=clock.LONDON)


def changed(contact: Contact, values: dict[str, Any]) -> dict[str, Any]:
    """Put the new values on the contact; what changed, as it was."""
    before = {name: getattr(contact, name) for name, value in values.items() if getattr(contact, name) != value}
    for name in before:
        setattr(contact, name, values[name])
    contact.counts_as_try = counts_as_try(contact.how, contact.result)
    return before


def check(facts: CorrectionFacts, before: dict[str, Any]) -> None:
    if not facts.why.strip():
        raise Invalid("Say why it is put right.", field="why")
    if facts.happened_on > clock.today():
        raise Invalid("The contact cannot be in the future.", field="happened_on")
    if not before:
        raise Conflict("Nothing was changed: it says this already.")
