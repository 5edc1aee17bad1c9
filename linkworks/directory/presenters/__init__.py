"""How the directory says what it knows."""

from .finding import answer_facts, category_cards, found_card, found_words, reasons, result_words, who_runs
from .going import checked_words, closed_words, gone_asking, next_words, where_words
from .narrowing import chosen, leaving_out, narrowing
from .service import service_words
from .sources import (
    can_be_read,
    going_on,
    held_fact,
    problem_row,
    run_row,
    run_words,
    source_row,
    source_words,
    staged_row,
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
    "answer_facts",
    "can_be_read",
    "category_cards",
    "change_item",
    "checked_words",
    "chosen",
    "closed_words",
    "found_card",
    "found_words",
    "going_on",
    "gone",
    "gone_asking",
    "held_fact",
    "kept_words",
    "leaving_out",
    "listing_row",
    "narrowing",
    "next_words",
    "problem_row",
    "reasons",
    "report_words",
    "result_words",
    "run_row",
    "run_words",
    "service_words",
    "source_row",
    "source_words",
    "staged_row",
    "steward_views",
    "term_row",
    "waits",
    "where_words",
    "who_runs",
]
