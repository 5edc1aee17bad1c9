"""Where London is and who belongs to whom: grid to globe, forgiving postcodes, every borough answered, ties that never overlap."""

import random
from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from linkworks.clients.postcodes import BRITISH_GRID, IRISH_GRID, kept, placed, positions
from linkworks.core.actor import job_actor
from linkworks.core.errors import Conflict, Invalid
from linkworks.core.postcodes import is_postcode, packed, sector_of, spaced, tidy_postcode
from linkworks.organisations.actions import end_relation, move, record_gap, relate
from linkworks.organisations.models import Organisation, Relation
from linkworks.organisations.queries import borough_coverage, part_of, parts_of, who_serves
from linkworks.organisations.queries.serving import Answer
from linkworks.organisations.rules.places import boroughs, metres_between
from linkworks.organisations.states import RelationKind
from tests.cast import Cast
from tests.factories.organisations import make_organisation, make_postcode, make_scheme

SET_UP = job_actor("set-up")

# Ordnance Survey's and others' published positions: (easting, northing, latitude, longitude).
PUBLISHED = [
    (651409.903, 313177.270, 52.657977, 1.716052),  # the worked example of OS's guide to coordinate systems (Caister)
    (530034, 180381, 51.507389, -0.127722),  # Charing Cross
    (538890, 177320, 51.477850, -0.001500),  # the Royal Observatory, Greenwich
    (532000, 181000, 51.512500, -0.099100),  # by St Paul's
]


@pytest.mark.parametrize(("east", "north", "latitude", "longitude"), PUBLISHED[:1])
def test_the_published_worked_example_is_met_within_five_metres(
    east: float, north: float, latitude: float, longitude: float
) -> None:
    [found_latitude], [found_longitude] = positions([east], [north])

    assert metres_between((found_latitude, found_longitude), (latitude, longitude)) < 5


@pytest.mark.parametrize(("east", "north", "latitude", "longitude"), PUBLISHED[1:])
def test_landmarks_are_where_they_are(east: float, north: float, latitude: float, longitude: float) -> None:
    """Their published positions are to the nearest hundred metres or so."""
    [found_latitude], [found_longitude] = positions([east], [north])

    assert metres_between((found_latitude, found_longitude), (latitude, longitude)) < 200


LONDON_GRID = st.tuples(st.integers(503_000, 561_000), st.integers(155_000, 201_000))


@settings(max_examples=40)
@given(LONDON_GRID, st.integers(-500, 500), st.integers(-500, 500))
def test_metres_on_the_grid_are_metres_on_the_ground(at: tuple[int, int], east: int, north: int) -> None:
    (one, other), (one_long, other_long) = positions([at[0], at[0] + east], [at[1], at[1] + north])
    straight = (east**2 + north**2) ** 0.5

    assert metres_between((one, one_long), (other, other_long)) == pytest.approx(straight, rel=0.01, abs=1.5)


@given(st.lists(LONDON_GRID, min_size=1, max_size=5))
@settings(max_examples=20)
def test_all_of_london_is_in_london(points: list[tuple[int, int]]) -> None:
    latitudes, longitudes = positions([east for east, _ in points], [north for _, north in points])

    assert all(51.25 < each < 51.72 for each in latitudes)
    assert all(-0.6 < each < 0.4 for each in longitudes)


def test_northern_ireland_is_measured_on_its_own_grid() -> None:
    belfast = (333_500.0, 374_500.0)
    [[row]] = list(placed([("BT11AA", "N09000003", *belfast)]))
    [latitude], [longitude] = positions([belfast[0]], [belfast[1]], grid=IRISH_GRID)

    assert (row[2], row[3]) == (latitude, longitude)
    assert metres_between((latitude, longitude), (54.6, -5.93)) < 3000
    assert positions([belfast[0]], [belfast[1]], grid=BRITISH_GRID) != ([latitude], [longitude])


