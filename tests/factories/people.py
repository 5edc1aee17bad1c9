"""People of a scheme, made up."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from linkworks.accounts.models import User
from linkworks.core import clock
from linkworks.people.models import Channel, EmergencyOpening, NamedReader, Person

NHS_NUMBERS = ("9434765919", "9434765870", "9434765838")


def person(scheme_id: UUID, **facts: Any) -> Person:
    given = {
        "given_name": "Jean",
        "family_name": "Marlow",
        "born_on": date(1951, 6, 3),
        "postcode": "SE15 5DD",
        **facts,
    }
    return Person.objects.create(scheme_id=scheme_id, **given)


def channel(person: Person, **facts: Any) -> Channel:
    told = {"kind": "phone", "value": "020 7946 0001", "is_safe": True, **facts}
    asked = {"asked_at": clock.now(), "asked_by": "A test"} if told["is_safe"] is not None else {}
    return Channel.objects.create(scheme_id=person.scheme_id, person=person, **{**asked, **told})


def name(person: Person, *users: User) -> None:
    """Name people for a sealed record."""
    for user in users:
        NamedReader.objects.create(scheme_id=person.scheme_id, person=person, user=user)


def opened(person: Person | None, user: User, *, ago: timedelta = timedelta(), **facts: Any) -> EmergencyOpening:
    """A record somebody opened in an emergency, or tried to when there is no person."""
    at = clock.now() - ago
    until = at + timedelta(hours=1) if person else None
    given = {"scheme_id": person.scheme_id, **facts} if person else facts
    return EmergencyOpening.objects.create(
        person=person, user=user, reason="Worried", until=until, made_at=at, made_by_name=user.name, **given
    )
