"""The letters somebody gets when their case closes, as they would read: in the scheme's own words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from linkworks.core import vocabulary
from linkworks.core.actor import Actor
from linkworks.messaging.rules import worded
from linkworks.messaging.states import Way
from linkworks.organisations.queries import scheme_card, settings_of
from linkworks.organisations.rules.settings import ClosingLetters
from linkworks.people.queries import safe_channels
from linkworks.people.states import ChannelKind

from ..models import Case

COULD_NOT_REACH, WORK_FINISHED = "could-not-reach", "work-finished"
TEXTS: dict[str, Callable[[ClosingLetters], str]] = {
    COULD_NOT_REACH: lambda letters: letters.could_not_contact,
    WORK_FINISHED: lambda letters: letters.finished,
}


@dataclass(frozen=True)
class Letter:
    """Where a letter would go and what it says; no address when none is safe, and then nothing is sent.

    No body when the scheme writes no such letter.
    """

    address: str
    body: str


def letter_values(case: Case, template: str, by: Actor) -> dict[str, str]:
    """What the letter says; no text when the scheme writes no such letter."""
    scheme, settings = scheme_card(case.scheme_id), settings_of(case.scheme_id)
    speaks = case.person.language if case.person.language in settings.languages else "en"
    return {
        "name": case.person.called,
        "text": TEXTS[template](settings.closing_letters).strip(),
        "language": "" if speaks == "en" else vocabulary.label("languages", speaks),
        "phone": scheme.phone,
        "hours": scheme.opening_hours,
        "reference": case.reference,
        "worker": case.worker.name if case.worker else by.name,
        "scheme": scheme.name,
    }


def safe_address(case: Case) -> Any:
    """Where letters are safe for them, if anywhere."""
    return next((each for each in safe_channels(case.person_id) if each.kind == ChannelKind.LETTER), None)


def letter_preview(case: Case, template: str, by: Actor) -> Letter:
    safe, values = safe_address(case), letter_values(case, template, by)
    body = worded(template, values, way=Way.LETTER).body if values["text"] else ""
    return Letter(safe.value if safe else "", body)
