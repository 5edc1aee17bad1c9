"""Who may see somebody's record: kept close, opened again, sealed for the few who are named, opened in an emergency."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from linkworks.accounts.models import User
from linkworks.audit.actions import record_view
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.errors import Invalid, NotAllowed
from linkworks.core.later import later

from .. import access, rules
from ..models import EmergencyOpening, NamedReader, Person, RestrictionChange
from ..queries import may_be_named, named_readers
from ..rules import Clues
from ..states import Restriction

ONLY_THE_LEAD = "Only the safeguarding lead can decide that. A team manager can protect a record, and no more."
MAY_BE_KEPT_CLOSE = "Opened from a referral that may be about somebody whose record is kept close."
TOO_MANY_TRIES = "You have tried too often in the last hour. Ring your safeguarding lead."


@transaction.atomic
def restrict(person: Person, *, level: Restriction | str, reason: str, named: Iterable[UUID] = (), by: Actor) -> Person:
    """Decide who sees somebody's record. A sealed one is for those who are named, and nobody else."""
    current = access.restrictable_people(by).select_for_update(of=("self",)).filter(id=person.id).first()
    leads, manages = access.can_see_protected(by), access.can_restrict(by)
    wanted = Restriction(level)
    if current is None or not rules.may_restrict(current.restriction, wanted, leads=leads, manages=manages):
        raise NotAllowed(ONLY_THE_LEAD)
    if not reason.strip():
        raise Invalid("Say why, in a few words.", field="reason")
    names = _names(current, set(named)) if wanted == Restriction.SEALED else {}
    if current.restriction == wanted and set(names) == set(named_readers(current.id)):
        return current
    current.restriction = wanted.value
    current.save(update_fields=["restriction"])
    _name(current, names)
    _write(current, names, reason, by)
    return current


@transaction.atomic
def protect_newcomer(person: Person, *, by: Actor) -> None:
    """A new record that may be about somebody kept close waits, protected, for the lead to decide."""
    access.require_change(by, person.scheme_id)
    person.restriction = Restriction.PROTECTED.value
    person.save(update_fields=["restriction"])
    _write(person, {}, MAY_BE_KEPT_CLOSE, by)


def _names(person: Person, chosen: set[UUID]) -> dict[UUID, str]:
    team = may_be_named(person.scheme_id)
    if not chosen:
        raise Invalid("Choose at least one person who may see this record.", field="named")
    if chosen - set(team):
        raise Invalid("Choose people who work with people in this scheme.", field="named")
    return {user_id: name for user_id, name in team.items() if user_id in chosen}


def _name(person: Person, names: dict[UUID, str]) -> None:
    NamedReader.objects.filter(person=person).exclude(user__in=names).delete()
    for user_id in names.keys() - set(named_readers(person.id)):
        NamedReader.objects.create(scheme_id=person.scheme_id, person=person, user_id=user_id)


def _write(person: Person, names: dict[UUID, str], reason: str, by: Actor) -> None:
    RestrictionChange.objects.create(
        scheme_id=person.scheme_id,
        person=person,
        level=person.restriction,
        named=list(names.values()),
        reason=reason.strip(),
        made_by=by.id,
        made_by_name=by.name,
        made_at=clock.now(),
    )


@transaction.atomic
def open_in_emergency(*, who: Clues, reason: str, by: Actor) -> EmergencyOpening:
    """Open a protected record for an hour, for somebody who can name the person exactly. It is written down either way."""
    if by.user_id is None or not access.can_open_in_emergency(by):
        raise NotAllowed("Ring your safeguarding lead.")
    if not reason.strip():
        raise Invalid("Say why you must open this record now.", field="reason")
    User.objects.select_for_update().get(pk=by.user_id)  # two tries at once are two, not one
    tried = EmergencyOpening.objects.filter(user=by.user_id, made_at__gt=clock.now() - rules.OPEN_IN_EMERGENCY)
    failed = tried.filter(person__isnull=True).count()
    if failed >= rules.MOST_TRIES:
        raise NotAllowed(TOO_MANY_TRIES)
    person = _protected(who, by)
    running = tried.filter(person=person, until__gt=clock.now()).first() if person else None
    opening = running or _opened(person, by.user_id, reason, by)
    if opening != running and (person or failed + 1 == rules.MOST_TRIES):
        later("casework.tell_opened", opening.id, scheme=opening.scheme_id)
    return opening


def _protected(who: Clues, by: Actor) -> Person | None:
    """The one protected person of this name and date of birth, or of this NHS number. Sealed records are never found."""
    people = Person.objects.filter(scheme_id__in=by.schemes, restriction=Restriction.PROTECTED)
    if who.nhs_number:
        found = list(people.filter(nhs_number=who.nhs_number))
    else:
        born = people.filter(born_on=who.born_on) if who.born_on else people.none()
        found = [each for each in born if rules.same_name(who, Clues(each.given_name, each.family_name))]
    return found[0] if len(found) == 1 else None


def _opened(person: Person | None, user_id: UUID, reason: str, by: Actor) -> EmergencyOpening:
    at = clock.now()
    opening = EmergencyOpening.objects.create(
        scheme_id=person.scheme_id if person else next(iter(by.schemes)),
        person=person,
        user_id=user_id,
        reason=reason.strip(),
        until=at + rules.OPEN_IN_EMERGENCY if person else None,
        made_by=by.id,
        made_by_name=by.name,
        made_at=at,
    )
    if person:
        record_view(person_id=person.id, scheme_id=person.scheme_id, page="Opened in an emergency", by=by)
    return opening
