"""A person's match over the whole directory: the columns, then the second step, against a slow reader of every listing."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from linkworks.core.clock import today
from linkworks.directory import queries
from linkworks.directory.models import Service
from linkworks.directory.queries import fitting
from linkworks.directory.rules import weights
from linkworks.directory.rules.facts import CostFacts, SessionFacts
from tests.context import EVERYTHING, acting
from tests.directory import world
from tests.directory.world import Asked, Told
from tests.factories import directory as make

SEED, SIZE = 2031, 60
HOME = make.PECKHAM
NEEDS = ("loneliness", "housing")


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[Told]]:
    """One world for all of these tests, undone at their end: waits, prices and whom each is for are told by their number."""
    with django_db_blocker.unblock(), transaction.atomic():
        with acting(EVERYTHING):
            yield [with_more(each, number) for number, each in enumerate(world.build(SEED, SIZE))]
        transaction.set_rollback(True)


def with_more(each: Told, number: int) -> Told:
    more = {"wait_weeks": [None, 0, 4, 12][number % 4], "person_attributes": ["women-only"] if number % 3 == 0 else []}
    Service.objects.filter(pk=each.id).update(**more)
    each.facts.update(more)
    return each


def weighed(**asked: Any) -> queries.Match:
    return queries.match(queries.Seeking(**{"needs": NEEDS, "near": HOME, "within_km": 4.0, **asked}))


def slow_order(each: Told, sent: dict[UUID, int]) -> Any:
    """The order of one listing by the published table, worked out from what was told of it."""
    others, points, far, name, id = world.order(each, Asked(needs=NEEDS, near=HOME, within_km=4.0), today())
    wait = each.facts["wait_weeks"]
    points -= 2 * max(0.0, 1 - wait / 8) if wait is not None else 0.0
    points = round(points, 6)
    return (others, -int(-points // 5), sent.get(each.id, 0), points, far, name, id)


def in_reach(told: list[Told]) -> list[Told]:
    asked = Asked(needs=NEEDS, near=HOME, within_km=4.0 * fitting.LOOK_BEYOND)
    return [each for each in told if world.fits(each, asked)]


PEOPLE: list[dict[str, Any]] = [
    {"age": 40, "access_needs": ()},
    {"age": 75, "access_needs": ()},
    {"age": 40, "access_needs": ("step-free",)},
]


@pytest.mark.parametrize("busy", [False, True])
@pytest.mark.parametrize("person", PEOPLE)
def test_the_same_as_reading_every_listing(
    told: list[Told], everything: None, person: dict[str, Any], busy: bool
) -> None:
    sent = {each.id: number % 5 for number, each in enumerate(told)} if busy else {}
    found = weighed(recently=sent, **person)
    facts = {**person, "near": HOME, "within_km": 4.0}
    expected = [each for each in in_reach(told) if not world.why_not(each, facts)]
    assert [each.id for each in found.sorted.fits] == [
        each.id for each in sorted(expected, key=lambda each: slow_order(each, sent))
    ]
    full = {each.id for each in in_reach(told) if world.why_not(each, facts) == "full"}
    assert {each.id for each in found.sorted.full} == full, (
        "full is the last thing asked, so it is the only thing in the way"
    )


@pytest.mark.parametrize("person", PEOPLE)
def test_whom_it_has_to_be_for_is_read_in_the_second_step(
    told: list[Told], everything: None, person: dict[str, Any]
) -> None:
    everybody = {each.id for each in weighed(**person).sorted.fits}
    women = {each.id for each in weighed(only_for=("women-only",), **person).sorted.fits}
    assert women == everybody & {each.id for each in told if each.facts["person_attributes"]}


def test_spreading_the_load_drops_nobody_and_keeps_the_bands(told: list[Told], everything: None) -> None:
    plain = weighed()
    busy = weighed(recently={each.id: 40 for each in plain.sorted.fits[::2]})
    assert {each.id for each in busy.sorted.fits} == {each.id for each in plain.sorted.fits}
    assert [each.name for each in busy.sorted.fits] != [each.name for each in plain.sorted.fits]
    bands = [fitting.fitting.band(fitting.fitting.score(each, busy.seeking.wish)) for each in busy.sorted.fits]
    others = [fitting.matching.meant_for_others(each, busy.seeking.wish) for each in busy.sorted.fits]
    assert sorted(zip(others, (-each for each in bands), strict=True)) == list(
        zip(others, (-each for each in bands), strict=True)
    )


def test_only_the_best_are_weighed_and_the_first_of_them_stay_first(
    told: list[Told], everything: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = [each.id for each in weighed().sorted.fits]
    monkeypatch.setattr(fitting, "CONSIDERED", 5)
    monkeypatch.setattr(fitting, "ENOUGH", 3)
    few = [each.id for each in weighed().sorted.fits]
    assert len(few) == 5
    assert set(few) <= set(whole)


def test_while_too_few_fit_more_of_what_answers_is_weighed(
    told: list[Told], everything: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whom it has to be for is not in the columns: what is for women may stand far down among what answers."""
    only = {"only_for": ("women-only",)}
    whole = [each.id for each in weighed(**only).sorted.fits]
    monkeypatch.setattr(fitting, "CONSIDERED", 2)
    assert [each.id for each in weighed(**only).sorted.fits] == whole and len(whole) > 2
    monkeypatch.setattr(fitting, "MOST_CONSIDERED", 2)
    assert len(weighed(**only).sorted.fits) < len(whole), "it ends somewhere"


