"""How schemes and boroughs read on a page."""

from .boroughs import borough_card, borough_cards, contact, tag
from .profiles import COLUMNS, WAYS_IN, about_the_data, as_row, as_told, profile_card, profile_page, profiles_named
from .settings import history_item, settings_rows

__all__ = [
    "COLUMNS",
    "WAYS_IN",
    "about_the_data",
    "as_row",
    "as_told",
    "borough_card",
    "borough_cards",
    "contact",
    "history_item",
    "profile_card",
    "profile_page",
    "profiles_named",
    "settings_rows",
    "tag",
]
