"""What we know of people: who a newcomer may already be, what they chose to share and how it is safe to reach them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from linkworks.core.actor import Actor

from . import access, rules
from .models import Channel, Disclosure, Person, SharingChoice
from .states import ChannelKind, SharingTopic

NUMBERS = (ChannelKind.PHONE.value, ChannelKind.TEXT.value)
MOST_CANDIDATES = 500


@dataclass(frozen=True, slots=True)
class PersonMatch:
    """Somebody who may be the same person, and why, in words. For a person to decide."""

    person_id: UUID
    name: str
    born_on: date | None
    postcode: str
    why: tuple[str, ...]


def possible_matches(
    *,
    scheme_id: UUID,
    given_name: str = "",
    family_name: str = "",
    born_on: date | None = None,
    nhs_number: str = "",
    postcode: str = "",
    phones: Iterable[str] = (),
    by: Actor | None = None,
    most: int = 5,
) -> list[PersonMatch]:
    """People of the scheme who may be this one, likeliest first. Protected people are shown to the safeguarding lead only."""
    wanted = rules.Clues(given_name, family_name, born_on, nhs_number, postcode, frozenset(phones))
    found = [(rules.likeness(wanted, clues_of(person)), person) for person in _candidates(scheme_id, wanted, by)]
    likely = sorted((pair for pair in found if pair[0].is_worth_showing), key=lambda pair: -pair[0].score)
    return [
        PersonMatch(person.id, person.full_name, person.born_on, person.postcode, how.why)
        for how, person in likely[:most]
    ]


def clues_of(person: Person) -> rules.Clues:
    phones = frozenset(each.value for each in person.channels.all() if each.kind in NUMBERS and each.ended_at is None)
    return rules.Clues(
        person.given_name, person.family_name, person.born_on, person.nhs_number, person.postcode, phones
    )


def _candidates(scheme_id: UUID, wanted: rules.Clues, by: Actor | None) -> Iterable[Person]:
    people = Person.objects.filter(scheme_id=scheme_id)
    if by is None or not access.can_see_protected(by):
        people = people.exclude(restriction__in=access.KEPT_CLOSE)
    alike = Q(family_name__iexact=wanted.family_name) | Q(given_name__iexact=wanted.family_name)
    for name, value in (("born_on", wanted.born_on), ("nhs_number", wanted.nhs_number), ("postcode", wanted.postcode)):
        if value:
            alike |= Q(**{name: value})
    if wanted.phones:
        alike |= Q(
            id__in=Channel.objects.filter(scheme_id=scheme_id, kind__in=NUMBERS, value__in=wanted.phones).values(
                "person_id"
            )
        )
    return people.filter(alike).prefetch_related("channels").order_by("-created_at")[:MOST_CANDIDATES]


def sharing_of(person_id: UUID) -> dict[SharingTopic, bool | None]:
    """What the person agreed to, topic by topic; None where they were not asked. The newest choice counts."""
    newest = (
        SharingChoice.objects.filter(person_id=person_id).order_by("topic", "-made_at", "-created_at").distinct("topic")
    )
    chosen = {choice.topic: choice.agreed for choice in newest}
    return {topic: chosen.get(topic.value) for topic in SharingTopic}


def channels_of(person_id: UUID) -> QuerySet[Channel]:
    """The ways to reach somebody that are still theirs, the preferred one first."""
    return Channel.objects.filter(person_id=person_id, ended_at__isnull=True).order_by("-is_preferred", "created_at")


def safe_channels(person_id: UUID) -> list[Channel]:
    """The ways the person said are safe, the preferred one first. No answer is not a yes."""
    return list(channels_of(person_id).filter(is_safe=True))


def disclosures_of(person_id: UUID) -> QuerySet[Disclosure]:
    """What left the scheme about somebody, newest first."""
    return Disclosure.objects.filter(person_id=person_id).order_by("-made_at")
