"""The services a question is about, in two statements however many there are: the services, and where they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    F,
    FloatField,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat
from msgspec import structs

from ..access import offered_services
from ..models import Service, ServiceAtLocation
from ..rules import words
from ..rules.matching import ALIKE, NAMED, SAID, Candidate
from ..rules.places import Box, box_around, nearest_km
from ..states import LocationType, ServiceStatus
from .going import Point

MOST = 2000
PLACES = ServiceAtLocation.objects.filter(service=OuterRef("pk"), location__location_type=LocationType.PHYSICAL)
# A telephone line or an online group: shown when something particular is asked for, however near one looks.
HAS_NO_PLACE = ~Exists(PLACES)


@dataclass(frozen=True, kw_only=True)
class Looking:
    """A question put to the directory. Needs are alternatives; access needs must all hold.

    With both needs and words a service must answer both, unless it is a goal: there either is enough.
    """

    needs: tuple[str, ...] = ()
    words: str = ""
    near: Point | None = None
    within_km: float | None = None
    category: str = ""
    access_needs: tuple[str, ...] = ()
    is_goal: bool = False
    goal_words: str = ""


class Weighed(NamedTuple):
    """The services to weigh, and whether there are more than can be."""

    candidates: list[Candidate]
    is_cut: bool


def candidates(looking: Looking) -> Weighed:
    """The services that answer by need, word, category and area, with how far each is. Nothing is ranked yet."""
    columns = [source for source, _ in COLUMNS]
    answering = list(narrowed(looking).values_list(*columns)[: MOST + 1])
    rows, is_cut = answering[:MOST], len(answering) > MOST
    found = [
        Candidate(**{name: plain(name, value) for (_, name), value in zip(COLUMNS, row, strict=True)}) for row in rows
    ]
    places = places_of(each.id for each in found)
    weighed = [placed(each, places.get(each.id), looking.near) for each in found]
    return Weighed(weighed, is_cut)


COLUMNS = (
    ("id", "id"),
    ("name", "name"),
    ("organisation__name", "organisation_name"),
    ("needs", "needs"),
    ("kinds", "kinds"),
    ("categories", "categories"),
    ("access_needs", "access_needs"),
    ("languages", "languages"),
    ("minimum_age", "minimum_age"),
    ("maximum_age", "maximum_age"),
    ("capacity_places", "capacity_places"),
    ("places_taken", "places_taken"),
    ("is_referable", "is_referable"),
    ("terms_are_guessed", "is_guessed"),
    ("trust", "trust"),
    ("word_rank", "word_rank"),
    ("has_all_words", "has_all_words"),
    ("own_words", "own_words"),
    ("said_of_goal", "goal_words"),
)


def plain(name: str, value: Any) -> Any:
    if name == "goal_words":
        return tuple(value.split())
    return tuple(value) if isinstance(value, list) else value


def narrowed(looking: Looking) -> QuerySet[Service]:
    rows = offered_services().filter(status=ServiceStatus.ACTIVE)
    if looking.category:
        rows = rows.filter(categories__contains=[looking.category])
    if looking.access_needs:
        rows = rows.filter(access_needs__contains=list(looking.access_needs))
    if looking.near and looking.within_km:
        near = Exists(in_box(box_around(looking.near, looking.within_km)))
        rows = rows.filter(near | HAS_NO_PLACE if looking.words or looking.needs else near)
    return by_words(rows, looking).annotate(
        own_words=own_words(looking.words), said_of_goal=said_of_goal(looking.goal_words)
    )


def own_words(text: str) -> Case:
    """Whether it says any of the words asked for: in its name, nearly so in its name, or elsewhere in its own words."""
    asked = words.likely_words(text)
    whens = []
    if asked:
        named, said = Q(), Q()
        for word in asked:
            named |= Q(search_vector=written(word, "A"))
            said |= says(word)
        alike = Q(name__trigram_word_similar=" ".join(words.asked_words(text)))
        whens = [When(named, then=Value(NAMED)), When(alike, then=Value(ALIKE)), When(said, then=Value(SAID))]
    return Case(*whens, default=Value(0), output_field=IntegerField())


def said_of_goal(text: str) -> Combinable:
    """The words of the goal that it says itself, with spaces between."""
    said = [
        Case(When(says(word), then=Value(f"{word} ")), default=Value(""), output_field=TextField())
        for word in words.goal_words(text)
    ]
    return Concat(Value(""), Value(""), *said, output_field=TextField())


def says(word: str) -> Q:
    """Its own words have this one. The labels of needs and categories are ours, so what stands only there does not count."""
    if not words.labelled(word, "needs", "categories"):
        return Q(search_vector=written(word, "ABC"))
    return Q(search_vector=written(word, "AC")) | Q(kinds__overlap=words.labelled(word, "kinds"))


def written(word: str, weights: str) -> SearchQuery:
    """The word or one of its stem. Only letters and digits reach the search language."""
    bare = word.replace("’", "'").split("'")[0]
    return SearchQuery(f"{bare}:{weights}", search_type="raw", config="english")


def in_box(box: Box) -> QuerySet[ServiceAtLocation]:
    return PLACES.filter(
        location__latitude__range=(box.south, box.north), location__longitude__range=(box.west, box.east)
    )


def by_words(rows: QuerySet[Service], looking: Looking) -> QuerySet[Service]:
    """Needs or words: any of the words, a name nearly like them, or a need they speak of. All of the words rank first."""
    needed = Q(needs__overlap=list(looking.needs)) if looking.needs else Q()
    asked = words.asked_words(looking.words)
    if not asked:
        found = rows.filter(needed) if not looking.words.strip() or looking.needs else rows.none()
        found = found.annotate(word_rank=Value(0.0, FloatField()), has_all_words=Value(False))
        return by_nearness(found, looking.near) if looking.near else found.order_by("name", "id")
    every = SearchQuery(words.all_of(looking.words), search_type="websearch", config="english")
    some = SearchQuery(words.any_of(looking.words), search_type="websearch", config="english")
    named_so = Q(name__trigram_word_similar=" ".join(asked))
    spoken = Q(needs__overlap=list(words.needs_in(looking.words)))
    has_all = Case(When(Q(search_vector=every) | named_so, then=True), default=False, output_field=BooleanField())
    rank = SearchRank(F("search_vector"), some, normalization=Value(32)) * 0.5
    rank += TrigramWordSimilarity(" ".join(asked), "name") * 0.3
    rank += Case(When(search_vector=every, then=Value(0.2)), default=Value(0.0), output_field=FloatField())
    by_word = Q(search_vector=some) | named_so | spoken
    rows = rows.filter(needed | by_word if looking.is_goal and looking.needs else needed & by_word)
    return rows.annotate(word_rank=rank, has_all_words=has_all).order_by("-word_rank", "name", "id")


def by_nearness(rows: QuerySet[Service], near: Point) -> QuerySet[Service]:
    """The nearest first, so that a cut at `MOST` never loses one next door. Flat degrees are enough to put them in order."""
    latitude, longitude = near
    north = F("location__latitude") - Value(latitude)
    east = (F("location__longitude") - Value(longitude)) * Value(cos(radians(latitude)))
    nearest = (
        PLACES.filter(location__latitude__isnull=False)
        .annotate(off=north * north + east * east)
        .order_by("off")
        .values("off")[:1]
    )
    return rows.annotate(off=Subquery(nearest)).order_by(F("off").asc(nulls_last=True), "name", "id")


def best_words(fitting: list[Candidate], looking: Looking) -> list[Candidate]:
    """When several words were asked for and some of what fits has them all, the others are left out.

    What answers a need of a goal stays: there either is enough.
    """
    if len(words.asked_words(looking.words)) < 2 or not any(each.has_all_words for each in fitting):
        return fitting
    needs = set(looking.needs) if looking.is_goal else set()
    return [each for each in fitting if each.has_all_words or needs & set(each.needs)]


def places_of(service_ids: Iterable[UUID]) -> dict[UUID, list[Point | None]]:
    rows = ServiceAtLocation.objects.filter(
        service_id__in=list(service_ids), location__location_type=LocationType.PHYSICAL
    )
    found: dict[UUID, list[Point | None]] = {}
    for service_id, latitude, longitude in rows.values_list("service_id", "location__latitude", "location__longitude"):
        found.setdefault(service_id, []).append(
            (latitude, longitude) if latitude is not None and longitude is not None else None
        )
    return found


def placed(candidate: Candidate, places: list[Point | None] | None, near: Point | None) -> Candidate:
    if not places:
        return candidate
    known = [place for place in places if place]
    return structs.replace(candidate, has_place=True, distance_km=nearest_km(near, known) if near else None)
