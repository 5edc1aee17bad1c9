"""Postcodes: where they are and which borough they are in."""

from linkworks.core.postcodes import packed, tidy_postcode

from ..models import Postcode
from ..rules.places import Borough, boroughs


def find_postcode(typed: str) -> Postcode | None:
    """The postcode somebody typed, with its borough and position; None when it is not one we know."""
    tidy = tidy_postcode(typed)
    return Postcode.objects.filter(postcode=packed(tidy)).first() if tidy else None


def borough_of(postcode: str) -> Borough | None:
    """The London borough a postcode is in; None elsewhere."""
    found = find_postcode(postcode)
    return boroughs().get(found.borough_code) if found else None


def postcodes_loaded() -> bool:
    return Postcode.objects.exists()