@pytest.mark.parametrize(
    ("authority", "east", "north", "all_of_uk", "taken"),
    [
        ("E09000028", 534000.0, 176000.0, False, True),
        ("E07000001", 534000.0, 176000.0, False, False),
        ("E07000001", 534000.0, 176000.0, True, True),
        (None, 534000.0, 176000.0, True, False),
        (float("nan"), 534000.0, 176000.0, True, False),
        ("E09000028", None, 176000.0, False, False),
        ("E09000028", 534000.0, float("nan"), False, False),
    ],
)
def test_rows_without_a_place_or_of_elsewhere_are_left_out(
    authority: Any, east: Any, north: Any, all_of_uk: bool, taken: bool
) -> None:
    columns = {"pcd": ["SE15 5DD"], "laua": [authority], "oseast1m": [east], "osnrth1m": [north]}

    assert bool(kept(columns, all_of_uk=all_of_uk)) is taken


# Postcodes as people type them


REAL = ["SE15 5DD", "EC1A 1BB", "W1A 0AX", "N1 9GU", "E20 1EJ", "SW1A 2AA", "CR0 1EA", "HA0 1AA", "WC2N 5DU"]
NOISE = ["", " ", "  ", "-", ".", ",", "–", "_", "\t", "\n", "\u00a0"]


@given(st.sampled_from(REAL), st.integers(0, 2**32))
def test_spaces_dots_dashes_and_case_never_matter(postcode: str, seed: int) -> None:
    dice = random.Random(seed)
    typed = "".join(dice.choice(NOISE) + dice.choice([letter, letter.lower()]) for letter in packed(postcode))

    assert tidy_postcode(typed + dice.choice(NOISE)) == postcode


@given(st.sampled_from(REAL), st.data())
def test_one_letter_misread_is_mended_or_refused_and_never_another_place(postcode: str, data: st.DataObject) -> None:
    letters = packed(postcode)
    swaps = {"0": "O", "O": "0", "1": "I", "I": "1"}
    places = [number for number, letter in enumerate(letters) if letter in swaps]
    if not places:
        return
    at = data.draw(st.sampled_from(places))

    found = tidy_postcode(letters[:at] + swaps[letters[at]] + letters[at + 1 :])

    assert found in {postcode, None} or is_postcode(letters[:at] + swaps[letters[at]] + letters[at + 1 :])


@given(st.sampled_from(REAL))
def test_a_sector_is_the_postcode_without_its_last_two_letters(postcode: str) -> None:
    assert sector_of(postcode) == postcode[:-2]
    assert spaced(packed(postcode)) == postcode


# Who serves


@pytest.mark.django_db
class TestServing:
    def test_every_borough_is_answered_with_nothing_at_all_in_linkworks(self) -> None:
        found = borough_coverage()

        assert [each.borough.code for each in found] == list(boroughs())
        assert all(each.gap and each.gap.reason and not each.schemes for each in found)

    def test_every_borough_without_a_scheme_names_the_nearest_one_that_serves_everybody(self) -> None:
        make_scheme("For all", boroughs=("E09000028",))
        make_scheme("For some", boroughs=("E09000007",), coverage="cohort")

        for each in borough_coverage():
            if each.borough.code == "E09000028":
                assert each.gap is None
            else:
                assert each.gap and each.gap.nearest and each.gap.nearest.name == "For all"

    @pytest.mark.parametrize("code", sorted(boroughs()))
    def test_a_postcode_of_any_borough_gets_a_sentence_that_can_be_read_out(self, code: str) -> None:
        borough = boroughs()[code]
        make_postcode("SE15 5DD", code, borough.latitude, borough.longitude)
        make_scheme("Near enough", boroughs=("E09000028",), phone="020 7946 0100")

        answer = who_serves("se155dd")

        expected = Answer.SERVED if code == "E09000028" else Answer.GAP
        assert answer.answer is expected and answer.borough == borough
        assert borough.name in answer.sentence and answer.sentence.endswith(".")
        assert "Near enough" in answer.sentence

    @pytest.mark.parametrize("typed", ["", "SE15", "hello", "SE15 5DDD", "<b>", "' OR 1=1 --", "x" * 300])
    def test_what_is_no_postcode_is_asked_again(self, typed: str, client: Client) -> None:
        assert who_serves(typed).answer is Answer.UNKNOWN
        page = client.get(reverse("organisations:boroughs"), {"q": typed})
        assert page.status_code == 200
        assert "<b>" not in page.content.decode().split("<main")[1]

    @pytest.mark.parametrize("coverage", ["none", "developing"])
    def test_a_scheme_that_takes_nobody_yet_does_not_serve(self, coverage: str) -> None:
        make_postcode()
        make_scheme("Not yet", boroughs=("E09000028",), coverage=coverage)

        answer = who_serves("SE15 5DD")

        assert answer.answer is not Answer.SERVED
        assert answer.gap is not None

    def test_the_nearest_is_the_nearest(self) -> None:
        for code in ("E09000003", "E09000022", "E09000010"):
            make_scheme(f"In {boroughs()[code].name}", boroughs=(code,))
        southwark = boroughs()["E09000028"]
        make_postcode("SE15 5DD", southwark.code, southwark.latitude, southwark.longitude)

        gap = who_serves("SE15 5DD").gap

        assert gap and gap.nearest and gap.nearest.name == "In Lambeth"

    def test_a_recorded_gap_is_said_in_its_own_words_first(self, cast: Cast) -> None:
        make_postcode("EN5 1AA", "E09000003", 51.65, -0.2)
        record_gap("E09000003", reason="Starts in May.", nearest=cast.other_scheme, by=SET_UP)

        assert who_serves("EN5 1AA").sentence.startswith("Starts in May. The nearest scheme is Canal Side")

    @pytest.mark.parametrize("search", ["southwark", "SOUTHWARK", "south wark", "camden"])
    def test_boroughs_are_found_by_name(self, client: Client, search: str) -> None:
        page = client.get(reverse("organisations:boroughs"), {"q": search}).content.decode()

        shown = [each.name for each in boroughs().values() if f">{each.name}<" in page or f"{each.name}\n" in page]
        assert len(shown) <= 3


