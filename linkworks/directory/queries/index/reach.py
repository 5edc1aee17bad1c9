"""How far listings are, and which have a place within a distance."""

from typing import Any

import numpy as np

from linkworks.organisations.rules.places import EARTH_RADIUS_M

from ...rules.places import box_around
from ..going import Point
from .arrays import Array
from .columns import Columns, Places


def mark_in_box(found: Array, places: Places, near: Point, within_km: float) -> None:
    """Mark the listings with a place in the box round a point. One with several places is marked once."""
    box = box_around(near, within_km)
    first, last = places.latitude.searchsorted(box.south, "left"), places.latitude.searchsorted(box.north, "right")
    east = places.longitude[first:last]
    found[places.rows[first:last][(east >= box.west) & (east <= box.east)]] = True


def distances(columns: Columns, rows: Array, near: Point) -> Array:
    """How far the nearest place of each of these listings is; without end where none is known."""
    starts, places = columns.places.of_rows
    first = starts[rows]
    many = starts[rows + 1] - first
    found = np.full(len(rows), np.inf)
    placed = many.nonzero()[0]
    if not len(placed):
        return found
    first, many = first[placed], many[placed]
    ends = many.cumsum()
    begins = ends - many
    at = np.arange(ends[-1]) + (first - begins).repeat(many)
    found[placed] = np.minimum.reduceat(kilometres(columns.places, places[at], near), begins)
    return found


def kilometres(places: Places, some: Any, near: Point) -> Array:
    """The same sum as `metres_between`, for many places at once."""
    across = np.sin(np.radians(places.latitude[some] - near[0]) / 2) ** 2
    along = np.cos(np.radians(near[0])) * places.roundness[some]
    along *= np.sin(np.radians(places.longitude[some] - near[1]) / 2) ** 2
    metres: Array = 2 * EARTH_RADIUS_M * np.arcsin(np.minimum(1.0, np.sqrt(across + along)))
    return metres / 1000
