"""When things are due: never in the past, never on a day nobody works, and always in the same order."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.casework.actions.events import due_day
from linkworks.casework.actions.history import in_working_days
from linkworks.casework.queries.sharing import access_and_language, how_to_use
from linkworks.casework.queries.timeline import on_the_day, was_open_at
from linkworks.casework.rules import following
from linkworks.casework.rules.following import Due, FollowUp, due
from linkworks.core import clock, vocabulary
from tests.factories.casework import a_moment

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(ZoneInfo("UTC")))
FOLLOW_UPS = [
    *following.AFTER_DECLINE.values(), following.AFTER_WAITLIST, following.AFTER_ENDING, following.AFTER_NO_SHOW,
    following.AFTER_QUESTION, following.AFTER_SILENCE,
]  # fmt: skip
AROUND = [  # days round which counting goes wrong: holidays, the turn of the year, the clocks, a leap day
    date(2025, 12, 24), date(2025, 12, 31), date(2026, 3, 28), date(2026, 4, 2), date(2026, 10, 24), date(2026, 12, 24),
    date(2024, 2, 28), date(2026, 5, 1), date(2026, 8, 28),
]  # fmt: skip


def is_worked(day: date) -> bool:
    """Said by the clock: a day it does not move."""
    return clock.working_day(day) == day


class TestWorkingDays:
    @given(DAYS, st.integers(1, 25))
    def test_what_is_due_is_due_on_a_day_somebody_works(self, today: date, days: int) -> None:
        with clock.at(a_moment(today)):
            found = in_working_days(days)
        assert is_worked(found)
        between = [today + timedelta(days=ahead) for ahead in range(1, (found - today).days + 1)]
        assert sum(is_worked(day) for day in between) == days

    @given(DAYS, st.integers(0, 12), st.integers(0, 12))
    def test_counting_in_two_goes_is_counting_in_one(self, start: date, first: int, second: int) -> None:
        stop = clock.add_working_days(start, first)
        assert clock.add_working_days(stop, second) == clock.add_working_days(start, first + second)

    @given(DAYS, st.integers(0, 20))
    def test_a_day_later_is_never_due_earlier(self, start: date, days: int) -> None:
        later = clock.add_working_days(start + timedelta(days=1), days)
        assert clock.add_working_days(start, days) <= later

    @pytest.mark.parametrize("start", AROUND)
    def test_around_holidays_each_day_counted_is_a_day_worked(self, start: date) -> None:
        found = [clock.add_working_days(start, days) for days in range(1, 8)]
        assert all(is_worked(day) and day.weekday() < 5 for day in found)
        assert all(earlier < later for earlier, later in pairwise(found))

    @given(MOMENTS)
    def test_today_is_the_day_in_london_whatever_the_hour(self, moment: datetime) -> None:
        with clock.at(moment):
            assert clock.today() == moment.astimezone(clock.LONDON).date()
            assert in_working_days(1) > clock.today()

    @pytest.mark.parametrize(
        ("moment", "day"),
        [
            (datetime(2026, 7, 1, 22, 59, tzinfo=ZoneInfo("UTC")), date(2026, 7, 1)),
            (datetime(2026, 7, 1, 23, 1, tzinfo=ZoneInfo("UTC")), date(2026, 7, 2)),
            (datetime(2026, 1, 1, 23, 59, tzinfo=ZoneInfo("UTC")), date(2026, 1, 1)),
            (datetime(2026, 3, 29, 0, 59, tzinfo=ZoneInfo("UTC")), date(2026, 3, 29)),
            (datetime(2026, 10, 25, 0, 30, tzinfo=ZoneInfo("UTC")), date(2026, 10, 25)),
        ],
    )
    def test_midnight_in_summer_and_winter(self, moment: datetime, day: date) -> None:
        with clock.at(moment):
            assert clock.today() == day


class TestFollowUps:
    @given(DAYS, st.sampled_from(FOLLOW_UPS))
    def test_none_is_due_in_the_past_or_on_a_day_off(self, today: date, follow: FollowUp) -> None:
        with clock.at(a_moment(today)):
            day = due_day(follow)
        assert day >= today
        assert day == today or is_worked(day)

    @given(DAYS, st.none() | st.integers(-60, 60))
    def test_did_they_go_is_asked_after_they_could_have_gone(self, today: date, ahead: int | None) -> None:
        first = None if ahead is None else today + timedelta(days=ahead)
        with clock.at(a_moment(today)):
            day = due_day(following.after_accept(first))
        assert day > today
        assert first is None or day > first

    @given(st.text(max_size=200), st.text(max_size=300), st.sampled_from(FOLLOW_UPS))
    def test_a_title_fits_and_says_whom_it_is_about(self, name: str, service: str, follow: FollowUp) -> None:
        title = following.said(follow.title, name=name, service=service)
        assert len(title) <= 200
        assert "{name}" not in title.replace(name, "").replace(service, "")

    def test_each_title_names_the_person_and_the_group(self) -> None:
        for follow in FOLLOW_UPS:
            title = following.said(follow.title, name="Jean", service="Choir")
            assert "Jean" in title and "Choir" in title


@given(st.lists(st.tuples(DAYS, st.integers(0, 99)), max_size=12), DAYS)
def test_sorting_by_day_never_parts_a_group(rows: list[tuple[date, int]], today: date) -> None:
    order = [Due.OVERDUE, Due.TODAY, Due.SOON, Due.LATER]
    groups = [order.index(due(on, today)) for on, _ in sorted(rows)]
    assert groups == sorted(groups)


@given(st.integers(0, 20), st.integers(1, 10))
def test_one_more_try_never_takes_closing_away(tries: int, allowed: int) -> None:
    if following.may_close_unreached(tries, allowed):
        assert following.may_close_unreached(tries + 1, allowed)
    else:
        assert tries < allowed


class TestOnTheTimeline:
    @given(DAYS, MOMENTS)
    def test_what_is_known_by_its_day_stands_at_that_day(self, day: date, written: datetime) -> None:
        at = on_the_day(day, written)
        assert at.astimezone(clock.LONDON).date() == day

    @given(MOMENTS, st.integers(0, 400), st.none() | st.integers(0, 400), st.integers(-100, 900))
    def test_a_case_was_open_between_its_opening_and_its_closing(
        self, opened: datetime, length: int, closed: int | None, asked: int
    ) -> None:
        ends = None if closed is None else opened + timedelta(days=length)
        case: Any = SimpleNamespace(opened_at=opened, closed_at=ends)
        moment = opened + timedelta(days=asked)
        assert was_open_at(case, moment) == (asked >= 0 and (ends is None or asked <= length))
        assert not was_open_at(case, None)


class TestWhatAGroupIsTold:
    @pytest.mark.parametrize("kind", ["phone", "text", "email"])
    @pytest.mark.parametrize("message", [True, False])
    @pytest.mark.parametrize("who", [True, False])
    @pytest.mark.parametrize("times", ["", "mornings"])
    def test_what_they_asked_of_us_on_the_telephone_is_asked_of_a_group(
        self, kind: str, message: bool, who: bool, times: str
    ) -> None:
        channel: Any = SimpleNamespace(
            kind=kind, may_leave_message=message, may_say_who_is_calling=who, best_times=times
        )
        said = how_to_use(channel)
        assert ("do not leave a message" in said) is (kind == "phone" and not message)
        assert ("do not say who is calling" in said) is (kind == "phone" and not who)
        assert (said[-1] == "mornings") is (times == "mornings")

    @given(
        st.lists(st.sampled_from(sorted(vocabulary.ACCESS_NEEDS)), unique=True),
        st.sampled_from(["", *vocabulary.LANGUAGES]),
        st.booleans(),
    )
    def test_access_and_language_in_a_line_that_fits(self, needs: list[str], language: str, interpreter: bool) -> None:
        line = access_and_language(needs, language, interpreter)
        assert len(line) <= 300
        assert bool(line) is bool(needs or interpreter or language not in ("", "en"))
        assert line[:1] == line[:1].upper()
        assert "None" not in line and ", ," not in line
