"""Words without their endings, and the word that one letter too many or too few was meant to be."""

from collections.abc import Iterable
from functools import cache

SHORT, LONG = 5, 8  # from this many letters one slip is forgiven; from this many, two
PLURAL_KEPT = ("ss", "us", "is")
# "Housing" is more than a house, "downs" no down, "rights" not right, and "care" no car.
THINGS = ("downs", "fares", "fits", "housing", "numbers", "papers", "rats", "rights", "tablets", "weights")
AS_IT_IS = frozenset([*THINGS, "care", "caring", "expecting", "fired", "training"])


@cache
def stem(word: str) -> str:
    """ "Drinking", "drinks" and "drink" are one. What comes of it is compared, never shown."""
    if word in AS_IT_IS:
        return word
    short = without_ending(word)
    if short.endswith("e") and len(short) > 3:
        short = short[:-1]
    if short.endswith("y") and len(short) > 3:
        short = f"{short[:-1]}i"
    return short[:-1] if is_doubled(short) else short


def without_ending(word: str) -> str:
    if len(word) > 4 and word.endswith(("ies", "ied")):
        return f"{word[:-3]}i"
    for ending, left in (("ings", 3), ("ing", 3), ("ed", 3), ("es", 3)):
        if word.endswith(ending) and len(word) - len(ending) >= left:
            return word.removesuffix(ending)
    if word.endswith("s") and len(word) > 3 and not word.endswith(PLURAL_KEPT):
        return word[:-1]
    return word


def is_doubled(word: str) -> bool:
    """As in "knitt", of "knitting"; not as in "swell", "dress" or "see"."""
    return len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls"


def nearest(word: str, among: Iterable[str]) -> str | None:
    """The word this is probably a slip for: the same first letter, and a letter or two wrong."""
    slips = allowed(word)
    near = ((distance(word, each, slips), each) for each in among if could_be(word, each, slips))
    best = min(near, default=(slips + 1, ""))
    return best[1] if best[0] <= slips else None


def allowed(word: str) -> int:
    return 0 if len(word) < SHORT else 1 if len(word) < LONG else 2


def could_be(word: str, other: str, slips: int) -> bool:
    return other[0] == word[0] and len(other) >= SHORT and abs(len(other) - len(word)) <= slips


def distance(one: str, other: str, most: int) -> int:
    """How many letters are wrong, missing, too many, or changed places with the next; above `most`, only that it is more."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        row = [at]
        for to, wanted in enumerate(other, 1):
            cost = min(last[to] + 1, row[-1] + 1, last[to - 1] + (letter != wanted))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == wanted:
                cost = min(cost, before[to - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]
