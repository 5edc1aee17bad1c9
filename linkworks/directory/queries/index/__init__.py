"""Finding by columns: what listings are found by, kept as arrays in each web process and in step with PostgreSQL."""

from .answers import Answers, Counts, answer
from .keeper import current, forget, problem
from .question import Looking, Question, understood

__all__ = ["Answers", "Counts", "Looking", "Question", "answer", "current", "forget", "problem", "understood"]
