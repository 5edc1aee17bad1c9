"""What listings say of the words that were asked for: how well each answers them, and whether in its own words."""

from typing import NamedTuple

import numpy as np

from ...rules import likeness
from ...rules.matching import ALIKE, NAMED, SAID
from . import ids
from .arrays import Array, where
from .columns import Columns
from .question import Question, Said
from .said import HEAVY

LIMIT = 1.64493406685  # what PostgreSQL divides a stem's weights by: the sum of 1/n²
NAME, TEXT, WHOLE = HEAVY["A"], HEAVY["A"] | HEAVY["C"], HEAVY["A"] | HEAVY["B"] | HEAVY["C"]
NO_WORD = np.uint64(0)


class Heard(NamedTuple):
    """For each listing: whether it answers the words at all, how well, whether it has all of them, and as its own."""

    answers: Array
    rank: Array
    has_all: Array
    own: Array


def mark_saying(found: Array, columns: Columns, question: Question) -> None:
    """Mark the listings that any of the words may lead to: by stem, by name or by need."""
    for stem in question.some:
        found[columns.postings.rows[columns.postings.of(stem)]] = True
    _, close = bits_of_words(columns, question.asked)
    for word in np.flatnonzero(close):
        found[columns.name_words.rows.under(int(word))] = True
    spoken = ids.mask("needs", question.spoken)
    if spoken:
        found |= (columns.flat["needs"] & np.uint64(spoken)) != 0


class Hits:
    """Where the stems that were asked for stand among some listings; each stem is looked up once."""

    def __init__(self, columns: Columns, rows: Array) -> None:
        self.columns, self.rows = columns, rows
        self.known: dict[str, tuple[Array, Array, Array]] = {}

    def of(self, stem: str) -> tuple[Array, Array, Array]:
        """The places of those that have it, and its weight and its parts in each."""
        if stem not in self.known:
            postings = self.columns.postings
            at = postings.of(stem)
            here, there = where(self.rows, postings.rows[at])
            self.known[stem] = (here, postings.weights[at][there], postings.parts[at][there])
        return self.known[stem]


def heard(columns: Columns, rows: Array, question: Question) -> Heard:
    """What these listings, in order, say of the words."""
    hits = Hits(columns, rows)
    rank = ranks(hits, question.some)
    alike, share = by_name(columns, rows, question.asked)
    every = has_every(hits, question.every)
    answers = (rank > 0) | alike
    if question.spoken:
        answers |= (columns.flat["needs"][rows] & np.uint64(ids.mask("needs", question.spoken))) != 0
    weighed = rank.astype(np.float64) * 0.5 + share * 0.3 + 0.2 * every
    return Heard(answers, weighed, every | alike, own_words(hits, question, alike))


def ranks(hits: Hits, stems: tuple[str, ...]) -> Array:
    """PostgreSQL's ts_rank for any of these stems, scaled to less than one (its normalisation 32), to the last bit."""
    total = np.zeros(len(hits.rows), np.float32)
    for stem in stems:
        here, weights, _ = hits.of(stem)
        total[here] = (total[here].astype(np.float64) + weights.astype(np.float64) / LIMIT).astype(np.float32)
    total /= np.float32(max(1, len(stems)))
    total /= total + np.float32(1)
    return total


def has_every(hits: Hits, stems: tuple[str, ...]) -> Array:
    count = np.zeros(len(hits.rows), np.int32)
    for stem in stems:
        count[hits.of(stem)[0]] += 1
    every: Array = count == (len(stems) or -1)
    return every


def own_words(hits: Hits, question: Question, alike: Array) -> Array:
    own = np.zeros(len(hits.rows), np.int8)
    for each in question.likely:
        own[says(hits, each)] = SAID
    own[alike] = ALIKE
    for each in question.likely:
        own[stands_in(hits, each.stems, NAME)] = NAMED
    return own


def says(hits: Hits, word: Said) -> Array:
    """Its own words have this one; a word that is a label of ours only counts where it is not one."""
    if not word.is_label:
        return stands_in(hits, word.stems, WHOLE)
    is_kind: Array = (hits.columns.flat["kinds"][hits.rows] & np.uint64(ids.mask("kinds", word.kinds))) != 0
    return stands_in(hits, word.stems, TEXT) | is_kind


def stands_in(hits: Hits, stems: tuple[str, ...], parts: int) -> Array:
    """Which have all the stems of a word in one of these parts."""
    count = np.zeros(len(hits.rows), np.int32)
    for stem in stems:
        here, _, of_it = hits.of(stem)
        count[here] += (of_it & parts) != 0
    every: Array = count == (len(stems) or -1)
    return every


def by_name(columns: Columns, rows: Array, asked: tuple[str, ...]) -> tuple[Array, Array]:
    """Whose name is alike to what was typed, and the share of what was typed that each name has."""
    bits, close = bits_of_words(columns, asked)
    words = columns.name_words.of_rows[rows]
    had = np.bitwise_or.reduce(bits[words], axis=1) if len(rows) else np.zeros(0, np.uint64)
    share = np.bitwise_count(had) / max(1, len(likeness.threes_of(asked)))
    return close[words].any(axis=1) & (share >= likeness.ALIKE_FROM), share


def bits_of_words(columns: Columns, asked: tuple[str, ...]) -> tuple[Array, Array]:
    """For each word of names the letters in threes it has of what was typed, and whether it is close to one typed word."""
    wanted = likeness.threes_of(asked)
    bits = columns.name_words.having(wanted)
    close = np.zeros(len(bits), np.bool_)
    for word in asked:
        threes = likeness.threes(word)
        own = np.uint64(sum(1 << place for place, three in enumerate(wanted) if three in threes))
        close |= np.bitwise_count(bits & own) >= likeness.ALIKE_WORD_FROM * len(threes)
    return bits, close
