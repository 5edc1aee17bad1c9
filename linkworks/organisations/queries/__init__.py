"""What we know of places, organisations and schemes."""

from .history import organisations_as_of, organisations_named, part_of, parts_of, related_as_of
from .places import borough_of, find_postcode, london_drawn, postcodes_loaded
from .profiles import Profile, Reach, profile_of, profiles
from .reach import SchemeCard, card
from .schemes import scheme_card, schemes_at_work, settings_history, settings_in, settings_of
from .serving import BoroughCoverage, Gap, WhoServes, borough_coverage, who_serves

__all__ = [
    "BoroughCoverage",
    "Gap",
    "Profile",
    "Reach",
    "SchemeCard",
    "WhoServes",
    "borough_coverage",
    "borough_of",
    "card",
    "find_postcode",
    "london_drawn",
    "organisations_as_of",
    "organisations_named",
    "part_of",
    "parts_of",
    "postcodes_loaded",
    "profile_of",
    "profiles",
    "related_as_of",
    "scheme_card",
    "schemes_at_work",
    "settings_history",
    "settings_in",
    "settings_of",
    "who_serves",
]
