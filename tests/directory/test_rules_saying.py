"""How well a service answers what somebody said: each part of the published score, and two orders as one."""

import uuid
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.directory.rules import lay, saying
from linkworks.directory.rules.matching import NAMED, SAID, Candidate, Wish

TODAY = date(2026, 11, 22)


def candidate(**facts: Any) -> Candidate:
    return Candidate(id=uuid.uuid4(), name="A group", **facts)


def points(said: str, **facts: Any) -> float:
    return saying.score(candidate(**facts), lay.heard(said), Wish(words=said, today=TODAY))


class TestScore:
    def test_the_need_said_loudest_counts_most(self) -> None:
        said = "bailiffs coming and mould on the wall and I would like a walk"
        loud = list(lay.heard(said).needs)
        assert len(loud) > 1
        scores = [points(said, needs=(need,)) for need in loud]
        assert scores == sorted(scores, reverse=True)
        assert points(said, needs=("memory",)) == 0

    def test_helping_with_two_is_better_but_one_loud_is_better_than_two_faint(self) -> None:
        assert saying.loudest_first([1.0, 0.5]) > saying.loudest_first([1.0]) == 1.0
        assert saying.loudest_first([1.0]) > saying.loudest_first([0.6, 0.6])
        assert saying.loudest_first([]) == 0

    def test_the_kind_spoken_of_is_better_than_another_that_helps(self) -> None:
        debt = {"needs": ("money-debt",)}
        assert points("skint", kinds=("debt-advice",), **debt) > points("skint", kinds=("lunch-club",), **debt)

    def test_one_called_just_that_comes_before_all_that_help(self) -> None:
        called = points("lunch club", own_words=NAMED, has_all_words=True)
        helps = points("lunch club", needs=("loneliness",), kinds=("lunch-club",), distance_km=0.1, capacity_places=9)
        assert called > helps

    def test_a_word_of_a_long_sentence_in_a_name_is_little(self) -> None:
        said = "the bailiffs are coming on tuesday and the council wants the whole year at once"
        assert points(said, own_words=NAMED) < points(said, needs=("money-debt",))
        assert points(said, own_words=SAID) == 0

    def test_nearer_and_with_room_and_trusted_is_better(self) -> None:
        far, near = (points("skint", needs=("money-debt",), distance_km=km) for km in (12.0, 0.5))
        assert near > far
        assert points("skint", capacity_places=3) > points("skint", capacity_places=3, places_taken=3)
        assert points("skint", trust=95) > points("skint", trust=0)

    @pytest.mark.parametrize(("said", "fits"), [("since he died", True), ("bored", False), ("xyzzy", True)])
    def test_a_group_meant_for_one_trouble_is_not_for_another(self, said: str, fits: bool) -> None:
        group = {"kinds": ("bereavement-support",), "needs": ("bereavement", "loneliness")}
        assert (points(said, **group) >= 0) is fits

    def test_nothing_near_makes_up_for_the_wrong_need(self) -> None:
        wrong = points("skint", needs=("nature",), distance_km=0.0, capacity_places=5, trust=100)
        assert wrong < points("skint", needs=("money-debt",), distance_km=15.0)