# Ties between two dates


DAYS = st.integers(0, 60).map(lambda number: date(2026, 1, 1) + timedelta(days=number))
STEPS = st.lists(
    st.tuples(st.sampled_from(["relate", "move", "end"]), st.integers(0, 2), DAYS, st.none() | DAYS),
    min_size=1,
    max_size=8,
)


class TestTies(TestCase):
    def setUp(self) -> None:
        self.part = make_organisation("A PCN", "pcn")
        self.boards = [make_organisation(name, "icb") for name in ("North", "South", "East")]

    @settings(max_examples=40)
    @given(STEPS)
    def test_whatever_is_recorded_nothing_is_ever_part_of_two_on_one_day(self, steps: list[Any]) -> None:
        Relation.objects.filter(organisation=self.part).delete()
        for step in steps:
            with suppress(Conflict, Invalid):
                self.take(*step)
        ties = sorted(Relation.objects.filter(organisation=self.part), key=lambda each: each.starts_on)
        assert all(each.ends_on is None or each.ends_on > each.starts_on for each in ties)
        assert all(one.ends_on and one.ends_on <= other.starts_on for one, other in pairwise(ties))
        for number in range(0, 61, 5):
            self.agree_on(date(2026, 1, 1) + timedelta(days=number))

    def take(self, what: str, board: int, day: date, end: date | None) -> None:
        if what == "relate":
            relate(self.part, to=self.boards[board], kind=RelationKind.PART_OF, starts_on=day, ends_on=end, by=SET_UP)
        elif what == "move":
            move(self.part, to=self.boards[board], on=day, by=SET_UP)
        else:
            held = Relation.objects.filter(organisation=self.part).order_by("starts_on").last()
            if held:
                end_relation(held, ends_on=day, by=SET_UP)

    def agree_on(self, day: date) -> None:
        """Asked from either side, the answer is the same."""
        above = part_of(self.part, day)
        below = [board for board in self.boards if self.part in list(parts_of(board, day))]
        assert below == ([above] if above else [])

    def test_moving_leaves_every_earlier_day_as_it_was(self) -> None:
        relate(self.part, to=self.boards[0], kind=RelationKind.PART_OF, starts_on=date(2026, 1, 1), by=SET_UP)
        before = {day: part_of(self.part, date(2026, 1, day)) for day in range(1, 20)}
        move(self.part, to=self.boards[1], on=date(2026, 1, 20), by=SET_UP)

        assert {day: part_of(self.part, date(2026, 1, day)) for day in range(1, 20)} == before
        assert part_of(self.part, date(2026, 1, 20)) == self.boards[1]
        assert Organisation.objects.filter(pk=self.part.pk).exists()
