"""A question put to the directory, and what its words mean: stems as PostgreSQL makes them, likely spellings, needs."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.db import connection

from ...rules import likeness, words
from ..going import Point

MOST_STEMS = 100_000
_stems: dict[str, tuple[str, ...]] = {}


@dataclass(frozen=True, kw_only=True)
class Looking:
    """A question put to the directory. Needs are alternatives, and so are kinds; what they must have (access, language, times) must hold.

    With both needs and words a service must answer both, unless it is a goal: there either is enough.
    `meant` are the needs that the words speak of by their meaning, where no word says so.
    `times` are alternatives: Tuesdays or Thursday evenings. So are kinds of place. Whoever has just written `must_be_fresh`.
    """

    needs: tuple[str, ...] = ()
    words: str = ""
    meant: tuple[str, ...] = ()
    near: Point | None = None
    within_km: float | None = None
    category: str = ""
    kinds: tuple[str, ...] = ()
    access_needs: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    advice_levels: tuple[str, ...] = ()
    course_levels: tuple[str, ...] = ()
    place_kinds: tuple[str, ...] = ()
    is_free: bool = False
    is_open: bool = False
    is_goal: bool = False
    goal_words: str = ""
    enjoys: str = ""
    must_be_fresh: bool = False


class Said(NamedTuple):
    """One word that was asked for: its stems, and what it stands for among the labels of our vocabulary."""

    word: str
    stems: tuple[str, ...]
    is_label: bool
    kinds: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Question:
    """What was asked, understood. `some` are all stems, `every` those that all must be there for a whole match."""

    looking: Looking
    some: tuple[str, ...] = ()
    every: tuple[str, ...] = ()
    likely: tuple[Said, ...] = ()
    goal: tuple[Said, ...] = ()
    goal_needs: tuple[str, ...] = ()
    enjoys: tuple[Said, ...] = ()
    spoken: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    typed: int = 0

    @property
    def is_nothing(self) -> bool:
        """Words were typed that carry no meaning, and nothing else was asked for."""
        return bool(self.looking.words.strip()) and not self.typed and not self.looking.needs


def understood(looking: Looking) -> Question:
    asked, likely = words.asked_words(looking.words), words.likely_words(looking.words)
    goal = words.goal_words(looking.goal_words)
    enjoys = words.enjoyed_words(looking.enjoys)
    goal_needs = tuple(need for need in words.goal_needs(looking.goal_words) if need not in looking.needs)
    if not (asked or goal or goal_needs or enjoys):
        return Question(looking=looking)
    stems = stems_of([*asked, *likely, *goal, *enjoys])
    return Question(
        looking=looking,
        some=tuple(sorted({stem for word in [*asked, *likely] for stem in stems[word]}, key=str.encode)),
        every=tuple(sorted({stem for word in likely for stem in stems[word]})),
        likely=tuple(said(word, stems[word]) for word in likely),
        goal=tuple(said(word, stems[word]) for word in goal),
        goal_needs=goal_needs,
        enjoys=tuple(said(word, stems[word]) for word in enjoys),
        spoken=tuple(dict.fromkeys((*needs_in(looking.words), *looking.meant))) if asked else (),
        asked=tuple(likeness.bare_words(" ".join(asked))),
        typed=len(asked),
    )


def stems_of(some: list[str]) -> dict[str, tuple[str, ...]]:
    """The stems of words as the search column has them; asked of PostgreSQL once for each word."""
    missing = [word for word in dict.fromkeys(some) if word not in _stems]
    if missing:
        if len(_stems) > MOST_STEMS:
            _stems.clear()
        bare = [word.replace("’", "'").split("'")[0] for word in missing]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tsvector_to_array(to_tsvector('english', each)) FROM unnest(%s::text[])"
                " WITH ORDINALITY AS asked (each, place) ORDER BY place",
                [bare],
            )
            _stems.update(zip(missing, (tuple(found) for (found,) in cursor.fetchall()), strict=True))
    return {word: _stems[word] for word in some}


@lru_cache(maxsize=4096)
def said(word: str, stems: tuple[str, ...]) -> Said:
    """The labels of needs and categories are ours, so what stands only there says nothing of a listing's own words."""
    is_label = bool(words.labelled(word, "needs", "categories"))
    return Said(word, stems, is_label, tuple(words.labelled(word, "kinds")) if is_label else ())


@lru_cache(maxsize=4096)
def needs_in(text: str) -> tuple[str, ...]:
    return words.needs_in(text)
