"""The words of the pages about listings told twice."""

from typing import Any

from django.urls import reverse

from linkworks.ui import formats, paging

from ..models import DuplicatePair, Service
from ..states import PairState

STATES: dict[str, str] = {
    PairState.SUSPECTED: "To decide",
    PairState.JOINED: "Joined",
    PairState.DIFFERENT: "Different",
}


def pair_views(state: str) -> list[dict[str, Any]]:
    return paging.views("state", state, STATES)


def pair_row(pair: DuplicatePair) -> list[Any]:
    return [
        {"text": pair.one.name, "href": reverse("directory:duplicate", args=[pair.id]), "note": from_words(pair.one)},
        {"text": pair.other.name, "note": from_words(pair.other)},
        formats.listed(pair.reasons).capitalize(),
    ]


def from_words(service: Service) -> str:
    source = service.source.name if service.source else "Linkworks"
    return f"{service.organisation.name}. From {source}"


def compared(pair: DuplicatePair) -> list[list[Any]]:
    """The two beside each other, fact by fact."""
    facts = (
        ("Name", pair.one.name, pair.other.name),
        ("Organisation", pair.one.organisation.name, pair.other.organisation.name),
        ("Charity number", pair.one.organisation.charity_number, pair.other.organisation.charity_number),
        ("Company number", pair.one.organisation.company_number, pair.other.organisation.company_number),
        ("From", from_source(pair.one), from_source(pair.other)),
        ("Telephone", pair.one.phone, pair.other.phone),
        ("Email", pair.one.email, pair.other.email),
        ("Web address", pair.one.url, pair.other.url),
        ("What it is", pair.one.description[:300], pair.other.description[:300]),
        ("Shown", yes(pair.one.is_published), yes(pair.other.is_published)),
    )
    return [[label, first or "Not given", second or "Not given"] for label, first, second in facts]


def from_source(service: Service) -> str:
    return service.source.name if service.source else "Linkworks"


def yes(said: bool) -> str:
    return "Yes" if said else "No"


def lead_choices(pair: DuplicatePair) -> list[tuple[str, str]]:
    """Which of the two is shown; the one from the list that is trusted more stands first."""
    both = sorted((pair.one, pair.other), key=lambda each: each.source.priority if each.source else 0)
    return [(str(each.id), f"{each.name} (from {from_source(each)})") for each in both]


def pair_decision(pair: DuplicatePair) -> str:
    """What was decided, by whom and when; empty while nothing is."""
    if pair.state == PairState.SUSPECTED or pair.decided_at is None:
        return ""
    words = "The same, and joined" if pair.state == PairState.JOINED else "Two different things"
    return f"{words}. Decided by {pair.decided_by}, {formats.date_time(pair.decided_at)}."
