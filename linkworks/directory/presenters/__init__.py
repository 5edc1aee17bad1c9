"""How the directory says what it knows."""

from . import order, sectors
from .cards import found_cards
from .claims import claim_rows
from .completeness import open_questions
from .duplicates import compared, lead_choices, pair_decision, pair_row, pair_views
from .finding import (
    answer_facts,
    category_cards,
    found_card,
    found_words,
    help_comes_first,
    reasons,
    result_words,
    who_runs,
)
from .going import checked_words, closed_words, gone_asking, next_words, where_words
from .map import map_of
from .narrowing import chosen, leaving_out, narrowing, unsaid_link
from .parts import Door, going_page, kept_words_of, one_words
from .photos import PhotoDoor, kept_photos, photo_words, room_for_photos
from .places import kinds_of_place, place_card, place_words
from .proposing import edit_words, proposal_rows, restore_changes, version_items
from .queue import fitted_row, gap_rows, queue_row, queue_views, search_row
from .saved import saved_cards, saved_rows, saved_sheet, shared_words
from .service import service_words
from .sources import (
    can_be_read,
    going_on,
    held_fact,
    licence_to_confirm,
    problem_row,
    run_row,
    run_words,
    source_row,
    source_words,
    staged_row,
    takes_files,
    term_row,
    waits,
)
from .stewarding import (
    change_item,
    gone,
    kept_words,
    listing_row,
    report_words,
    steward_views,
)

__all__ = [
    "Door",
    "PhotoDoor",
    "answer_facts",
    "can_be_read",
    "category_cards",
    "change_item",
    "checked_words",
    "chosen",
    "claim_rows",
    "closed_words",
    "compared",
    "edit_words",
    "fitted_row",
    "found_card",
    "found_cards",
    "found_words",
    "gap_rows",
    "going_on",
    "going_page",
    "gone",
    "gone_asking",
    "held_fact",
    "help_comes_first",
    "kept_photos",
    "kept_words",
    "kept_words_of",
    "kinds_of_place",
    "lead_choices",
    "leaving_out",
    "licence_to_confirm",
    "listing_row",
    "map_of",
    "narrowing",
    "next_words",
    "one_words",
    "open_questions",
    "order",
    "pair_decision",
    "pair_row",
    "pair_views",
    "photo_words",
    "place_card",
    "place_words",
    "problem_row",
    "proposal_rows",
    "queue_row",
    "queue_views",
    "reasons",
    "report_words",
    "restore_changes",
    "result_words",
    "room_for_photos",
    "run_row",
    "run_words",
    "saved_cards",
    "saved_rows",
    "saved_sheet",
    "search_row",
    "sectors",
    "service_words",
    "shared_words",
    "source_row",
    "source_words",
    "staged_row",
    "steward_views",
    "takes_files",
    "term_row",
    "unsaid_link",
    "version_items",
    "waits",
    "where_words",
    "who_runs",
]
