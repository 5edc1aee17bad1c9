"""What somebody typed into the search box: its words, likely misspellings put right, and the needs it speaks of."""

import re
from difflib import get_close_matches
from functools import cache, lru_cache

from linkworks.core import vocabulary

from . import lay, terms

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
MOST_WORDS = 12
MOST_CHARACTERS = 200
STOP_WORDS = """
a an and are at be can do find for from get help i im in is it like looking me my near need of on or some someone
something the to want with would not never isnt without isn't isn’t
"""
STOP = frozenset(STOP_WORDS.split())
GOAL_STOP_WORDS = """
about able again all also another any around as back because been being better but by could day days do doing each enjoy
every feel feeling few get getting go going good group had has have having her him his home how into join keep least less
life like little live lot make meet month more most much myself near new no not nothing now often once one other others our
out over own people person place regular regularly she so start stop take than that their them then there they thing things
this time times today too try two up us use using want week weekly weeks well what when where which while who will within
without year you your
"""
GOAL_STOP = STOP | frozenset(GOAL_STOP_WORDS.split())
ENJOY_STOP_WORDS = """
boy boys brother children cat daughter dad family father friend friends girl grandchildren husband kids likes liked loved loves
many mother mum neighbour neighbours old son sister used wife young
"""
ENJOY_STOP = frozenset(ENJOY_STOP_WORDS.split())
ENDINGS = re.compile(r"(?<=\w{3})(?:ings?|ers?|ed|es|s|e)$")


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
    """The words that carry meaning, at most a dozen, without what was said only to be denied."""
    denied = lay.heard(text).denied
    return [word for word in words_in(text[:MOST_CHARACTERS]) if word not in STOP and word not in denied][:MOST_WORDS]


def goal_words(text: str) -> list[str]:
    """The words of a goal that say what it is about: "sing" in "I want to sing with other people once a week"."""
    said = [word for word in words_in(text) if len(word) > 2 and word not in GOAL_STOP]
    return list(dict.fromkeys(said))[:MOST_WORDS]


def goal_needs(text: str) -> tuple[str, ...]:
    """The needs that a goal speaks of, the loudest and those about as loud: learning, in "Learn something with my hands"."""
    return tuple(need for need, how in lay.heard(text).needs.items() if how >= lay.ABOUT_AS_LOUD)


def enjoyed_words(text: str) -> list[str]:
    """What somebody enjoys, in words that a listing may have: "trains" in "Trains, and my neighbour's cat"."""
    return [word for word in goal_words(text) if word.replace("’", "'").split("'")[0] not in ENJOY_STOP]


def stem(word: str) -> str:
    return ENDINGS.sub("", word)


def labelled(word: str, *lists: str) -> list[str]:
    """The ids in our vocabulary whose label has the word, or one of the same stem."""
    return [id for name in lists for id, stems in label_stems(name) if stem(word) in stems]


@cache
def label_stems(name: str) -> list[tuple[str, frozenset[str]]]:
    """Each id of a list of our vocabulary, with the stems of its label."""
    listed = vocabulary.LISTS[name].values()
    return [(each.id, frozenset(stem(said) for said in words_in(f"{each.label} {each.short}"))) for each in listed]


def put_right(word: str) -> str | None:
    """The word of our vocabulary that this is probably a misspelling of."""
    if len(word) < 5 or word in known_words():
        return None
    return next(iter(get_close_matches(word, known_words(), n=1, cutoff=0.8)), None)


def any_of(text: str) -> str:
    """The words, and what they may be misspellings of, as a web search for any of them."""
    asked = asked_words(text)
    return " or ".join(dict.fromkeys([*asked, *(right for word in asked if (right := put_right(word)))]))


def likely_words(text: str) -> list[str]:
    """The words asked for, with misspellings put right."""
    return list(dict.fromkeys(put_right(word) or word for word in asked_words(text)))


def all_of(text: str) -> str:
    """The words as a web search for all of them, with misspellings put right."""
    return " ".join(likely_words(text))


@lru_cache(maxsize=512)
def needs_spoken_of(text: str) -> frozenset[str]:
    """The needs that the words speak of, and those whose own name has one of the words."""
    return frozenset(needs_in(text)).union(*(labelled(word, "needs") for word in likely_words(text)))


def needs_in(text: str) -> tuple[str, ...]:
    """The needs that the words speak of, the loudest first: "lonely" is about loneliness, and so is "no one to talk to"."""
    if not text.strip():
        return ()
    heard = lay.heard(text)
    kept = " ".join(word for word in lay.said_words(text) if word not in heard.denied)
    listed = set(terms.in_text(kept[:MOST_CHARACTERS], all_of(kept)).needs) if not heard.needs else set()
    asked = set(all_of(kept).split())
    named = {
        word.id
        for word in vocabulary.NEEDS.values()
        if asked and asked <= set(words_in(f"{word.short} {word.id.replace('-', ' ')}"))
    }
    return (*heard.needs, *vocabulary.known("needs", (listed | named) - set(heard.needs)))
