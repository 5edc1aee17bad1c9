"""London as cells, and the lines drawn from them."""

from itertools import pairwise
from math import dist

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from linkworks.clients import postcodes
from linkworks.organisations.models import Postcode
from linkworks.organisations.queries import london_drawn
from linkworks.organisations.rules import cells, outline
from linkworks.organisations.rules.cells import COLUMNS, ROWS, boroughs

SOUTHWARK, HACKNEY = "E09000028", "E09000012"
PECKHAM, HEATHROW, DOVER = (51.4737, -0.0693), (51.470, -0.454), (51.13, 1.31)
LETTERS = st.sampled_from("AB")
BLOCKS = st.dictionaries(st.tuples(st.integers(0, 6), st.integers(0, 6)), LETTERS, max_size=30)


def test_what_ships_is_what_is_drawn_from_the_postcodes() -> None:
    """Nobody's shapes: the page of letters follows from the postcode table alone."""
    every = [(code, lat, lon) for batch in postcodes.read() for _, code, lat, lon in batch]
    assert cells.read(cells.drawn(every)) == cells.london()


def test_each_borough_is_on_the_map_and_its_middle_is_in_it() -> None:
    assert len(cells.letters()) == 33 and set(cells.london().values()) == set(cells.letters().values())
    wrong = [
        each.name
        for code, each in boroughs().items()
        if cells.london().get(cells.cell_at(each.latitude, each.longitude)) != cells.letters()[code]
    ]
    assert wrong == []


@pytest.mark.parametrize(("at", "code"), [(PECKHAM, SOUTHWARK), (HEATHROW, "E09000017"), (DOVER, None)])
def test_a_place_is_in_its_borough(at: tuple[float, float], code: str | None) -> None:
    assert cells.london().get(cells.cell_at(*at)) == (cells.letters()[code] if code else None)


LANDMARKS = {
    "Brixton station": (51.4627, -0.1145, "Lambeth"),
    "Stratford station": (51.5416, -0.0034, "Newham"),
    "Wembley": (51.5560, -0.2796, "Brent"),
    "Croydon town hall": (51.3727, -0.0995, "Croydon"),
    "Romford market": (51.5785, 0.1807, "Havering"),
    "Uxbridge station": (51.5463, -0.4786, "Hillingdon"),
    "Kingston bridge": (51.4105, -0.3050, "Kingston upon Thames"),
    "Bromley South": (51.4000, 0.0175, "Bromley"),
    "Enfield Town": (51.6521, -0.0807, "Enfield"),
    "Walthamstow Central": (51.5830, -0.0197, "Waltham Forest"),
    "Deptford": (51.4786, -0.0262, "Lewisham"),
    "Woolwich Arsenal": (51.4899, 0.0692, "Greenwich"),
    "Camden Town": (51.5392, -0.1426, "Camden"),
    "Paddington": (51.5154, -0.1755, "Westminster"),
    "Barking": (51.5396, 0.0810, "Barking and Dagenham"),
    "Harrow-on-the-Hill": (51.5793, -0.3366, "Harrow"),
    "Sutton": (51.3595, -0.1912, "Sutton"),
    "Tooting Broadway": (51.4275, -0.1680, "Wandsworth"),
    "Bethnal Green": (51.5270, -0.0549, "Tower Hamlets"),
    "Twickenham": (51.4500, -0.3300, "Richmond upon Thames"),
}


@pytest.mark.parametrize("landmark", LANDMARKS)
def test_what_londoners_know_is_where_they_know_it(landmark: str) -> None:
    latitude, longitude, borough = LANDMARKS[landmark]
    letter = cells.london()[cells.cell_at(latitude, longitude)]
    code = next(code for code, each in cells.letters().items() if each == letter)
    assert boroughs()[code].name == borough


def test_the_corner_of_the_map_is_the_north_west() -> None:
    assert cells.on_map(cells.NORTH, cells.WEST) == (0.0, 0.0)
    east, south = cells.on_map(cells.SOUTH, cells.EAST)
    assert (round(east / cells.CELL_KM), round(south / cells.CELL_KM)) == (COLUMNS, ROWS)


def test_most_of_its_postcodes_decide_and_other_countries_are_left_out() -> None:
    here = [(SOUTHWARK, *PECKHAM)] * 2 + [(HACKNEY, *PECKHAM)] + [("W06000015", *PECKHAM)] * 9
    around = [
        (SOUTHWARK, PECKHAM[0] + down * 0.0045, PECKHAM[1] + across * 0.0072) for down in (0, 1) for across in (0, 1)
    ]
    found = cells.read(cells.drawn([*here, *around]))
    assert found[cells.cell_at(*PECKHAM)] == cells.letters()[SOUTHWARK]
    assert set(found.values()) == {cells.letters()[SOUTHWARK]}


