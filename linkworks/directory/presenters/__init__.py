"""How the directory says what it knows."""

from .finding import answer_facts, category_cards, found_card, found_words, reasons, result_words, who_runs
from .going import checked_words, closed_words, gone_asking, next_words, where_words
from .service import service_words
from .stewarding import (
    change_item,
    gone,
    kept_words,
    listing_row,
    problem_row,
    report_words,
    run_row,
    run_words,
    steward_views,
)

__all__ = [
    "answer_facts",
    "category_cards",
    "change_item",
    "checked_words",
    "closed_words",
    "found_card",
    "found_words",
    "gone",
    "gone_asking",
    "kept_words",
    "listing_row",
    "next_words",
    "problem_row",
    "reasons",
    "report_words",
    "result_words",
    "run_row",
    "run_words",
    "service_words",
    "steward_views",
    "where_words",
    "who_runs",
]
