"""Looking among what was found: the links that narrow it, each with its count, and those that take a choice back."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from django.http import QueryDict
from django.utils.http import urlencode

from linkworks.core import vocabulary
from linkworks.ui import formats

from ..rules import levels, place_kinds
from ..rules.evidence import evidence
from ..rules.sessions import DAYS

MOST = 8
Counts = Mapping[str, Mapping[str, int]]
# The groups: the name in the address, what is counted for it, the heading, and how a choice is said.
GROUPS: tuple[tuple[str, str, str, Callable[[str], str]], ...] = (
    ("need", "needs", "What would help", lambda each: vocabulary.label("needs", each)),
    ("category", "categories", "Kind of support", lambda each: vocabulary.label("categories", each)),
    ("now", "open_now", "When", lambda each: "Open now" if each == "1" else ""),
    ("day", "times", "When", lambda each: DAYS.get(each, "")),
    ("free", "is_free", "Cost", lambda each: "Free"),
    ("access", "access_needs", "Access", lambda each: vocabulary.label("access_needs", each)),
    ("place", "place_kinds", "Where it is held", place_kinds.label),
    ("advice", "advice_levels", "How far advice goes", levels.label),
    ("course", "course_levels", "Level of course", lambda each: vocabulary.label("course_levels", each)),
    ("language", "languages", "Language", lambda each: vocabulary.label("languages", each)),
)
IN_WEEK = list(DAYS)
TAKEN_BACK = ("now", "day", "free", "access", "place", "language", "advice", "course")
WITHOUT = {
    "distance": "Any distance",
    "now": "Whether open now or not",
    "day": "Any day",
    "free": "Whether free or not",
    "place": "Any kind of place",
    "language": "In any language",
    "advice": "However far advice goes",
    "course": "Courses of any level",
    "access": "Without asking for access",
    "category": "Any kind of support",
    "sector": "Outside this field too",
    "need": "Whatever it helps with",
    "q": "Leaving the words out",
}


class Asked:
    """The question in the address, in parts, from which the addresses of other questions are made."""

    def __init__(self, asked: QueryDict) -> None:
        self.answers = asked
        pairs = [(name, value) for name, values in asked.lists() for value in values if name != "page"]
        self.parts = [(name, urlencode({name: value})) for name, value in pairs]

    def but(self, name: str, value: str = "") -> str:
        """The same question with this answer; an empty one is left out, and the list starts anew."""
        kept = [part for each, part in self.parts if each != name]
        return "?" + "&".join([*kept, answered(name, value)] if value else kept)


@lru_cache(maxsize=1024)
def answered(name: str, value: str) -> str:
    return urlencode({name: value})


def narrowing(given: QueryDict, counts: Counts, distances: Iterable[tuple[str, str, int]]) -> list[dict[str, Any]]:
    """The groups of links, each choice with how many it leaves. What is chosen already is not offered again."""
    asked = Asked(given)
    near = [link(asked, "distance", value, words, count) for value, words, count in distances if count]
    groups = {"Distance": near}
    for name, counted, heading, said in GROUPS:
        groups.setdefault(heading, []).extend([] if given.get(name) else links(asked, name, said, counts[counted]))
    return [{"heading": heading, "links": offered} for heading, offered in groups.items() if offered]


class Link(NamedTuple):
    """A choice that narrows, how many it leaves, and where it leads."""

    text: str
    left: str
    href: str


def links(asked: Asked, name: str, said: Callable[[str], str], counts: Mapping[str, int]) -> list[Link]:
    known = [(each, count) for each, count in counts.items() if count and said(each)]
    best = sorted(known, key=lambda each: -each[1])[:MOST]
    if name == "day":
        best.sort(key=lambda each: IN_WEEK.index(each[0]))
    return [link(asked, name, each, said(each), count) for each, count in best]


def link(asked: Asked, name: str, value: str, words: str, count: int) -> Link:
    return Link(words, f"{count:,}", asked.but(name, value))


def chosen(asked: QueryDict, counts: Counts) -> list[dict[str, str]]:
    """What was chosen among what was found, with the way to take it back. The form says the rest."""
    sector = evidence().sectors.get(asked.get("sector", ""))
    field = [{"text": sector.label, "href": Asked(asked).but("sector")}] if sector else []
    taken = {name: asked.get(name, "") for name in TAKEN_BACK}
    said = {name: said for name, _, _, said in GROUPS}
    counted = {name: counted for name, counted, _, _ in GROUPS}
    return field + [
        {"text": said[name](value), "href": Asked(asked).but(name)}
        for name, value in taken.items()
        if value in counts[counted[name]] and said[name](value)
    ]


def unsaid_link(asked: QueryDict, count: int) -> dict[str, str]:
    """Advice of which nobody knows how far it goes is not shown with that of which somebody does."""
    if not count:
        return {}
    said = f"{formats.plural(count, 'more advice service does', 'more advice services do')} not say how far their advice goes"
    return {
        "said": said,
        "text": "See it" if count == 1 else "See them",
        "href": Asked(asked).but("advice", levels.UNSAID),
    }


def leaving_out(asked: QueryDict, more: Mapping[str, int]) -> list[dict[str, str]]:
    """What there is when one thing is left out: "Any day: 4 services"."""
    return [
        {
            "text": f"{WITHOUT[name]}: {formats.plural(count, 'service')}",
            # The usual distance comes back by itself unless any is asked for.
            "href": f"{Asked(asked).but(name)}{'&distance=' if name == 'distance' else ''}",
        }
        for name, count in more.items()
    ]
