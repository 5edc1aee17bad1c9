"""What somebody typed into the search box: its words, likely misspellings put right, and the needs it speaks of."""

import re
from difflib import get_close_matches
from functools import cache

from linkworks.core import vocabulary

from . import terms

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
MOST_WORDS = 12
MOST_CHARACTERS = 200
STOP_WORDS = """
a an and are at be can do find for from get help i im in is it like looking me my near need of on or some someone
something the to want with would
"""
STOP = frozenset(STOP_WORDS.split())


@cache
def known_words() -> frozenset[str]:
    """The words of our vocabulary's labels."""
    labels = " ".join(
        word.label + " " + word.short
        for each in ("kinds", "needs", "categories")
        for word in vocabulary.LISTS[each].values()
    )
    return frozenset(word for word in words_in(labels) if len(word) > 3)


def words_in(text: str) -> list[str]:
    return [each.lower() for each in WORD.findall(text)]


def asked_words(text: str) -> list[str]:
    """The words that carry meaning, at most a dozen."""
    return [word for word in words_in(text[:MOST_CHARACTERS]) if word not in STOP][:MOST_WORDS]


def put_right(word: str) -> str | None:
    """The word of our vocabulary that this is probably a misspelling of."""
    if len(word) < 5 or word in known_words():
        return None
    return next(iter(get_close_matches(word, known_words(), n=1, cutoff=0.8)), None)


def any_of(text: str) -> str:
    """The words, and what they may be misspellings of, as a web search for any of them."""
    asked = asked_words(text)
    return " or ".join(dict.fromkeys([*asked, *(right for word in asked if (right := put_right(word)))]))


def all_of(text: str) -> str:
    """The words as a web search for all of them, with misspellings put right."""
    return " ".join(dict.fromkeys(put_right(word) or word for word in asked_words(text)))


def needs_in(text: str) -> tuple[str, ...]:
    """The needs that the words speak of: "lonely" is about loneliness."""
    if not text.strip():
        return ()
    spoken = set(terms.in_text(text[:MOST_CHARACTERS], all_of(text)).needs)
    asked = set(all_of(text).split())
    named = {
        word.id
        for word in vocabulary.NEEDS.values()
        if asked and asked <= set(words_in(f"{word.short} {word.id.replace('-', ' ')}"))
    }
    return tuple(vocabulary.known("needs", spoken | named))
