"""Open now in the columns: the same as worked out slowly, at any moment, from a file, and day after day without a change."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from linkworks.core import clock
from linkworks.core.clock import LONDON
from linkworks.directory import queries
from linkworks.directory.models import Schedule, Service
from linkworks.directory.queries import index
from linkworks.directory.queries.finding import wish_of
from linkworks.directory.queries.index import Question, answer, hours, snapshot
from linkworks.directory.queries.index.shelves import Shelves, shelved
from linkworks.directory.rules import open_now
from linkworks.directory.rules.facts import SessionFacts
from tests.context import EVERYTHING, acting
from tests.directory import opening
from tests.directory.test_index_changes import one
from tests.directory.test_rules_open_now import YEARS, once, told
from tests.factories import directory as make

DAY = timedelta(days=1)
SUNDAY, TUESDAY = date(2026, 11, 22), date(2026, 11, 24)
ALL = [each for some in YEARS.values() for each in some]
START = datetime(2026, 1, 1, tzinfo=UTC)
OPEN = queries.Looking(is_open=True)
NIGHTS = [
    datetime(2026, 3, 29, tzinfo=LONDON),
    datetime(2026, 10, 25, tzinfo=LONDON),
    datetime(2026, 12, 31, 22, tzinfo=LONDON),
]


def listing(number: int, schedules: list[SessionFacts], read_on: date) -> Any:
    return one(number, spans=open_now.spans_of(schedules, read_on))


def found(shelves: Shelves, looking: queries.Looking = OPEN) -> Any:
    return answer(shelves, Question(looking=looking), wish_of(looking))


def minutes(dice: Random) -> Iterator[int]:
    """Minutes of the year: at random, and through the nights on which the clocks or the year change."""
    for _ in range(25):
        yield dice.randrange(len(opening.GREENWICH))
    for night in NIGHTS:
        begins = int((night.astimezone(UTC) - START).total_seconds() // 60)
        yield from range(begins, min(begins + 280, len(opening.GREENWICH)), 11)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_open_in_a_directory_is_what_is_open_of_each(seed: int) -> None:
    """Large columns, small ones beside them, and what is gone; found, and counted without being asked for."""
    dice = Random(seed)
    ours = {number: dice.sample(ALL, dice.randrange(4)) for number in range(1, 40)}
    changed = {number: dice.sample(ALL, dice.randrange(3)) for number in range(30, 50)}
    gone = set(range(25, 30))
    painted = {number: opening.painted(some) for number, some in ((ours | changed).items()) if number not in gone}
    for minute in minutes(dice):
        here = opening.greenwich(minute)
        read_on = here.date() - timedelta(days=dice.randrange(3))
        large = shelved(listing(number, some, read_on) for number, some in ours.items())
        touched = {UUID(int=number) for number in (*changed, *gone)}
        shelves = large.changed(touched, [listing(number, some, read_on) for number, some in changed.items()])
        expected = {number for number, minutes in painted.items() if minutes[minute]}
        with clock.at(here):
            assert (here, {each.int for each in found(shelves).ids()}) == (here, expected)
            everything = found(shelves, queries.Looking())
            assert (len(everything), everything.counts["open_now"]) == (len(painted), {"1": len(expected)})


def test_it_comes_back_from_a_file_as_it_was() -> None:
    made = shelved(listing(number, ALL[: number % 7], TUESDAY) for number in range(1, 30)).large
    back = snapshot.unpacked(snapshot.packed(made))
    for minute in range(0, 24 * 60, 50):
        now = open_now.Moment(TUESDAY.toordinal(), minute)
        assert np.array_equal(back.hours.open_at(now), made.hours.open_at(now))
    kinds = [each.dtype for each in back.hours.spans]
    assert kinds == [np.dtype(each) for each in hours.KINDS], "no wider than they were"
    assert sum(each.itemsize for each in (*kinds, back.hours.rows.dtype)) < 20, "bytes for each time"


def test_nothing_at_all_is_never_open() -> None:
    empty = shelved(())
    assert len(found(empty)) == 0 and len(empty.large.hours.spans.days) == 0
    assert found(snapshotted(empty)).counts["open_now"] == {"1": 0}


def snapshotted(shelves: Shelves) -> Shelves:
    back = snapshot.unpacked(snapshot.packed(shelves.large))
    return Shelves(back, None, shelves.small, {})


def test_it_is_worked_out_once_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    shelves, seen = shelved([listing(1, [told()], TUESDAY)]), []
    slow = open_now.is_open
    monkeypatch.setattr(open_now, "is_open", lambda span, at: seen.append(at) or slow(span, at))
    for minute, many in ((0, 5), (1, 5), (2, 1)):
        with clock.at(datetime.combine(TUESDAY, time(10, minute, 30), LONDON)):
            for _ in range(many):
                assert found(shelves, queries.Looking()).open_now == len(found(shelves)) == 1
    assert [each.minute for each in seen] == [600, 601, 602]


# ─── Read from PostgreSQL ────────────────────────────────────────────────────────────────────────────────────────────


Told = dict[str, tuple[UUID, list[SessionFacts]]]


@pytest.fixture
def listed(committed_db: str) -> Told:
    some = {
        "fortnightly": [told("TU", interval=2, dtstart=SUNDAY)],
        "by the month": [told("1SA", freq="MONTHLY"), told("", freq="MONTHLY", bymonthday="-1")],
        "by night": [told("FR,MO", "22:00-02:00", valid_from=date(2026, 12, 4), valid_to=date(2027, 1, 11))],
        "in terms": [told("MO,TH", description="Term time only. Tea")],
        "once": [once(date(2026, 12, 25), "10:00-14:00"), once(date(2027, 1, 30), "21:00-03:00")],
        "always": [told(opening.names_of_week(), "00:00-23:59")],
    }
    with clock.at(at(SUNDAY, 12)), transaction.atomic(), acting(EVERYTHING):
        return {
            name: (UUID(str(make.service(name=name, sessions=tuple(each)).id)), each) for name, each in some.items()
        }


def at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), LONDON)


def names_open(**asked: Any) -> list[str]:
    looking = queries.Looking(is_open=True, must_be_fresh=True, **asked)
    return sorted(each.name for each in queries.ranked(looking)[:50])


def change(rows: Any, **facts: Any) -> None:
    with transaction.atomic(), acting(EVERYTHING):
        rows.update(**facts)


def wrong_in(listed: Told, days: int) -> list[tuple[datetime, list[str], list[str]]]:
    """Where the columns differ from the slow reader, day after day; nobody touches a listing meanwhile."""
    index.forget()
    wrong = []
    for here in (at(SUNDAY + day * DAY, hour) for day in range(days) for hour in (1, 11, 23)):
        expected = sorted(name for name, (_, told) in listed.items() if opening.is_open(told, here))
        with clock.at(here):
            if (said := names_open()) != expected:
                wrong.append((here, said, expected))
    return wrong


def test_day_after_day_without_a_change(listed: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    assert wrong_in(listed, 75) == []
    monkeypatch.setattr(open_now, "read_again", lambda schedules, on: None)
    assert wrong_in(listed, 75), "what is by the month is read again in time"


def test_who_changes_closes_or_hides_it_is_believed_at_once(listed: Told) -> None:
    id, _ = listed["always"]
    service, times = Service.objects.filter(id=id), Schedule.objects.filter(service_id=id)
    with clock.at(at(TUESDAY, 12)):
        assert names_open() == ["always"]
        for away, back in (
            ({"status": "temporarily closed"}, {"status": "active"}),
            ({"status": "inactive"}, {"status": "active"}),
            ({"is_published": False}, {"is_published": True}),
            ({"offered_until": SUNDAY}, {"offered_until": None}),
        ):
            change(service, **away)
            assert names_open() == [], away
            change(service, **back)
            assert names_open() == ["always"], back
        for hours in ({"closes_at": time(11)}, {"closes_at": None}, {"closes_at": time(13), "opens_at": None}):
            change(times, **hours)
            assert names_open() == [], hours


def test_it_is_asked_with_everything_else_and_reads_nothing_more(
    listed: Told, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    tuesday = date(2026, 12, 1)
    with clock.at(at(tuesday, 12)):
        assert names_open() == ["always", "fortnightly"]
        assert names_open(needs=("loneliness",), words="fortnightly") == ["fortnightly"]
        with django_assert_num_queries(1):  # the look whether anything changed
            names_open()
    with clock.at(at(tuesday, 16)):
        assert names_open(words="fortnightly") == []
