"""Whether an NHS number is real, and whether two records may be one person."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.people import rules
from linkworks.people.rules import Clues, likeness

BORN = date(1958, 4, 2)


class TestNhsNumber:
    @pytest.mark.parametrize("typed", ["9434765919", "943 476 5919", "943-476-5919", " 943 4765919 "])
    def test_a_real_number_is_read_however_it_was_typed(self, typed: str) -> None:
        assert rules.tidy_nhs_number(typed) == "9434765919"

    @pytest.mark.parametrize(
        "typed", ["9434765918", "943476591", "94347659190", "ABCDEFGHIJ", "943 476 591O", "٩٤٣٤٧٦٥٩١٩"]
    )
    def test_anything_else_is_refused(self, typed: str) -> None:
        assert rules.tidy_nhs_number(typed) is None

    def test_no_number_is_no_number(self) -> None:
        assert rules.tidy_nhs_number("  ") == ""

    def test_it_is_printed_in_threes_and_a_four(self) -> None:
        assert rules.spaced_nhs_number("9434765919") == "943 476 5919"
        assert rules.spaced_nhs_number("") == ""

    @given(st.text(max_size=20))
    def test_whatever_is_typed_gives_ten_digits_nothing_or_none(self, typed: str) -> None:
        found = rules.tidy_nhs_number(typed)
        assert found in (None, "") or (len(str(found)) == 10 and str(found).isdecimal())


class TestNames:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Smith", "Smyth"),
            ("Okafor", "Okafur"),
            ("Zoë", "Zoe"),
            ("O'Brien", "OBrien"),
            ("Jean-Luc", "Jean Luc"),
            ("Katherine", "Catherine"),
            ("Yıldız", "Yildiz"),
            ("Wałęsa", "WALESA"),
        ],
    )
    def test_these_are_alike(self, one: str, other: str) -> None:
        assert rules.alike(one, other)
        assert rules.alike(other, one)

    @pytest.mark.parametrize(("one", "other"), [("Smith", "Jones"), ("Amara", "Tomasz"), ("", "Smith"), ("", "")])
    def test_these_are_not(self, one: str, other: str) -> None:
        assert not rules.alike(one, other)

    def test_names_that_have_no_latin_letters_are_compared_as_written(self) -> None:
        assert rules.alike("王", "王")
        assert not rules.alike("王", "李")

    def test_first_and_last_name_the_other_way_round_are_the_same_name(self) -> None:
        assert rules.same_name(Clues("Wei", "Chen"), Clues("Chen", "Wei"))

    @given(st.text(alphabet=st.characters(min_codepoint=65, max_codepoint=382), min_size=1, max_size=30))
    def test_a_name_sounds_like_itself(self, name: str) -> None:
        assert rules.sound(name) == rules.sound(f" {name}-")
        assert rules.alike(name, name) is bool(rules.plain(name))


class TestLikeness:
    def test_the_same_nhs_number_is_enough(self) -> None:
        found = likeness(Clues("A", "B", nhs_number="9434765919"), Clues("C", "D", nhs_number="9434765919"))
        assert found.is_worth_showing
        assert found.why == ("same NHS number",)

    def test_name_and_date_of_birth_are_enough(self) -> None:
        found = likeness(Clues("Jane", "Smith", BORN), Clues("JANE", "smith", BORN))
        assert found.is_worth_showing
        assert found.why == ("same name", "same date of birth")

    def test_a_nearby_name_and_date_of_birth_are_enough(self) -> None:
        assert likeness(Clues("Jayne", "Smyth", BORN), Clues("Jane", "Smith", BORN)).is_worth_showing

    def test_a_nearby_name_and_postcode_are_enough(self) -> None:
        found = likeness(Clues("Jayne", "Smyth", postcode="SE15 5DD"), Clues("Jane", "Smith", postcode="se155dd"))
        assert found.is_worth_showing
        assert found.why == ("a name that sounds alike", "same postcode")

    def test_the_same_phone_is_enough_however_it_is_written(self) -> None:
        wanted, known = Clues(phones=frozenset(["+44 7700 900123"])), Clues(phones=frozenset(["07700 900123"]))
        assert likeness(wanted, known).why == ("same phone number",)
        assert likeness(wanted, known).is_worth_showing

    @pytest.mark.parametrize(
        ("wanted", "known"),
        [
            (Clues("Jane", "Smith"), Clues("Jane", "Smith")),
            (Clues("Jane", "Smith", BORN), Clues("Amir", "Khan", BORN)),
            (Clues("Jane", "Smith", postcode="SE15 5DD"), Clues("Amir", "Khan", postcode="SE15 5DD")),
            (Clues(), Clues()),
            (Clues(phones=frozenset(["999"])), Clues(phones=frozenset(["999"]))),
        ],
    )
    def test_less_is_not(self, wanted: Clues, known: Clues) -> None:
        assert not likeness(wanted, known).is_worth_showing

    def test_two_different_nhs_numbers_are_said_and_weigh_against(self) -> None:
        wanted, known = Clues("Jane", "Smith", BORN, "9434765919"), Clues("Jane", "Smith", BORN, "9434765870")
        found = likeness(wanted, known)
        assert found.why[-1] == "but a different NHS number"
        assert found.score < likeness(Clues("Jane", "Smith", BORN), known).score

    def test_the_order_of_the_two_does_not_matter(self) -> None:
        one, other = Clues("Jayne", "Smyth", BORN, postcode="SE15 5DD"), Clues("Jane", "Smith", BORN)
        assert likeness(one, other) == likeness(other, one)
