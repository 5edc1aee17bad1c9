"""Arrays that hold lists of differing length, and texts: what columns are made of. None of them is ever changed."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray[Any, Any]


class Lists(NamedTuple):
    """For each of so many keys the values that belong to it, one after the other."""

    starts: Array
    values: Array

    def of(self, key: int) -> slice:
        return slice(self.starts[key], self.starts[key + 1])

    def under(self, key: int) -> Array:
        found: Array = self.values[self.of(key)]
        return found


def gathered(keys: Array, values: Array, how_many: int) -> Lists:
    """The values by key, in their own order under each."""
    return Lists(starts_of(keys, how_many), values[np.argsort(keys, kind="stable")])


def starts_of(keys: Array, how_many: int) -> Array:
    starts = np.zeros(how_many + 1, np.int64)
    np.cumsum(np.bincount(keys, minlength=how_many), out=starts[1:])
    return starts


class Texts(NamedTuple):
    """Texts in one piece, each to be had by its number."""

    starts: Array
    letters: Array

    def text(self, number: int) -> str:
        return str(self.letters[self.starts[number] : self.starts[number + 1]].tobytes().decode())


def texts(some: Sequence[str]) -> Texts:
    coded = [each.encode() for each in some]
    starts = np.zeros(len(coded) + 1, np.int64)
    np.cumsum([len(each) for each in coded], out=starts[1:])
    return Texts(starts, np.frombuffer(b"".join(coded), np.uint8))


def where(wanted: Array, among: Array) -> tuple[Array, Array]:
    """The places in both of what is in both. Both are in order and have each number once."""
    if len(wanted) > len(among):
        second, first = where(among, wanted)
        return first, second
    if not len(among) or not len(wanted):
        return NOWHERE, NOWHERE
    at = among.searchsorted(wanted)
    at[at == len(among)] = 0
    first = (among[at] == wanted).nonzero()[0]
    return first, at[first]


NOWHERE = np.zeros(0, np.int64)
