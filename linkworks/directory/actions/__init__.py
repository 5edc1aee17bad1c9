"""What can be done to the directory."""

from .capacity import release_place, take_place
from .document import write_due_documents
from .editing import edit_listing
from .freshness import confirm_facts, take_back, weigh, weigh_all
from .imports import import_feed, name_of
from .listings import add_service, hold, publish, save_service, withdraw
from .refreshing import answer_refresh, ask_group, ask_now, lapse, remind, stop_asking, undo_refresh
from .reporting import deal_with_report, report_listing
from .stewarding import confirm_listing, keep_listing, update_room

__all__ = [
    "add_service",
    "answer_refresh",
    "ask_group",
    "ask_now",
    "confirm_facts",
    "confirm_listing",
    "deal_with_report",
    "edit_listing",
    "hold",
    "import_feed",
    "keep_listing",
    "lapse",
    "name_of",
    "publish",
    "release_place",
    "remind",
    "report_listing",
    "save_service",
    "stop_asking",
    "take_back",
    "take_place",
    "undo_refresh",
    "update_room",
    "weigh",
    "weigh_all",
    "withdraw",
    "write_due_documents",
]
