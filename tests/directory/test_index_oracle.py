"""Finding held against PostgreSQL's own answer: the same services in the same order, as many, and as many of each kind.

A thousand questions put together by dice; again while services change; and each part that is left out is noticed.
"""

from collections.abc import Iterator
from datetime import date, datetime, time
from random import Random
from typing import Any

import pytest
from django.db import transaction

from linkworks.core import clock, vocabulary
from linkworks.directory import queries
from linkworks.directory.models import CostOption, Location, Schedule, Service, ServiceAtLocation
from linkworks.directory.queries import index
from linkworks.directory.queries.index import heard, points, reach
from linkworks.directory.rules import levels, place_kinds
from linkworks.directory.rules.day_parts import TIMES
from tests import database
from tests.context import EVERYTHING, acting
from tests.directory import sql_oracle
from tests.factories import directory as make
from tests.factories import many_services as many

SEED, SIZE, QUESTIONS, ROUNDS = 20261122, 400, 1000, 10
TUESDAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def listed(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[Service]]:
    """A database of their own, in which one directory is written for all of these tests."""
    with django_db_blocker.unblock(), database.copy_of_template("oracle"), clock.at(some_time_today(Random(SEED))):
        with transaction.atomic(), acting(EVERYTHING):
            many.write(Random(SEED), make.organisation(), SIZE)
        yield list(Service.objects.order_by("id"))


def question(dice: Random) -> queries.Looking:
    near = (many.MIDDLE[0] + dice.uniform(-0.15, 0.15), many.MIDDLE[1] + dice.uniform(-0.25, 0.25))
    has_place = dice.random() < 0.6
    return queries.Looking(
        needs=tuple(dice.sample(sorted(vocabulary.NEEDS), dice.choice([0, 0, 1, 1, 2, 3]))),
        words=" ".join(dice.sample(many.WORDS, dice.choice([0, 0, 1, 1, 2, 3]))),
        near=near if has_place else None,
        within_km=dice.choice([None, 2.0, 5.0, 8.0, 16.0]) if has_place else None,
        category=dice.choice(["", "", "", *vocabulary.CATEGORIES]),
        kinds=tuple(dice.sample(sorted(vocabulary.KINDS), dice.choice([0, 0, 0, 0, 2, 6]))),
        access_needs=tuple(dice.sample(sorted(vocabulary.ACCESS_NEEDS), dice.choice([0, 0, 0, 0, 1]))),
        languages=tuple(dice.sample(sorted(vocabulary.LANGUAGES), dice.choice([0, 0, 0, 0, 0, 1]))),
        times=tuple(dice.sample(TIMES, dice.choice([0, 0, 0, 0, 1, 2]))),
        place_kinds=tuple(dice.sample(place_kinds.CHOICES, dice.choice([0, 0, 0, 0, 0, 1, 2]))),
        advice_levels=tuple(dice.sample(levels.CHOICES, dice.choice([0] * 14 + [1, 2]))),
        course_levels=tuple(dice.sample(sorted(vocabulary.COURSE_LEVELS), dice.choice([0] * 14 + [1, 2]))),
        is_free=dice.random() < 0.15,
        is_open=dice.random() < 0.15,
    )


def differs(looking: queries.Looking) -> str:
    """In what the two answers differ; nothing when they are the same."""
    told, found = sql_oracle.answers(looking), queries.ranked(looking)
    ids = [each for each, _, _ in told]
    if len(found) != len(ids):
        return "how many"
    if [each.id for each in found[:20]] != ids[:20] or found.ids() != ids:
        return "which, or their order"
    if not all(alike(each.distance_km, far) for each, (_, far, _) in zip(found[:20], told, strict=False)):
        return "how far"
    counts = {group: {each: n for each, n in some.items() if n} for group, some in found.counts.items()}
    times, is_open = counts.pop("times"), counts.pop("open_now")
    if counts != sql_oracle.counts(ids):
        return f"how many of each kind: {counts} {sql_oracle.counts(ids)}"
    asked = tuple(times) or ("MO",)
    now = {each: times.get(each, 0) for each in asked} | {"now": is_open.get("1", 0)}
    return "" if sql_oracle.at_times(ids, asked) == now else "at which times"


