"""Finding by columns: what listings are found by, kept as arrays in each web process and in step with PostgreSQL."""

from .answers import Answers, answer
from .keeper import current, forget, problem
from .question import Looking, Question, understood

__all__ = ["Answers", "Looking", "Question", "answer", "current", "forget", "problem", "understood"]
