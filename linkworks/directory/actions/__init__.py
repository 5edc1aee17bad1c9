"""What can be done to the directory."""

from .capacity import release_place, take_place
from .claims import claim_organisation, confirm_claim, forget_old_claims, refuse_claim, verify_claim
from .document import write_due_documents
from .duplicates import find_duplicates, join_listings, say_different, undo_pair
from .editing import edit_listing
from .freshness import confirm_facts, take_back, weigh, weigh_all
from .going import change_going
from .held import decide_held_fact
from .imports import (
    agree_to_run,
    ask_to_read,
    carry_out_run,
    drop_run,
    import_feed,
    name_of,
    read_source,
)
from .listings import add_service, hold, publish, save_service, withdraw
from .meaning import learn_meanings, learn_needs
from .nothing_fits import forget_what_fitted_long_ago, say_nothing_fits
from .own import change_own_going
from .photos import add_photo, remove_photo
from .proposing import accept_edit, edit_own, refuse_edit
from .refreshing import answer_refresh, ask_group, ask_now, lapse, remind, stop_asking, undo_refresh
from .reporting import deal_with_report, report_listing
from .searches import forget_old_searches, note_empty_search
from .shared import forget_old_lists, share_list, stop_sharing
from .sources import add_source, change_source, confirm_licence, due_sources, forget_meaning, say_meaning
from .stewarding import confirm_listing, keep_listing, update_room
from .versions import restore_version

__all__ = [
    "accept_edit",
    "add_photo",
    "add_service",
    "add_source",
    "agree_to_run",
    "answer_refresh",
    "ask_group",
    "ask_now",
    "ask_to_read",
    "carry_out_run",
    "change_going",
    "change_own_going",
    "change_source",
    "claim_organisation",
    "confirm_claim",
    "confirm_facts",
    "confirm_licence",
    "confirm_listing",
    "deal_with_report",
    "decide_held_fact",
    "drop_run",
    "due_sources",
    "edit_listing",
    "edit_own",
    "find_duplicates",
    "forget_meaning",
    "forget_old_claims",
    "forget_old_lists",
    "forget_old_searches",
    "forget_what_fitted_long_ago",
    "hold",
    "import_feed",
    "join_listings",
    "keep_listing",
    "lapse",
    "learn_meanings",
    "learn_needs",
    "name_of",
    "note_empty_search",
    "publish",
    "read_source",
    "refuse_claim",
    "refuse_edit",
    "release_place",
    "remind",
    "remove_photo",
    "report_listing",
    "restore_version",
    "save_service",
    "say_different",
    "say_meaning",
    "say_nothing_fits",
    "share_list",
    "stop_asking",
    "stop_sharing",
    "take_back",
    "take_place",
    "undo_pair",
    "undo_refresh",
    "update_room",
    "verify_claim",
    "weigh",
    "weigh_all",
    "withdraw",
    "write_due_documents",
]
