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


def rows_saying(columns: Columns, question: Question) -> Array:
    """The listings that any of the words may lead to, in order: by stem, by name or by need."""
    found = np.zeros(len(columns), np.bool_)
    for stem in question.some:
        found[columns.postings.rows[columns.postings.of(stem)]] = True
    _, close = bits_of_words(columns, question.asked)
    for word in np.flatnonzero(close):
        found[columns.name_words.rows.under(int(word))] = True
    spoken = ids.mask("needs", question.spoken)
    if spoken:
        found |= (columns.flat["needs"] & np.uint64(spoken)) != 0
    return np.flatnonzero(found)


def heard(columns: Columns, rows: Array, question: Question) -> Heard:
    """What these listings, in order, say of the words."""
    rank = ranks(columns, rows, question.some)
    by_stem = rank > 0
    alike, share = by_name(columns, rows, question.asked)
    every = has_every(columns, rows, question.every)
    spoken = np.uint64(ids.mask("needs", question.spoken))
    answers = by_stem | alike | ((columns.flat["needs"][rows] & spoken) != 0)
    weighed = rank.astype(np.float64) * 0.5 + share * 0.3 + np.where(every, 0.2, 0.0)
    return Heard(answers, weighed, every | alike, own_words(columns, rows, question, alike))


def ranks(columns: Columns, rows: Array, stems: tuple[str, ...]) -> Array:
    """PostgreSQL's ts_rank for any of these stems, scaled to less than one (its normalisation 32), to the last bit."""
    total = np.zeros(len(rows), np.float32)
    for stem in stems:
        at = columns.postings.of(stem)
        here, there = where(rows, columns.postings.rows[at])
        added = columns.postings.weights[at][there].astype(np.float64) / LIMIT
        total[here] = (total[here].astype(np.float64) + added).astype(np.float32)
    total /= np.float32(max(1, len(stems)))
    total /= total + np.float32(1)
    return total


def has_every(columns: Columns, rows: Array, stems: tuple[str, ...]) -> Array:
    if not stems:
        return np.zeros(len(rows), np.bool_)
    count = np.zeros(len(rows), np.int32)
    for stem in stems:
        here, _ = where(rows, columns.postings.rows[columns.postings.of(stem)])
        count[here] += 1
    every: Array = count == len(stems)
    return every


def own_words(columns: Columns, rows: Array, question: Question, alike: Array) -> Array:
    own = np.zeros(len(rows), np.int8)
    for each in question.likely:
        own[says(columns, rows, each)] = SAID
    own[alike] = ALIKE
    for each in question.likely:
        own[stands_in(columns, rows, each.stems, NAME)] = NAMED
    return own


def says(columns: Columns, rows: Array, word: Said) -> Array:
    """Its own words have this one; a word that is a label of ours only counts where it is not one."""
    if not word.is_label:
        return stands_in(columns, rows, word.stems, WHOLE)
    kinds = np.uint64(ids.mask("kinds", word.kinds))
    is_kind: Array = (columns.flat["kinds"][rows] & kinds) != 0
    return stands_in(columns, rows, word.stems, TEXT) | is_kind


def stands_in(columns: Columns, rows: Array, stems: tuple[str, ...], parts: int) -> Array:
    """Which have all the stems of a word in one of these parts."""
    if not stems:
        return np.zeros(len(rows), np.bool_)
    found = np.ones(len(rows), np.bool_)
    for stem in stems:
        at = columns.postings.of(stem)
        here, there = where(rows, columns.postings.rows[at])
        this = np.zeros(len(rows), np.bool_)
        this[here] = (columns.postings.parts[at][there] & parts) != 0
        found &= this
    return found


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
