"""Where what was found is: our own map beside the list, numbered as the list is.

What the map is drawn on is made once in each process. A place whose address is hidden is never on it, not even roughly.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, dist, pi, sin
from typing import NamedTuple
from uuid import UUID

from markupsafe import Markup

from linkworks.organisations.rules import cells, outline
from linkworks.ui import formats

from ..models import Location, ServiceAtLocation
from ..rules.places import KM_IN_A_MILE
from ..states import LocationType

SIDE = 400.0  # the map's own units
APART = 24.0
RINGS = [
    (ring * 13 * cos(turn * pi / 6), ring * 13 * sin(turn * pi / 6)) for ring in range(1, 40) for turn in range(12)
]
LEAST_KM, MARGIN_KM = 8.0, 6.0
SCALES = ("1/4 mile", 0.25), ("1/2 mile", 0.5), ("1 mile", 1.0), ("2 miles", 2.0), ("5 miles", 5.0), ("10 miles", 10.0)
Point = tuple[float, float]


class Window(NamedTuple):
    """The square of London that is shown, in kilometres east and south of the map's corner."""

    left: float
    top: float
    size: float

    def at(self, point: Point) -> Point:
        return (point[0] - self.left) / self.size * SIDE, (point[1] - self.top) / self.size * SIDE

    @property
    def box(self) -> str:
        """The same in cells."""
        return " ".join(f"{each / cells.CELL_KM:.2f}" for each in (self.left, self.top, self.size, self.size))


class Spot(NamedTuple):
    """A service, and where on the map it is, if that may be shown."""

    service_id: UUID
    name: str
    at: Point | None


class Marker(NamedTuple):
    number: int
    name: str
    href: str
    across: float
    down: float


@dataclass(frozen=True)
class MapShown:
    """A map, drawn and in words."""

    box: str
    land: Markup
    borders: Markup
    names: list[tuple[str, float, float]]
    markers: list[Marker]
    home: Point | None
    scale: tuple[str, float]
    words: str


def map_of(spots: Sequence[Spot], first: int, near: tuple[float, float] | None) -> MapShown | None:
    """The map of one page of answers; none when no place of theirs may be shown."""
    placed = [(number, each, each.at) for number, each in enumerate(spots, first) if each.at is not None]
    if not placed:
        return None
    home = cells.on_map(*near) if near else None
    around = [home] if home and is_near_london(home) else []
    window = window_of([at for _, _, at in placed] + around)
    beside = side_by_side([window.at(at) for at in (*around, *(at for _, _, at in placed))])[len(around) :]
    return MapShown(
        box=window.box,
        land=land(),
        borders=borders_in(window),
        names=names_in(window),
        markers=[
            Marker(number, each.name, f"#service-{each.service_id}", round(across), round(down))
            for (number, each, _), (across, down) in zip(placed, beside, strict=True)
        ],
        home=window.at(home) if home else None,
        scale=scale_of(window),
        words=words_of(len(spots), len(placed)),
    )


def spot_of(service_id: UUID, name: str, places: Iterable[ServiceAtLocation]) -> Spot:
    return Spot(service_id, name, position(places))


def position(places: Iterable[ServiceAtLocation]) -> Point | None:
    """Where the first of these places is that everybody may know and that is in or near London."""
    for each in places:
        if (at := shown_position(each.location)) and is_near_london(at):
            return at
    return None


def shown_position(place: Location) -> Point | None:
    if place.location_type != LocationType.PHYSICAL or place.is_address_hidden:
        return None
    if place.latitude is None or place.longitude is None:
        return None
    return cells.on_map(place.latitude, place.longitude)


def is_near_london(at: Point) -> bool:
    wide, high = cells.COLUMNS * cells.CELL_KM, cells.ROWS * cells.CELL_KM
    return -MARGIN_KM < at[0] < wide + MARGIN_KM and -MARGIN_KM < at[1] < high + MARGIN_KM


def window_of(points: Sequence[Point]) -> Window:
    """A square with all of them in it, and some room round them."""
    across, down = zip(*points, strict=True)
    size = max(LEAST_KM, max(max(across) - min(across), max(down) - min(down)) * 1.25)
    return Window((max(across) + min(across) - size) / 2, (max(down) + min(down) - size) / 2, size)


def side_by_side(spots: Sequence[Point]) -> list[Point]:
    """The spots, moved a little where one would cover another."""
    taken: list[Point] = []
    for spot in spots:
        taken.append(next(each for each in tries(spot) if all(is_apart(each, other) for other in taken)))
    return taken


def tries(spot: Point) -> Iterator[Point]:
    """The spot itself, then rings round it, inside the map. There is room for all of one page."""
    yield inside(spot)
    for across, down in RINGS:
        near = (spot[0] + across, spot[1] + down)
        if near == inside(near):
            yield near


def inside(spot: Point) -> Point:
    return min(max(spot[0], 14.0), SIDE - 14), min(max(spot[1], 14.0), SIDE - 14)


def is_apart(one: Point, other: Point) -> bool:
    return dist(one, other) >= APART


@cache
def land() -> Markup:
    return Markup("").join(path(each) + "Z" for each in outline.coast(cells.london()))


@cache
def border_lines() -> list[tuple[Markup, float, float, float, float]]:
    """Each line where boroughs meet, with the box it is in."""
    lines = outline.borders(cells.london())
    return [(path(each), *ends(across for across, _ in each), *ends(down for _, down in each)) for each in lines]


def ends(some: Iterable[float]) -> tuple[float, float]:
    known = list(some)
    return min(known), max(known)


def path(line: outline.Line) -> Markup:
    return Markup("M") + "L".join(f"{across:g} {down:g}" for across, down in line)


def borders_in(window: Window) -> Markup:
    left, top, size = (each / cells.CELL_KM for each in window)
    return Markup("").join(
        drawn
        for drawn, west, east, north, south in border_lines()
        if west < left + size and east > left and north < top + size and south > top
    )


def names_in(window: Window) -> list[tuple[str, float, float]]:
    """The boroughs that can be named, each in the middle of what is seen of it."""
    top, left, size = (round(each / cells.CELL_KM) for each in (window.top, window.left, window.size))
    named = [
        (name, window.at((a * cells.CELL_KM, d * cells.CELL_KM))) for name, a, d in cells.names_in(top, left, size)
    ]
    return [(name, round(min(max(across, 60), SIDE - 60)), round(down)) for name, (across, down) in named]


def scale_of(window: Window) -> tuple[str, float]:
    """The longest of the usual lengths that is no more than a third of the map, in words and drawn."""
    known = [(words, miles * KM_IN_A_MILE / window.size * SIDE) for words, miles in SCALES]
    words, long = max([each for each in known if each[1] <= SIDE / 3] or known[:1], key=lambda each: each[1])
    return words, round(long)


def words_of(found: int, placed: int) -> str:
    """The map in words, for whoever does not see it: the list says where each one is."""
    said = f"{formats.plural(placed, 'service')} of this page, numbered as in the list, which says where each one is."
    if found == placed:
        return said
    return f"{said} {formats.plural(found - placed, 'other')} not on the map: by telephone or online, or at an address that is not shown."
