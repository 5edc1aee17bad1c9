"""The words of the stewards' pages."""

from dataclasses import asdict
from typing import Any

from django.urls import reverse

from linkworks.ui import formats, paging

from ..models import ListingChange, ListingReport, Service
from ..queries import StewardCounts
from ..rules import reporting, room
from ..rules.editing import KEPT, LABELS, REPORTED
from .completeness import brief_note
from .going import gone_words
from .parts import written_words

VIEWS = {
    "all": "All listings",
    "reported": "Reported as wrong",
    "check": "Want checking",
    "held": "Held back",
    "gone": "Left the list they came from",
    "brief": "Say little",
}


def steward_views(counts: StewardCounts, view: str, words: str = "") -> list[dict[str, Any]]:
    """The views with their counts; each keeps the words that were searched for."""
    return paging.views("view", view, VIEWS, asdict(counts), q=words)


def listing_row(service: Any) -> list[Any]:
    """A listing as its steward looks down the list: what it is, what was reported, its places, and who checked it last."""
    who = "" if service.organisation.name.startswith(service.name) else service.organisation.name
    guessed = "Kinds and needs guessed" if service.terms_are_guessed else ""
    held = {"text": "Held back", "colour": "orange"}
    reported = f"Reported: {reporting.WRONG[service.reported]}" if service.reported else ""
    notes = (who, reported, service.held_because.rstrip("."), gone(service), guessed, brief_note(service))
    return [
        {
            "text": service.name,
            "href": reverse("directory:steward-edit", args=[service.id]),
            "note": ". ".join(part for part in notes if part),
            "tag": None if service.is_published else held,
        },
        room.capacity_words(service.capacity_places, service.places_taken) or "No number given",
        room.wait_words(service.wait_weeks, service.wait_words) or "None known",
        checked_cell(service),
        service.source.name if service.source else "Linkworks",
    ]


def gone(service: Service) -> str:
    """That it left its list, until somebody looks."""
    return gone_words(room.left_its_feed(service.gone_since, service.verified_on))


def change_item(change: ListingChange) -> dict[str, Any]:
    """One change for the history: when, who, and from what to what."""
    before, now = ("Reported", "Done") if change.field == REPORTED else ("Before", "Now")
    was, became = (written_words(change.field, each) for each in (change.was, change.became))
    said = [f"{before}: {was}"] if was else []
    return {
        "title": LABELS.get(change.field, change.field),
        "when": formats.date_time(change.created_at),
        "by": change.by_name,
        "text": "\n".join([*said, f"{now}: {became or 'empty'}"]),
    }


def report_words(report: ListingReport) -> dict[str, str]:
    """A report as its steward reads it: what is wrong, who says so, and when."""
    who = report.by_name or "somebody who was not signed in"
    return {
        "text": reporting.WRONG[report.reason],
        "said": report.said,
        "from": f"Reported by {who}, {formats.date_time(report.created_at)}",
        "href": reverse("directory:steward-report", args=[report.id]),
    }


def kept_words(service: Service) -> list[tuple[str, str]]:
    """The facts that are kept as they were changed here, as choices to let go again."""
    return [(name, label) for name, label in KEPT.items() if name in service.kept_here]


def checked_cell(service: Service) -> dict[str, str]:
    if not service.verified_on:
        return {"text": "Not yet"}
    note = f"By {service.verified_by}" if service.verified_by else ""
    return {"text": formats.short_date(service.verified_on), "note": note}
