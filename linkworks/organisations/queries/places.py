"""Postcodes: where they are and which borough they are in."""

from django.conf import settings

from linkworks.core.postcodes import packed, tidy_postcode

from ..models import Postcode
from ..rules import cells
from ..rules.places import Borough, boroughs

_kept: dict[str, Postcode] = {}  # whoever looks around asks for the same one again and again, and it does not move


def find_postcode(typed: str) -> Postcode | None:
    """The postcode somebody typed, with its borough and position; None when it is not one we know."""
    tidy = tidy_postcode(typed)
    return read_once(packed(tidy)) if tidy else None


def read_once(postcode: str) -> Postcode | None:
    found = _kept.get(postcode) or Postcode.objects.filter(postcode=postcode).first()
    if found and len(_kept) < settings.POSTCODES_KEPT:
        _kept[postcode] = found
    return found


def borough_of(postcode: str) -> Borough | None:
    """The London borough a postcode is in; None elsewhere."""
    found = find_postcode(postcode)
    return boroughs().get(found.borough_code) if found else None


def postcodes_loaded() -> bool:
    return Postcode.objects.exists()


def london_drawn() -> str:
    """London as a page of letters, from the postcodes that are loaded."""
    rows = Postcode.objects.order_by("postcode").values_list("borough_code", "latitude", "longitude")
    return cells.drawn(rows.iterator())
