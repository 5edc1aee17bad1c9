"""What somebody typed, where it is, what it costs: small rules, held by property."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core import vocabulary
from linkworks.directory.rules import lay, places, room, words
from linkworks.directory.rules.facts import CostFacts

PECKHAM = (51.4737, -0.0693)
POINTS = st.tuples(st.floats(49.5, 58.7), st.floats(-7.5, 1.8))


def test_free_is_said_once() -> None:
    assert room.cost_line(CostFacts(amount=Decimal(0), option="Free")) == "Free"
    assert room.cost_line(CostFacts(amount=Decimal(0), option="Carers")) == "Free (Carers)"


@pytest.mark.parametrize(
    ("typed", "needs"),
    [
        ("I feel so lonely", ("loneliness",)),
        ("lonelyness", ("loneliness",)),
        ("berevement", ("bereavement",)),
        ("debt", ("money-debt",)),
        ("can't pay my bills", ("money-debt",)),
        ("sad", ("low-mood",)),
        ("", ()),
        ("   ", ()),
        ("xyzzy", ()),
    ],
)
def test_words_speak_of_needs(typed: str, needs: tuple[str, ...]) -> None:
    assert words.needs_in(typed) == needs


def test_misspellings_of_our_words_are_put_right() -> None:
    assert words.all_of("knittting and crafft") == "knitting craft"
    assert words.any_of("gardenning") == "gardenning or gardening"
    assert words.put_right("lunch") is None


def test_words_that_carry_no_meaning_are_left_out() -> None:
    assert words.asked_words("Help me to find a lunch club near me") == ["lunch", "club"]


@given(st.text(max_size=500))
def test_anything_typed_can_be_searched_for(typed: str) -> None:
    assert len(words.asked_words(typed)) <= words.MOST_WORDS
    assert all(each.isprintable() for each in words.asked_words(typed))
    words.needs_in(typed)
    assert words.any_of(typed).count('"') == 0


@given(POINTS, POINTS)
def test_distance_is_the_same_there_and_back(one: tuple[float, float], other: tuple[float, float]) -> None:
    assert places.distance_km(one, other) == pytest.approx(places.distance_km(other, one))
    assert places.distance_km(one, one) == 0


@given(POINTS, POINTS, st.floats(0.1, 60))
def test_the_box_holds_every_place_within_the_distance(
    point: tuple[float, float], place: tuple[float, float], within: float
) -> None:
    box = places.box_around(point, within)
    if places.distance_km(point, place) <= within:
        assert box.south <= place[0] <= box.north
        assert box.west <= place[1] <= box.east


def test_a_known_distance() -> None:
    charing_cross, greenwich = (51.5073, -0.1276), (51.4779, -0.0015)
    assert places.distance_km(charing_cross, greenwich) == pytest.approx(9.3, abs=0.1)


@pytest.mark.parametrize(
    ("km", "said"),
    [
        (0.01, "less than 200 yards away"),
        (0.65, "0.4 miles away"),
        (1.609, "1.0 mile away"),
        (3.0, "1.9 miles away"),
        (40, "25 miles away"),
    ],
)
def test_miles_as_people_say_them(km: float, said: str) -> None:
    assert places.miles_words(km) == said


def test_the_nearest_of_several_places() -> None:
    assert places.nearest_km(PECKHAM, []) is None
    assert places.nearest_km(PECKHAM, [(52.0, 0.0), PECKHAM]) == 0


@pytest.mark.parametrize(
    ("costs", "fees", "said"),
    [
        ([], "", ""),
        ([], "A small donation", "A small donation"),
        ([CostFacts(amount=Decimal(0))], "", "Free"),
        ([CostFacts(amount=Decimal(3), amount_description="per session")], "", "£3 per session"),
        ([CostFacts(amount=Decimal("2.50"), option="concession")], "", "£2.50 (concession)"),
        ([CostFacts(amount=Decimal(5)), CostFacts(amount=Decimal(3), option="over 60s")], "", "From £3 (over 60s)"),
        (
            [CostFacts(amount=Decimal(5)), CostFacts(amount=Decimal(0), option="first visit")],
            "",
            "From Free (first visit)",
        ),
        ([CostFacts(option="Adults", amount_description="ask")], "", "Adults: ask"),
    ],
)
def test_cost_in_one_line(costs: list[CostFacts], fees: str, said: str) -> None:
    assert room.cost_words(costs, fees).lower() == said.lower()


@pytest.mark.parametrize(
    ("places_in_all", "taken", "has_room", "said"),
    [
        (None, 0, None, ""),
        (None, 9, None, ""),
        (1, 0, True, "1 place free"),
        (9, 2, True, "7 places free"),
        (3, 3, False, "Full"),
        (0, 0, False, "Full"),
    ],
)
def test_room(places_in_all: int | None, taken: int, has_room: bool | None, said: str) -> None:
    assert room.has_room(places_in_all, taken) is has_room
    assert room.capacity_words(places_in_all, taken) == said


def test_waiting_in_words() -> None:
    said = [
        room.wait_words(weeks, words) for weeks, words in ((None, ""), (0, ""), (1, ""), (6, ""), (6, "Until January"))
    ]
    assert said == ["", "No wait", "About 1 week's wait", "About 6 weeks' wait", "Until January"]


def test_a_listing_is_fresh_for_ninety_days() -> None:
    assert room.is_fresh(date(2026, 8, 24), date(2026, 11, 22))
    assert not room.is_fresh(date(2026, 8, 23), date(2026, 11, 22))
    assert not room.is_fresh(None, date(2026, 11, 22))


@dataclass
class Long:
    words: str = "word " * 60


def test_long_words_are_cut_between_words() -> None:
    cut = room.shortened(Long().words, 40)
    assert len(cut) <= 40
    assert cut.endswith("word…")


def plainly_labelled(word: str, *lists: str) -> list[str]:
    """As slowly as can be: every label is read anew."""
    labels = [(each.id, f"{each.label} {each.short}") for name in lists for each in vocabulary.LISTS[name].values()]
    return [id for id, said in labels if words.stem(word) in [words.stem(each) for each in words.words_in(said)]]


LABEL_WORDS = sorted(words.known_words())


@given(st.sampled_from(LABEL_WORDS) | st.text(max_size=9), st.sampled_from([("needs",), ("kinds", "categories")]))
def test_a_label_is_found_by_any_of_its_words(word: str, lists: tuple[str, ...]) -> None:
    assert words.labelled(word, *lists) == plainly_labelled(word, *lists)


@given(st.lists(st.sampled_from([*LABEL_WORDS, "skint", "not", "bailiffs", "the", "loneley"]), max_size=5))
def test_the_needs_spoken_of_are_those_of_sayings_and_of_labels(some: list[str]) -> None:
    text = " ".join(some)
    by_label = {need for word in words.likely_words(text) for need in plainly_labelled(word, "needs")}
    assert words.needs_spoken_of(text) == {*words.needs_in(text), *by_label}


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("", []),
        ("Cooking, trains, cribbage", ["cooking", "trains", "cribbage"]),
        ("Swimming as a girl, car-boot sales", ["swimming", "car", "boot", "sales"]),
        ("The market, radio plays, her neighbour's cat", ["market", "radio", "plays"]),
        ("My sister’s kids and old friends", []),
        ("I used to like dancing. DANCING!", ["dancing"]),
    ],
)
def test_what_somebody_enjoys_without_the_people_and_pets_around_it(said: str, kept: list[str]) -> None:
    assert words.enjoyed_words(said) == kept


@pytest.mark.parametrize(
    ("said", "needs"),
    [
        ("Learn something with my hands", ("skills-learning",)),
        ("Get out of the house once a week", ("loneliness",)),
        ("Get out of debt", ("money-debt",)),
        ("A goal that speaks of nothing we know", ()),
        ("", ()),
    ],
)
def test_what_a_goal_speaks_of(said: str, needs: tuple[str, ...]) -> None:
    assert words.goal_needs(said) == needs


def test_of_what_a_goal_speaks_of_only_the_loudest_counts() -> None:
    said = "bailiffs coming, in debt up to my neck, lonely and my knees ache"
    assert len(lay.heard(said).needs) > 1
    assert words.goal_needs(said) == ("money-debt",)


@given(st.text(max_size=300))
def test_what_somebody_enjoys_is_a_few_words_that_they_said(text: str) -> None:
    kept = words.enjoyed_words(text)
    assert len(kept) <= words.MOST_WORDS and len(set(kept)) == len(kept)
    assert set(kept) <= set(words.goal_words(text))
