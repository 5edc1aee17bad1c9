"""People of a scheme, made up."""

from datetime import date
from typing import Any
from uuid import UUID

from linkworks.core import clock
from linkworks.people.models import Channel, Person

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
