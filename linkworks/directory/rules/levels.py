"""How far advice goes and at what level a course is: what is said of it, and that nothing is."""

from collections.abc import Iterable, Mapping
from functools import cache

from linkworks.core import vocabulary

from .place_kinds import tidy

UNSAID = "unsaid"  # gives advice, and nobody has said how far that goes
CHOICES = (*vocabulary.ADVICE_LEVELS, UNSAID)
ADVICE = frozenset(
    {
        "debt-advice", "benefits-advice", "housing-advice", "immigration-advice", "employment-advice", "legal-advice",
        "energy-advice",
    }
)  # fmt: skip


def counted(levels: Iterable[str], kinds: Iterable[str]) -> list[str]:
    """The levels of a listing's advice, as finding counts them: that of some nothing is known counts, too."""
    return vocabulary.known("advice_levels", levels) or ([UNSAID] if ADVICE & set(kinds) else [])


def label(level: str) -> str:
    """What people choose; empty for what nobody could."""
    if level == UNSAID:
        return "Does not say how far it goes"
    return vocabulary.label("advice_levels", level) if level in vocabulary.ADVICE_LEVELS else ""


def said(name: str, words: Iterable[str]) -> tuple[str, ...]:
    """The levels of one of our lists that are named, however they are spelled."""
    known = spellings(name)
    return tuple(vocabulary.known(name, (known.get(tidy(each), "") for each in words)))


@cache
def spellings(name: str) -> Mapping[str, str]:
    return {tidy(spelt): each.id for each in vocabulary.LISTS[name].values() for spelt in (each.id, each.label)}
