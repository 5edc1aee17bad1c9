"""The map beside the list: numbered as the list is, readable without seeing it, and silent about hidden places."""

import re
from math import dist
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from linkworks.directory.presenters import map as drawing
from linkworks.directory.presenters.map import APART, LEAST_KM, SIDE, Window
from linkworks.organisations.rules import cells
from tests.factories import directory as make

PECKHAM, CAMDEN = make.PECKHAM, make.CAMDEN
MANCHESTER = (53.48, -2.24)
BESIDE = 1.2 * APART
HIDDEN_AT = (51.4689, -0.0712)
SPOTS = st.tuples(st.floats(-20, SIDE + 20), st.floats(-20, SIDE + 20))
POINTS = st.tuples(st.floats(0, 60), st.floats(0, 47))


def place(at: tuple[float, float] | None = PECKHAM, **facts: Any) -> Any:
    known = {"location_type": "physical", "is_address_hidden": False}
    latitude, longitude = at or (None, None)
    return SimpleNamespace(location=SimpleNamespace(latitude=latitude, longitude=longitude, **{**known, **facts}))


def found(number: int, *places: Any) -> drawing.Spot:
    return drawing.spot_of(UUID(int=number), f"Group {number}", places)


def test_each_place_has_the_number_it_has_in_the_list() -> None:
    shown = drawing.map_of([found(1, place()), found(2), found(3, place(CAMDEN))], 21, PECKHAM)
    assert shown
    assert [(each.number, each.name, each.href) for each in shown.markers] == [
        (21, "Group 1", f"#service-{UUID(int=1)}"),
        (23, "Group 3", f"#service-{UUID(int=3)}"),
    ]
    peckham, camden = shown.markers
    assert camden.down < peckham.down and camden.across < peckham.across, "north is up, and west is left"
    assert shown.home and dist(shown.home, (peckham.across, peckham.down)) < BESIDE
    assert shown.scale[0] == "1 mile"


@pytest.mark.parametrize(
    "nowhere",
    [
        (),
        (place(None),),
        (place(location_type="virtual"),),
        (place(location_type="postal"),),
        (place(is_address_hidden=True),),
        (place(MANCHESTER),),
    ],
)
def test_what_has_no_place_to_show_is_not_on_it(nowhere: tuple[Any, ...]) -> None:
    assert drawing.map_of([found(1, *nowhere)], 1, PECKHAM) is None
    shown = drawing.map_of([found(1, *nowhere), found(2, place())], 1, None)
    assert shown and [each.number for each in shown.markers] == [2] and "1 other not on the map" in shown.words


def test_of_several_places_the_first_that_may_be_shown() -> None:
    shown = drawing.map_of([found(1, place(HIDDEN_AT, is_address_hidden=True), place(CAMDEN))], 1, CAMDEN)
    assert shown and shown.home and dist(shown.home, (shown.markers[0].across, shown.markers[0].down)) < BESIDE


def test_a_postcode_far_away_does_not_shrink_london_to_a_dot() -> None:
    near, far = (drawing.map_of([found(1, place())], 1, at) for at in (None, MANCHESTER))
    assert near and far and near.box == far.box


@given(st.lists(POINTS, min_size=1, max_size=20))
def test_everything_is_in_the_window_and_it_is_never_too_close(points: list[tuple[float, float]]) -> None:
    window = drawing.window_of(points)
    assert window.size >= LEAST_KM
    for at in map(window.at, points):
        assert all(-1e-6 <= each <= SIDE + 1e-6 for each in at)


def test_one_place_alone_stands_in_the_middle_of_its_neighbourhood() -> None:
    shown = drawing.map_of([found(1, place())], 1, None)
    assert shown and (shown.markers[0].across, shown.markers[0].down) == (SIDE / 2, SIDE / 2)
    assert float(shown.box.split()[2]) * cells.CELL_KM == LEAST_KM
    assert shown.home is None and len(shown.borders) > 0
    assert [name for name, _, _ in shown.names].count("Southwark") == 1
    assert "1 service of this page" in shown.words and "not on the map" not in shown.words


@given(st.lists(SPOTS, max_size=20))
def test_no_number_covers_another_and_none_falls_off(spots: list[tuple[float, float]]) -> None:
    placed = drawing.side_by_side(spots)
    assert len(placed) == len(spots)
    for at, one in enumerate(placed):
        assert 0 <= one[0] <= SIDE and 0 <= one[1] <= SIDE
        assert all(drawing.is_apart(one, other) for other in placed[:at])


def test_what_stands_alone_stays_where_it_is() -> None:
    assert drawing.side_by_side([(100.0, 100.0), (200.0, 200.0)]) == [(100.0, 100.0), (200.0, 200.0)]
    assert drawing.side_by_side([(100.0, 100.0)] * 20)[0] == (100.0, 100.0)


@pytest.mark.parametrize(
    ("size", "words"),
    [(0.5, "1/4 mile"), (2.4, "1/4 mile"), (3.0, "1/2 mile"), (6.0, "1 mile"), (12.0, "2 miles"), (60.0, "10 miles")],
)
def test_the_scale_is_as_long_as_it_says(size: float, words: str) -> None:
    said, long = drawing.scale_of(Window(0, 0, size))
    assert said == words
    miles = {"1/4 mile": 0.25, "1/2 mile": 0.5}.get(said) or float(said.split()[0])
    assert long == round(miles * 1.609344 / size * SIDE)