class TestSpread:
    """Two things were said: the first three answers between them help with both."""

    def order(self, needs: list[tuple[str, ...]], heard: dict[str, float]) -> list[tuple[str, ...]]:
        said, some = lay.Heard(heard, {}), [candidate(needs=each) for each in needs]
        points = {each.id: saying.helps(each, heard) for each in some}
        some.sort(key=lambda each: -points[each.id])
        return [each.needs for each in saying.spread(some, points, said)]

    def test_the_second_thing_said_is_among_the_first_three(self) -> None:
        debts, cold = ("money-debt",), ("fuel-energy",)
        assert self.order([debts] * 4 + [cold], {"money-debt": 1.0, "fuel-energy": 0.6}) == [debts, cold, *[debts] * 3]

    def test_what_was_said_much_more_faintly_waits(self) -> None:
        debts, cold = ("money-debt",), ("fuel-energy",)
        told = {"money-debt": 1.0, "fuel-energy": 0.4}
        assert self.order([debts] * 4 + [cold], told)[0] == debts
        assert self.order([debts] * 2 + [cold], told)[:2] == [debts, debts]

    def test_one_that_helps_with_both_stays_first(self) -> None:
        both = ("money-debt", "fuel-energy")
        assert self.order([("money-debt",), both], {"money-debt": 1.0, "fuel-energy": 0.6})[0] == both

    @given(st.lists(st.sampled_from([("memory",), ("caring",), ("memory", "caring"), ()]), max_size=8))
    def test_nobody_is_lost_and_one_thing_said_keeps_its_order(self, needs: list[tuple[str, ...]]) -> None:
        both = self.order(needs, {"memory": 1.0, "caring": 0.8})
        assert sorted(both) == sorted(needs)
        alone = [bool(set(each) & {"memory"}) for each in self.order(needs, {"memory": 1.0})]
        assert alone == sorted(alone, reverse=True)


class TestAlike:
    @pytest.mark.parametrize(
        ("needs", "answers"),
        [
            (("memory",), True),
            (("caring", "nature"), True),
            (("nature",), False),
            ((), False),
            (("nature", "memory"), True),
        ],
    )
    def test_what_is_alike_must_help_with_what_was_said_loudest(self, needs: tuple[str, ...], answers: bool) -> None:
        """Else one that merely reads alike would come before those that help."""
        heard = lay.Heard({"memory": 1.0, "caring": 0.95, "nature": 0.6}, {})
        assert saying.answers_loudest(candidate(needs=needs), heard) is answers

    def test_where_no_need_was_heard_anything_may_be_the_answer(self) -> None:
        assert saying.answers_loudest(candidate(needs=("nature",)), lay.Heard({}, {"dance": 1.0}))
        assert saying.answers_loudest(candidate(), lay.Heard({}, {}))

    def test_of_those_about_as_alike_the_nearest_comes_first(self) -> None:
        far, near, other, nowhere = (candidate(distance_km=km) for km in (9.0, 1.0, 0.1, None))
        likeness = {far.id: 0.52, near.id: 0.5, other.id: 0.31, nowhere.id: 0.54}
        assert saying.alike_then_near([far, other, nowhere, near], likeness) == [near, far, nowhere, other]


class TestMerged:
    VAGUE, CLEAR = lay.Heard({}, {}), lay.heard("skint and the bailiffs are coming")

    def test_what_both_like_comes_first(self) -> None:
        assert list(saying.merged("abc", "cbd", self.VAGUE)) == ["c", "b", "a", "d"]

    @pytest.mark.parametrize("heard", [VAGUE, CLEAR])
    def test_one_order_stays_as_it_is(self, heard: lay.Heard) -> None:
        assert list(saying.merged("hel", [], heard)) == ["h", "e", "l"]
        assert list(saying.merged([], "hel", heard)) == ["h", "e", "l"]
        assert saying.merged([], [], heard) == {}

    def test_clear_words_are_stronger_than_the_model(self) -> None:
        assert self.CLEAR.loudness >= lay.CLEARLY > self.VAGUE.loudness
        words, model = ["right", "next"], ["wrong", *"abcdefghij", "next"]
        assert next(iter(saying.merged(words, model, self.VAGUE))) == "next"
        assert next(iter(saying.merged(words, model, self.CLEAR))) != "wrong"
        assert next(iter(saying.merged(["right"], ["wrong"], self.CLEAR))) == "right"

    @given(st.permutations("abcdef"), st.permutations("abcdef"))
    def test_when_words_are_vague_it_does_not_matter_which_comes_first(self, one: list[str], other: list[str]) -> None:
        forth, back = saying.merged(one, other, self.VAGUE), saying.merged(other, one, self.VAGUE)
        assert forth == pytest.approx(back)
        assert set(forth) == set("abcdef")
