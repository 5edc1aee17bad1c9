"""How the directory says what it knows."""

from .finding import category_cards, found_card, result_words
from .service import service_words
from .stewarding import (
    change_item,
    gone_words,
    kept_words,
    listing_row,
    problem_row,
    report_words,
    run_row,
    run_words,
    steward_views,
)

__all__ = [
    "category_cards",
    "change_item",
    "found_card",
    "gone_words",
    "kept_words",
    "listing_row",
    "problem_row",
    "report_words",
    "result_words",
    "run_row",
    "run_words",
    "service_words",
    "steward_views",
]