def test_only_the_borders_that_can_be_seen_are_drawn() -> None:
    east, south = cells.on_map(*PECKHAM)
    close, all_of_it = Window(east - 2, south - 2, 4), Window(0, 0, 60)
    assert 0 < len(drawing.borders_in(close)) < len(drawing.borders_in(all_of_it)) / 4
    assert drawing.borders_in(Window(-50, -50, 4)) == ""
    assert {name for name, _, _ in drawing.names_in(close)} >= {"Southwark"}
    assert all(60 <= across <= SIDE - 60 for _, across, _ in drawing.names_in(all_of_it))


def test_what_it_is_drawn_on_is_made_once() -> None:
    assert drawing.land() is drawing.land() and drawing.border_lines() is drawing.border_lines()
    assert re.fullmatch(r"(M[\d.]+ [\d.]+(L[\d.]+ [\d.]+)+Z)+", drawing.land())
    assert len(drawing.land()) < 9000


@pytest.mark.parametrize(
    ("all_of", "placed", "said"),
    [
        (1, 1, "1 service of this page, numbered as in the list, which says where each one is."),
        (3, 2, "1 other not on the map: by telephone or online, or at an address that is not shown."),
        (9, 2, "7 others not on the map"),
    ],
)
def test_it_is_told_in_words(all_of: int, placed: int, said: str) -> None:
    assert said in drawing.words_of(all_of, placed)


@pytest.mark.django_db
class TestThePage:
    @pytest.fixture(autouse=True)
    def _near(self, everything: None) -> None:
        make.postcode()

    def shown(self, client: Client, address: str = "/find?q=lunch&postcode=SE15+5DD&distance=") -> str:
        return client.get(address).content.decode()

    def test_the_list_comes_first_and_each_number_leads_to_its_service(self, client: Client) -> None:
        made = [make.service(name=f"Lunch {each}") for each in range(3)]
        page = self.shown(client)
        assert page.index("app-card__heading") < page.index('id="map"') and 'href="#map"' in page
        for each in made:
            assert f'href="#service-{each.id}"' in page and f'id="service-{each.id}"' in page
        numbers = re.findall(r'<span class="app-card__number">(\d+)</span>\s*<a[^>]*>([^<]+)', page)
        on_map = re.findall(r'aria-label="(\d+): ([^"]+)"', page)
        assert numbers == on_map and len(numbers) == 3
        assert "<script" not in page.split('id="map"')[1].split("</figure>")[0]

    def test_a_second_page_goes_on_counting(self, client: Client) -> None:
        for each in range(22):
            make.service(name=f"Lunch {each:02}")
        assert re.findall(r'aria-label="(\d+): ', self.shown(client, "/find?q=lunch&page=2")) == ["21", "22"]

    def test_without_places_there_is_no_map(self, client: Client) -> None:
        make.service(name="Lunch by telephone", places=())
        page = self.shown(client, "/find?q=lunch")
        assert "Lunch by telephone" in page and "map" not in page.split("<main")[1].split("</main>")[0]

    def test_a_hidden_place_is_never_drawn_not_even_roughly(self, client: Client) -> None:
        """The index keeps where it is to about a kilometre; the map must not show even that."""
        hidden = make.place(at=HIDDEN_AT, is_address_hidden=True, postcode="SE15 4ZZ", name="Wisteria Lodge")
        secret = make.service(name="Lunch in safety", places=(hidden,))
        make.service(name="Lunch for all", places=(make.place(at=CAMDEN),))
        page = self.shown(client)
        drawn = page.split('id="map"')[1].split("</figure>")[0]
        assert "Lunch in safety" in page.split('id="map"')[0], "it is in the list"
        assert "Lunch for all" in drawn
        for canary in ("Lunch in safety", str(secret.id), "Wisteria", "4ZZ"):
            assert canary not in drawn
        assert drawn.count("app-map__point") == 1

    def test_the_guard_bites(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without the rule about hidden places the canary is on the map: the test above would fail."""
        rule = drawing.shown_position
        monkeypatch.setattr(
            drawing,
            "shown_position",
            lambda at: rule(SimpleNamespace(**{**vars(at), "is_address_hidden": False})),
        )
        make.service(name="Lunch in safety", places=(make.place(at=HIDDEN_AT, is_address_hidden=True),))
        assert "Lunch in safety" in self.shown(client).split('id="map"')[1]

    def test_a_name_cannot_put_a_script_into_the_map(self, client: Client) -> None:
        make.service(name='Lunch "><script>alert(1)</script>')
        assert "<script>alert" not in self.shown(client)


@given(st.integers(1, 20))
def test_nothing_covers_the_readers_own_postcode(many: int) -> None:
    shown = drawing.map_of([found(number, place()) for number in range(many)], 1, PECKHAM)
    assert shown and shown.home
    assert all(dist(shown.home, (each.across, each.down)) >= APART - 1 for each in shown.markers)


def test_a_postcode_outside_london_moves_nothing() -> None:
    shown = drawing.map_of([found(1, place()), found(2, place(CAMDEN))], 1, MANCHESTER)
    alone = drawing.map_of([found(1, place()), found(2, place(CAMDEN))], 1, None)
    assert shown and alone
    assert shown.markers == alone.markers