def alone(**asked: Any) -> queries.Match:
    """For a need that nothing of the made-up world is for."""
    return weighed(**{"needs": ("food-access",), **asked})


class TestSecondStep:
    @pytest.fixture(autouse=True)
    def walls(self, everything: None) -> None:
        """All of it is arranged and asked by the tests themselves."""

    def test_the_lowest_price_of_today_counts(self) -> None:
        over = CostFacts(amount=Decimal(1), valid_to=today().replace(year=2020))
        one = make.service(
            costs=(CostFacts(amount=Decimal(8)), CostFacts(amount=Decimal(4)), over, CostFacts(option="Ask"))
        )
        assert fitting.lowest_prices([one.id]) == {one.id: Decimal(4)}
        assert not alone(can_pay=Decimal(3)).sorted.fits
        assert [each.id for each in alone(can_pay=Decimal(4)).sorted.fits] == [one.id]

    def test_a_price_nobody_knows_rules_nothing_out(self) -> None:
        make.service(costs=())
        found = alone(can_pay=Decimal(0))
        assert found.shown(found.sorted.fits)[0].reasons[-1] == "Cost not known: ask them"

    def test_words_of_free_are_free(self) -> None:
        make.service(costs=(), fees="Free")
        found = alone(can_pay=Decimal(0))
        assert "Free" in found.shown(found.sorted.fits)[0].reasons

    @pytest.mark.parametrize(
        ("times", "said"),
        [
            (("TU-afternoon",), "Tuesday afternoons, when they can go"),
            (("TU-morning", "TU-afternoon"), "Tuesday afternoons, when they can go"),
        ],
    )
    def test_times_come_from_the_columns(self, times: tuple[str, ...], said: str) -> None:
        make.service()
        found = alone(times=times)
        assert said in found.shown(found.sorted.fits)[0].reasons

    def test_another_time_is_set_aside_when_too_little_fits(self) -> None:
        make.service(name="Evening", sessions=(SessionFacts(freq="WEEKLY", byday="FR", place=0),))
        assert [each.reasons[0] for each in alone(times=("TU-morning",)).nearly] == ["Not when they can go: Fridays"]

    def test_what_they_enjoy_lifts_a_group_by_the_published_points_and_says_so(self) -> None:
        make.service(name="A plain table")
        make.service(name="Bench", description="We build model trains, and drink tea.")
        plain, likes = alone(), alone(enjoys="Trains, and my neighbour's cat. I used to bake")
        assert [each.name for each in plain.sorted.fits] == ["A plain table", "Bench"]
        assert [each.name for each in likes.sorted.fits] == ["Bench", "A plain table"]
        bench = likes.sorted.fits[0]
        assert bench.enjoyed == ("trains",)
        assert "Speaks of “trains”, which they enjoy" in likes.shown([bench])[0].reasons
        before = fitting.fitting.score(plain.sorted.fits[1], plain.seeking.wish)
        assert fitting.fitting.score(bench, likes.seeking.wish) - before == weights.POINTS["enjoy"]

    def test_what_they_enjoy_alone_brings_nothing_that_helps_with_something_else(self) -> None:
        make.service(name="Bench", description="We build model trains.", needs=("housing",))
        assert not alone(enjoys="trains").sorted.fits

    def test_what_was_set_aside_is_nowhere(self) -> None:
        one, other = make.service(name="One"), make.service(name="Other")
        found = alone(without=frozenset({one.id}))
        assert [each.id for each in fitting.everything(found.sorted)] == [other.id]
        [said] = queries.why_not_shown("One", found)
        assert said.place is None

    def test_enough_fits_so_nothing_is_set_aside(self) -> None:
        for number in range(weights.FEW):
            make.service(name=f"Fits {number}")
        make.service(name="Further", places=(make.place(at=(51.5137, -0.0693)),))
        found = alone()
        assert len(found.sorted.fits) == weights.FEW and not found.nearly
        assert [(each.name, why[0].check) for each, why in found.sorted.others] == [("Further", "distance")]

    def test_the_second_step_costs_two_statements_however_many(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(5):
            make.service(name=f"Fits {number}")
        found = alone()
        for some in (found.sorted.fits[:1], found.sorted.fits):
            with django_assert_num_queries(2):
                fitting.weighed(some, found.seeking)


class TestNamed:
    @pytest.fixture(autouse=True)
    def walls(self, everything: None) -> None:
        """All of it is arranged and asked by the tests themselves."""

    @pytest.mark.parametrize("name", ["Tuesday lunch club", "tuesday lunch", "LUNCH", "Tuesday lumch club"])
    def test_it_is_found_however_it_is_typed(self, name: str) -> None:
        one = make.service()
        [said] = queries.why_not_shown(name, alone())
        assert (said.service_id, said.place, said.of, said.reasons) == (one.id, 1, 1, [])

    @pytest.mark.parametrize("name", ["", "ke", "companies", "xyzzy", "Choumert Road", "%", "a:b & !c"])
    def test_what_is_nobodys_name_names_nothing(self, name: str) -> None:
        make.service()
        assert queries.why_not_shown(name, alone()) == []

    def test_a_few_of_one_name_are_all_explained(self) -> None:
        for number in range(5):
            make.service(name=f"Choir {number}", needs=("housing",))
        assert len(queries.why_not_shown("choir", alone())) == fitting.MOST_NAMED

    @pytest.mark.parametrize("name", ["Peckham Hall Trust", "peckham hall", " PECKHAM HALL TRUST "])
    def test_it_is_found_by_who_runs_it_too(self, name: str) -> None:
        hall = make.organisation("Peckham Hall Trust")
        some = [make.service(hall, name=each) for each in ("Stitchers", "Bakers", "Walkers", "Rowers")]
        said = queries.why_not_shown(name, alone())
        assert [each.name for each in said] == ["Bakers", "Rowers", "Stitchers"], "a few of them, by name"
        assert {each.service_id for each in said} <= {each.id for each in some}

    def test_who_runs_it_names_nothing_that_nobody_may_find(self) -> None:
        hall = make.organisation("Harbour Trust")
        refuge = make.service(hall, name="Refuge")
        assert [each.name for each in queries.why_not_shown("Harbour Trust", alone())] == ["Refuge"]
        Service.objects.filter(pk=refuge.pk).update(is_published=False)
        assert queries.why_not_shown("Harbour Trust", alone()) == []

    def test_a_whole_name_names_that_one_and_not_its_neighbours(self) -> None:
        one = make.service(name="Larkfield Table")
        make.service(name="Larkfield Table Tennis")
        assert len(queries.why_not_shown("larkfield", alone())) == 2
        [said] = queries.why_not_shown(" larkfield TABLE ", alone())
        assert said.service_id == one.id

    def test_one_from_far_away_is_told_how_far(self) -> None:
        make.service(name="Far choir", places=(make.place(at=(51.70, -0.30)),))
        [said] = queries.why_not_shown("Far choir", alone())
        assert [each.why for each in said.reasons] == ["Too far: 19 miles away"]
        assert said.place is None

    def test_what_nearly_fits_is_said_to_be_shown_so(self) -> None:
        make.service(name="Further choir", places=(make.place(at=(51.5237, -0.0693)),))
        [said] = queries.why_not_shown("Further choir", alone())
        assert said.is_nearly and said.reasons[0].why.startswith("Too far")
