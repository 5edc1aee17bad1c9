"""London as cells of 500 metres, each with the borough that most of its postcodes are in: what our own maps are drawn from.

The cells ship as a page of letters (data/london.txt), north at the top; a full stop is outside. `linkworks manage draw_london`
makes it anew from the postcodes that are loaded. Parks and water have no postcodes: they belong to the borough next to them.
"""

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib import resources
from math import cos, radians
from string import ascii_letters
from typing import Any

import numpy as np

from .places import boroughs

SOUTH, WEST, NORTH, EAST = 51.28, -0.52, 51.70, 0.34
CELL_KM = 0.5
KM_NORTH = 111.32
KM_EAST = KM_NORTH * cos(radians(51.5))
ROWS = round((NORTH - SOUTH) * KM_NORTH / CELL_KM)
COLUMNS = round((EAST - WEST) * KM_EAST / CELL_KM)
OUTSIDE = "."
GOOD_PART = 0.07
SIDES = ((0, 1), (0, -1), (1, 0), (-1, 0))
ROUND = (*SIDES, (1, 1), (1, -1), (-1, 1), (-1, -1))
Cell = tuple[int, int]  # row from the north, column from the west
Cells = dict[Cell, str]


def on_map(latitude: float, longitude: float) -> tuple[float, float]:
    """Kilometres east and south of the map's north-western corner."""
    return (longitude - WEST) * KM_EAST, (NORTH - latitude) * KM_NORTH


def cell_at(latitude: float, longitude: float) -> Cell:
    east, south = on_map(latitude, longitude)
    return int(south // CELL_KM), int(east // CELL_KM)


@cache
def letters() -> dict[str, str]:
    """A letter for each borough, by its code."""
    return dict(zip(sorted(boroughs()), ascii_letters, strict=False))


def drawn(postcodes: Iterable[tuple[str, float, float]]) -> str:
    """The page of letters, from (borough code, latitude, longitude) of each postcode."""
    found: dict[Cell, Counter[str]] = {}
    for code, latitude, longitude in postcodes:
        if code in letters():
            found.setdefault(cell_at(latitude, longitude), Counter())[letters()[code]] += 1
    cells = rounded(without_holes({cell: most(counts) for cell, counts in found.items()}))
    lines = ("".join(cells.get((row, column), OUTSIDE) for column in range(COLUMNS)) for row in range(ROWS))
    return "".join(f"{line}\n" for line in lines)


def most(counts: Counter[str]) -> str:
    return min(counts, key=lambda each: (-counts[each], each))


def around(cell: Cell, steps: Iterable[Cell] = SIDES) -> list[Cell]:
    return [(cell[0] + down, cell[1] + across) for down, across in steps]


def without_holes(cells: Cells) -> Cells:
    """What London surrounds belongs to the borough nearest to it."""
    outside = reached_from_the_edge(cells)
    filled, waiting = dict(cells), deque(sorted(cells))
    while waiting:
        cell = waiting.popleft()
        for each in around(cell):
            if each not in filled and is_on(each) and each not in outside:
                filled[each] = filled[cell]
                waiting.append(each)
    return filled


def reached_from_the_edge(cells: Cells) -> set[Cell]:
    edge = [cell for cell in every_cell() if cell[0] in (0, ROWS - 1) or cell[1] in (0, COLUMNS - 1)]
    seen, waiting = set(edge) - set(cells), deque(set(edge) - set(cells))
    while waiting:
        for each in around(waiting.popleft()):
            if each not in seen and each not in cells and is_on(each):
                seen.add(each)
                waiting.append(each)
    return seen


def rounded(cells: Cells) -> Cells:
    """A cell that others mostly surround belongs to them; one that stands alone is left out."""
    kept = {cell: each for cell, each in cells.items() if sum(at in cells for at in around(cell, ROUND)) >= 3}
    near = {cell: [kept[at] for at in around(cell, ROUND) if at in kept] for cell in every_cell() if cell not in kept}
    return kept | {cell: most(Counter(some)) for cell, some in near.items() if len(some) >= 5}


def every_cell() -> Iterator[Cell]:
    return ((row, column) for row in range(ROWS) for column in range(COLUMNS))


def is_on(cell: Cell) -> bool:
    return 0 <= cell[0] < ROWS and 0 <= cell[1] < COLUMNS


def read(text: str) -> Cells:
    rows = enumerate(text.splitlines())
    return {(row, at): each for row, line in rows for at, each in enumerate(line) if each != OUTSIDE}


@lru_cache(maxsize=4096)
def names_in(top: int, left: int, size: int) -> list[tuple[str, float, float]]:
    """The boroughs that take up a good part of a square of the map: name, and the middle of that part (across, down)."""
    part = grid()[max(0, top) : max(0, top + size), max(0, left) : max(0, left + size)]
    rows, columns = np.nonzero(part)
    codes = part[rows, columns]
    counts = np.bincount(codes, minlength=len(letters()) + 1)
    across, down = np.bincount(codes, columns + 0.5), np.bincount(codes, rows + 0.5)
    return [
        (names()[each], max(0, left) + across[each] / counts[each], max(0, top) + down[each] / counts[each])
        for each in np.flatnonzero(counts > GOOD_PART * size * size).tolist()
    ]


@cache
def names() -> dict[int, str]:
    """The boroughs, each under its number in the grid."""
    return {number: boroughs()[code].name for number, code in enumerate(letters(), 1)}


@cache
def grid() -> np.ndarray[Any, Any]:
    """The cells as numbers, a borough each; nought is outside."""
    numbers = {letter: number for number, letter in enumerate(letters().values(), 1)}
    found = np.zeros((ROWS, COLUMNS), np.uint8)
    for cell, letter in london().items():
        found[cell] = numbers[letter]
    return found


@cache
def london() -> Cells:
    """The cells that ship with Linkworks."""
    return read(resources.files("linkworks.organisations").joinpath("data/london.txt").read_text(encoding="ascii"))
