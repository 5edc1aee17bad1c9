"""Distance on the ground."""

from dataclasses import dataclass
from math import cos, radians

from linkworks.organisations.rules.places import metres_between

KM_IN_A_MILE = 1.609344
KM_IN_A_DEGREE = 111.0


@dataclass(frozen=True, slots=True)
class Box:
    """A box round a point that holds every place within a distance of it."""

    south: float
    north: float
    west: float
    east: float

    def holds(self, point: tuple[float, float]) -> bool:
        return self.south <= point[0] <= self.north and self.west <= point[1] <= self.east


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance between two (latitude, longitude) points as the crow flies."""
    return metres_between(one, other) / 1000


def box_around(point: tuple[float, float], within_km: float) -> Box:
    latitude, longitude = point
    up = within_km / KM_IN_A_DEGREE
    across = within_km / (KM_IN_A_DEGREE * max(0.01, cos(radians(min(89.9, abs(latitude) + up)))))
    return Box(latitude - up, latitude + up, longitude - across, longitude + across)


def nearest_km(point: tuple[float, float], places: list[tuple[float, float]]) -> float | None:
    """How far the nearest of the places is, or None when none has a position."""
    return min((distance_km(point, place) for place in places), default=None)


def miles_words(km: float) -> str:
    """0.4 miles away, as a person would say it."""
    miles = km / KM_IN_A_MILE
    if miles < 0.1:
        return "less than 200 yards away"
    said = f"{miles:.1f}" if miles < 10 else f"{miles:.0f}"
    return f"{said} {'mile' if said == '1.0' else 'miles'} away"
