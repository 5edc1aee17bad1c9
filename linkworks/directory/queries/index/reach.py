"""How far listings are, and which have a place within a distance."""

from typing import Any

import numpy as np

from linkworks.organisations.rules.places import EARTH_RADIUS_M

from ...rules.places import box_around
from ..going import Point
from .arrays import Array
from .columns import Columns, Places


def rows_in_box(places: Places, near: Point, within_km: float) -> Array:
    """The listings with a place in the box round a point, once each."""
    box = box_around(near, within_km)
    first, last = (
        np.searchsorted(places.latitude, box.south, "left"),
        np.searchsorted(places.latitude, box.north, "right"),
    )
    east = places.longitude[first:last]
    rows = places.rows[first:last][(east >= box.west) & (east <= box.east)]
    several = places.several[rows]
    if several.any():
        rows = np.concatenate([rows[~several], np.unique(rows[several])])
    return rows


def distances(columns: Columns, rows: Array, near: Point) -> Array:
    """How far the nearest place of each of these listings is; without end where none is known."""
    starts, places = columns.places.of_rows
    first, many = starts[rows], starts[rows + 1] - starts[rows]
    found = np.full(len(rows), np.inf)
    one = np.flatnonzero(many == 1)
    found[one] = kilometres(columns.places, places[first[one]], near)
    more = np.flatnonzero(many > 1)
    if len(more):
        ends = np.cumsum(many[more])
        begins = ends - many[more]
        at = np.arange(ends[-1]) + np.repeat(first[more] - begins, many[more])
        found[more] = np.minimum.reduceat(kilometres(columns.places, places[at], near), begins)
    return found


def kilometres(places: Places, some: Any, near: Point) -> Array:
    """The same sum as `metres_between`, for many places at once."""
    latitude, longitude = np.radians(near[0]), near[1]
    across = np.sin(np.radians(places.latitude[some] - near[0]) / 2) ** 2
    along = np.cos(np.radians(places.latitude[some])) * np.cos(latitude)
    along *= np.sin(np.radians(places.longitude[some] - longitude) / 2) ** 2
    metres: Array = 2 * EARTH_RADIUS_M * np.arcsin(np.minimum(1.0, np.sqrt(across + along)))
    return metres / 1000
