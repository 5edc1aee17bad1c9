"""The words of a saved list: on the page, on paper and in a file."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

from django.urls import reverse

from linkworks.ui import formats

from ..access import shared_token
from ..queries import Kept, ServiceCard, Shared
from ..rules import doubts, ringing
from .finding import address_of, room_tags
from .going import closed_words, gone_asking, next_words, place_words, where_words

HEADINGS = ("Name", "Organisation", "Next", "Where", "Cost", "Telephone", "Email", "Website", "More")


def saved_cards(listed: Kept, form: str = "", button: str = "") -> list[dict[str, Any]]:
    return [saved_card(each, {"form": form, "text": button}) for each in listed.cards]


def saved_card(card: ServiceCard, button: dict[str, str]) -> dict[str, Any]:
    """One service of a list as it is today, with a button to do something about it."""
    return {
        "id": f"service-{card.service_id}",
        "heading": card.name,
        "href": address_of(card.service_id),
        "meta": " · ".join(part for part in (who_runs(card), place_words(card.going.places)) if part),
        "text": closed_words(card.status) or gone_asking(card.left_its_feed),
        "tags": room_tags(False) if card.full else [],
        "facts": [("Next", next_words(card.going)), ("Cost", card.cost), ("Telephone", formats.phone(card.phone))],
        "button": {**button, "value": str(card.service_id)} if button["form"] else None,
    }


def who_runs(card: ServiceCard) -> str:
    return "" if card.organisation_name.startswith(card.name) else card.organisation_name


def saved_sheet(card: ServiceCard) -> dict[str, Any]:
    """One service on paper: what to know before going, and what to say when ringing."""
    facts = [
        ("Next", next_words(card.going)),
        ("Where", where_words(card.going)),
        ("How to get there", card.getting_there),
        ("Cost", card.cost),
        ("Waiting", card.wait),
        ("Telephone", formats.phone(card.phone)),
        ("Email", card.email),
        ("Website", card.url),
        ("Your first visit", card.first_visit),
    ]
    return {
        "name": card.name,
        "who": who_runs(card),
        "closed": closed_words(card.status) or gone_asking(card.left_its_feed),
        "facts": [(label, words) for label, words in facts if words],
        "to_say": ringing.to_say(known(card)) if card.phone else [],
    }


def known(card: ServiceCard) -> ringing.Known:
    return ringing.Known(
        ask_for=card.ask_for,
        still_runs=card.is_fresh and card.left_its_feed is None,
        has_next=card.going.session is not None and not doubts.doubt(card.going.session),
        has_place=bool(where_words(card.going)),
        has_cost=bool(card.cost),
        is_full=card.full,
    )


def saved_rows(cards: Iterable[ServiceCard], site: str) -> Iterator[Sequence[str]]:
    """The same as a table."""
    yield HEADINGS
    for each in cards:
        yield (
            each.name, each.organisation_name, next_words(each.going), where_words(each.going), each.cost,
            formats.phone(each.phone), each.email, each.url, urljoin(site, address_of(each.service_id)),
        )  # fmt: skip


def shared_words(shared: Shared | None, ids: Sequence[UUID], site: str) -> dict[str, Any] | None:
    """Behind which link the list stands, until when, and whether it was changed since."""
    if shared is None:
        return None
    return {
        "link": urljoin(site, reverse("directory:shared", args=[shared_token(shared.id)])),
        "until": shared.expires_at,
        "has_changed": shared.service_ids != tuple(ids),
        "how_many": formats.plural(len(shared.service_ids), "service"),
    }
