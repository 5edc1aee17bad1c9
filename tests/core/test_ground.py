"""References, the clock, moves and actors: small things that everything stands on."""

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core import clock, ids, states
from linkworks.core.actor import Actor, job_actor
from linkworks.core.errors import Invalid, LinkworksError, NotAllowed
from linkworks.core.permissions import Permission
from tests.calendar import FIRST, LAST, is_at_work, working_days_after

# References


def test_a_reference_can_be_read_out_on_the_telephone():
    reference = ids.new_reference("R")
    prefix, first, second = reference.split("-")
    assert prefix == "R"
    assert len(first) == len(second) == 4
    assert not set(first + second) & set("0O1IL5S2ZAEU")


@given(st.data())
def test_a_reference_is_found_however_it_is_typed(data):
    reference = ids.new_reference(data.draw(st.sampled_from(["R", "C", "K"])))
    spoiled = "".join(
        data.draw(st.sampled_from([letter, letter.lower(), f" {letter}", f"{letter}-"])) for letter in reference
    )
    assert ids.tidy_reference(spoiled) == reference


def test_words_that_are_no_reference_stay_short():
    assert ids.tidy_reference("ann") == "ANN"


def test_a_reference_read_out_without_its_letter_has_its_dash():
    assert ids.tidy_reference("7kq4 m9tx") == ids.tidy_reference("7KQ4M9TX") == "7KQ4-M9TX"


# The clock


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), date(2027, 3, 28)),
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), date(2027, 10, 31)),
    ],
)
def test_today_is_todays_date_in_london(moment, day):
    with time_machine.travel(moment, tick=False):
        assert clock.today() == day


FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("days", "end"), [(0, FRIDAY), (1, date(2026, 11, 23)), (5, date(2026, 11, 27)), (6, date(2026, 11, 30))]
)
def test_working_days_pass_over_the_weekend(days, end):
    assert clock.add_working_days(FRIDAY, days) == end


@pytest.mark.parametrize(("days", "end"), [(0, FRIDAY), (1, date(2026, 11, 23)), (2, date(2026, 11, 23))])
def test_a_day_on_a_weekend_becomes_the_monday_after(days, end):
    assert clock.working_day(FRIDAY + timedelta(days=days)) == end


@given(st.dates(FIRST, LAST - timedelta(days=120)), st.integers(0, 60))
def test_working_days_agree_with_counting_them_on_a_calendar(start, days):
    assert clock.add_working_days(start, days) == working_days_after(start, days)


def test_every_bank_holiday_published_for_these_years_is_known_and_no_other_weekday_is_one():
    every_day = (FIRST + timedelta(days=ahead) for ahead in range((LAST - FIRST).days + 1))
    assert {day for day in every_day if clock.is_working_day(day) is not is_at_work(day)} == set()


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 12, 24), 1, date(2026, 12, 29)),  # Christmas Day, a weekend, and a Monday for Boxing Day
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # Easter
        (date(2027, 12, 24), 6, date(2028, 1, 6)),  # two substitutes, and New Year's Day on a Saturday
    ],
)
def test_nobody_is_chased_on_a_bank_holiday(start, days, end):
    assert clock.add_working_days(start, days) == end


# Moves


class Light(StrEnum):
    RED = "red"
    GREEN = "green-light"


class Press(StrEnum):
    GO = "go"


MOVES = {(Light.RED, Press.GO): Light.GREEN}


def test_a_move_in_the_table_leads_on():
    assert states.after(MOVES, "red", Press.GO) == Light.GREEN
    assert states.can(MOVES, "red", Press.GO)


def test_a_move_that_is_not_in_the_table_is_refused_in_words():
    with pytest.raises(NotAllowed, match="As this stands now, it cannot be changed in that way"):
        states.after(MOVES, "green-light", Press.GO)
    assert not states.can(MOVES, "green-light", Press.GO)


def test_a_state_nobody_knows_leads_nowhere():
    with pytest.raises(NotAllowed):
        states.after(MOVES, "amber", Press.GO)


def test_choices_are_worded():
    assert states.choices(Light) == [("red", "Red"), ("green-light", "Green light")]


# Actors and errors


def test_a_job_acts_for_the_schemes_it_was_given():
    scheme = UUID(int=1)
    actor = job_actor("referrals.tell", scheme)
    assert (actor.id, actor.schemes, actor.purpose, actor.is_signed_in) == (
        "job:referrals.tell",
        {scheme},
        "job",
        False,
    )


def test_an_actor_may_only_what_it_was_given():
    actor = Actor(id="staff:1", name="Amara", permissions=frozenset([Permission.CASE_WORK]))
    assert [each for each in Permission if actor.may(each)] == [Permission.CASE_WORK]


def test_an_actor_cannot_be_changed():
    with pytest.raises(AttributeError):
        Actor(id="public", name="").permissions = frozenset(Permission)


def test_errors_carry_their_sentence_and_where_it_belongs():
    error = Invalid("Give a later date.", field="review_on")
    assert isinstance(error, LinkworksError)
    assert (error.message, str(error), error.field) == ("Give a later date.", "Give a later date.", "review_on")
