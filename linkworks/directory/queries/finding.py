"""Finding services: for the public page, for a goal, for a next step. Every answer takes a constant number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from msgspec import structs

from linkworks.core.clock import today

from ..models import Service
from ..rules import matching
from ..rules.matching import Candidate, Wish
from . import index
from .going import Going, Point, going_to, with_parts
from .index import Answers, Looking

MOST_KEPT = 1000


@dataclass(frozen=True)
class Found:
    """A service that answers a question: what was weighed of it, how to go there, and why it is here."""

    service: Service
    candidate: Candidate
    going: Going
    reasons: tuple[str, ...]

    @property
    def service_id(self) -> UUID:
        return self.service.id

    @property
    def name(self) -> str:
        return self.service.name


def services_for(looking: Looking, *, limit: int = 20) -> list[Found]:
    """Services that answer, best first, with distance and reasons."""
    return shown(ranked(looking)[:limit], looking)


def ranked(looking: Looking) -> Answers:
    """All the answers: how many, how many of each kind, and any part of them in order, before their details are looked up."""
    return answered(looking, wish_of(looking))


def again(answers: Answers, looking: Looking) -> Answers:
    """Another question to the same data, without looking whether anything changed meanwhile."""
    return index.answer(answers.shelves, index.understood(looking), wish_of(looking))


def answered(looking: Looking, wish: Wish) -> Answers:
    shelves = index.current(must_be_fresh=looking.must_be_fresh)
    return index.answer(shelves, index.understood(looking), wish)


def wish_of(looking: Looking) -> Wish:
    return Wish(
        needs=looking.needs,
        words=looking.words,
        is_near=looking.near is not None,
        within_km=looking.within_km,
        access_needs=looking.access_needs,
        today=today(),
    )


def shown(some: Sequence[Candidate], looking: Looking, among: Answers | None = None) -> list[Found]:
    """The details of the answers on one page. `among` the answers, what was read of them for an earlier page is not read again."""
    return details(some, wish_of(looking), looking.near, among)


def details(some: Sequence[Candidate], wish: Wish, near: Point | None, among: Answers | None = None) -> list[Found]:
    known = {} if among is None else among.shelves.details
    rows = {each.id: known[each.id] for each in some if each.id in known}
    missing = [each.id for each in some if each.id not in rows]
    if missing:
        read = {row.id: row for row in with_parts(short(missing))}
        if len(known) > MOST_KEPT:
            known.clear()
        known.update(read)
        rows |= read
    return [found(each, rows[each.id], wish, near) for each in some if each.id in rows]


def short(ids: Sequence[UUID]) -> QuerySet[Service]:
    """The services without their long texts that no list shows."""
    services = Service.objects.filter(id__in=ids).select_related("organisation")
    return services.defer("document", "summary", "search_vector", "search_words")


def found(candidate: Candidate, service: Service, wish: Wish, near: Point | None) -> Found:
    named = structs.replace(candidate, organisation_name=service.organisation.name)
    return Found(service, named, going_to(service, near), matching.reasons(named, wish))
