"""The cards of the finding page. What a card says whatever was asked for is made once, and kept while it stays true."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.template.loader import get_template
from markupsafe import Markup, escape

from linkworks.core.clock import now
from linkworks.ui.once import HERE

from .. import queries
from ..models import ServiceAtLocation
from ..queries import Answers, Found, Looking
from ..queries.going import Point
from ..rules import matching
from ..rules.matching import Candidate
from .finding import found_card, without_room
from .going import place_words
from .map import Spot, spot_of

MOST_KEPT = 20_000  # about two kilobytes each
WHY = "\ue000why\ue000"  # where the reasons go
NUMBER = "\ue000number\ue000"  # where its number on the page goes
PLACE = "\ue000place\ue000"  # where the nearest of several places goes


class Kept(NamedTuple):
    """A card's HTML, with marks for what differs; until when it stays true; where on the map it is; and its places."""

    made: str
    until: datetime
    spot: Spot
    places: Sequence[ServiceAtLocation]


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
        wanted[each.service_id]: made_card(each, wanted[each.service_id])
        for each in queries.shown(missing, looking, among)
    }
    keep(kept, made)
    cards = {id: made.get(card) or kept.get(card) for id, card in wanted.items()}
    shown, search = [(id, card) for id, card in cards.items() if card], escape(asked)
    return [
        filled(card, looking.near, {NUMBER: str(number), HERE: search, WHY: listed(why[id])})
        for number, (id, card) in enumerate(shown, first)
    ]


def listed(reasons: Iterable[str]) -> str:
    return "</li><li>".join(escape(each) for each in reasons)


def made_card(found: Found, card: Card) -> Kept:
    """The card, alike for everybody: of several places the one nearest to whoever asks is put in later."""
    places = found.going.places
    said = found_card(found, HERE, number=NUMBER, place=PLACE if len(places) > 1 else None, is_saved=card.is_saved)
    made = get_template("directory/found_card.jinja").render({"card": said | {"reasons": [WHY] * card.has_reasons}})
    return Kept(made, queries.stays_until(found.going), spot_of(found.service_id, found.name, places), places)


def keep(kept: dict[Card, Kept], made: dict[Card, Kept]) -> None:
    if len(kept) > MOST_KEPT:
        kept.clear()
    kept.update(made)


def filled(card: Kept, near: Point | None, marks: Mapping[str, str]) -> Filled:
    """The card with what differs put in, each of it safe already."""
    made, spot = card.made, card.spot
    if len(card.places) > 1:
        places = queries.nearest_first(card.places, near)
        made, spot = made.replace(PLACE, escape(place_words(places))), spot_of(spot.service_id, spot.name, places)
    for mark, words in marks.items():
        made = made.replace(mark, words)
    return Filled(Markup(made), spot)  # noqa: S704  all of it is escaped
