"""Finding, against a raw scan and against tantivy: the same questions in turn, and the answers compared before any is timed."""

import multiprocessing
from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter
from typing import Any

from linkworks.directory.queries.index.columns import build
from linkworks.directory.queries.index.question import Question
from linkworks.directory.queries.index.shelves import Shelves

from . import asked
from .engines.ours import Ours
from .engines.scan import Scan
from .engines.tantivy_ import Tantivy
from .report import Figure
from .timing import Spread

CALLS = 3
Engines = dict[str, Any]


def measure(size: int, *, how_many: int, seconds: float) -> Iterator[Figure]:
    """Latency and throughput with so many services."""
    engines, questions, name = made(size), asked.questions(how_many), words_of(size)
    different = [each for each in questions if is_different(engines, each)]
    yield Figure(
        f"match-different-{name}", len(different), f"of {how_many} questions, {answered(engines, questions)} answered"
    )
    times = {engine: Spread(tuple(taken)) for engine, taken in in_turn(engines, questions).items()}
    for other, figure in (("tantivy", "match-tantivy"), ("scan", "match-scan")):
        yield p95s(f"{figure}-{name}", times["ours"], times[other])
    ours, theirs = (at_once(engines[engine].find, questions, seconds) for engine in ("ours", "tantivy"))
    yield Figure(
        f"match-throughput-{name}", ours / theirs, f"{ours:,.0f} against {theirs:,.0f} a second, two processes"
    )


def made(size: int) -> Engines:
    """The engines, each with the same directory."""
    words = [each.words for each in asked.directory(size)]
    shelves = Shelves(build(asked.directory(size)), None, build(()), {})
    bare = [" ".join(each.split(":")[0].strip("'") for each in text.split()) for text in words]
    return {"ours": Ours(shelves), "scan": Scan(shelves), "tantivy": Tantivy(shelves, bare)}


def words_of(size: int) -> str:
    return f"{size // 1_000_000}m" if size >= 1_000_000 else f"{size // 1000}k"


def is_different(engines: Engines, question: Question) -> bool:
    """tantivy ranks without words, so with words only who answers is compared with it."""
    ours, scan, theirs = (engines[name].find(question) for name in ("ours", "scan", "tantivy"))
    same = (ours.total, ours.top, ours.counts) == (scan.total, scan.top, scan.counts)
    also = set(ours.rows.tolist()) == set(theirs.rows.tolist())
    return not (same and also and (question.typed or ours.top == theirs.top))


def answered(engines: Engines, questions: list[Question]) -> int:
    return sum(engines["ours"].find(each).total > 0 for each in questions)


def in_turn(engines: Engines, questions: list[Question]) -> dict[str, list[float]]:
    """The median of three calls for each question, the engines taking turns."""
    taken: dict[str, list[float]] = {name: [] for name in engines}
    for question in questions:
        for name, engine in engines.items():
            taken[name].append(median(timed(lambda: engine.find(question)) for _ in range(CALLS)))  # noqa: B023
    return taken


def timed(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def p95s(id: str, ours: Spread, other: Spread) -> Figure:
    """Slow answers against slow answers. Questions differ, so a wide spread says nothing of the machine."""
    detail = ", ".join(f"{1000 * each.median:.2f}/{1000 * each.p95:.2f} ms" for each in (ours, other))
    return Figure(id, ours.p95 / other.p95, f"p50/p95 {detail}")


def at_once(find: Callable[[Question], object], questions: list[Question], seconds: float) -> float:
    """Answers a second, of two processes that ask without a pause."""
    forked = multiprocessing.get_context("fork")
    told: Any = forked.Queue()
    started = [forked.Process(target=ask_on, args=(find, questions, seconds, told)) for _ in range(2)]
    for each in started:
        each.start()
    total = sum(told.get() for _ in started)
    for each in started:
        each.join()
    return float(total)


def ask_on(find: Callable[[Question], object], questions: list[Question], seconds: float, told: Any) -> None:
    began, answers = perf_counter(), 0
    while perf_counter() - began < seconds:
        find(questions[answers % len(questions)])
        answers += 1
    told.put(answers / (perf_counter() - began))
