"""Measures, answers, and what changed between them. Plain Python."""

from .change import Answered, ItemChange, ItemMean, MeasureChange, pair, pair_all, summarise
from .measures import Band, Item, Licence, Measure, band, problems_of, validate_answers

__all__ = [
    "Answered",
    "Band",
    "Item",
    "ItemChange",
    "ItemMean",
    "Licence",
    "Measure",
    "MeasureChange",
    "band",
    "pair",
    "pair_all",
    "problems_of",
    "summarise",
    "validate_answers",
]
