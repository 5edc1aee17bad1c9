"""What fits one person's goal, in two steps: the columns answer, then the best of those are weighed for this person.

The second step reads what the columns do not keep (prices, whom it is only for) of the best of what answers and of what a
must-have rules out, and weighs them by `rules/fitting.py`. Why a named service is not shown is asked of the same two steps.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from msgspec import structs

from linkworks.core.clock import today

from ..access import offered_services
from ..models import CostOption, Service
from ..rules import because, fitting, matching, room
from ..rules.fitting import Failed, Sorted
from ..rules.matching import Candidate, Wish
from .finding import Found, answered, details, ranked
from .going import Point
from .index import Answers, Looking

CONSIDERED = 200  # of those that answer, and as many of those that do not fit
ENOUGH, MOST_CONSIDERED = 30, 5000  # while fewer fit than are enough, more of what answers is weighed
LOOK_BEYOND = 3.0  # a goal also says what is too far: this many times the distance asked for
MOST_NAMED, SHORTEST_NAME = 3, 3


@dataclass(frozen=True, kw_only=True)
class Seeking:
    """What is looked for, for a person whom the directory does not know. `recently`: how many were sent where lately.

    What it is `without` was set aside, and is neither shown nor counted.
    """

    needs: Sequence[str] = ()
    words: str = ""
    goal_words: str = ""
    enjoys: str = ""
    near: Point | None = None
    within_km: float = 8.0
    access_needs: Sequence[str] = ()
    languages: Sequence[str] = ()
    offered: Sequence[str] = ()
    age: int | None = None
    times: Sequence[str] = ()
    can_pay: Decimal | None = None
    only_for: Sequence[str] = ()
    advice: str = ""
    without: Collection[UUID] = ()
    recently: Mapping[UUID, int] = field(default_factory=dict)

    @cached_property
    def wish(self) -> Wish:
        return Wish(
            needs=tuple(self.needs), words=self.words, is_near=self.near is not None, within_km=self.within_km,
            access_needs=tuple(self.access_needs), languages=tuple(self.languages), offered=tuple(self.offered),
            age=self.age, times=tuple(self.times), can_pay=self.can_pay, only_for=tuple(self.only_for),
            advice=self.advice, today=today(),
        )  # fmt: skip

    @cached_property
    def looking(self) -> Looking:
        return Looking(
            needs=tuple(self.needs), words=self.words, goal_words=self.goal_words, enjoys=self.enjoys, near=self.near,
            within_km=self.within_km * LOOK_BEYOND, is_goal=True, must_be_fresh=True,
        )  # fmt: skip


@dataclass(frozen=True)
class Match:
    """What fits a goal, what is full, what nearly fits, and what does not, each best first."""

    seeking: Seeking
    answers: Answers
    sorted: Sorted

    def shown(self, some: Iterable[Candidate], nearly: Mapping[UUID, Failed] | None = None) -> list[Found]:
        """The details of some of them, and why they are here."""
        seeking, why = self.seeking, nearly or {}
        found = details(list(some), seeking.wish, seeking.near, self.answers)
        return [
            replace(each, reasons=because.reasons(each.candidate, seeking.wish, why.get(each.service_id)))
            for each in found
        ]

    @property
    def nearly(self) -> list[Found]:
        why = {each.id: failed for each, failed in self.sorted.nearly}
        return self.shown([each for each, _ in self.sorted.nearly], why)


def match(seeking: Seeking) -> Match:
    """What fits. What they must have is never traded for points; what falls short is named with its reasons."""
    answers, most = answered(seeking.looking, seeking.wish), CONSIDERED
    found = considered(answers, seeking, most)
    while len(found.fits) < ENOUGH and most < min(len(answers), MOST_CONSIDERED):
        most *= 5
        found = considered(answers, seeking, most)
    return Match(seeking, answers, found)


def considered(answers: Answers, seeking: Seeking, most: int) -> Sorted:
    """The best of what answers, and of what a must-have of the columns rules out, weighed and sorted."""
    some = [*answers[:most], *answers.not_shown(CONSIDERED)]
    return fitting.sort_out(weighed([each for each in some if each.id not in seeking.without], seeking), seeking.wish)


def weighed(some: Sequence[Candidate], seeking: Seeking) -> list[Candidate]:
    """With what the columns do not keep: the lowest price today, whom it is only for, how many were sent there lately."""
    ids = [each.id for each in some]
    whom = dict(Service.objects.filter(id__in=ids).values_list("id", "person_attributes"))
    prices = lowest_prices(ids)
    return [
        structs.replace(
            each,
            price=prices.get(each.id),
            for_whom=tuple(whom.get(each.id, ())),
            recently=seeking.recently.get(each.id, 0),
        )
        for each in some
    ]


def lowest_prices(ids: Sequence[UUID]) -> dict[UUID, Decimal]:
    found: dict[UUID, Decimal] = {}
    for cost in CostOption.objects.filter(service_id__in=ids, amount__isnull=False):
        if cost.amount is not None and room.is_current(cost, today()):
            found[cost.service_id] = min(cost.amount, found.get(cost.service_id, cost.amount))
    return found


@dataclass(frozen=True)
class Explained:
    """Where a named service stands for a goal: its place among what fits (from one), or what stands in its way."""

    service_id: UUID
    name: str
    place: int | None
    of: int
    reasons: list[because.Reason]
    is_nearly: bool = False


def why_not_shown(name: str, found: Match) -> list[Explained]:
    """Why services of this name, or of the organisation of this name, are not shown, or not higher.

    Only of those anybody can find; of others nothing is known.
    """
    some = of_name(name, found) or of_organisation(name, found)
    return [explained(each, found) for each in weighed(some[:MOST_NAMED], found.seeking)]


def of_name(name: str, found: Match) -> list[Candidate]:
    looking = Looking(words=name, near=found.seeking.near, must_be_fresh=True)
    some = [each for each in ranked(looking)[:CONSIDERED] if each.own_words in (matching.NAMED, matching.ALIKE)]
    return [each for each in some if each.name.lower() == name.strip().lower()] or some


def of_organisation(name: str, found: Match) -> list[Candidate]:
    """People say who runs it as often as what it is called."""
    if len(name.strip()) < SHORTEST_NAME:
        return []
    run = offered_services().filter(organisation__name__icontains=name.strip()).order_by("name", "id")
    theirs = dict(run.values_list("id", "name")[:MOST_NAMED])
    return [each for id, called in theirs.items() for each in of_name(called, found) if each.id == id]


def explained(named: Candidate, found: Match) -> Explained:
    """Of what answers, as it was weighed for the goal; of the rest, as its name found it."""
    known = {each.id: each for each in everything(found.sorted)}
    each = known.get(named.id, named)
    fits, wish = found.sorted.fits, found.seeking.wish
    place = next((place for place, one in enumerate(fits, 1) if one.id == each.id), None)
    if place is not None:
        return Explained(each.id, each.name, place, len(fits), because.why_lower(each, fits[0], wish))
    is_nearly = any(each.id == near.id for near, _ in found.sorted.nearly)
    answers = each.id in known or bool(set(each.needs) & set(wish.needs))
    said = because.why_not(each, wish, answers=answers)
    return Explained(each.id, each.name, None, len(fits), said, is_nearly)


def everything(weighed: Sorted) -> list[Any]:
    return [*weighed.fits, *weighed.full, *(each for each, _ in weighed.nearly), *(each for each, _ in weighed.others)]
