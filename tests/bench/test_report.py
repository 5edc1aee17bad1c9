"""What is promised can be kept and broken, and each figure has its promise."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import report, run, sayings
from bench.report import Figure, Target, judge, targets
from bench.timing import Spread, at_once, taking_turns

BENCH = Path(run.__file__).parent
STEADY, WILD = Spread((1.0,) * 20), Spread((*(1.0,) * 17, 9.0, 9.0, 9.0))


def outcome(figure: Figure, **promised: float) -> str:
    return judge([figure], {figure.id: Target(figure.id, "about", **promised)})[0].outcome


def test_a_figure_within_its_target_is_met_and_one_past_its_slack_is_breached():
    assert outcome(Figure("x", 10), most=10) == "met"
    assert outcome(Figure("x", 14), most=10, slack=1.5) == "met"
    assert outcome(Figure("x", 16), most=10, slack=1.5) == "BREACHED"
    assert outcome(Figure("x", 0), least=1) == "BREACHED"


def test_a_ratio_to_a_wild_baseline_is_skipped_but_never_counted_as_broken():
    assert STEADY.is_wild is False
    assert outcome(Figure.times("x", Spread((50.0,)), WILD), most=10) == "skipped"
    assert outcome(Figure.times("x", Spread((50.0,)), STEADY), most=10) == "BREACHED"


def test_a_count_has_no_slack():
    promised = targets()
    assert promised["places-overbooked"].slack == 1.0
    assert promised["find-page"].slack > 1.0


def test_each_figure_that_is_measured_has_a_target_and_the_other_way_round():
    source = "".join(file.read_text() for file in BENCH.glob("*.py"))
    plain = set(re.findall(r'Figure(?:\.times|\.as_fast)?\(\s*"([a-z0-9-]+)"', source))
    plain |= sayings.named()
    pages = set(re.findall(r'(?:measured_page\(\s*"|"(?=[a-z]+": \((?:anybody|worker),))([a-z]+)"', source))
    sized = set(
        re.findall(r'"(match-(?:tantivy|scan|throughput|different|memory)|start-different|start)(?:"|-\{)', source)
    )
    plain |= {f"{name}-{size}" for name in sized for size in ("10k", "100k", "1m")}
    assert plain | {f"{page}-{kind}" for page in pages for kind in ("page", "queries-grown")} == set(targets())


def test_things_take_turns_and_the_warm_up_is_not_counted():
    said: list[str] = []
    taken = taking_turns({"a": lambda: said.append("a"), "b": lambda: said.append("b")}, turns=3, warm_up=1)
    assert said == ["a", "b"] * 4
    assert len(taken["a"].seconds) == 3


def test_an_error_in_a_thread_is_not_lost():
    def work(number: int) -> None:
        if number == 2:
            raise ValueError("the third one")

    with pytest.raises(ValueError, match="the third one"):
        at_once(work, 4)


@pytest.mark.parametrize(("measured", "code"), [(0.0, 0), (1.0, 1)])
def test_the_run_prints_keeps_and_ends_with_1_when_a_promise_is_broken(
    measured: float, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def figures(scale: run.Scale) -> Iterator[Figure]:
        yield Figure("places-overbooked", measured, "40 given of 40")

    monkeypatch.setattr(run, "figures", figures)
    monkeypatch.setattr(report, "RESULTS", tmp_path / "results.json")
    assert run.main(["--quick"]) == code
    assert "Load average before" in capsys.readouterr().out
    assert json.loads((tmp_path / "results.json").read_text())["figures"][0]["value"] == measured
