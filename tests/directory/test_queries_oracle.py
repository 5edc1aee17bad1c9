"""Finding held against a slow reader of every service: the same services, in the same order, for the same reasons."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkworks.core import vocabulary
from linkworks.core.clock import today
from linkworks.directory import queries
from linkworks.directory.models import Service
from tests.context import EVERYTHING, acting
from tests.directory import asking, world
from tests.directory.world import Asked, Told
from tests.factories import directory as make

SEED, SIZE = 2026, 60
NEAR = st.none() | st.tuples(st.floats(51.40, 51.55), st.floats(-0.2, 0.1))
ASKED = st.builds(
    Asked,
    needs=st.lists(st.sampled_from(world.NEEDS), unique=True, max_size=2).map(tuple),
    category=st.sampled_from(["", "", *vocabulary.CATEGORIES]),
    access_needs=st.lists(st.sampled_from(world.ACCESS), unique=True, max_size=2).map(tuple),
    near=NEAR,
    within_km=st.none() | st.sampled_from([1.6, 4.8, 8.0, 40.0]),
)
many = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[Told]]:
    """One world for all of these tests, undone at their end."""
    with django_db_blocker.unblock(), transaction.atomic():
        with acting(EVERYTHING):
            yield world.build(SEED, SIZE)
        transaction.set_rollback(True)


def looking(asked: Asked) -> queries.Looking:
    return queries.Looking(
        needs=asked.needs, category=asked.category, access_needs=asked.access_needs, near=asked.near,
        within_km=asked.within_km if asked.near else None,
    )  # fmt: skip


def found(asked: Asked) -> list[Any]:
    return queries.ranked(looking(asked)).ids()


def with_place(asked: Asked) -> Asked:
    return asked if asked.near else replace(asked, within_km=None)


@many
@given(ASKED)
def test_the_same_services_in_the_same_order(told: list[Told], everything: None, asked: Asked) -> None:
    assert found(asked) == world.answers(told, with_place(asked), today())


@many
@given(ASKED, st.sampled_from(world.ACCESS), st.sampled_from(sorted(vocabulary.CATEGORIES)))
def test_asking_for_more_never_finds_more(
    told: list[Told], everything: None, asked: Asked, access: str, category: str
) -> None:
    before = set(found(asked))
    stricter = [replace(asked, access_needs=tuple({*asked.access_needs, access}))]
    stricter += [] if asked.category else [replace(asked, category=category)]
    stricter += [replace(asked, within_km=asked.within_km / 2)] if asked.within_km and asked.near else []
    for each in stricter:
        assert set(found(each)) <= before


@many
@given(ASKED, st.sampled_from(world.NEEDS))
def test_one_more_need_to_choose_from_never_loses_an_answer(
    told: list[Told], everything: None, asked: Asked, need: str
) -> None:
    if asked.needs:
        assert set(found(asked)) <= set(found(replace(asked, needs=tuple({*asked.needs, need}))))


@many
@given(ASKED)
def test_the_details_are_those_of_the_services_and_say_why(told: list[Told], everything: None, asked: Asked) -> None:
    by_id = {each.id: each for each in told}
    question = looking(asked)
    shown = asking.said(queries.shown(queries.ranked(question)[:15], question))
    assert [each.service_id for each in shown] == found(asked)[:15]
    for each in shown:
        facts = by_id[each.service_id].facts
        met = [need for need in asked.needs if need in facts["needs"]]
        assert [reason for reason in each.reasons if reason.startswith("Helps with")] == [
            f"Helps with {vocabulary.NEEDS[need].short}" for need in met
        ]
        distance = by_id[each.service_id].distance(asked.near)
        assert each.distance_km == (pytest.approx(distance) if distance is not None else None)
        assert any("away" in reason for reason in each.reasons) is (distance is not None)
        assert each.has_room is (
            None if facts["capacity_places"] is None else facts["places_taken"] < facts["capacity_places"]
        )


PEOPLE = [
    {"age": age, "access_needs": access, "within_km": within, "near": near}
    for age, access, within, near in product((17, 65, 95), ((), ("step-free",)), (3.0, 8.0), (make.PECKHAM,))
]


@pytest.mark.parametrize("person", PEOPLE)
def test_a_persons_goal_is_met_by_what_nothing_stands_in_the_way_of(
    told: list[Told], everything: None, person: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:

    needs = ("loneliness", "housing")
    match = asking.match(
        needs=needs, latitude=person["near"][0], longitude=person["near"][1], within_km=person["within_km"],
        access_needs=person["access_needs"], age=person["age"], limit=SIZE,
    )  # fmt: skip
    asked = Asked(needs=needs, near=person["near"], within_km=person["within_km"])
    reach = replace(asked, within_km=person["within_km"] * 3)
    weighed = sorted(
        (each for each in told if world.fits(each, reach)), key=lambda each: world.order(each, asked, today())
    )
    assert [each.service_id for each in match.found] == [each.id for each in weighed if not world.why_not(each, person)]
    missed = [(each.facts["name"], world.why_not(each, person)) for each in weighed if world.why_not(each, person)]
    said = {
        "referable": "Does not take",
        "age": "For people aged",
        "access": "Not known to be",
        "far": "Too far",
        "full": "Full",
    }
    told_of = {each.name: each.why for each in match.not_shown}
    in_reach = {name for name, _ in missed}  # a box also holds what is in its corners
    assert [each.name for each in match.not_shown if each.name in in_reach] == [name for name, _ in missed]
    assert all(told_of[name].startswith((said[word], "We do not know where")) for name, word in missed)


@pytest.mark.parametrize("access", world.ACCESS)
def test_what_somebody_must_have_is_never_traded(told: list[Told], everything: None, access: str) -> None:
    match = asking.match(needs=world.NEEDS, access_needs=[access], limit=SIZE)
    assert match.found
    assert all(access in each.service.access_needs for each in match.found)
    assert len(match.found) < len(asking.match(needs=world.NEEDS, limit=SIZE).found)


def test_a_language_only_changes_the_order(told: list[Told], everything: None) -> None:
    plain = asking.match(needs=world.NEEDS, limit=SIZE).found
    spoken = asking.match(needs=world.NEEDS, languages=["so"], limit=SIZE).found
    assert {each.service_id for each in spoken} == {each.service_id for each in plain}


def test_the_best_ten_are_the_first_ten_of_all(told: list[Told], everything: None) -> None:
    everyone = asking.match(needs=world.NEEDS, limit=SIZE).found
    assert asking.match(needs=world.NEEDS).found == everyone[:10]
    assert asking.found(needs=world.NEEDS, limit=7) == asking.found(needs=world.NEEDS, limit=SIZE)[:7]


@pytest.mark.parametrize("seed", range(4))
def test_a_place_gained_or_lost_only_moves_its_own_service(told: list[Told], everything: None, seed: int) -> None:
    dice = Random(seed)
    one = dice.choice([each for each in told if each.facts["capacity_places"]])
    before = [each for each in found(Asked(needs=tuple(world.NEEDS))) if each != one.id]
    Service.objects.filter(id=one.id).update(places_taken=one.facts["capacity_places"])
    assert [each for each in found(Asked(needs=tuple(world.NEEDS))) if each != one.id] == before


def test_an_online_group_is_found_from_any_postcode(everything: None) -> None:
    """It has an address on the web and none on the ground: it is never too far, and has no distance."""
    make.service(name="Online choir", places=(make.place(at=None, location_type="virtual", postcode=""),))
    make.service(name="Post box club", places=(make.place(location_type="postal"),))
    found_near = asking.found(needs=["loneliness"], near=make.CAMDEN, within_km=1)
    by_name = {each.name: each for each in found_near}
    for name in ("Online choir", "Post box club"):
        assert by_name[name].distance_km is None
        assert not any("away" in reason for reason in by_name[name].reasons)
    nearby = asking.found(near=make.CAMDEN, within_km=1)
    assert not {"Online choir", "Post box club"} & {each.name for each in nearby}, "nothing particular was asked for"
