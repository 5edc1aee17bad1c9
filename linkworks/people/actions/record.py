"""What is done to a person's record: made, put right, ways to reach them, sharing choices and the ledger."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.errors import Conflict, Invalid

from .. import access, rules
from ..models import Channel, Disclosure, Person, SharingChoice
from ..queries import is_in_scheme, version_of
from ..rules import PersonFacts
from ..states import ChannelKind, SharingTopic

CHANGEABLE = frozenset(each.name for each in fields(PersonFacts)) | {"died_on"}
# Says nothing of whether, or whose, the number is: somebody protected must not be found this way.
NUMBER_NOT_USABLE = "This NHS number cannot be used. Check it, or leave it empty and ask your safeguarding lead."

CHANGED_MEANWHILE = (
    "A colleague changed these details while you had this page open. Compare with the card beside and the record, "
    "put in what they changed, and save again."
)


@transaction.atomic
def add_person(*, scheme_id: UUID, facts: PersonFacts, by: Actor) -> Person:
    """Start somebody's record in a scheme."""
    access.require_change(by, scheme_id)
    values = _tidied(asdict(facts))
    return _stored(Person(scheme_id=scheme_id, **values), insert=True)


@transaction.atomic
def change_details(person: Person, *, changes: Mapping[str, Any], version: str = "", by: Actor) -> Person:
    """Put right what we know about somebody, unless a colleague did so meanwhile. The audit keeps what was there before."""
    access.require_change(by, person.scheme_id)
    if unknown := set(changes) - CHANGEABLE:
        raise Invalid(f"These cannot be changed here: {', '.join(sorted(unknown))}.")
    current = Person.objects.select_for_update().get(id=person.id)
    if version and version != version_of(person.id):
        raise Conflict(CHANGED_MEANWHILE)
    for name, value in _tidied(changes).items():
        setattr(current, name, value)
    return _stored(current, insert=False)


def _tidied(values: Mapping[str, Any]) -> dict[str, Any]:
    tidy: dict[str, Any] = {name: list(value) if name == "access_needs" else value for name, value in values.items()}
    if "nhs_number" in tidy:
        number = rules.tidy_nhs_number(tidy["nhs_number"])
        if number is None:
            raise Invalid("Enter a real NHS number: 10 digits, like 485 777 3456.", field="nhs_number")
        tidy["nhs_number"] = number
    return tidy


def _stored(person: Person, *, insert: bool) -> Person:
    try:
        with transaction.atomic():
            person.save(force_insert=insert)
    except IntegrityError as problem:
        if "one_person_per_nhs_number" not in str(problem):
            raise
        raise Conflict(NUMBER_NOT_USABLE) from problem
    return person


@transaction.atomic
def set_channel(
    person: Person,
    *,
    kind: ChannelKind | str,
    value: str,
    is_safe: bool | None,
    may_leave_message: bool = False,
    may_say_who_is_calling: bool = False,
    best_times: str = "",
    is_preferred: bool = False,
    by: Actor,
) -> Channel:
    """Note a way to reach somebody, and what they said about using it. The same way said again is changed, not doubled."""
    access.require_change(by, person.scheme_id)
    if not value.strip():
        raise Invalid("Enter the number, address or name.", field="value")
    Person.objects.select_for_update().get(id=person.id)
    ours = Channel.objects.filter(person=person, ended_at__isnull=True)
    if is_preferred:
        ours.filter(is_preferred=True).update(is_preferred=False)
    channel = ours.filter(kind=kind, value=value.strip()).first()
    channel = channel or Channel(
        scheme_id=person.scheme_id, person=person, kind=ChannelKind(kind).value, value=value.strip()
    )
    channel.is_safe, channel.best_times, channel.is_preferred = is_safe, best_times, is_preferred
    # A way that is not safe carries no permission to use it.
    channel.may_leave_message = bool(is_safe and may_leave_message)
    channel.may_say_who_is_calling = bool(is_safe and may_say_who_is_calling)
    channel.asked_at, channel.asked_by = (clock.now(), by.name) if is_safe is not None else (None, "")
    channel.save()
    return channel


@transaction.atomic
def end_channel(channel: Channel, *, by: Actor) -> Channel:
    """Note that a number or address is no longer theirs, so nothing is sent there again."""
    access.require_change(by, channel.scheme_id)
    current = Channel.objects.select_for_update().get(id=channel.id)
    if current.ended_at is None:
        current.ended_at, current.is_preferred = clock.now(), False
        current.save(update_fields=["ended_at", "is_preferred"])
    return current


@transaction.atomic
def choose_sharing(
    person: Person, *, topic: SharingTopic | str, agreed: bool, how: str = "", by: Actor
) -> SharingChoice:
    """Record what somebody agreed to, or did not. Earlier choices stay, and the newest counts."""
    access.require_change(by, person.scheme_id)
    return SharingChoice.objects.create(
        scheme_id=person.scheme_id,
        person=person,
        topic=SharingTopic(topic).value,
        agreed=agreed,
        how=how,
        made_at=clock.now(),
        made_by=by.id,
        made_by_name=by.name,
    )


@transaction.atomic
def log_disclosure(
    *,
    person_id: UUID,
    scheme_id: UUID,
    recipient: str,
    fields: Iterable[str],
    basis: str,
    purpose: str,
    about_id: UUID,
    by: Actor,
) -> Disclosure:
    """Write in the ledger what left the scheme about somebody, to whom and why."""
    access.require_change(by, scheme_id)
    if not is_in_scheme(person_id, scheme_id):
        raise Invalid("This person’s record is not in this scheme.")
    return Disclosure.objects.create(
        scheme_id=scheme_id,
        person_id=person_id,
        recipient=recipient,
        fields=list(fields),
        basis=basis,
        purpose=purpose,
        about_id=about_id,
        made_by=by.id,
        made_by_name=by.name,
    )
