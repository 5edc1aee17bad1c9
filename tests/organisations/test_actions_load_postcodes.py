"""London's postcodes: all of them, quickly, in the right place, and again without harm."""

import csv
import gzip
import random
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from linkworks.clients import postcodes as directory
from linkworks.core import health
from linkworks.core.postcodes import packed, spaced, tidy_postcode
from linkworks.organisations import actions
from linkworks.organisations.models import Postcode
from linkworks.organisations.queries import borough_of, find_postcode
from linkworks.organisations.rules.places import boroughs, metres_between

LONDON = 331_981
SHARED = Path(__file__).resolve().parents[3] / "shared/data/nhs/london_postcodes.csv.gz"

# Ordnance Survey's published test points of the OSTN15 transformation: easting, northing, latitude, longitude.
PUBLISHED = [
    (530624.974, 178388.464, 51.48936564950, -0.11992557180),
    (599445.590, 225722.826, 51.89436637350, 0.89724327012),
    (362269.991, 169978.690, 51.42754743020, -2.54407618349),
    (449816.371, 75335.861, 50.57563665000, -1.29782277240),
    (438710.920, 114792.250, 50.93127937910, -1.45051433700),
    (91492.146, 11318.804, 49.92226393730, -6.29977752014),
]


@pytest.mark.parametrize(("east", "north", "latitude", "longitude"), PUBLISHED)
def test_grid_references_come_within_5_metres_of_published_positions(
    east: float, north: float, latitude: float, longitude: float
) -> None:
    (lat,), (lon,) = directory.positions([east], [north])

    assert metres_between((lat, lon), (latitude, longitude)) < 5


def test_belfast_is_read_on_the_irish_grid() -> None:
    rows: directory.Columns = {
        "pcd": ["BT1 5GS"],
        "laua": ["N09000003"],
        "oseast1m": [333838.0],
        "osnrth1m": [373987.0],
    }

    ((_, _, lat, lon),) = next(directory.placed(directory.kept(rows, all_of_uk=True)))

    assert metres_between((lat, lon), (54.5966, -5.9301)) < 150


def test_rows_without_a_place_are_left_out() -> None:
    rows: directory.Columns = {
        "pcd": ["SE15 5DD", "JE2 3AB", "SE1 9ZZ", "BN1 1AA"],
        "laua": ["E09000028", float("nan"), "E09000028", "E06000043"],
        "oseast1m": [534000.0, 1.0, float("nan"), 531000.0],
        "osnrth1m": [176000.0, 1.0, float("nan"), 104000.0],
    }

    assert [row[0] for row in directory.kept(rows, all_of_uk=False)] == ["SE155DD"]
    assert [row[0] for row in directory.kept(rows, all_of_uk=True)] == ["SE155DD", "BN11AA"]


@pytest.fixture(scope="module")
def london() -> list[directory.Row]:
    return [row for batch in directory.read() for row in batch]


def test_every_london_postcode_is_read(london: list[directory.Row]) -> None:
    assert len(london) == LONDON
    assert {row[1] for row in london} == set(boroughs())


def test_every_london_postcode_reads_as_itself(london: list[directory.Row]) -> None:
    assert [row[0] for row in london if tidy_postcode(row[0].lower()) != spaced(row[0])] == []


def test_every_borough_centre_is_near_its_postcodes(london: list[directory.Row]) -> None:
    for code, borough in boroughs().items():
        places = [row for row in london if row[1] == code]
        middle = (sum(row[2] for row in places) / len(places), sum(row[3] for row in places) / len(places))
        assert metres_between(middle, (borough.latitude, borough.longitude)) < 50


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data folder is not here")
def test_positions_agree_with_the_shared_list(london: list[directory.Row]) -> None:
    ours = {row[0]: row for row in london}
    with gzip.open(SHARED, "rt") as file:
        listed = list(csv.DictReader(file))

    assert len(listed) == LONDON
    for row in random.Random(2).sample(listed, 5000):
        _, code, lat, lon = ours[packed(row["postcode"])]
        assert code == row["borough_code"]
        assert metres_between((lat, lon), (float(row["lat"]), float(row["lon"]))) < 5


@pytest.mark.django_db
def test_london_loads_and_again_changes_nothing() -> None:
    assert health.CHECKS["match data"]() == "No postcodes are loaded. Run `linkworks load-postcodes`."

    call_command("load_postcodes", stdout=(out := StringIO()))

    assert out.getvalue() == "331,981 postcodes are loaded.\n"
    assert Postcode.objects.count() == LONDON
    assert health.CHECKS["match data"]() is None
    found = find_postcode("se155dd")
    assert found is not None
    assert found.borough_code == "E09000028"
    in_borough = borough_of("SE15 5DD")
    assert in_borough is not None
    assert in_borough.name == "Southwark"


@pytest.mark.django_db
def test_loading_again_mends_what_changed_and_keeps_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    first: list[list[directory.Row]] = [[("SE155DD", "E09000028", 51.4, -0.06)], [("SE11AA", "E09000028", 51.5, -0.09)]]
    monkeypatch.setattr(directory, "read", lambda all_of_uk: iter(first))
    actions.load_postcodes()
    second: list[list[directory.Row]] = [
        [("SE155DD", "E09000028", 51.47, -0.0655), ("E81EA", "E09000012", 51.54, -0.06)]
    ]
    monkeypatch.setattr(directory, "read", lambda all_of_uk: iter(second))
    shown: list[int] = []

    loaded = actions.load_postcodes(progress=shown.append)

    assert loaded == 2
    assert shown == [2]
    assert Postcode.objects.count() == 3
    assert Postcode.objects.get(pk="SE155DD").latitude == 51.47


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["", "nowhere", "SE15 9ZZ"])
def test_unknown_postcodes_are_nowhere(typed: str) -> None:
    assert find_postcode(typed) is None
    assert borough_of(typed) is None
