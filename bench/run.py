"""`make bench`: measure, print, keep bench/results.json, and exit with 1 when a promise is broken."""

import argparse
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic

import django

from .report import Figure, judge, keep, targets

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linkworks.config.settings")


@dataclass(frozen=True)
class Scale:
    """How thoroughly to measure."""

    name: str
    turns: int
    rounds: int
    services: int
    listings: int
    cases: int
    sizes: tuple[int, ...]
    questions: int
    seconds: float


QUICK = Scale(
    "quick", turns=80, rounds=5, services=1_000, listings=1_000, cases=40, sizes=(10_000,), questions=100, seconds=1.5
)
FULL = Scale(
    "full",
    turns=400,
    rounds=15,
    services=1_000,
    listings=2_000,
    cases=100,
    sizes=(10_000, 100_000, 1_000_000),
    questions=120,
    seconds=3,
)


def main(arguments: list[str] | None = None) -> int:
    scale = asked_for(arguments)
    django.setup()
    began, promised, verdicts = monotonic(), targets(), []
    print(f"Load average before: {words_of_load()} on {os.cpu_count()} processors", flush=True)
    for figure in figures(scale):
        verdict = judge([figure], promised)[0]
        verdicts.append(verdict)
        print(verdict.line(), flush=True)
    keep(verdicts, scale.name)
    broken = [each for each in verdicts if each.outcome == "BREACHED"]
    print(
        f"Load average after: {words_of_load()}; {monotonic() - began:.0f} s; {len(broken)} of {len(verdicts)} breached"
    )
    return 1 if broken else 0


def asked_for(arguments: list[str] | None) -> Scale:
    parser = argparse.ArgumentParser(prog="python -m bench.run", description="Measure the speed that was promised.")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--quick", action="store_true", help="within a minute (the default)")
    which.add_argument("--full", action="store_true", help="more rows and more turns, within ten minutes")
    return FULL if parser.parse_args(arguments).full else QUICK


def figures(scale: Scale) -> Iterator[Figure]:
    from . import capacity, exports, feed, imports, match, match_sync, pages, referral, sayings, starting
    from .places import own_database

    for size in scale.sizes:
        yield from match.measure(size, how_many=scale.questions, seconds=scale.seconds)
        yield from starting.measure(size)
    with own_database() as cast:
        yield from match_sync.measure(cast, turns=scale.turns, rounds=scale.rounds * 5)
    with own_database() as cast:
        yield from capacity.measure(cast, turns=scale.turns)
        yield from referral.measure(cast, turns=scale.turns, rounds=scale.rounds)
    with own_database() as cast:
        yield from pages.measure(cast, turns=scale.turns // 2, services=scale.services, cases=scale.cases)
    with own_database():
        yield from imports.measure(rows=scale.listings, turns=scale.rounds)
        yield from exports.measure(listings=scale.listings, turns=scale.rounds)
    with own_database() as cast:
        yield from feed.measure(cast, turns=scale.turns // 2, services=scale.services)
    with own_database():
        yield from sayings.measure()


def words_of_load() -> str:
    return ", ".join(f"{each:.2f}" for each in os.getloadavg())


if __name__ == "__main__":
    sys.exit(main())
