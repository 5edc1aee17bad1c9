"""How a listing reads to the group that is asked whether it is still right."""

from typing import Any

from django.urls import reverse

from linkworks.directory.models import RefreshRequest
from linkworks.directory.presenters.going import next_words, times_words, where_words
from linkworks.directory.queries import ServicePage
from linkworks.directory.rules import room
from linkworks.directory.rules.proposing import LABELS
from linkworks.directory.states import RefreshState
from linkworks.ui import formats

from .connections import door_of_link

Words = dict[str, Any]
THANKS = {
    "right": "People who find you now read that you checked it this month.",
    "wrong": "Whoever keeps the directory reads what you wrote and puts it right.",
    "closed": "Whoever keeps the directory takes it off. Thank you for all you did.",
}


def listing_rows(page: ServicePage) -> list[tuple[str, str]]:
    """What people act on, in the order they ask for it; what is not known is said, so that it can be told."""
    service, going = page.service, page.going
    return [
        ("What it is", room.shortened(service.description, 300) or "Nothing is said"),
        ("When", ". ".join(times_words(going)) or "No time is given"),
        ("Next", next_words(going) or "No date is given"),
        ("Where", where_words(going) or "No place is given"),
        ("Cost", room.cost_words(going.prices, service.fees) or "Nothing is said"),
        ("Who it is for", service.who_it_is_for or "Nothing is said"),
        ("Telephone", formats.phone(service.phone) if service.phone else "None"),
        ("Email", service.email or "None"),
        ("Website", service.url or "None"),
    ]


def saved_words(waits: list[str]) -> str:
    """What became of a group's changes."""
    if not waits:
        return "Saved. What you changed is shown now."
    what = formats.listed([LABELS[name].lower() for name in waits])
    return f"Saved. Whoever keeps the directory looks first at: {what}. We tell you when it is shown."


def going_note(part: str) -> str:
    """What becomes of it when it is saved."""
    if part == "places":
        return "Whoever keeps the directory looks first at where you are. What it is like there is shown at once."
    return "It is shown as soon as you save it."


def public_look() -> Words:
    return door_of_link("").look()


def listing_page(page: ServicePage, token: str) -> Words:
    return {
        "service": page.service,
        "rows": listing_rows(page),
        "stop": reverse("providers:listing-stop", args=[token]),
        **public_look(),
    }


def listing_done_page(request: RefreshRequest, token: str) -> Words:
    answer = (request.before or {}).get("answer", "right")
    return {
        "service": request.service,
        "thanks": THANKS[answer],
        "put_right": reverse("providers:own-going", args=[request.service_id]) if answer == "wrong" else "",
        "is_answered": request.state == RefreshState.ANSWERED,
        "undo": reverse("providers:listing-undo", args=[token]),
        "stop": reverse("providers:listing-stop", args=[token]),
        **public_look(),
    }
