"""The letter somebody gets who could not be reached, as it would read."""

from dataclasses import dataclass

from linkworks.core.actor import Actor
from linkworks.messaging.rules import worded
from linkworks.messaging.states import Way
from linkworks.organisations.queries import scheme_card
from linkworks.people.queries import safe_channels
from linkworks.people.states import ChannelKind

from ..models import Case


@dataclass(frozen=True)
class Letter:
    """Where a letter would go and what it says; no address when none is safe, and then nothing is sent."""

    address: str
    body: str


def letter_values(case: Case, writer: str) -> dict[str, str]:
    scheme = scheme_card(case.scheme_id)
    return {
        "name": case.person.called,
        "phone": scheme.phone,
        "hours": scheme.opening_hours,
        "reference": case.reference,
        "worker": case.worker.name if case.worker else writer,
        "scheme": scheme.name,
    }


def letter_preview(case: Case, by: Actor) -> Letter:
    safe = next((each for each in safe_channels(case.person_id) if each.kind == ChannelKind.LETTER), None)
    wording = worded("could-not-reach", letter_values(case, by.name), way=Way.LETTER)
    return Letter(safe.value if safe else "", wording.body)
