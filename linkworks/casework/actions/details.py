"""Who the person is, how it is safe to reach them and what they agreed to share, as told to their worker."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from linkworks.connections.models import Connection
from linkworks.connections.states import OPEN
from linkworks.core.actor import Actor
from linkworks.core.errors import Invalid
from linkworks.people import actions as people
from linkworks.people.models import Channel, Person, SharingChoice
from linkworks.people.queries import sharing_of
from linkworks.people.states import SharingTopic

from ..models import Case
from ..rules import following
from .events import give_task
from .history import case_in_hand

NONE_RECORDED = "No emergency contact is recorded. Write it with their details first, then say that groups may have it."


@transaction.atomic
def change_details(case: Case, *, changes: Mapping[str, Any], version: str = "", by: Actor) -> Person:
    """Put right who the person is, unless a colleague did so while the page was open."""
    case = case_in_hand(case, by)
    return people.change_details(case.person, changes=changes, version=version, by=by)


@transaction.atomic
def set_channel(
    case: Case,
    *,
    kind: str,
    value: str,
    is_safe: bool | None,
    may_leave_message: bool = False,
    may_say_who_is_calling: bool = False,
    best_times: str = "",
    is_preferred: bool = False,
    by: Actor,
) -> Channel:
    """Note a way to reach the person and whether it is safe, as they said it."""
    case = case_in_hand(case, by)
    return people.set_channel(
        case.person,
        kind=kind,
        value=value,
        is_safe=is_safe,
        may_leave_message=may_leave_message,
        may_say_who_is_calling=may_say_who_is_calling,
        best_times=best_times,
        is_preferred=is_preferred,
        by=by,
    )


@transaction.atomic
def end_channel(case: Case, *, channel_id: UUID, by: Actor) -> Channel:
    """A number or address is no longer theirs: nothing goes there again."""
    case = case_in_hand(case, by)
    return people.end_channel(channel_of(case, channel_id), by=by)


@transaction.atomic
def mark_unsafe(case: Case, *, channel_id: UUID, by: Actor) -> Channel:
    """Somebody else may see or hear it now: nothing is sent there until the person says that it is safe again."""
    case = case_in_hand(case, by)
    way = channel_of(case, channel_id)
    return people.set_channel(
        case.person, kind=way.kind, value=way.value, best_times=way.best_times, is_safe=False, by=by
    )


def channel_of(case: Case, channel_id: UUID) -> Channel:
    channel = Channel.objects.filter(pk=channel_id, person_id=case.person_id, ended_at__isnull=True).first()
    if channel is None:
        raise Invalid("That way to reach them is not on this record.")
    return channel


@transaction.atomic
def choose_sharing(case: Case, *, choices: Mapping[str, bool], how: str, by: Actor) -> list[SharingChoice]:
    """Keep what the person agreed to and what they did not, topic by topic."""
    case = case_in_hand(case, by)
    if choices.get(SharingTopic.EMERGENCY_CONTACT) and not case.person.emergency_contact:
        raise Invalid(NONE_RECORDED, field=SharingTopic.EMERGENCY_CONTACT)
    before = sharing_of(case.person_id)
    kept = [
        people.choose_sharing(case.person, topic=topic, agreed=agreed, how=how, by=by)
        for topic, agreed in choices.items()
    ]
    for choice in kept:
        if not choice.agreed and before[SharingTopic(choice.topic)] is not False:
            follow_withdrawal(case, choice)
    return kept


def follow_withdrawal(case: Case, choice: SharingChoice) -> None:
    """What groups were told on the strength of a yes that is a no now becomes the worker's to take back."""
    told = Connection.objects.filter(person_id=case.person_id, state__in=[each.value for each in OPEN])
    if choice.topic == SharingTopic.EMERGENCY_CONTACT:
        told = told.exclude(emergency_contact="")
    elif choice.topic != SharingTopic.PROVIDERS:
        return
    for connection in told:
        give_task(case, connection, following.NO_LONGER_AGREES, f"no-longer:{connection.pk}:{choice.pk}")
