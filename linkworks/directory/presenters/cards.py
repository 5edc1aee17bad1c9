"""The cards of the finding page. What a card says whatever was asked for is made once, and kept while it stays true."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.template.loader import get_template
from markupsafe import Markup, escape

from linkworks.core.clock import now
from linkworks.ui.once import HERE

from .. import queries
from ..queries import Answers, Found, Looking
from ..rules import matching
from ..rules.matching import Candidate
from .finding import found_card, without_room
from .map import Spot, spot_of

MOST_KEPT = 20_000  # about two kilobytes each
WHY = "\ue000why\ue000"  # where the reasons go
NUMBER = "\ue000number\ue000"  # where its number on the page goes


class Kept(NamedTuple):
    """A card's HTML, with marks for what differs; until when it stays true; and where on the map it is."""

    made: str
    until: datetime
    spot: Spot


class Filled(NamedTuple):
    """A card as it stands on the page, and where on the map."""

    made: Markup
    spot: Spot


class Card(NamedTuple):
    """Which card: of a listing on somebody's own list or not, with reasons or without."""

    service_id: UUID
    is_saved: bool
    has_reasons: bool


def found_cards(
    some: Sequence[Candidate], looking: Looking, among: Answers, *, asked: str, saved: Collection[UUID], first: int = 1
) -> list[Filled]:
    """The cards of one page of answers, numbered from `first`. `asked` is the search in the address, `saved` the reader's list."""
    wish, kept, here = queries.wish_of(looking), among.shelves.cards, now()
    why = {each.id: without_room(matching.reasons(each, wish)) for each in some}
    wanted = {each.id: Card(each.id, each.id in saved, bool(why[each.id])) for each in some}
    missing = [each for each in some if wanted[each.id] not in kept or kept[wanted[each.id]].until <= here]
    made = {
        each.service_id: made_card(each, wanted[each.service_id]) for each in queries.shown(missing, looking, among)
    }
    keep(kept, {wanted[id]: card for id, (card, is_alike) in made.items() if is_alike})
    cards = {each.id: made[each.id][0] if each.id in made else kept.get(wanted[each.id]) for each in some}
    search = escape(asked)
    shown = [(id, card) for id, card in cards.items() if card]
    return [Filled(filled(card, why[id], search, number), card.spot) for number, (id, card) in enumerate(shown, first)]


def made_card(found: Found, card: Card) -> tuple[Kept, bool]:
    """The card, and whether it is alike for everybody: of several places it names the one nearest to whoever asks."""
    said = found_card(found, HERE, number=NUMBER, is_saved=card.is_saved) | {
        "reasons": [WHY] if card.has_reasons else []
    }
    made = get_template("directory/found_card.jinja").render({"card": said})
    return Kept(made, queries.stays_until(found.going), spot_of(found)), len(found.going.places) < 2


def keep(kept: dict[Card, Kept], made: dict[Card, Kept]) -> None:
    if len(kept) > MOST_KEPT:
        kept.clear()
    kept.update(made)


def filled(card: Kept, why: Sequence[str], search: Markup, number: int) -> Markup:
    reasons = "</li><li>".join(escape(each) for each in why)
    return Markup(card.made.replace(NUMBER, str(number)).replace(WHY, reasons).replace(HERE, search))  # noqa: S704  each of them is escaped