def test_a_park_belongs_to_whoever_is_next_to_it_and_the_country_around_to_nobody() -> None:
    ring = {
        (row, column): "A" for row in range(10, 16) for column in range(10, 16) if row in (10, 15) or column in (10, 15)
    }
    filled = cells.without_holes(ring)
    assert len(filled) == 36 and (9, 9) not in filled
    assert cells.without_holes({**ring, (12, 15): "B"})[12, 14] == "B", "the nearest"


def test_a_cell_alone_is_left_out_and_a_notch_is_filled() -> None:
    block = {(row, column): "A" for row in range(10, 16) for column in range(10, 16)}
    assert (30, 30) not in cells.rounded({**block, (30, 30): "B"})
    notched = {cell: each for cell, each in block.items() if cell != (10, 13)}
    assert cells.rounded(notched)[10, 13] == "A"


def test_what_is_written_is_read_again() -> None:
    assert cells.read("..\n.A\n") == {(1, 1): "A"}
    text = cells.drawn([])
    assert cells.read(text) == {} and len(text.splitlines()) == ROWS


def test_the_boroughs_of_a_part_are_named_in_the_middle_of_what_is_seen() -> None:
    row, column = cells.cell_at(*PECKHAM)
    names = {name: (across, down) for name, across, down in cells.names_in(row - 6, column - 6, 12)}
    assert "Southwark" in names and "Hackney" not in names
    across, down = names["Southwark"]
    assert column - 6 <= across <= column + 6 and row - 6 <= down <= row + 6
    assert cells.names_in(-50, -50, 20) == []


@given(st.integers(-40, 140), st.integers(-40, 140), st.integers(1, 200))
def test_any_part_of_the_map_can_be_asked_for(top: int, left: int, size: int) -> None:
    for _, across, down in cells.names_in(top, left, size):
        assert max(0, left) <= across <= min(COLUMNS, left + size) and max(0, top) <= down <= min(ROWS, top + size)


def pieces(line: outline.Line) -> set[frozenset[outline.Point]]:
    return {frozenset(pair) for pair in pairwise(line)}


@given(BLOCKS)
def test_every_side_is_drawn_once(block: cells.Cells) -> None:
    sides = [edge for edge, _ in outline.edges(block)]
    assert len({frozenset(edge) for edge in sides}) == len(sides)
    lines = outline.chained(sides)
    drawn = [piece for line in lines for piece in pairwise(line)]
    assert len(drawn) == len(sides)
    assert {frozenset(each) for each in drawn} == {frozenset((float(a), float(b)) for a, b in edge) for edge in sides}


@given(BLOCKS)
def test_the_outside_is_rings_and_a_line_begins_and_ends_where_it_did(block: cells.Cells) -> None:
    outer = outline.chained(edge for edge, pair in outline.edges(block) if None in pair)
    ends = [at for line in outer for at in (line[0], line[-1])]
    assert all(ends.count(each) % 2 == 0 for each in ends), "no loose end"
    for line in outline.chained(edge for edge, _ in outline.edges(block)):
        drawn = outline.smooth(line)
        if line[0] != line[-1]:
            assert (drawn[0], drawn[-1]) == (line[0], line[-1])
        assert all(min(dist(each, at) for at in line) < 3 for each in drawn), "it stays where it was"


def test_a_straight_line_has_two_points_and_steps_become_one_slope() -> None:
    assert outline.straightened([(float(each), 0.0) for each in range(9)]) == [(0, 0), (8, 0)]
    steps = [(float(each // 2 + each % 2), float(each // 2)) for each in range(12)]
    assert len(outline.straightened(steps)) == 2
    assert outline.straightened([(0, 0), (4, 0), (4, 4)]) == [(0, 0), (4, 0), (4, 4)]


def test_the_shipped_map_is_one_piece_of_land_and_small() -> None:
    coast, borders = outline.coast(cells.london()), outline.borders(cells.london())
    assert len(coast) == 1 and coast[0][0] == coast[0][-1]
    assert 70 < len(borders) < 120 and sum(map(len, borders)) < 1500


@pytest.mark.django_db
def test_the_command_draws_from_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    Postcode.objects.bulk_create(
        Postcode(
            postcode=f"SE15{number}", borough_code=SOUTHWARK, latitude=PECKHAM[0] + down, longitude=PECKHAM[1] + across
        )
        for number, (down, across) in enumerate([(0.0, 0.0), (0.0045, 0.0), (0.0, 0.0072), (0.0045, 0.0072)])
    )
    call_command("draw_london")
    drawn = capsys.readouterr().out
    assert drawn == london_drawn() and set(drawn) == {".", "\n", cells.letters()[SOUTHWARK]}
