"""Pages against a page with nothing on it, through the same middleware; and queries that do not grow with rows."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle, product

from django.db import connection, connections
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils.http import urlencode

from tests.cast import Cast

from . import rows
from .report import Figure
from .timing import taking_turns

MORE = 10
CONTACTS = 3
WORDS, NEEDS = ("garden", "lunch", "debt advice", "singing", "walk"), ("", "loneliness", "money-debt", "low-mood")
# Different questions in turn, since nobody's answer may be somebody else's, kept.
FIND = [
    f"/find?{urlencode({'q': words, 'need': need, 'postcode': postcode})}"
    for words, need, postcode in product(WORDS, NEEDS, (rows.POSTCODE, *rows.AROUND))
]
PLACES = [
    f"/places{each}" for each in ("", "?page=9", "?kind=library", "?q=oak", f"?postcode={rows.POSTCODE}&distance=3")
]
FOR_A_GOAL = ("", "?within=5&needs=loneliness&words=garden", "?within=16&needs=low-mood&needs=loneliness")


def measure(cast: Cast, *, turns: int, services: int, cases: int) -> Iterator[Figure]:
    rows.make_postcodes()
    measured = rows.case(cast)
    with override_settings(ROOT_URLCONF="bench.urls", ALLOWED_HOSTS=["testserver"]):
        anybody = Reader(cast.client(), "/bench/empty", turns)
        worker = Reader(cast.client(cast.link_worker), "/bench/empty-for-staff", turns)
        goal = f"/cases/goals/{rows.goal_of(cast, measured)}/match"
        looking = {
            "find": (anybody, FIND),
            "places": (anybody, PLACES),
            "goal": (worker, [f"{goal}{each}" for each in FOR_A_GOAL]),
        }
        yield from measured_pages(looking, lambda by: rows.services(cast, services * by))
        yield from measured_page("caseload", worker, ["/cases/"], lambda by: rows.cases(cast, measured, cases * by))
        one = f"/cases/{measured.pk}"
        yield from measured_page("case", worker, [one], lambda by: rows.contacts(cast, measured, CONTACTS * by))


@dataclass(frozen=True)
class Reader:
    """Whose pages are measured: their browser, the empty page to compare with, and how many turns each gets."""

    client: Client
    empty: str
    turns: int


Which = Mapping[str, tuple[Reader, list[str]]]


def measured_page(name: str, by: Reader, pages: list[str], have: Callable[[int], None]) -> Iterator[Figure]:
    yield from measured_pages({name: (by, pages)}, have)


def measured_pages(which: Which, have: Callable[[int], None]) -> Iterator[Figure]:
    """Of pages that show the same rows: queries with some and with ten times as many, then the time with the many."""
    have(1)
    few = {name: queries(by.client, pages[0]) for name, (by, pages) in which.items()}
    have(MORE)
    analyse()
    for name, (by, pages) in which.items():
        many = queries(by.client, pages[0])
        yield Figure(
            f"{name}-queries-grown", many - few[name], f"{few[name]} queries, {many} with {MORE} times the rows"
        )
        yield time_of(name, by, pages)


def time_of(name: str, by: Reader, pages: list[str]) -> Figure:
    """A page at a time, in turns with an empty one."""
    for page in pages:
        got(by.client, page)
    turns = cycle(pages)
    turn = {"page": lambda: got(by.client, next(turns)), "empty": lambda: got(by.client, by.empty)}
    times = taking_turns(turn, max(by.turns, len(pages)))
    return Figure.times(f"{name}-page", times["page"], times["empty"])


def got(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, f"{address} answered {answer.status_code}"


def queries(client: Client, address: str) -> int:
    got(client, address)  # what is kept after the first time is not counted
    with CaptureQueriesContext(connection) as seen:
        got(client, address)
    return len(seen)


def analyse() -> None:
    """Let the planner know what is there, and what everybody sees, as a running server's autovacuum does."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
