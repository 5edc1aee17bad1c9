"""The letters somebody gets when their case closes, as they would read: on paper in the scheme's own words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from linkworks.accounts.queries import away
from linkworks.core import vocabulary
from linkworks.core.actor import Actor
from linkworks.messaging.rules import way_of, worded
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

    No body when the scheme writes no such letter. Its way is a letter's, a text's or an e-mail's.
    """

    address: str
    body: str
    way: str = Way.LETTER.value


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
        "worker": who_writes(case, by),
        "scheme": scheme.name,
    }


def who_writes(case: Case, by: Actor) -> str:
    """Whom to ask: the worker, or whoever covers for them today."""
    absent = away(case.worker_id, case.scheme_id) if case.worker_id else None
    if absent:
        return absent.cover_name
    return case.worker.name if case.worker else by.name


def safe_way(case: Case, template: str) -> Any:
    """Where writing is safe for them, if anywhere: a letter first. That we tried may also go by text or e-mail."""
    safe = [each for each in safe_channels(case.person_id) if way_of(each.kind)]
    letters = [each for each in safe if each.kind == ChannelKind.LETTER]
    return next(iter([*letters, *(safe if template == COULD_NOT_REACH else [])]), None)


def letter_preview(case: Case, template: str, by: Actor) -> Letter:
    safe, values = safe_way(case, template), letter_values(case, template, by)
    way = way_of(safe.kind) or Way.LETTER if safe else Way.LETTER
    body = worded(template, values, way=way).body if values["text"] else ""
    return Letter(safe.value if safe else "", body, way.value)
