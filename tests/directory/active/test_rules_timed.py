"""When an activity happens: rules that may be followed, days apart from them, and dates that are told one by one."""

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.directory.rules.facts import SessionFacts
from linkworks.directory.rules.feeds.active import timed
from linkworks.directory.rules.sessions import happens_on

from .samples import AT, WEEKLY, session

TODAY = date(2026, 11, 22)  # a Sunday
TUESDAYS = [date(2026, 11, 24), date(2026, 12, 1), date(2026, 12, 8), date(2026, 12, 15)]


def told(schedules: list[dict[str, Any]], *dates: dict[str, Any], today: date = TODAY) -> tuple[SessionFacts, ...]:
    return timed.sessions(
        [timed.schedule_of(each) for each in schedules], [timed.date_of(each) for each in dates], today
    )


def days(found: tuple[SessionFacts, ...], until: date = date(2026, 12, 20)) -> list[str]:
    every = (date.fromordinal(n) for n in range(TODAY.toordinal(), until.toordinal() + 1))
    return [f"{day:%d %b}" for day in every for each in found if happens_on(each, day)]


def rule(**more: Any) -> dict[str, Any]:
    return {name: each for name, each in {**WEEKLY, **more}.items() if each is not None}


@pytest.mark.parametrize(
    ("more", "freq", "interval", "byday", "bymonthday"),
    [
        ({}, "WEEKLY", 1, "TU", ""),
        ({"byDay": ["schema:Tuesday", "https://schema.org/Thursday"]}, "WEEKLY", 1, "TU,TH", ""),
        ({"byDay": "https://schema.org/Sunday"}, "WEEKLY", 1, "SU", ""),
        ({"byDay": ["TU", "TU"]}, "WEEKLY", 1, "TU", ""),
        ({"byDay": None}, "WEEKLY", 1, "", ""),
        ({"repeatFrequency": "P2W"}, "WEEKLY", 2, "TU", ""),
        ({"repeatFrequency": "P1D", "byDay": None}, "WEEKLY", 1, "MO,TU,WE,TH,FR,SA,SU", ""),
        ({"repeatFrequency": "P7D", "byDay": None}, "WEEKLY", 1, "", ""),
        ({"repeatFrequency": "P14D", "byDay": None}, "WEEKLY", 2, "", ""),
        ({"repeatFrequency": "P1M", "byDay": None, "byMonthDay": [5, 15]}, "MONTHLY", 1, "", "5,15"),
        ({"repeatFrequency": "P1M", "byDay": None, "byMonthDay": 5}, "MONTHLY", 1, "", "5"),
        ({"repeatFrequency": "P2M", "byDay": ["2TU"]}, "MONTHLY", 2, "2TU", ""),
        ({"repeatFrequency": "P1M", "byDay": ["-1FR"]}, "MONTHLY", 1, "-1FR", ""),
    ],
)
def test_a_rule_that_can_be_followed(more: Any, freq: str, interval: int, byday: str, bymonthday: str) -> None:
    [found] = told([rule(**more)])
    assert (found.freq, found.interval, found.byday, found.bymonthday) == (freq, interval, byday, bymonthday)
    assert (found.opens_at, found.closes_at, found.dtstart) == (time(10, 30), time(11, 30), date(2026, 9, 1))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"@type": "PartialSchedule"}, "Tuesday; ask for the dates"),
        (
            {"@type": "PartialSchedule", "byDay": ["schema:Monday", "schema:Friday"]},
            "Monday and Friday; ask for the dates",
        ),
        ({"@type": "PartialSchedule", "byDay": None}, "Ask for the dates"),
        ({"repeatFrequency": "P2D", "byDay": None}, "Ask for the dates"),
        ({"repeatFrequency": "P1M"}, "Tuesday; ask for the dates"),
        ({"repeatFrequency": "P1Y"}, "Tuesday; ask for the dates"),
        ({"repeatFrequency": None}, "Tuesday; ask for the dates"),
        ({"repeatFrequency": "P1W", "byDay": None, "startDate": None}, "Ask for the dates"),
        ({"repeatFrequency": "P1W", "byDay": ["2TU"]}, "Tuesday; ask for the dates"),
        ({"repeatFrequency": "P1M", "byDay": None, "byMonthDay": [0, 32, "x", True]}, "Ask for the dates"),
    ],
)
def test_one_that_may_not_or_cannot_be_followed_is_told_in_words(more: Any, words: str) -> None:
    """A partial schedule must never be worked out into dates, and a day that is guessed sends somebody to a locked door."""
    [found] = told([rule(**more)])
    assert (found.freq, found.description) == ("", words)
    assert days((found,)) == []


