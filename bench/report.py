"""What was measured, held against what was promised."""

import json
import os
import tomllib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .timing import Spread

HERE = Path(__file__).parent
TARGETS, RESULTS = HERE / "targets.toml", HERE / "results.json"


@dataclass(frozen=True)
class Figure:
    """One measured number: a ratio of two things of the same run, or a count."""

    id: str
    value: float
    detail: str = ""
    is_wild: bool = False

    @classmethod
    def times(cls, id: str, ours: Spread, baseline: Spread) -> "Figure":
        """How many times as long as the baseline."""
        detail = f"{ours.median * 1000:.2f} ms against {baseline.median * 1000:.2f} ms"
        return cls(id, ours.median / baseline.median, detail, baseline.is_wild)

    @classmethod
    def as_fast(cls, id: str, ours: Spread, other: Spread, rows: int) -> "Figure":
        """How many times as fast as the other with so many rows, by the best turn of each."""
        detail = f"{ours.least / rows * 1e6:.0f} µs a listing against {other.least / rows * 1e6:.0f}"
        return cls(id, other.least / ours.least, detail, other.is_wild)


@dataclass(frozen=True)
class Target:
    """What was promised of a figure. Ratios have slack, because machines differ; counts have none."""

    id: str
    about: str
    most: float | None = None
    least: float | None = None
    slack: float = 1.0

    def is_met_by(self, figure: Figure) -> bool:
        too_much = self.most is not None and figure.value > self.most * self.slack
        too_little = self.least is not None and figure.value < self.least / self.slack
        return not (too_much or too_little)

    @property
    def words(self) -> str:
        return f"at most {self.most:g}" if self.most is not None else f"at least {self.least:g}"


@dataclass(frozen=True)
class Verdict:
    figure: Figure
    target: Target
    outcome: str

    def line(self) -> str:
        value = f"{self.figure.value:.3g}"
        return f"{self.outcome:<8} {self.figure.id:<28} {value:>8}  {self.target.words:<14} {self.target.about} ({self.figure.detail})"


def targets() -> dict[str, Target]:
    """Everything that was promised, by the figure's id."""
    listed = tomllib.loads(TARGETS.read_text())
    slack = float(listed.pop("slack", 1.0))
    return {name: target(name, slack, **facts) for name, facts in listed.items()}


def target(name: str, slack: float, *, is_ratio: bool = True, **facts: Any) -> Target:
    return Target(name, slack=slack if is_ratio else 1.0, **facts)


def judge(figures: Iterable[Figure], promised: dict[str, Target]) -> list[Verdict]:
    """Each figure with its target. A ratio to a wildly varying baseline is skipped, not failed."""
    return [Verdict(figure, promised[figure.id], outcome(figure, promised[figure.id])) for figure in figures]


def outcome(figure: Figure, target: Target) -> str:
    if target.is_met_by(figure):
        return "met"
    return "skipped" if figure.is_wild else "BREACHED"


def keep(verdicts: list[Verdict], how: str) -> None:
    """Write bench/results.json."""
    rows = [{**asdict(each.figure), "target": each.target.words, "outcome": each.outcome} for each in verdicts]
    RESULTS.write_text(json.dumps({"run": how, "load_average": os.getloadavg(), "figures": rows}, indent=2) + "\n")
