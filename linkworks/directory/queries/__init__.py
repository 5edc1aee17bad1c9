"""What the directory knows, shaped for those who ask."""

from .cards import ServiceCard, service_card, service_cards
from .finding import Found, Match, NotShown, match, ranked, services_for, shown
from .going import Going, when
from .index import Answers, Looking
from .pages import ServicePage, service_page
from .refreshing import reach_of, request_of, to_ask, waiting_requests, why_not_asked
from .saying import Answer, answers, answers_around, for_page
from .stewarding import (
    StewardCounts,
    changes_of,
    facts_of,
    import_run,
    import_runs,
    listing,
    listing_counts,
    listings,
    problems_of,
    report,
    reports_of,
    room_of,
)

__all__ = [
    "Answer",
    "Answers",
    "Found",
    "Going",
    "Looking",
    "Match",
    "NotShown",
    "ServiceCard",
    "ServicePage",
    "StewardCounts",
    "answers",
    "answers_around",
    "changes_of",
    "facts_of",
    "for_page",
    "import_run",
    "import_runs",
    "listing",
    "listing_counts",
    "listings",
    "match",
    "problems_of",
    "ranked",
    "reach_of",
    "report",
    "reports_of",
    "request_of",
    "room_of",
    "service_card",
    "service_cards",
    "service_page",
    "services_for",
    "shown",
    "to_ask",
    "waiting_requests",
    "when",
    "why_not_asked",
]
