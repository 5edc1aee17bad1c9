"""How nearly a name is what somebody typed: by the letters in threes that both have, as PostgreSQL's pg_trgm counts them.

A name is alike when one of its words has at least half of the threes of a word that was typed, and all its words together
have six in ten of the threes of everything that was typed. Only the first dozen words of a name, and the first 64 threes
of what was typed, are looked at.
"""

import re
from collections.abc import Iterable

ALIKE_FROM = 0.6
ALIKE_WORD_FROM = 0.5
MOST_THREES = 64
MOST_WORDS = 12
BARE = re.compile(r"[^\W_]+")


def bare_words(text: str) -> list[str]:
    """Its words without anything but letters and digits."""
    return BARE.findall(text.lower())


def threes(word: str) -> frozenset[str]:
    """ "tea" has "  t", " te", "tea" and "ea "."""
    padded = f"  {word} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


def threes_of(words: Iterable[str]) -> list[str]:
    """Those of all the words, once each and in order."""
    return sorted({each for word in words for each in threes(word)})[:MOST_THREES]


def likeness(asked: list[str], name: list[str]) -> float:
    """The share of what was typed that the words of the name have."""
    wanted = threes_of(asked)
    had = {each for word in name[:MOST_WORDS] for each in threes(word)}
    return sum(each in had for each in wanted) / len(wanted) if wanted else 0.0


def is_alike(asked: list[str], name: list[str]) -> bool:
    wanted = set(threes_of(asked))
    close = any(
        len(threes(word) & threes(other) & wanted) >= ALIKE_WORD_FROM * len(threes(word))
        for word in asked
        for other in name[:MOST_WORDS]
    )
    return close and likeness(asked, name) >= ALIKE_FROM
