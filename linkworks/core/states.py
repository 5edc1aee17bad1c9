"""One way to move: a table of (state, move) → state. A move that is not in the table cannot happen."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from .errors import NotAllowed

S = TypeVar("S", bound=StrEnum)
M = TypeVar("M", bound=StrEnum)


def after(moves: Mapping[tuple[S, M], S], state: str, move: M) -> S:
    """The state that `move` leads to from `state`. Raises NotAllowed when the table has no such move."""
    for (before, named), result in moves.items():
        if before == state and named == move:
            return result
    raise NotAllowed("As this stands now, it cannot be changed in that way. Reload the page to see where it is now.")


def can(moves: Mapping[tuple[S, M], S], state: str, move: M) -> bool:
    """Whether `move` exists from `state`."""
    return any(before == state and named == move for before, named in moves)


def words(state: str) -> str:
    return state.replace("-", " ").replace("_", " ")


def choices(states: type[StrEnum]) -> list[tuple[str, str]]:
    """Choices for a model field, worded from the enum's values."""
    return [(state.value, words(state.value).capitalize()) for state in states]