@pytest.mark.parametrize(
    ("more", "gives"),
    [
        ({}, ["24 Nov", "01 Dec", "08 Dec", "15 Dec"]),
        ({"endDate": "2026-12-01"}, ["24 Nov", "01 Dec"]),
        ({"endDate": "2026-11-21"}, []),
        ({"startDate": "2026-12-08"}, ["08 Dec", "15 Dec"]),
        ({"startDate": "2026-11-24", "repeatCount": 2}, ["24 Nov", "01 Dec"]),
        ({"startDate": "2026-11-10", "repeatCount": 2}, []),
        ({"repeatCount": 0}, ["24 Nov", "01 Dec", "08 Dec", "15 Dec"]),
        ({"exceptDate": ["2026-12-01T10:30:00Z"]}, ["24 Nov", "08 Dec", "15 Dec"]),
        ({"exceptDate": "2026-12-01"}, ["24 Nov", "08 Dec", "15 Dec"]),
        ({"exceptDate": ["2026-12-01", "2026-12-08", "soon", None, 7]}, ["24 Nov", "15 Dec"]),
        ({"exceptDate": ["2026-12-02"]}, ["24 Nov", "01 Dec", "08 Dec", "15 Dec"]),
        ({"repeatFrequency": "P2W", "startDate": "2026-11-24"}, ["24 Nov", "08 Dec"]),
        ({"repeatFrequency": "P2W", "startDate": "2026-11-24", "exceptDate": ["2026-12-08"]}, ["24 Nov"]),
        ({"exceptDate": ["2026-11-24"], "endDate": "2026-11-24"}, []),
    ],
)
def test_the_days_of_a_rule(more: Any, gives: list[str]) -> None:
    assert days(told([rule(**more)])) == gives


def test_a_session_that_is_told_takes_the_place_of_its_day_of_the_rule() -> None:
    """Told sessions are what is different from the rule: called off, moved to another hour, nearly full."""
    off = session(1, 1, "2026-12-01T10:30:00Z", eventStatus="https://schema.org/EventCancelled")
    later = session(2, 1, "2026-12-08T15:00:00Z", remainingAttendeeCapacity=0)
    found = told([rule()], off, later)
    assert days(found) == ["24 Nov", "08 Dec", "15 Dec"]
    [moved] = [each for each in found if happens_on(each, TUESDAYS[2])]
    assert (moved.opens_at, moved.closes_at, moved.description) == (time(15), time(16), "Fully booked")


def test_one_that_was_moved_to_another_day_is_known_by_its_first_day() -> None:
    template = f"{AT}/session-series/1/sessions/{{startDate}}"
    moved = {**session(1, 1, "2026-12-03T10:30:00Z"), "@id": template.replace("{startDate}", "2026-12-01T10:30:00Z")}
    assert days(told([rule(idTemplate=template)], moved)) == ["24 Nov", "03 Dec", "08 Dec", "15 Dec"]


