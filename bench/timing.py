"""Measuring fairly: things to compare take turns, and medians are compared."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter

WILD = 3.0  # a baseline whose p95 is more than this many times its p50 says nothing


@dataclass(frozen=True)
class Spread:
    """How long something took, over many turns."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.seconds)

    @property
    def least(self) -> float:
        """The best turn: what is left when nothing else is in the way."""
        return min(self.seconds)

    @property
    def p95(self) -> float:
        return quantiles(self.seconds, n=20)[-1] if len(self.seconds) > 1 else self.seconds[0]

    @property
    def is_wild(self) -> bool:
        """Whether the machine was too busy with something else for this to mean anything."""
        return self.p95 > WILD * self.median


def taking_turns(things: Mapping[str, Callable[[], object]], turns: int, warm_up: int = 2) -> dict[str, Spread]:
    """Time each thing once per turn, so that a slow moment of the machine meets all of them alike."""
    taken: dict[str, list[float]] = {name: [] for name in things}
    for turn in range(warm_up + turns):
        for name, thing in things.items():
            began = perf_counter()
            thing()
            if turn >= warm_up:
                taken[name].append(perf_counter() - began)
    return {name: Spread(tuple(seconds)) for name, seconds in taken.items()}


def at_once(work: Callable[[int], object], threads: int) -> float:
    """Seconds until `work(number)` is done in this many threads that start together; the first error is raised."""
    ready, failures = threading.Barrier(threads + 1), []

    def one(number: int) -> None:
        ready.wait()
        try:
            work(number)
        except BaseException as error:
            failures.append(error)

    started = [threading.Thread(target=one, args=[number]) for number in range(threads)]
    for thread in started:
        thread.start()
    ready.wait()
    began = perf_counter()
    for thread in started:
        thread.join()
    if failures:
        raise failures[0]
    return perf_counter() - began
