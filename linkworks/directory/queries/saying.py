"""What answers somebody's own words: what has them, what helps with the needs they speak of, what is near in meaning."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from ..rules import hearing, lay, saying
from ..rules.matching import Candidate
from .finding import Found, ranked, shown, wish_of
from .index import Answers, Counts, Looking
from .meaning import ALIKE_FROM, nearest_in_meaning, needs_in_meaning

WEIGHED_MOST = 300
NEAREST_MOST = 40
Weighed = tuple[Candidate, float]
REACH_KM = (16.0, 48.0)  # ten miles, and from one end of London to the other
ENOUGH = 10
BY_MEANING_ALONE = 0.35  # where no word is found: letters that are no word are up to a third like something
SENTENCE = 4  # so many words are more than a name or a kind of support


@dataclass(frozen=True)
class InOrder:
    """All the answers to a sentence, those that help with what it speaks of first."""

    head: list[Candidate]
    answers: Answers

    def __len__(self) -> int:
        return max(len(self.answers), len(self.head))

    @property
    def plain(self) -> Answers:
        return self.answers

    @property
    def counts(self) -> Counts:
        return self.answers.counts

    def within(self, *kilometres: float) -> list[int]:
        return self.answers.within(*kilometres)

    def __getitem__(self, wanted: slice) -> list[Candidate]:
        stop = len(self) if wanted.stop is None else wanted.stop
        if stop <= len(self.head):
            return self.head[wanted]
        first = {each.id for each in self.head}
        rest = [each for each in self.answers[:stop] if each.id not in first]
        return [*self.head, *rest][wanted.start or 0 : stop]


@dataclass(frozen=True)
class Answer:
    """A service for what was said, and how well it answers."""

    found: Found
    score: float


def answers(looking: Looking, *, limit: int = 10) -> list[Answer]:
    """The best services for what somebody said, best first."""
    best = weighed(looking)[:limit]
    points = {each.id: score for each, score in best}
    found = shown([each for each, _ in best], looking)
    return [Answer(each, round(points[each.service_id], 3)) for each in found]


def answers_around(looking: Looking, *, limit: int = ENOUGH) -> list[Answer]:
    """The best within ten miles; when those are few, from further away, and at last from anywhere."""
    if looking.near is None:
        return answers(looking, limit=limit)
    found: list[Answer] = []
    for reach in (*REACH_KM, None):
        found = answers(replace(looking, within_km=reach), limit=limit)
        if len(found) >= limit:
            break
    return found


def for_page(looking: Looking) -> Answers | InOrder:
    """All the answers. A sentence is answered by what helps first; a few words by what is called so, as they always are.

    When the words find nothing, what is near in meaning is better than an empty page.
    """
    meant = with_meaning(looking)
    found = ranked(meant)
    if not len(found) and looking.words:
        return InOrder([each for each, _ in weighed(meant, alike_from=BY_MEANING_ALONE)[:ENOUGH]], found)
    if not (is_sentence(looking) and heard_in(meant).needs) or any(each.has_all_words for each in found[:1]):
        return found
    answering = found.among
    return InOrder([each for each, _ in weighed(meant) if each.id in answering], found)


def is_sentence(looking: Looking) -> bool:
    return len(lay.said_words(looking.words)) >= SENTENCE


def with_meaning(looking: Looking) -> Looking:
    """The question, with the needs that a sentence speaks of by its meaning."""
    return replace(looking, meant=tuple(heard_in(looking).needs)) if is_sentence(looking) else looking


def heard_in(looking: Looking) -> lay.Heard:
    """What the words speak of; of a sentence, where there is a model, also by its meaning."""
    heard = lay.heard(looking.words)
    if not is_sentence(looking):
        return heard
    return hearing.together(heard, needs_in_meaning(hearing.affirmed(looking.words)))


def weighed(looking: Looking, *, alike_from: float = ALIKE_FROM) -> list[Weighed]:
    """What may answer, with its score: by words, and where there is a model by meaning, when it is so much alike."""
    heard = heard_in(looking)
    said = by_words(looking, heard)
    near = nearest_in_meaning(hearing.affirmed(looking.words), limit=NEAREST_MOST)
    nearest = {id: alike for id, alike in near.items() if alike >= alike_from}
    if not nearest:
        return said
    known = {each.id: each for each, _ in said}
    known |= reachable(replace(looking, words=""), [each for each in nearest if each not in known])
    alike = saying.alike_then_near([known[each] for each in nearest if each in known], nearest)
    answering = [each.id for each in alike if saying.answers_loudest(each, heard)]
    points = saying.merged([each.id for each, _ in said], answering, heard)
    points |= {each.id: 0.0 for each in alike if each.id not in points}
    return [(known[each], score) for each, score in points.items()]


def by_words(looking: Looking, heard: lay.Heard) -> list[Weighed]:
    """What helps with what was heard. Where something helps, what only has a word of it somewhere is left out."""
    wish = wish_of(looking)
    pool = {each.id: each for each in (*helping(looking, tuple(heard.needs)), *first(looking))}
    points = {each.id: saying.score(each, heard, wish) for each in pool.values()}
    order = sorted(pool.values(), key=lambda each: (-points[each.id], each.name.lower(), str(each.id)))
    order = saying.spread(order, points, heard)
    helps = [(each, points[each.id]) for each in order if points[each.id] >= saying.HELPS]
    return helps or [(each, points[each.id]) for each in order]


def reachable(looking: Looking, wanted: list[UUID]) -> dict[UUID, Candidate]:
    """Those of the listings that keep to where and for whom was asked."""
    answers, some = ranked(looking), set(wanted)
    ids = [answers.shelves.id(row) for row in answers.weighed.rows.tolist()]
    places = [place for place, each in enumerate(ids) if each in some]
    return {ids[place]: answers.candidate(answers.weighed, place) for place in places}


def helping(looking: Looking, needs: tuple[str, ...]) -> Iterable[Candidate]:
    """What helps with a need that was spoken of, whatever its own words are."""
    wanted = tuple(need for need in needs if not looking.needs or need in looking.needs)
    return first(replace(looking, words="", needs=wanted)) if wanted else ()


def first(looking: Looking) -> list[Candidate]:
    return ranked(looking)[:WEIGHED_MOST]
