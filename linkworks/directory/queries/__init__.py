"""What the directory knows, shaped for those who ask."""

from .cards import ServiceCard, service_card
from .finding import Found, Looking, Match, NotShown, match, ranked, services_for, shown

__all__ = [
    "Found",
    "Looking",
    "Match",
    "NotShown",
    "ServiceCard",
    "match",
    "ranked",
    "service_card",
    "services_for",
    "shown",
]