@pytest.mark.parametrize(
    ("more", "opens", "closes", "words"),
    [
        ({}, time(18, 30), time(19, 30), ""),
        ({"duration": None, "endDate": "2026-11-26T20:00:00Z"}, time(18, 30), time(20), ""),
        ({"duration": "PT90M"}, time(18, 30), time(20), ""),
        ({"duration": None}, time(18, 30), None, ""),
        ({"duration": None, "endDate": "2026-11-25T20:00:00Z"}, time(18, 30), None, ""),
        ({"duration": "P9D"}, time(18, 30), None, ""),
        ({"remainingAttendeeCapacity": 0}, time(18, 30), time(19, 30), "Fully booked"),
        ({"remainingAttendeeCapacity": -3}, time(18, 30), time(19, 30), "Fully booked"),
        ({"remainingAttendeeCapacity": 1}, time(18, 30), time(19, 30), "One place left"),
        ({"remainingAttendeeCapacity": 12}, time(18, 30), time(19, 30), "12 places left"),
        ({"remainingAttendeeCapacity": "12"}, time(18, 30), time(19, 30), "12 places left"),
        ({"remainingAttendeeCapacity": "many"}, time(18, 30), time(19, 30), ""),
        ({"remainingAttendeeCapacity": True}, time(18, 30), time(19, 30), ""),
    ],
)
def test_a_date(more: Any, opens: time, closes: time | None, words: str) -> None:
    [found] = told([], session(1, 1, **more))
    assert (found.valid_from, found.valid_to) == (date(2026, 11, 26), date(2026, 11, 26))
    assert (found.opens_at, found.closes_at, found.description) == (opens, closes, words)


@pytest.mark.parametrize("status", ["EventCancelled", "schema:EventPostponed", "https://schema.org/EventCancelled"])
def test_one_that_is_off_is_no_date(status: str) -> None:
    assert told([], session(1, 1, eventStatus=status)) == ()


@pytest.mark.parametrize("starts", ["2026-11-21T18:30:00Z", "2027-02-22T18:30:00Z", "soon", "", None, 7])
def test_dates_that_are_over_far_off_or_no_dates_are_left_out(starts: Any) -> None:
    assert told([], {**session(1, 1), "startDate": starts}) == ()


def test_a_day_ends_in_london() -> None:
    """Half past eleven in the evening in summer, told in UTC: it is that day there, and the next here."""
    [found] = told([], session(1, 1, "2026-07-14T23:30:00Z"), today=date(2026, 7, 14))
    assert (found.valid_from, found.opens_at, found.closes_at) == (date(2026, 7, 15), time(0, 30), time(1, 30))


def test_the_same_date_twice_is_one_and_there_is_a_most() -> None:
    same = session(1, 1)
    assert len(told([], same, same)) == 1
    many = [session(n, 1, f"2026-12-{1 + n % 28:02}T{n // 28 + 9:02}:15:00Z") for n in range(200)]
    found = told([], *many)
    assert len(found) == timed.MOST_DATES
    assert [(each.valid_from, each.opens_at) for each in found] == sorted(
        (each.valid_from, each.opens_at) for each in found
    )


NOISE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.dictionaries(st.sampled_from([*WEEKLY, "endDate", "exceptDate", "repeatCount", "byMonthDay"]), NOISE, max_size=9)
)
def test_whatever_stands_in_a_rule_it_gives_times_or_none(noise: dict[str, Any]) -> None:
    told([{**WEEKLY, **noise}], session(1, 1))


@given(st.dictionaries(st.sampled_from([*session(1, 1), "endDate", "eventStatus", "remainingAttendeeCapacity"]), NOISE))
def test_whatever_stands_in_a_session_it_is_a_date_or_none(noise: dict[str, Any]) -> None:
    assert len(told([], {**session(1, 1), **noise})) <= 1


@given(st.sets(st.integers(0, 27)), st.sampled_from(["P1W", "P2W", "P1D"]))
def test_the_pieces_of_a_rule_are_the_rule_without_those_days(left_out: set[int], every: str) -> None:
    """By another way: each day of the whole rule, one by one, but for those that are left out."""
    raw = rule(repeatFrequency=every, byDay=None if every == "P1D" else WEEKLY["byDay"], startDate="2026-11-24")
    apart = [date.fromordinal(TODAY.toordinal() + n) for n in left_out]
    whole = days(told([raw]))
    pieces = days(told([{**raw, "exceptDate": [f"{each}" for each in apart]}]))
    assert pieces == [day for day in whole if day not in {f"{each:%d %b}" for each in apart}]
