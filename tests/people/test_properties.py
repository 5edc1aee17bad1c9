"""What holds for any two records, and for the offer of somebody known: against the slow way, and with two at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections, transaction
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core.errors import Conflict, Invalid
from linkworks.people import actions, queries, rules
from linkworks.people.models import Channel, Disclosure, Person
from linkworks.people.rules import Clues, PersonFacts
from linkworks.people.states import Restriction
from tests.cast import Cast
from tests.context import EVERYTHING, acting
from tests.factories.people import NHS_NUMBERS, channel, name, opened, person

names = st.sampled_from(
    ["", "Jean", "Jeanne", "jean", "Marlow", "Marlowe", "Łukasz", "Lukasz", "O'Neill", "ONeill", "李"]
)
clues = st.builds(
    Clues,
    given_name=names,
    family_name=names,
    born_on=st.none() | st.sampled_from([date(1951, 6, 3), date(1951, 3, 6)]),
    nhs_number=st.sampled_from(["", *NHS_NUMBERS[:2]]),
    postcode=st.sampled_from(["", "SE15 5DD", "se155dd", "N1 9GU"]),
    phones=st.frozensets(st.sampled_from(["020 7946 0001", "+44 20 7946 0001", "07700 900982", "12"]), max_size=2),
)


class TestLikeness:
    @given(one=clues, other=clues)
    def test_it_does_not_matter_who_is_compared_with_whom(self, one: Clues, other: Clues) -> None:
        assert rules.likeness(one, other).score == rules.likeness(other, one).score
        assert set(rules.likeness(one, other).why) == set(rules.likeness(other, one).why)

    @given(one=clues, other=clues)
    def test_nobody_is_offered_without_a_reason_that_can_be_read(self, one: Clues, other: Clues) -> None:
        how = rules.likeness(one, other)
        assert how.score >= 0
        assert bool(how.why) or not how.is_worth_showing
        assert not any(each.startswith("but") for each in how.why[:1]) or not how.is_worth_showing

    @given(one=clues, other=clues)
    def test_a_different_nhs_number_only_ever_makes_it_less_likely(self, one: Clues, other: Clues) -> None:
        told = rules.likeness(one, other)
        untold = rules.likeness(
            one, Clues(other.given_name, other.family_name, other.born_on, "", other.postcode, other.phones)
        )
        if one.nhs_number and other.nhs_number and one.nhs_number != other.nhs_number:
            assert told.score <= untold.score

    @given(one=clues)
    def test_a_name_alone_is_never_enough(self, one: Clues) -> None:
        alone = Clues(one.given_name, one.family_name)
        assert not rules.likeness(alone, alone).is_worth_showing

    @given(known=st.tuples(names, names))
    def test_the_same_name_is_the_same_whatever_way_round(self, known: tuple[str, str]) -> None:
        one, other = Clues(*known), Clues(*known[::-1])
        assert rules.same_name(one, other) == rules.same_name(one, one) == all(map(rules.plain, known))


class TestNhsNumber:
    @given(first=st.lists(st.integers(0, 9), min_size=9, max_size=9), wrong=st.integers(1, 9))
    def test_one_digit_wrong_is_never_a_number(self, first: list[int], wrong: int) -> None:
        check = 11 - sum(digit * (10 - place) for place, digit in enumerate(first)) % 11
        check = 0 if check == 11 else check
        whole = "".join(map(str, first)) + str(check % 10)
        other = "".join(map(str, first)) + str((check + wrong) % 10)
        assert not (rules.tidy_nhs_number(whole) and rules.tidy_nhs_number(other))

    @pytest.mark.parametrize("number", NHS_NUMBERS)
    @given(gaps=st.lists(st.sampled_from(["", " ", "-", "\t"]), min_size=9, max_size=9))
    def test_it_is_read_however_it_is_spaced(self, number: str, gaps: list[str]) -> None:
        typed = number[0] + "".join(gap + digit for gap, digit in zip(gaps, number[1:], strict=True))
        assert rules.tidy_nhs_number(typed) == number
        assert rules.tidy_nhs_number(rules.spaced_nhs_number(number)) == number


class TestOffer:
    WANTED: dict[str, Any] = {
        "given_name": "Jean", "family_name": "Marlow", "born_on": date(1951, 6, 3), "nhs_number": NHS_NUMBERS[0],
        "postcode": "SE15 5DD", "phones": ["020 7946 0001"],
    }  # fmt: skip

    def crowd(self, cast: Cast) -> list[Person]:
        """Twins, namesakes, neighbours, sharers of a telephone, at every level and in the other scheme."""
        kinds: list[dict[str, Any]] = [
            {},
            {"given_name": "Joan"},
            {"born_on": date(1951, 3, 6), "postcode": "N1 9GU"},
            {"born_on": None, "postcode": "SE15 5DD"},
            {"given_name": "Marlow", "family_name": "Jean"},
            {"given_name": "Peter", "family_name": "Stone", "born_on": None, "postcode": "E1 1AA"},
        ]
        made = [person(cast.scheme.id, **kind, restriction=level) for kind in kinds for level in Restriction]
        made += [person(cast.other_scheme.id, **kind) for kind in kinds]
        for each in made[::4]:
            channel(each)
        name(made[2], cast.colleague)
        opened(made[1], cast.colleague)
        return made

    @pytest.mark.parametrize("who", [None, "link_worker", "colleague", "manager", "safeguarding_lead"])
    def test_those_offered_are_those_a_patient_reader_would_pick(self, cast: Cast, who: str | None) -> None:
        crowd = self.crowd(cast)
        by = cast.actor(getattr(cast, who)) if who else None
        found = queries.possible_matches(scheme_id=cast.scheme.id, **self.WANTED, by=by, most=100)
        wanted = Clues(**{**self.WANTED, "phones": frozenset(self.WANTED["phones"])})
        slowly = {
            each.id
            for each in crowd
            if each.scheme_id == cast.scheme.id
            and self.may_know(who, each, crowd)
            and rules.likeness(wanted, queries.clues_of(each)).is_worth_showing
        }
        assert {each.person_id for each in found} == slowly
        scores = [
            rules.likeness(wanted, queries.clues_of(Person.objects.get(id=each.person_id))).score for each in found
        ]
        assert scores == sorted(scores, reverse=True)

    def may_know(self, who: str | None, somebody: Person, crowd: list[Person]) -> bool:
        if somebody.restriction == "normal":
            return True
        if somebody.restriction == "protected":
            return who == "safeguarding_lead" or (who == "colleague" and somebody == crowd[1])
        return who == "colleague" and somebody == crowd[2]

    def test_looking_changes_and_joins_nobody(self, cast: Cast) -> None:
        self.crowd(cast)
        before = list(Person.objects.order_by("id").values())
        queries.possible_matches(scheme_id=cast.scheme.id, **self.WANTED)
        assert list(Person.objects.order_by("id").values()) == before


def test_the_ledger_takes_nobody_of_another_scheme(cast: Cast) -> None:
    stranger = person(cast.other_scheme.id)
    for person_id in (stranger.id, uuid4()):
        with pytest.raises(Invalid):
            actions.log_disclosure(
                person_id=person_id, scheme_id=cast.scheme.id, recipient="Kettle", fields=["name"], basis="agreed",
                purpose="lunch", about_id=uuid4(), by=cast.actor(cast.link_worker),
            )  # fmt: skip
    assert not Disclosure.objects.exists()


class TestTwoAtOnce:
    def both(self, cast: Cast, act: Any) -> list[Any]:
        together = Barrier(2)

        def press(number: int) -> Any:
            try:
                by = pair[number]
                with transaction.atomic(), acting(by):
                    together.wait(timeout=10)
                    return act(by, number)
            except Conflict as refused:
                return refused
            finally:
                connections.close_all()

        with transaction.atomic(), acting(EVERYTHING):
            pair = [cast.actor(cast.link_worker), cast.actor(cast.colleague)]
        with ThreadPoolExecutor(2) as threads:
            return [each.result() for each in [threads.submit(press, 0), threads.submit(press, 1)]]

    def test_one_nhs_number_is_one_record_and_the_other_worker_is_told_what_to_do(self, committed_db: str) -> None:
        with transaction.atomic(), acting(EVERYTHING):
            cast = Cast.make()
        facts = PersonFacts("Jean", "Marlow", nhs_number=NHS_NUMBERS[0])
        made = self.both(cast, lambda by, _: actions.add_person(scheme_id=cast.scheme.id, facts=facts, by=by))
        assert sorted(type(each).__name__ for each in made) == ["Conflict", "Person"]
        with transaction.atomic(), acting(cast.everything):
            assert Person.objects.count() == 1

    def test_one_channel_and_one_that_is_preferred(self, committed_db: str) -> None:
        with transaction.atomic(), acting(EVERYTHING):
            cast = Cast.make()
        with transaction.atomic(), acting(cast.everything):
            jean = person(cast.scheme.id)
        said = {"kind": "phone", "is_safe": True, "is_preferred": True}
        self.both(cast, lambda by, _: actions.set_channel(jean, value="020 7946 0001", **said, by=by))
        self.both(cast, lambda by, number: actions.set_channel(jean, value=f"020 7946 000{number}", **said, by=by))
        with transaction.atomic(), acting(cast.everything):
            assert Channel.objects.filter(value="020 7946 0001").count() == 1
            assert Channel.objects.filter(is_preferred=True).count() == 1
