"""One person's goal: what rules a service out, what counts, who comes first among equals, and what is set aside. No database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from linkworks.directory.rules import fitting, matching, room, week, weights
from linkworks.directory.rules.matching import Candidate, Wish

TODAY = date(2026, 11, 22)
IDS = UUID(int=7)


def service(name: str = "Lunch", **facts: Any) -> Candidate:
    return Candidate(**{"id": uuid5(IDS, name), "name": name, "needs": ("loneliness",), "has_place": True, **facts})


def wish(**asked: Any) -> Wish:
    return Wish(**{"needs": ("loneliness",), "today": TODAY, **asked})


NEAR = {"is_near": True, "within_km": 2.0}
TUESDAYS = ("TU", "TU-morning")


@pytest.mark.parametrize(
    ("facts", "asked", "why"),
    [
        ({"times": TUESDAYS}, {"times": ("TU-morning",)}, []),
        ({"times": TUESDAYS}, {"times": ("TU-evening", "MO-morning")}, ["Not when they can go: Tuesday mornings"]),
        ({"times": ("TU",)}, {"times": ("TU-evening",)}, []),
        ({"times": ("TU",)}, {"times": ("WE-evening",)}, ["Not when they can go: Tuesdays"]),
        ({"times": ()}, {"times": ("TU-morning",)}, []),
        ({"times": TUESDAYS}, {"times": ()}, []),
        ({"price": Decimal(5)}, {"can_pay": Decimal(2)}, ["More than they can pay: £5"]),
        ({"price": Decimal(2)}, {"can_pay": Decimal(2)}, []),
        ({"price": None}, {"can_pay": Decimal(0)}, []),
        ({"price": Decimal(5), "is_free": True}, {"can_pay": Decimal(0)}, []),
        ({"price": Decimal(5)}, {"can_pay": None}, []),
        ({"for_whom": ("women-only",)}, {"only_for": ("women-only",)}, []),
        ({"for_whom": ()}, {"only_for": ("women-only",)}, ["Not known to be: women only"]),
        ({"for_whom": ("carers",)}, {"only_for": ("women-only", "carers")}, ["Not known to be: women only"]),
        ({"advice_levels": ("casework",)}, {"advice": "casework"}, []),
        ({"advice_levels": ("information", "casework")}, {"advice": "casework"}, []),
        ({"advice_levels": ("unsaid",)}, {"advice": "casework"}, []),
        (
            {"advice_levels": ("information", "casework")},
            {"advice": "representation"},
            ["Its advice is said to be: information and casework"],
        ),
        ({"advice_levels": ()}, {"advice": "casework"}, ["Not known to give advice"]),
        ({"advice_levels": ()}, {"advice": ""}, []),
        ({"maximum_age": 25}, {"age": 70}, ["For people aged 25 and under"]),
        ({"access_needs": ()}, {"access_needs": ("step-free",)}, ["Not known to be step-free"]),
        ({"distance_km": 3.3}, NEAR, ["Too far: 2.1 miles away"]),
        ({"is_referable": False}, {}, ["Does not take people from link workers"]),
        ({"categories": ("creative",)}, {"offered": ("connected",)}, ["Not a kind of support your scheme offers"]),
        ({"capacity_places": 2, "places_taken": 2}, {}, ["Full"]),
    ],
)
def test_each_must_have_in_words(facts: dict[str, Any], asked: dict[str, Any], why: list[str]) -> None:
    assert [each.why for each in fitting.failed(service(**facts), wish(**asked))] == why


def test_everything_that_stands_in_the_way_is_said_and_not_only_the_first() -> None:
    bad = service(maximum_age=25, distance_km=9.0, times=TUESDAYS, price=Decimal(9), capacity_places=1, places_taken=1)
    asked = wish(age=70, times=("SU-morning",), can_pay=Decimal(1), only_for=("women-only",), **NEAR)
    checks = [each.check for each in fitting.failed(bad, asked)]
    assert checks == ["age", "whom", "distance", "times", "cost", "room"]
    assert matching.why_not(bad, asked) == "For people aged 25 and under"


@pytest.mark.parametrize(
    ("facts", "asked", "weight", "points"),
    [
        ({"times": TUESDAYS}, {"times": ("TU-morning",)}, "times", 6.0),
        ({"times": ("TU",)}, {"times": ("TU-morning",)}, "times", 0.0),
        ({"times": ()}, {"times": ("TU-morning",)}, "times", 0.0),
        ({"times": TUESDAYS}, {}, "times", 0.0),
        ({"is_free": True}, {"can_pay": Decimal(0)}, "cost", 3.0),
        ({"is_free": True}, {}, "cost", 0.0),
        ({"price": None}, {"can_pay": Decimal(5)}, "cost", 0.0),
        ({"price": Decimal(4)}, {"can_pay": Decimal(5)}, "cost", 3.0),
        ({"price": Decimal(6)}, {"can_pay": Decimal(5)}, "cost", 0.0),
        ({"wait_weeks": 0}, {}, "wait", 2.0),
        ({"wait_weeks": 4}, {}, "wait", 1.0),
        ({"wait_weeks": 8}, {}, "wait", 0.0),
        ({"wait_weeks": 80}, {}, "wait", 0.0),
        ({"wait_weeks": None}, {}, "wait", 0.0),
        ({"languages": ("bn",)}, {"languages": ("bn",)}, "language", 6.0),
        ({"goal_words": ("eat",)}, {}, "goal", 8.0),
        ({"goal_needs": ("creativity",)}, {}, "goal", 8.0),
        ({"goal_words": ("eat",), "goal_needs": ("creativity",)}, {}, "goal", 8.0),
        ({"enjoyed": ("trains", "jam")}, {}, "enjoy", 5.0),
        ({"distance_km": 0.5}, NEAR, "near", 7.5),
        ({"word_rank": 0.5}, {}, "words", 10.0),
    ],
)
def test_points_are_those_of_the_published_table(
    facts: dict[str, Any], asked: dict[str, Any], weight: str, points: float
) -> None:
    assert fitting.parts(service(**facts), wish(**asked))[weight] == points
    most = weights.POINTS[weight]
    assert 0 <= points <= most


def test_every_row_of_the_table_counts_and_nothing_else_does() -> None:
    asked = wish(age=70)
    parts = fitting.parts(service(), asked)
    own = matching.own_parts(service())
    assert set(parts) - {"own"} | set(own) == set(weights.POINTS)
    assert sum(own.values()) == pytest.approx(parts["own"])


# A small world, told by dice.
NAMES = [f"Group {number}" for number in range(12)]


@st.composite
def services(draw: Any) -> list[Candidate]:
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=10))
    return [
        service(
            name,
            recently=draw(st.integers(0, 4)), wait_weeks=draw(st.none() | st.integers(0, 12)),
            trust=draw(st.integers(0, 100)), distance_km=draw(st.sampled_from([None, 0.4, 1.1, 2.5, 3.9, 6.0])),
            times=draw(st.sampled_from([(), TUESDAYS, ("SA", "SA-evening")])),
            price=draw(st.sampled_from([None, Decimal(0), Decimal(4)])), maximum_age=draw(st.sampled_from([None, 30])),
            capacity_places=draw(st.sampled_from([None, 3, 0])), access_needs=draw(st.sampled_from([(), ("step-free",)])),
        )
        for name in names
    ]  # fmt: skip


WISHES = st.builds(
    wish,
    times=st.sampled_from([(), ("TU-morning",)]),
    can_pay=st.sampled_from([None, Decimal(0), Decimal(5)]),
    age=st.sampled_from([None, 70]),
    access_needs=st.sampled_from([(), ("step-free",)]),
    is_near=st.just(True),
    within_km=st.just(2.0),
)


def shown(weighed: fitting.Sorted) -> Iterator[Candidate]:
    yield from weighed.fits
    yield from weighed.full
    yield from (each for each, _ in weighed.nearly)
    yield from (each for each, _ in weighed.others)


@given(services(), WISHES)
def test_nobody_is_dropped_and_nobody_stands_twice(some: list[Candidate], asked: Wish) -> None:
    ids = [each.id for each in shown(fitting.sort_out(some, asked))]
    assert sorted(ids) == sorted(each.id for each in some)


@given(services(), WISHES, st.dictionaries(st.sampled_from(NAMES), st.integers(0, 50)))
def test_spreading_never_moves_anything_across_a_band(some: list[Candidate], asked: Wish, sent: dict[str, int]) -> None:
    """However many were sent where, bands stand in the same order, each with the same groups in it."""
    before = fitting.sort_out(some, asked)
    busy = [structs.replace(each, recently=sent.get(each.name, 0)) for each in some]
    after = fitting.sort_out(busy, asked)
    for one, other in ((before.fits, after.fits), (before.full, after.full)):
        assert [band(each, asked) for each in one] == [band(each, asked) for each in other]
        assert {each.id for each in one} == {each.id for each in other}
    bands = [band(each, asked) for each in after.fits]
    assert bands == sorted(bands, reverse=True)
    for number in set(bands):
        recently = [each.recently for each in after.fits if band(each, asked) == number]
        assert recently == sorted(recently), "in a band, who was sent fewer people comes first"


def band(candidate: Candidate, asked: Wish) -> int:
    return fitting.band(fitting.score(candidate, asked))


@given(services(), WISHES, st.randoms())
def test_the_order_depends_on_nothing_but_the_facts(some: list[Candidate], asked: Wish, dice: Any) -> None:
    mixed = list(some)
    dice.shuffle(mixed)
    assert fitting.sort_out(mixed, asked) == fitting.sort_out(some, asked)


@dataclass
class Slow:
    """The same said the long way, service by service."""

    some: list[Candidate]
    asked: Wish

    def hurdles(self, each: Candidate) -> list[str]:
        asked = self.asked
        found = []
        if asked.age and each.maximum_age and asked.age > each.maximum_age:
            found.append("age")
        if asked.access_needs and not each.access_needs:
            found.append("access")
        if each.distance_km is None or each.distance_km > 2.0:
            found.append("distance")
        if asked.times and each.times and "TU-morning" not in each.times:
            found.append("times")
        if asked.can_pay is not None and each.price is not None and each.price > asked.can_pay:
            found.append("cost")
        if each.capacity_places == 0:
            found.append("room")
        return found

    def best(self, *hurdles: str) -> list[UUID]:
        fitting_ = [each for each in self.some if self.hurdles(each) == list(hurdles)]
        return [each.id for each in sorted(fitting_, key=self.order)]

    def order(self, each: Candidate) -> Any:
        points = 10.0 + 4 * each.trust / 100 + 1 + 3 * bool(each.capacity_places)
        points += 10 * max(0.0, 1 - each.distance_km / 2.0) if each.distance_km is not None else 0
        points += 6 if self.asked.times and "TU-morning" in each.times else 0
        known = each.price is not None and self.asked.can_pay is not None
        points += 3 if known and each.price <= self.asked.can_pay else 0  # type: ignore[operator]
        points += 2 * max(0.0, 1 - each.wait_weeks / 8) if each.wait_weeks is not None else 0
        far = 99.0 if each.distance_km is None else each.distance_km
        return (-int(round(points, 6) // 5), each.recently, -round(points, 6), far, each.name)

    def nearly(self) -> list[UUID]:
        found: list[UUID] = []
        for hurdle in ("distance", "times", "cost"):
            if len(self.best()) + len(found) < 3:
                found += [each for each in self.best(hurdle) if hurdle != "distance" or self.is_close(each)][:5]
        return found

    def is_close(self, id: UUID) -> bool:
        far = next(each.distance_km for each in self.some if each.id == id)
        return far is not None and far <= 4.0


@given(services(), WISHES)
def test_the_same_as_the_long_way(some: list[Candidate], asked: Wish) -> None:
    slow, weighed = Slow(some, asked), fitting.sort_out(some, asked)
    assert [each.id for each in weighed.fits] == slow.best()
    assert [each.id for each in weighed.full] == slow.best("room")
    assert [each.id for each, _ in weighed.nearly] == slow.nearly()


@given(services(), WISHES)
def test_what_is_set_aside_is_one_thing_and_never_access_age_or_whom(some: list[Candidate], asked: Wish) -> None:
    for each, why in fitting.sort_out(some, asked).nearly:
        assert [failed.check for failed in fitting.failed(each, asked)] == [why.check]
        assert why.check in ("distance", "times", "cost")


def test_what_may_be_set_aside_is_written_down_and_holds_nothing_of_safety() -> None:
    assert list(weights.RELAXED) == ["distance", "times", "cost"]
    assert not {"access", "age", "whom", "referable", "offered", "room"} & set(weights.RELAXED)


def test_one_thing_after_the_other_and_only_until_there_is_enough() -> None:
    far = [service(f"Far {number}", distance_km=3.0) for number in range(2)]
    late = [service(f"Late {number}", distance_km=1.0, times=("SA", "SA-evening")) for number in range(2)]
    both = service("Far and late", distance_km=3.0, times=("SA", "SA-evening"))
    asked = wish(times=("TU-morning",), **NEAR)
    one = service("Fits", distance_km=1.0)
    weighed = fitting.sort_out([*far, *late, both, one], asked)
    assert [each.name for each, _ in weighed.nearly] == ["Far 0", "Far 1"], "with the one that fits these are three"
    weighed = fitting.sort_out([*far, *late, both], asked)
    assert [each.name for each, _ in weighed.nearly] == ["Far 0", "Far 1", "Late 0", "Late 1"]
    assert [each.name for each, _ in weighed.others] == ["Far and late"], "never two at once"


def test_a_full_group_is_not_taken_for_one_that_fits() -> None:
    full = service("Full", capacity_places=3, places_taken=3, goal_words=("eat",), trust=100)
    weighed = fitting.sort_out([full, service("Small")], wish())
    assert ([each.name for each in weighed.fits], [each.name for each in weighed.full]) == (["Small"], ["Full"])
    assert room.places_left(3, 3) == 0


@pytest.mark.parametrize(
    ("times", "said"),
    [
        ((), ""),
        (("TU",), "Tuesdays"),
        (("TU", "TU-morning"), "Tuesday mornings"),
        (("TH", "TU", "TU-morning", "TU-evening"), "Tuesday mornings, Tuesday evenings and Thursdays"),
        (("SU", "MO"), "Mondays and Sundays"),
    ],
)
def test_times_in_words(times: tuple[str, ...], said: str) -> None:
    assert week.said(times) == said


def test_the_times_to_choose_from_are_all_parts_of_the_week() -> None:
    assert len(week.CHOICES) == 21
    assert week.CHOICES[0] == ("MO-morning", "Monday morning")
