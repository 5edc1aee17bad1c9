"""What people said about groups, in words: counted from three answers on, and never by name."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from linkworks.connections.models import Connection, PersonFeedback
from linkworks.connections.queries import SaidEnough, service_tally
from linkworks.connections.rules import Tally
from linkworks.ui import formats

from .wording import joined

EXPECTED = {"yes": "Yes", "partly": "Partly", "no": "No"}
RECOMMENDS = {"yes": "Yes", "not-sure": "Not sure", "no": "No"}
ENOUGH = {"yes": "Yes, it was enough", "partly": "Partly", "no": "No, it was not enough"}
TOO_FEW = "Too few answers to count"
NOBODY = "Nobody has said anything yet"


def counted(tally: Tally | None) -> str:
    """“4 of 5 would go again, and it was what 3 of 5 expected”."""
    if tally is None or not tally.answered:
        return NOBODY
    said = []
    if tally.recommending:
        said.append("{} of {} would go again".format(*tally.recommending))
    if tally.expecting:
        said.append("it was what {} of {} expected".format(*tally.expecting))
    return ", and ".join(said) or TOO_FEW


def words_to_read(tally: Tally | None) -> str:
    return formats.plural(tally.words, "comment") if tally and tally.words else ""


def on_card(tally: Tally | None) -> tuple[str, str]:
    """A fact for the card of a service that fits; nothing when nobody spoke of it."""
    if tally is None or not tally.answered:
        return "People here said", ""
    return "People here said", joined(counted(tally), words_to_read(tally))


def said_row(row: dict[str, Any]) -> list[Any]:
    each = service_tally(row)
    return [
        {
            "text": each.service_name,
            "href": reverse("casework:said-of", args=[each.service_id]),
            "note": "" if each.organisation_name.startswith(each.service_name) else each.organisation_name,
        },
        counted(each.tally),
        words_to_read(each.tally) or "None to read",
    ]


def words_line(said: PersonFeedback) -> dict[str, str]:
    """Somebody's words, without their name: the month is enough."""
    return {"text": said.text, "by": f"{formats.in_london(said.recorded_at):%B %Y}"}


def person_rows(said: PersonFeedback) -> list[tuple[str, str]]:
    """What this person said, for their own worker."""
    return [
        ("What they expected?", EXPECTED.get(said.as_expected, "")),
        ("Would go again?", RECOMMENDS.get(said.recommends, "")),
        ("In their words", said.text),
        ("May the group read it?", "Yes, without the name" if said.may_share else "No"),
        ("Written down by", f"{said.recorded_by_name}, {formats.long_date(said.recorded_at)}"),
    ]


def group_rows(said: SaidEnough) -> list[tuple[str, str]]:
    return [
        ("Was what we told them enough?", ENOUGH[said.enough]),
        ("What would have helped", said.text or "Nothing more was said"),
        ("Said by", f"{said.who}, {formats.long_date(said.at)}"),
    ]


def to_ask(connections: Iterable[Connection]) -> list[dict[str, str]]:
    """Links to ask how it was, for groups nobody asked about yet."""
    return [
        {"text": each.service_name, "href": reverse("casework:connection-feedback", args=[each.pk])}
        for each in connections
    ]


def initial(said: PersonFeedback | None) -> dict[str, Any]:
    names = ("as_expected", "recommends", "text", "may_share")
    return {name: getattr(said, name) for name in names} if said else {}
