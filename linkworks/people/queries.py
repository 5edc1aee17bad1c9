"""What we know of people: who a newcomer may already be, what they chose to share and how it is safe to reach them."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from linkworks.accounts.queries import staff
from linkworks.accounts.roles import ROLES
from linkworks.core import clock
from linkworks.core.actor import Actor

from . import access, rules
from .models import Channel, Disclosure, EmergencyOpening, NamedReader, Person, RestrictionChange, SharingChoice
from .states import ChannelKind, Restriction, SharingTopic

NUMBERS = (ChannelKind.PHONE.value, ChannelKind.TEXT.value)
MOST_CANDIDATES = 500
NOBODY = Actor(id="", name="")


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
    """People of the scheme who may be this one, likeliest first. Nobody is shown whom the asker may not know of."""
    wanted = rules.Clues(given_name, family_name, born_on, nhs_number, postcode, frozenset(phones))
    known_to = Person.objects.filter(access.in_sight(by or NOBODY), scheme_id=scheme_id)
    found = [(rules.likeness(wanted, clues_of(person)), person) for person in _candidates(known_to, scheme_id, wanted)]
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


def is_like_somebody_kept_close(wanted: rules.Clues, *, scheme_id: UUID, by: Actor) -> bool:
    """Whether a newcomer may be somebody of the scheme whom the actor may not know of."""
    hidden = Person.objects.filter(scheme_id=scheme_id).exclude(access.in_sight(by))
    return any(
        rules.likeness(wanted, clues_of(each)).is_worth_showing for each in _candidates(hidden, scheme_id, wanted)
    )


def _candidates(people: QuerySet[Person], scheme_id: UUID, wanted: rules.Clues) -> Iterable[Person]:
    """Whoever shares more than a name: a name alone is never shown, and would crowd out the same NHS number."""
    alike = Q(pk__in=[])
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


def version_of(person_id: UUID) -> str:
    """Which state of somebody's details this is: it differs once anybody has changed one of them."""
    names = [each.name for each in fields(rules.PersonFacts)]
    return rules.version(Person.objects.values(*names).get(id=person_id))


def is_in_scheme(person_id: UUID, scheme_id: UUID) -> bool:
    """Whether a record is this scheme's. The foreign key alone does not ask: it sees through the walls."""
    return Person.objects.filter(id=person_id, scheme_id=scheme_id).exists()


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


def may_be_named(scheme_id: UUID) -> dict[UUID, str]:
    """The scheme's staff who see people at all, by name: those a sealed record can be opened to."""
    roles = [role for role, facts in ROLES.items() if facts.permissions & set(access.SEES)]
    return {each.user_id: each.user.name for each in staff(scheme_id, roles)}


def kept_close(actor: Actor) -> QuerySet[Person]:
    """Protected and sealed people of the lead's scheme, for the lead alone."""
    if not access.can_see_protected(actor):
        return Person.objects.none()
    people = access.restrictable_people(actor).exclude(restriction=Restriction.NORMAL)
    return people.prefetch_related("named_readers__user").order_by("family_name", "given_name", "id")


def restriction_changes(person_id: UUID) -> list[RestrictionChange]:
    """Who decided who sees a record, when and why, newest first."""
    return list(RestrictionChange.objects.filter(person_id=person_id))


def named_readers(person_id: UUID) -> list[UUID]:
    return list(NamedReader.objects.filter(person_id=person_id).values_list("user", flat=True))


def emergency_openings(actor: Actor) -> QuerySet[EmergencyOpening]:
    """What was opened, or tried, in an emergency in the lead's scheme, newest first."""
    if not access.can_see_protected(actor):
        return EmergencyOpening.objects.none()
    return EmergencyOpening.objects.filter(scheme_id__in=actor.schemes).select_related("person")


def opened_until(person_id: UUID, actor: Actor) -> datetime | None:
    """Until when this actor has a protected record open in an emergency, if they have."""
    found = EmergencyOpening.objects.filter(person_id=person_id, user=actor.user_id, until__gt=clock.now()).first()
    return found.until if found else None
