"""What follows when something is to be said: whether it may leave, in which words, and when to try again."""

from .gate import Reach, way_of, why_not
from .retries import Todo, backoff, what_now
from .wording import EMAIL_AND_TEXT, NEUTRAL_VALUES, Draft, Wording, absolute, templates, worded

__all__ = [
    "EMAIL_AND_TEXT",
    "NEUTRAL_VALUES",
    "Draft",
    "Reach",
    "Todo",
    "Wording",
    "absolute",
    "backoff",
    "templates",
    "way_of",
    "what_now",
    "why_not",
    "worded",
]
