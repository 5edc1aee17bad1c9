"""Open now: by table, against every minute of a year painted session by session, and at any moment by a calendar."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkworks.core.clock import LONDON
from linkworks.directory.rules import open_now
from linkworks.directory.rules.facts import SessionFacts
from tests.directory import opening
from tests.directory.opening import at

TERMS = "Term time only"
EVERY_DAY = opening.names_of_week()
EVE, NEW_YEAR = date(2026, 12, 31), date(2027, 1, 1)


def told(byday: str = "TU", hours: str = "10:00-16:00", **more: Any) -> SessionFacts:
    opens, _, closes = hours.partition("-")
    times = {
        "opens_at": time.fromisoformat(opens) if opens else None,
        "closes_at": time.fromisoformat(closes) if closes else None,
    }
    return SessionFacts(**({"freq": "WEEKLY", "byday": byday} | times | more))


def once(day: date, hours: str, **more: Any) -> SessionFacts:
    return told("", hours, freq="", valid_from=day, valid_to=day, **more)


NIGHT, TERM = told("FR", "22:00-02:00"), told(description=TERMS)
ALWAYS = told(EVERY_DAY, "00:00-23:59")
MOMENTS: list[tuple[SessionFacts, str, str, bool]] = [
    (told(), "2026-11-24", "09:59", False), (told(), "2026-11-24", "10:00", True), (told(), "2026-11-24", "15:59", True),
    (told(), "2026-11-24", "16:00", False), (told(), "2026-11-25", "12:00", False),
    # what does not tell both hours is never said to be open
    (told(hours="10:00-"), "2026-11-24", "10:30", False), (told(hours="-16:00"), "2026-11-24", "10:30", False),
    (told(hours=""), "2026-11-24", "10:30", False), (told(hours="10:00-10:00"), "2026-11-24", "10:00", False),
    (told("", freq="", description="Tuesdays"), "2026-11-24", "12:00", False),
    # past midnight
    (NIGHT, "2026-11-27", "23:59", True), (NIGHT, "2026-11-28", "00:00", True), (NIGHT, "2026-11-28", "01:59", True),
    (NIGHT, "2026-11-28", "02:00", False), (NIGHT, "2026-11-27", "01:00", False), (NIGHT, "2026-11-28", "22:30", False),
    (told("TU", "18:00-00:00"), "2026-11-24", "23:59", True), (told("TU", "18:00-00:00"), "2026-11-25", "00:00", False),
    # the first and the last night of a rule
    (told("FR", "22:00-02:00", valid_from=date(2026, 11, 28)), "2026-11-28", "01:00", False),
    (told("FR", "22:00-02:00", valid_to=date(2026, 11, 27)), "2026-11-28", "01:00", True),
    (told("FR", "22:00-02:00", valid_to=date(2026, 11, 27)), "2026-12-05", "01:00", False),
    # bank holidays, and the night into one and out of one
    (ALWAYS, "2026-12-25", "12:00", False), (ALWAYS, "2026-12-24", "12:00", True), (ALWAYS, "2026-12-27", "12:00", True),
    (told("TH", "22:00-02:00"), "2026-12-24", "23:00", True), (told("TH", "22:00-02:00"), "2026-12-25", "01:00", False),
    (told("MO", "22:00-02:00"), "2026-12-29", "01:00", False),
    (once(date(2026, 12, 25), "12:00-15:00"), "2026-12-25", "13:00", True),
    (once(EVE, "21:00-01:00"), "2027-01-01", "00:30", True), (once(EVE, "21:00-01:00"), "2027-01-01", "01:00", False),
    (told("", "12:00-15:00", dtstart=NEW_YEAR, valid_from=NEW_YEAR, valid_to=NEW_YEAR), "2027-01-01", "13:00", True),
    # school terms
    (TERM, "2026-11-24", "12:00", True), (TERM, "2026-10-27", "12:00", False), (TERM, "2026-08-11", "12:00", False),
    (TERM, "2026-12-22", "12:00", False), (once(date(2026, 8, 11), "10:00-16:00", description=TERMS), "2026-08-11", "12:00", True),
    # every second week, and by the month
    (told(interval=2, dtstart=date(2026, 11, 24)), "2026-12-08", "12:00", True),
    (told(interval=2, dtstart=date(2026, 11, 24)), "2026-12-01", "12:00", False),
    (told(interval=2), "2026-11-24", "12:00", False),
    (told("-1TU", freq="MONTHLY"), "2026-11-24", "12:00", True), (told("-1TU", freq="MONTHLY"), "2026-11-17", "12:00", False),
]  # fmt: skip


@pytest.mark.parametrize(("schedule", "day", "hour", "is_open"), MOMENTS)
def test_what_is_open_at_a_moment(schedule: SessionFacts, day: str, hour: str, is_open: bool) -> None:
    here = at(day, hour)
    assert opening.said_open([schedule], here) is is_open
    assert opening.is_open([schedule], here) is is_open, "the slow reader says the same"


YEARS = {
    "by day": [told("TU,WE", "09:00-17:00"), told("MO", "10:00-12:30", valid_from=date(2026, 3, 9), valid_to=date(2026, 10, 26))],
    "by night": [told("FR", "20:00-02:00"), told("SA", "22:00-03:30"), told("SU", "00:30-01:30"), told("SA", "23:30-01:15")],
    "in the hour that is told twice": [told("SU", "01:30-03:00"), told("SU", "01:10-01:20")],
    "always": [ALWAYS],
    "now and then": [
        told("MO", "18:00-00:00", interval=2, dtstart=date(2026, 1, 5)), told("1MO,-1FR", freq="MONTHLY"),
        told("", "21:00-04:00", freq="MONTHLY", bymonthday="31,-2"), told("TH", "07:15-08:45", interval=3, dtstart=date(2025, 12, 4)),
    ],
    "once": [once(date(2026, 12, 25), "10:00-14:00"), once(EVE, "21:00-01:00"), once(date(2026, 10, 24), "22:00-01:45"),
             once(date(2026, 3, 28), "23:00-01:45"), told("", dtstart=EVE, valid_to=EVE)],
    "in terms": [told("MO,TU,SU", "15:30-17:00", description=TERMS), told("WE", "22:00-00:30", description=TERMS)],
    "never": [told(hours="10:00-"), told(interval=2), told("", freq="", description="Ask us"), told(hours="09:00-09:00")],
}  # fmt: skip


@pytest.mark.parametrize("name", YEARS)
def test_every_turn_of_a_year_is_as_painted(name: str) -> None:
    """Round each edge, on the two nights on which the clocks change, and at random; from what was read up to eight weeks before."""
    schedules, dice = YEARS[name], Random(name)
    painted = opening.painted(schedules)
    assert painted.any() == (name != "never")
    edges = np.flatnonzero(painted[1:] != painted[:-1])
    nights = [opening.reached(datetime(2026, month, day)) for month, day in ((3, 29), (10, 25))]
    asked = {minute for edge in dice.sample(edges.tolist(), min(len(edges), 150)) for minute in (edge, edge + 1)}
    asked |= {minute for night in nights for minute in range(night - 5, night + 5 * 60)}
    asked |= {dice.randrange(len(painted)) for _ in range(300)}
    for minute in asked:
        here = opening.greenwich(minute)
        read_on = here.date() - timedelta(days=dice.randrange(open_now.AHEAD))
        assert (here, opening.said_open(schedules, here, read_on)) == (here, bool(painted[minute]))


DATES = st.dates(date(2026, 10, 20), date(2027, 1, 10))
SCHEDULES = st.builds(
    SessionFacts,
    freq=st.sampled_from(["WEEKLY", "WEEKLY", "MONTHLY", ""]),
    interval=st.sampled_from([1, 1, 2]),
    byday=st.sampled_from(["", "TU", "FR,SA", "2TU", "-1FR", EVERY_DAY]),
    bymonthday=st.sampled_from(["", "", "1,15", "-1"]),
    dtstart=st.none() | DATES,
    valid_from=st.none() | DATES,
    valid_to=st.none() | DATES,
    opens_at=st.none() | st.sampled_from([time(9), time(18, 30), time(23), time(0)]),
    closes_at=st.none() | st.sampled_from([time(12), time(1, 30), time(23, 59), time(0)]),
    description=st.sampled_from(["", "", TERMS]),
)
MINUTES = st.builds(time, st.integers(0, 23), st.sampled_from([0, 29, 30, 59]))


@settings(max_examples=300, deadline=None)
@given(st.lists(SCHEDULES, max_size=3), DATES, MINUTES)
def test_any_times_at_any_moment(schedules: list[SessionFacts], day: date, hour: time) -> None:
    here = datetime.combine(day, hour, LONDON)
    assert opening.said_open(schedules, here) is opening.is_open(schedules, here)


@settings(max_examples=150, deadline=None)
@given(SCHEDULES, DATES, st.integers(0, 200), MINUTES)
def test_what_was_written_down_holds_until_it_is_to_be_read_again(
    schedule: SessionFacts, read_on: date, later: int, hour: time
) -> None:
    again = open_now.read_again([schedule], read_on) or date.max
    here = datetime.combine(min(read_on + timedelta(days=later), again - timedelta(days=1)), hour, LONDON)
    assert opening.said_open([schedule], here, read_on) is opening.is_open([schedule], here)


@pytest.mark.parametrize(
    ("schedules", "day", "hour", "until", "turns"),
    [
        ([told()], "2026-11-24", "09:00", None, time(10)),
        ([told()], "2026-11-24", "10:00", time(16), time(16)),
        ([told()], "2026-11-24", "16:00", None, None),
        ([told(), told(hours="09:00-12:00")], "2026-11-24", "11:00", time(16), time(16)),  # the later of two
        ([told(hours="12:00-16:00"), told(hours="09:00-12:00")], "2026-11-24", "11:00", time(12), time(12)),
        ([NIGHT], "2026-11-27", "23:00", time(2), None),
        ([NIGHT], "2026-11-28", "00:00", time(2), time(2)),
        ([NIGHT, told("FR", "21:00-23:30")], "2026-11-27", "23:00", time(2), None),
        ([told("TU", "18:00-00:00")], "2026-11-24", "20:00", time(0), None),
        ([ALWAYS], "2026-12-25", "12:00", None, None),
    ],
)
def test_until_when_it_is_open_and_when_that_changes(
    schedules: list[SessionFacts], day: str, hour: str, until: time | None, turns: time | None
) -> None:
    here = at(day, hour)
    spans, now = open_now.spans_of(schedules, here.date(), 1), open_now.moment(here.date(), here.time())
    assert (open_now.open_until(spans, now), open_now.turns_at(spans, now)) == (until, turns)


@pytest.mark.parametrize(("hour", "minute"), [(time(1, 15), 119), (time(1, 59), 119), (time(2), 120), (time(23), 1380)])
def test_the_hour_that_is_told_again_stands_still_and_no_other_does(hour: time, minute: int) -> None:
    assert open_now.moment(opening.FIRST, hour.replace(fold=1)) == (opening.FIRST.toordinal(), minute)
    assert open_now.moment(opening.FIRST, hour).minute == open_now.minutes(hour)


BLUNDERS: dict[str, tuple[str, Callable[..., Any]]] = {
    "the hour told twice": ("moment", lambda day, at: open_now.Moment(day.toordinal(), open_now.minutes(at))),
    "bank holidays and terms": ("can_be_counted_on", lambda span, day: True),
    "the day before": ("days_told", lambda schedule, on, ahead: (
        day for each in range(ahead) if opening.happens(schedule, day := on + timedelta(days=each)))),
    "the first and the last day": ("holds", lambda span, day: (span.days >> (day + 6) % 7) & 1 == 1),
}  # fmt: skip


@pytest.mark.parametrize("name", BLUNDERS)
def test_a_blunder_is_noticed(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(open_now, *BLUNDERS[name])
    noticed = []
    for year in YEARS:
        try:
            test_every_turn_of_a_year_is_as_painted(year)
        except AssertionError:
            noticed.append(year)
    assert noticed
