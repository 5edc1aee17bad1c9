"""The words of listings: where each stem stands and how heavily, as PostgreSQL's search column has it; and the words of names."""

import re
from array import array
from collections import defaultdict
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import numpy as np

from ...rules import likeness
from .arrays import Array, Lists, gathered, starts_of

STEM = re.compile(r"'((?:[^']|'')*)':(\S+)")
PLACE = re.compile(r"\d+")
HEAVY = {"A": 1, "B": 2, "C": 4}
WEIGHTS = {"A": np.float32(1.0), "B": np.float32(0.4), "C": np.float32(0.2), "D": np.float32(0.1)}


class Postings(NamedTuple):
    """For each stem the rows that have it, how much it weighs there, and in which of its parts (name, labels, text) it stands."""

    stems: dict[str, int]
    starts: Array
    rows: Array
    weights: Array
    parts: Array

    def of(self, stem: str) -> slice:
        number = self.stems.get(stem)
        return slice(0, 0) if number is None else slice(self.starts[number], self.starts[number + 1])


class NameWords:
    """The words of names: which names have them, and which letters in threes the words have."""

    def __init__(self, words: dict[str, int], of_rows: Array) -> None:
        self.words, self.of_rows = words, of_rows

    @cached_property
    def rows(self) -> Lists:
        at, _ = np.nonzero(self.of_rows)
        return gathered(self.of_rows[self.of_rows > 0], at.astype(np.int32), len(self.words) + 1)

    @cached_property
    def threes(self) -> tuple[dict[str, int], Lists]:
        known: dict[str, int] = {}
        pairs = [
            (known.setdefault(three, len(known)), number)
            for word, number in self.words.items()
            for three in likeness.threes(word)
        ]
        keys, words = np.array(pairs, np.int32).reshape(-1, 2).T
        return known, gathered(keys, words, len(known))

    def having(self, some: list[str]) -> Array:
        """For each word the threes it has of these, as bits. Word nought is none."""
        known, words = self.threes
        found = np.zeros(len(self.words) + 1, np.uint64)
        for place, three in enumerate(some):
            if three in known:
                found[words.under(known[three])] |= np.uint64(1 << place)
        return found


class Saying:
    """Gathers the words of one listing after another."""

    def __init__(self) -> None:
        self.stems: dict[str, int] = defaultdict(lambda: len(self.stems))
        self.names: dict[str, int] = defaultdict(lambda: len(self.names) + 1)
        self.keys, self.rows, self.weights, self.parts = array("i"), array("i"), array("f"), array("B")
        self.name_rows: list[list[int]] = []

    def add(self, row: int, name: str, words: str) -> None:
        for stem, places in STEM.findall(words):
            weight, parts = weighed(PLACE.sub("", places))
            self.keys.append(self.stems[stem.replace("''", "'")])
            self.rows.append(row)
            self.weights.append(weight)
            self.parts.append(parts)
        self.name_rows.append([self.names[word] for word in likeness.bare_words(name)[: likeness.MOST_WORDS]])

    def postings(self) -> Postings:
        keys = np.frombuffer(self.keys, np.int32) if self.keys else np.zeros(0, np.int32)
        order = np.argsort(keys, kind="stable").astype(np.int32)
        starts = starts_of(keys, len(self.stems))
        return Postings(
            dict(self.stems), starts, taken(self.rows, np.int32, order), taken(self.weights, np.float32, order),
            taken(self.parts, np.uint8, order),
        )  # fmt: skip

    def name_words(self) -> NameWords:
        width = max((len(each) for each in self.name_rows), default=1)
        filled = np.zeros((len(self.name_rows), max(1, width)), np.int32)
        for row, numbers in enumerate(self.name_rows):
            filled[row, : len(numbers)] = numbers
        return NameWords(dict(self.names), filled)


def taken(values: Any, kind: Any, order: Array) -> Array:
    return np.frombuffer(values, kind)[order] if len(values) else np.zeros(0, kind)


@lru_cache(maxsize=65536)
def weighed(places: str) -> tuple[float, int]:
    """What a stem with these weights ("A,C,C") adds to PostgreSQL's rank, before it is divided; and its parts as bits."""
    weights = [WEIGHTS[each or "D"] for each in places.split(",")]
    total, heaviest, at = np.float32(0), np.float32(-1), 0
    for place, weight in enumerate(weights):
        total += weight / np.float32((place + 1) ** 2)
        if weight > heaviest:
            heaviest, at = weight, place
    rank = heaviest + total - heaviest / np.float32((at + 1) ** 2)
    return float(rank), sum({HEAVY.get(each, 0) for each in places.split(",")})
