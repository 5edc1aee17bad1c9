"""Fill an empty database with the made-up London, by calling the same actions as the pages."""

from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TextIO, TypeVar

from django.db import transaction

from linkworks.core import tenancy
from linkworks.organisations.models import Scheme

from . import activities, london, staff, stories
from .world import MAKER, World

T = TypeVar("T")
PEOPLE, FEW_PEOPLE = 200, 25


def is_seeded() -> bool:
    return Scheme.objects.filter(is_fictional=True).exists()


def seed(*, small: bool = False, out: TextIO | None = None) -> World:
    """Make the made-up London, all of it or nothing, with a progress bar on `out`."""
    world, share, people = World(), 0.25 if small else 1.0, FEW_PEOPLE if small else PEOPLE
    with transaction.atomic():
        with tenancy.context(MAKER):
            london.build(world)
            staff.build(world)
            total = len(activities.planned(World(postcodes=world.postcodes), share))
            for _ in progress("Activities", activities.build(world, share=share), total, out):
                pass
        for _ in progress("People", stories.build(world, people), people, out):
            pass
        staff.one_is_away(world)
        if not small:
            stories.build_desk(world)
    return world


def progress(what: str, steps: Iterable[T], total: int, out: TextIO | None) -> Iterator[T]:
    """Pass the steps on, drawing a bar when somebody is there to see it."""
    started = monotonic()
    for number, step in enumerate(steps, 1):
        yield step
        if out is not None and (out.isatty() or number == total):
            draw(what, number, total, monotonic() - started, out)


def draw(what: str, number: int, total: int, seconds: float, out: TextIO) -> None:
    done = round(30 * number / max(total, 1))
    end = "\n" if number >= total else ""
    out.write(f"\r{what:<11}[{'#' * done}{'.' * (30 - done)}] {number} of {total} ({seconds:.0f} s){end}")
    out.flush()
