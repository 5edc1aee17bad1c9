"""The lines of a map, from its cells: where London ends, and where one borough meets another."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import dist, hypot

from .cells import Cell, Cells

Point = tuple[float, float]  # across and down, in cells
Line = list[Point]
Edge = tuple[Cell, Cell]  # two corners beside one another, as (across, down)
BEND = 0.8  # cells: what bends less is straight
ROUNDS = 2
SHORTEST_RING = 12  # corners: what is smaller is a field or two


def coast(cells: Cells) -> list[Line]:
    """Where London ends, as rings."""
    rings = chained(edge for edge, pair in edges(cells) if None in pair)
    return [smooth(line) for line in rings if len(line) > SHORTEST_RING]


def borders(cells: Cells) -> list[Line]:
    """Where two boroughs meet, as lines from one meeting of three to the next."""
    between: dict[frozenset[str | None], list[Edge]] = {}
    for edge, pair in edges(cells):
        if None not in pair:
            between.setdefault(frozenset(pair), []).append(edge)
    return [smooth(line) for some in between.values() for line in chained(some)]


def edges(cells: Cells) -> Iterator[tuple[Edge, tuple[str | None, str | None]]]:
    """The sides of cells on which something else begins, each once, with what is on either side."""
    for row, column in cells:
        here = cells[row, column]
        right, below = cells.get((row, column + 1)), cells.get((row + 1, column))
        if right != here:
            yield ((column + 1, row), (column + 1, row + 1)), (here, right)
        if below != here:
            yield ((column, row + 1), (column + 1, row + 1)), (here, below)
        if (row, column - 1) not in cells:
            yield ((column, row), (column, row + 1)), (None, here)
        if (row - 1, column) not in cells:
            yield ((column, row), (column + 1, row)), (None, here)


def chained(some: Iterable[Edge]) -> list[Line]:
    """Lines from edges that meet at their ends; a ring ends where it begins. The same edges give the same lines."""
    joined: dict[Cell, set[Cell]] = {}
    for first, second in some:
        joined.setdefault(first, set()).add(second)
        joined.setdefault(second, set()).add(first)
    ends = sorted(at for at, others in joined.items() if len(others) != 2)
    lines = []
    for start in [*ends, *sorted(joined)]:
        while joined.get(start):
            lines.append(followed(joined, start))
    return lines


def followed(joined: dict[Cell, set[Cell]], start: Cell) -> Line:
    line, at = [start], start
    while joined[at]:
        after = min(joined[at])
        joined[at].discard(after)
        joined[after].discard(at)
        line.append(after)
        at = after
        if at == start:
            break
    return [(float(across), float(down)) for across, down in line]


def smooth(line: Line) -> Line:
    """The line without the steps of its cells."""
    found = straightened(line)
    for _ in range(ROUNDS):
        found = cut(found)
    return [(round(across, 1), round(down, 1)) for across, down in found]


def straightened(line: Line) -> Line:
    """The fewest of its points from which it bends no more than `BEND`."""
    if len(line) < 3:
        return line
    if line[0] == line[-1]:
        far = max(range(len(line)), key=lambda each: dist(line[0], line[each]))
        return [*open_line(line[: far + 1]), *open_line(line[far:])[1:]]
    return open_line(line)


def open_line(line: Line) -> Line:
    if len(line) < 3:
        return line
    first, last = line[0], line[-1]
    away, at = max((distance(each, first, last), at) for at, each in enumerate(line[1:-1], 1))
    if away <= BEND:
        return [first, last]
    return [*open_line(line[: at + 1]), *open_line(line[at:])[1:]]


def cut(line: Line) -> Line:
    """Each corner cut off; the ends stay, so that lines still meet."""
    inner = [each for pair in pairwise(line) for each in (between(*pair, 0.25), between(*pair, 0.75))]
    if line[0] == line[-1] and len(line) > 3:
        return [*inner, inner[0]]
    return [line[0], *inner[1:-1], line[-1]]


def between(first: Point, second: Point, part: float) -> Point:
    return (first[0] + (second[0] - first[0]) * part, first[1] + (second[1] - first[1]) * part)


def distance(point: Point, first: Point, last: Point) -> float:
    """How far a point is from the straight line between two others."""
    across, down = last[0] - first[0], last[1] - first[1]
    long = hypot(across, down)
    return abs(down * (point[0] - first[0]) - across * (point[1] - first[1])) / long if long else dist(point, first)
