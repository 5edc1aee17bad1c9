"""Lists of terms with levels, as other people send them."""

from collections.abc import Mapping
from typing import TypeVar

Key = TypeVar("Key")


def without_circles(parents: Mapping[Key, Key]) -> dict[Key, Key]:
    """Which is above which, without what leads round to where it began: nobody could read such a list from its top."""
    kept: dict[Key, Key] = {}
    for below, above in parents.items():
        if below not in line_above(above, kept):
            kept[below] = above
    return kept


def line_above(key: Key, parents: Mapping[Key, Key]) -> list[Key]:
    """A term and all that is above it, up to the top."""
    line = [key]
    while line[-1] in parents:
        line.append(parents[line[-1]])
    return line
