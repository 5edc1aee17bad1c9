"""London's boroughs and integrated care boards: reference data that ships with Linkworks."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from math import asin, cos, radians, sin, sqrt
from typing import Any

import yaml

EARTH_RADIUS_M = 6_371_000


@dataclass(frozen=True, slots=True)
class Borough:
    """A London local authority, the care board that covers it, and about where it is."""

    code: str
    name: str
    council: str
    board: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Board:
    """An integrated care board."""

    code: str
    ons_code: str
    name: str


@cache
def document() -> dict[str, Any]:
    text = resources.files("linkworks.organisations").joinpath("data/london.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


@cache
def boroughs() -> dict[str, Borough]:
    """London's 33 boroughs by ONS code, in order of name."""
    found = [Borough(**each) for each in document()["boroughs"]]
    return {each.code: each for each in sorted(found, key=lambda borough: borough.name)}


@cache
def boards() -> dict[str, Board]:
    """London's integrated care boards by ODS code."""
    return {each["code"]: Board(**each) for each in document()["boards"]}


def boards_since() -> date:
    """The day integrated care boards began."""
    return date.fromisoformat(str(document()["since"]))


def metres_between(start: tuple[float, float], end: tuple[float, float]) -> float:
    """The distance between two (latitude, longitude) points as the crow flies."""
    (lat1, lon1), (lat2, lon2) = start, end
    across = sin(radians(lat2 - lat1) / 2) ** 2
    along = cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(across + along)))
