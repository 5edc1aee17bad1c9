"""Lists as rows for a spreadsheet, in the words of the pages."""

from collections.abc import Iterable, Iterator
from typing import Any

from linkworks.connections.queries import service_tally
from linkworks.core import clock

from ..queries.cases import soonest
from ..rules.caseload import COMPLEXITY_WORDS
from .wording import CASE_TAGS

CASELOAD = ["Reference", "Name", "State", "Worker", "Next action", "Due", "Complexity", "Opened"]
SAID = ["Service", "Organisation", "Answers", "What they expected", "Asked", "Would go again", "Asked", "Words to read"]
TOO_FEW = "Fewer than 3"


def caseload(cases: Iterable[Any]) -> Iterator[list[str]]:
    yield CASELOAD
    for case in cases:
        what, on = soonest(case)
        yield [
            case.reference,
            case.person.full_name,
            CASE_TAGS[case.state][0],
            case.worker.name if case.worker else "",
            what,
            on.isoformat() if on else "",
            COMPLEXITY_WORDS.get(case.complexity, ""),
            case.opened_at.astimezone(clock.LONDON).date().isoformat(),
        ]


def said(rows: Iterable[dict[str, Any]]) -> Iterator[list[str]]:
    """What people said, service by service: counts only, and none below three."""
    yield SAID
    for row in rows:
        each = service_tally(row)
        yield [
            each.service_name,
            each.organisation_name,
            str(each.tally.answered) if each.tally.may_be_counted else TOO_FEW,
            *counted(each.tally.expecting),
            *counted(each.tally.recommending),
            str(each.tally.words),
        ]


def counted(pair: tuple[int, int] | None) -> list[str]:
    return [str(number) for number in pair] if pair else [TOO_FEW, TOO_FEW]
