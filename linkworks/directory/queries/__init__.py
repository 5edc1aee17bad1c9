"""What the directory knows, shaped for those who ask."""

from .cards import ServiceCard, service_card, service_cards
from .claims import claim, claim_of_link, known_addresses, waiting_claims
from .duplicates import joined_sources, pair, pairs, shown_instead
from .finding import Found, ranked, services_for, shown, wish_of
from .fitting import Explained, Match, Seeking, match, why_not_shown
from .going import Going, met_on, nearest_first, next_day, stays_until, when
from .index import Answers, Looking
from .meaning import nearest_in_meaning, needs_in_meaning
from .missing import empty_searches, needs_by_borough, nothing_fitted
from .pages import ServicePage, service_page
from .parts import One, one_of, parts_of
from .photos import is_private, photo, photo_of, photos_of
from .place_page import PlacePage, place_page
from .places import Place, places
from .places import Seeking as SeekingPlaces
from .proposing import (
    decided_edit,
    edits_of,
    every_waiting_edit,
    own_facts,
    proposed_edit,
    waiting_edits,
)
from .queue import queue
from .refreshing import reach_of, request_of, to_ask, waiting_requests, why_not_asked
from .relaxing import counts, relaxed, unsaid
from .saying import Answer, answers, answers_around, for_page
from .sectors import SectorCounts, everywhere, sector_counts
from .shared import Kept, Shared, kept_services, shared_list
from .sources import (
    Difference,
    facts_of_source,
    held_fact,
    held_facts,
    import_run,
    import_runs,
    meaning_of,
    meanings_of,
    problems_of,
    runs_of,
    source,
    sources,
    staged_rows,
    term_of,
    terms_of,
    with_changes,
)
from .stewarding import (
    StewardCounts,
    changes_of,
    facts_of,
    listing,
    listing_counts,
    listings,
    report,
    reports_of,
    room_of,
)
from .versions import brought_back, has_hidden_place, said_now, version, versions_of

__all__ = [
    "Answer",
    "Answers",
    "Difference",
    "Explained",
    "Found",
    "Going",
    "Kept",
    "Looking",
    "Match",
    "One",
    "Place",
    "PlacePage",
    "SectorCounts",
    "Seeking",
    "SeekingPlaces",
    "ServiceCard",
    "ServicePage",
    "Shared",
    "StewardCounts",
    "answers",
    "answers_around",
    "brought_back",
    "changes_of",
    "claim",
    "claim_of_link",
    "counts",
    "decided_edit",
    "edits_of",
    "empty_searches",
    "every_waiting_edit",
    "everywhere",
    "facts_of",
    "facts_of_source",
    "for_page",
    "has_hidden_place",
    "held_fact",
    "held_facts",
    "import_run",
    "import_runs",
    "is_private",
    "joined_sources",
    "kept_services",
    "known_addresses",
    "listing",
    "listing_counts",
    "listings",
    "match",
    "meaning_of",
    "meanings_of",
    "met_on",
    "nearest_first",
    "nearest_in_meaning",
    "needs_by_borough",
    "needs_in_meaning",
    "next_day",
    "nothing_fitted",
    "one_of",
    "own_facts",
    "pair",
    "pairs",
    "parts_of",
    "photo",
    "photo_of",
    "photos_of",
    "place_page",
    "places",
    "problems_of",
    "proposed_edit",
    "queue",
    "ranked",
    "reach_of",
    "relaxed",
    "report",
    "reports_of",
    "request_of",
    "room_of",
    "runs_of",
    "said_now",
    "sector_counts",
    "service_card",
    "service_cards",
    "service_page",
    "services_for",
    "shared_list",
    "shown",
    "shown_instead",
    "source",
    "sources",
    "staged_rows",
    "stays_until",
    "term_of",
    "terms_of",
    "to_ask",
    "unsaid",
    "version",
    "versions_of",
    "waiting_claims",
    "waiting_edits",
    "waiting_requests",
    "when",
    "why_not_asked",
    "why_not_shown",
    "wish_of",
    "with_changes",
]
