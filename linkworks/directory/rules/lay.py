"""What people say in their own words, and the needs and kinds of support it speaks of: a written list, `data/lay_words.yaml`.

A saying is heard when its words come in its order with at most three others between two of them. Each word of it counts for
how few needs it speaks of ("bailiffs" says more than "money"), once, and a longer saying takes its words from a shorter one.
What somebody denies of themselves to say it of another ("I don't drink but my husband does") is not denied. What speaks of a
life at risk is heard however it is said: also when it is denied.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from math import log
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct, structs

from .others import as_others_say
from .stems import nearest, stem

FILE = Path(__file__).resolve().parent.parent / "data" / "lay_words.yaml"
WORD = re.compile(r"[^\W_]+")
AS_ONE = (
    (re.compile(r"\bno(?:\s+|-)one\b"), "noone"),
    (re.compile(r"\b(?:can|could) not\b"), "cant"),
    (re.compile(r"\b(?:do|does|did) not\b"), "dont"),
    (re.compile(r"\b(?:will|would) not\b"), "wont"),
)
NOT, DONT, DONT_NEED = "not", "dont", ["dont", "need"]
BUT_THEY_DO = re.compile(
    r"\bbut\s+(?!i\b|im\b|we\b)(?:[^\W_]+\s+){1,3}?(?:do|does|did|is|are|was|were|has|have)\b", re.IGNORECASE
)
BETWEEN, NOT_REACHES = 3, 2
MOST_CHARACTERS, MOST_WORDS = 500, 80
SECTIONS = ("needs", "kinds")
DANGER = "danger"
CLEARLY = 6.0  # two telling words, such as "bailiffs" and "skint", are clear
LEAST_SAID = 0.05
WORTH_HEARING = 0.35  # what is said much more faintly than the loudest is left out
ABOUT_AS_LOUD = 0.9


class Saying(Struct, frozen=True):
    section: str
    means: str
    stems: tuple[str, ...]
    of_oneself: tuple[str, ...] = ()  # what is listed, where this is the same said of another

    @property
    def listed(self) -> tuple[str, ...]:
        return self.of_oneself or self.stems


class Hit(Struct, frozen=True):
    """A saying that was heard, and at which words."""

    saying: Saying
    places: tuple[int, ...]
    is_denied: bool


class Lay(Struct, frozen=True):
    alike: Mapping[str, str]
    by_first: Mapping[str, tuple[Saying, ...]]
    weights: Mapping[tuple[str, str, str], float]
    spelled: frozenset[str]
    stems: frozenset[str]
    plain: frozenset[str]


class Heard(Struct, frozen=True):
    """What a text speaks of, the loudest first and as 1; what was said only to be denied ("not lonely"); how loud the loudest is.

    And whether a life may be at risk.
    """

    needs: Mapping[str, float]
    kinds: Mapping[str, float]
    denied: frozenset[str] = frozenset()
    loudness: float = 0.0
    is_danger: bool = False


@cache
def reviewed() -> Mapping[str, Any]:
    """The written list as it is written; read by libyaml where there is one, ten times as fast."""
    text, quick = FILE.read_text(encoding="utf-8"), yaml.__with_libyaml__
    raw: Mapping[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader) if quick else yaml.safe_load(text)
    return raw


@cache
def lay() -> Lay:
    raw = reviewed()
    alike = {stem(other): stem(word) for word, others in raw["alike"].items() for other in others}
    sayings = [saying for section in (*SECTIONS, DANGER) for saying in sayings_of(section, raw[section], alike)]
    by_first: dict[str, list[Saying]] = defaultdict(list)
    for each in [*sayings, *of_others(sayings)]:
        by_first[each.stems[0]].append(each)
    spelled = frozenset(word for said in written(raw) for word in said_words(said))
    return Lay(
        alike,
        {first: tuple(each) for first, each in by_first.items()},
        weights_of(sayings),
        spelled,
        frozenset(map(stem, spelled)),
        frozenset(raw["plain"]),
    )


def written(raw: Mapping[str, Any]) -> Iterator[str]:
    """Everything that stands in the file, as it is spelled there."""
    for section in (*SECTIONS, DANGER):
        for said in raw[section].values():
            yield from said
    for word, others in raw["alike"].items():
        yield from (word, *others)


def sayings_of(section: str, raw: Mapping[str, list[str]], alike: Mapping[str, str]) -> Iterator[Saying]:
    for means, said in raw.items():
        for each in said:
            yield Saying(section, means, tuple(alike.get(stem(word), stem(word)) for word in said_words(each)))


def of_others(sayings: Sequence[Saying]) -> Iterator[Saying]:
    """What is listed as said of oneself, as it is said of others, unless that is listed too."""
    own = {(each.section, each.stems) for each in sayings}
    for each in sayings:
        for said in as_others_say(each.stems):
            if (each.section, said) not in own:
                yield structs.replace(each, stems=said, of_oneself=each.stems)


def weights_of(sayings: Iterable[Saying]) -> dict[tuple[str, str, str], float]:
    """What a word says for a meaning: much, when it is hardly ever said of another; nothing, when it is said of all alike."""
    means, used, ever = defaultdict(set), Counter[tuple[str, str, str]](), Counter[tuple[str, str]]()
    for each in sayings:
        means[each.section].add(each.means)
        for word in set(each.stems):
            used[each.section, each.means, word] += 1
            ever[each.section, word] += 1
    return {
        (section, of, word): max(LEAST_SAID, log((len(means[section]) + 1) * number / ever[section, word]))
        for (section, of, word), number in used.items()
    }


def said_words(text: str) -> list[str]:
    """Its words in small letters: "can't" and "can not" are "cant", "no one" is "noone"."""
    plain = text[:MOST_CHARACTERS].lower().replace("’", "").replace("'", "")
    for several, one in AS_ONE:
        plain = several.sub(one, plain)
    return WORD.findall(plain)[:MOST_WORDS]


@lru_cache(maxsize=4096)
def understood(word: str) -> str:
    """The stem that stands for a word and for all those alike, with a slip of the pen put right."""
    known = lay()
    short = stem(word)
    if short not in known.stems and word not in known.plain and (right := nearest(word, known.spelled)):
        short = stem(right)
    return known.alike.get(short, short)


@lru_cache(maxsize=1024)
def heard(text: str) -> Heard:
    said = said_words(text)
    found = list(hits([understood(word) for word in said]))
    if BUT_THEY_DO.search(text[:MOST_CHARACTERS]):
        found = [structs.replace(hit, is_denied=False) for hit in found]
    denied = {said[at] for hit in found if hit.is_denied for at in hit.places}
    meant = [hit for hit in longest(found) if not hit.is_denied]
    kept = {said[at] for hit in meant for at in hit.places}
    loud = {section: loudness(meant, section) for section in SECTIONS}
    most = max(loud["needs"].values(), default=0.0)
    is_danger = any(hit.saying.section == DANGER for hit in found)
    return Heard(clear(loud["needs"]), clear(loud["kinds"]), frozenset(denied - kept), most, is_danger)


def hits(said: list[str]) -> Iterator[Hit]:
    for at, word in enumerate(said):
        for saying in lay().by_first.get(word, ()):
            if places := places_of(saying.stems, said, at):
                yield Hit(saying, places, is_denied(saying, said, at))


def places_of(stems: tuple[str, ...], said: list[str], at: int) -> tuple[int, ...]:
    """Where the words of a saying that begins here are; nothing when it is not all said."""
    places = [at]
    for word in stems[1:]:
        begin = places[-1] + 1
        if word not in said[begin : begin + BETWEEN + 1]:
            return ()
        places.append(said.index(word, begin))
    return tuple(places)


def is_denied(saying: Saying, said: list[str], at: int) -> bool:
    """ "Not lonely", "don't drink", "don't need benefits"; but "don't see anyone" is a saying of its own."""
    if NOT in saying.stems or DONT in saying.stems:
        return False
    before = said[max(0, at - NOT_REACHES) : at]
    return NOT in before or before == DONT_NEED or (len(saying.stems) == 1 and before[-1:] == [DONT])


def longest(found: list[Hit]) -> list[Hit]:
    """Without those whose words are all part of a longer one's: what is denied of the longer is denied of them too."""
    return [hit for hit in found if not any(takes(other, hit) for other in found)]


def takes(longer: Hit, shorter: Hit) -> bool:
    return longer.saying.section == shorter.saying.section and set(shorter.places) < set(longer.places)


def loudness(found: list[Hit], section: str) -> dict[str, float]:
    """How loudly each meaning is said: what the words said of it weigh together."""
    said: dict[str, dict[int, float]] = defaultdict(dict)
    for hit in found:
        if hit.saying.section == section:
            for at, word in zip(hit.places, hit.saying.listed, strict=True):
                said[hit.saying.means][at] = lay().weights[section, hit.saying.means, word]
    return {means: sum(words.values()) for means, words in said.items()}


def clear(loud: dict[str, float]) -> dict[str, float]:
    """The loudest as 1 and first, without the faint."""
    most = max(loud.values(), default=0.0) or 1.0
    order = sorted(loud, key=lambda means: (-loud[means], means))
    return {means: loud[means] / most for means in order if loud[means] >= WORTH_HEARING * most}
