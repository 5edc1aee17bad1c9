"""What a group may be told about a person, and which ways to reach them may be passed on."""

from dataclasses import dataclass
from uuid import UUID

from linkworks.core import vocabulary
from linkworks.people.models import Channel
from linkworks.people.queries import safe_channels, sharing_of
from linkworks.people.states import ChannelKind, SharingTopic

from ..models import Case, Goal

THROUGH_WORKER = "Through the link worker"
MAY_BE_SHARED = frozenset({ChannelKind.PHONE.value, ChannelKind.TEXT.value, ChannelKind.EMAIL.value})
KIND_WORDS = {
    ChannelKind.PHONE.value: "by phone",
    ChannelKind.TEXT.value: "by text",
    ChannelKind.EMAIL.value: "by e-mail",
}


def contact_choices(person_id: UUID) -> list[tuple[str, str]]:
    """The ways a group may be given: safe ones only, and always "through the link worker"."""
    safe = [each for each in safe_channels(person_id) if each.kind in MAY_BE_SHARED]
    ways = [f"{each.value} ({', '.join(how_to_use(each))})" for each in safe]
    return [(way[:200], way[:200]) for way in [*ways, THROUGH_WORKER]]


def how_to_use(channel: Channel) -> list[str]:
    """How a way may be used. What the person asked us not to do on the telephone, they ask of a group too."""
    said = [KIND_WORDS[channel.kind]]
    if channel.kind == ChannelKind.PHONE:
        said.append("you may leave a message" if channel.may_leave_message else "do not leave a message")
        said += [] if channel.may_say_who_is_calling else ["do not say who is calling"]
    return [*said, channel.best_times] if channel.best_times else said


@dataclass(frozen=True)
class SharingStart:
    """What the preview starts with; the worker and the person change it together."""

    name_shared: str
    contact_shared: str
    support_need: str
    access_and_language: str
    emergency_contact: str
    call_worker_first: bool
    choices: tuple[tuple[str, str], ...]
    may_share_emergency_contact: bool


def sharing_start(goal: Goal, case: Case) -> SharingStart:
    person = case.person
    choices = contact_choices(person.pk)
    emergency = sharing_of(person.pk)[SharingTopic.EMERGENCY_CONTACT] is True
    return SharingStart(
        name_shared=person.called,
        contact_shared=THROUGH_WORKER if person.call_worker_first else choices[0][0],
        support_need=goal.words,
        access_and_language=access_and_language(person.access_needs, person.language, person.needs_interpreter),
        emergency_contact=person.emergency_contact if emergency else "",
        call_worker_first=person.call_worker_first,
        choices=tuple(choices),
        may_share_emergency_contact=emergency,
    )


def access_and_language(access_needs: list[str], language: str, needs_interpreter: bool) -> str:
    """Access and language needs in a line; nothing when there are none."""
    said = vocabulary.labels("access_needs", access_needs)
    if language and language != "en":
        said.append(f"speaks {vocabulary.label('languages', language)}")
    if needs_interpreter:
        said.append("needs an interpreter")
    line = ", ".join(said)
    return (line[:1].upper() + line[1:])[:300]
