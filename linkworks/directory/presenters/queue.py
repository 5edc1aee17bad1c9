"""The words of the stewards' queue, and of what is missing."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from linkworks.core import vocabulary
from linkworks.organisations.rules.places import boroughs
from linkworks.ui import formats, paging

from ..models import EmptySearch, NothingFitted
from ..rules.nothing_fits import WHY
from ..rules.queue import Waiting

LABELS = {
    "unsafe": "May harm somebody",
    "hidden": "Hidden: nobody confirms it",
    "claim": "Somebody claims it",
    "changed": "A number or address changed",
    "edit": "A change waits",
    "reading": "A reading waits",
    "ending": "Soon hidden",
    "wrong": "Reported as wrong",
    "gone": "Left its list",
    "held": "Held back",
    "silent": "The group does not answer",
    "twice": "Listed twice?",
    "searched": "Nothing found",
    "gap": "Nothing there",
}
RED, ORANGE, YELLOW = {"unsafe", "hidden"}, {"claim", "changed", "reading", "ending", "wrong"}, {"edit"}
COLOURS = dict.fromkeys(RED, "red") | dict.fromkeys(ORANGE, "orange") | dict.fromkeys(YELLOW, "yellow")


def queue_row(waiting: Waiting) -> list[Any]:
    return [
        {"text": waiting.title, "href": waiting.href, "note": waiting.note},
        {"tag": {"text": LABELS[waiting.kind], "colour": COLOURS.get(waiting.kind, "grey")}},
        formats.short_date(waiting.since),
    ]


def queue_views(waiting: Sequence[Waiting], kind: str, search: str = "") -> list[dict[str, Any]]:
    """Everything, and each kind of which anything waits, with its count; what is searched for stays."""
    counts = Counter(each.kind for each in waiting)
    labels = {"": "Everything", **{each: label for each, label in LABELS.items() if counts[each]}}
    return paging.views("kind", kind, labels, {"": len(waiting), **counts}, q=search)


def search_row(search: EmptySearch) -> list[Any]:
    return [search.words, str(search.times), formats.short_date(search.last_at)]


def fitted_row(said: NothingFitted) -> list[str]:
    """For what, where and why nothing fitted, and how often somebody said so."""
    borough = boroughs().get(said.borough_code)
    need = vocabulary.NEEDS.get(said.need)
    return [
        need.label if need else "Something else",
        borough.name if borough else "Not said",
        WHY.get(said.reason, said.reason),
        str(said.times),
        formats.short_date(said.last_at),
    ]


def gap_rows(needs: dict[str, list[str]]) -> list[list[Any]]:
    """Each borough with the needs that nothing there helps with."""
    names = {code: each.name for code, each in boroughs().items()}
    rows = [
        [
            names[code],
            str(len(missing)),
            formats.listed([vocabulary.NEEDS[each].short for each in missing]),
        ]
        for code, missing in needs.items()
        if code in names and missing
    ]
    return sorted(rows)
