"""What follows when something is to be said: whether it may leave, in which words, and when to try again."""

from .gate import Reach, way_of, why_not
from .receipts import ASK_FOR, SAID, meaning
from .retries import MOST_ATTEMPTS, Todo, backoff, what_now
from .wording import EMAIL_AND_TEXT, NEUTRAL_VALUES, Draft, Wording, absolute, templates, worded

__all__ = [
    "ASK_FOR",
    "EMAIL_AND_TEXT",
    "MOST_ATTEMPTS",
    "NEUTRAL_VALUES",
    "SAID",
    "Draft",
    "Reach",
    "Todo",
    "Wording",
    "absolute",
    "backoff",
    "meaning",
    "templates",
    "way_of",
    "what_now",
    "why_not",
    "worded",
]