@pytest.mark.slow
@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_thousand_questions_have_the_same_answer(listed: list[Service], number: int) -> None:
    dice, answered, opened = Random(SEED + number), 0, 0
    for _ in range(QUESTIONS // ROUNDS):
        looking = question(dice)
        with clock.at(some_time_today(dice)):
            assert (differs(looking), looking) == ("", looking)
            answered += bool(len(queries.ranked(looking)))
            opened += queries.ranked(queries.Looking()).open_now
    assert answered > 20, "questions that nothing answers prove little"
    assert opened > 100


def some_time_today(dice: Random) -> datetime:
    return datetime.combine(TUESDAY, time(dice.randrange(24), dice.randrange(60)), clock.LONDON)


def alike(one: float | None, other: float | None) -> bool:
    return one is other if one is None or other is None else one == pytest.approx(other)


def change(dice: Random, listed: list[Service]) -> None:
    """One of the things that happen to a directory."""
    one = dice.choice(listed)
    kind = dice.randrange(6)
    if kind == 0:
        Service.objects.filter(id=one.id).update(**many.facts(dice))
    elif kind == 1:
        Service.objects.filter(id=one.id).update(is_published=dice.random() < 0.7)
    elif kind == 2:
        at = Location.objects.filter(services__service=one)
        Location.objects.filter(id__in=list(at.values_list("id", flat=True))).update(latitude=51.5, longitude=-0.1)
    elif kind == 3:
        Schedule.objects.filter(service=one).delete()
        Schedule.objects.create(service=one, **many.times(dice))
    elif kind == 4:
        CostOption.objects.filter(service=one).delete()
        ServiceAtLocation.objects.filter(service=one, schedules__isnull=True).delete()
    else:
        many.write(dice, one.organisation, 2)


def test_the_same_while_services_change(listed: list[Service]) -> None:
    dice = Random(SEED + 1)
    with transaction.atomic():
        for _ in range(40):
            for _ in range(3):
                change(dice, listed)
            looking = question(dice)
            assert (differs(looking), looking) == ("", looking)
        transaction.set_rollback(True)
    assert differs(queries.Looking()) == "", "what was undone is gone"


ANY = points.has_any
BLUNDERS = {
    "any place taken for a library": (points, "has_any", lambda columns, rows, group, some: (
        rows >= 0 if group == "place_kinds" else ANY(columns, rows, group, some))),
    "a place beside the nearest": (points, "distances", lambda columns, rows, near: reach.kilometres(
        columns.places, columns.places.of_rows.values[columns.places.of_rows.starts[rows]], near)),
    "the box taken for the circle": (points, "too_far", lambda columns, rows, distance, wish: rows < 0),
    "some words taken for all": (heard, "has_every", lambda hits, stems: hits.rows >= 0),
    "no likeness of names": (heard, "by_name", lambda columns, rows, asked: (rows < 0, rows * 0.0)),
    "a name's words no better than others": (heard, "NAME", 7),
}  # fmt: skip


@pytest.mark.parametrize("name", BLUNDERS)
def test_a_blunder_is_noticed(listed: list[Service], monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    module, function, wrong = BLUNDERS[name]
    monkeypatch.setattr(module, function, wrong)
    dice = Random(SEED)

    def is_noticed() -> bool:
        try:
            return bool(differs(question(dice)))
        except IndexError:
            return True

    assert any(is_noticed() for _ in range(200))


def test_several_places_count_once(db: None, everything: None) -> None:
    make.service(name="Three halls", places=(make.place(), make.place(at=make.CAMDEN), make.place()))
    found = queries.ranked(queries.Looking(near=make.PECKHAM, within_km=40.0))
    assert (len(found), found.counts["needs"]["loneliness"]) == (1, 1)
    assert found.within(1.0, 10.0) == [1, 1]
    assert index.current().large is not None
