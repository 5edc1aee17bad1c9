"""The next session on days on which nobody can be sure that it is on: said with the day, or passed over where it cannot be."""

from dataclasses import replace
from datetime import date, time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkworks.core.days_off import BANK_HOLIDAYS
from linkworks.directory import queries
from linkworks.directory.presenters import going as said
from linkworks.directory.presenters import saved
from linkworks.directory.rules import doubts, sessions, term_time
from linkworks.directory.rules.facts import SessionFacts
from tests.directory import asking

TERMS = "Term time only"
MONDAYS: dict[str, Any] = {"freq": "WEEKLY", "byday": "MO"}
CHRISTMAS = date(2026, 12, 25)
ASK_BANK, ASK_TERM = "(a bank holiday: ask whether it is on)", "(term time only: ask whether it is on)"
NEXT: list[tuple[dict[str, Any], date, str]] = [
    # bank holidays: weekly, monthly by day and by date, fortnightly
    (MONDAYS, date(2026, 8, 25), f"Monday 31 August 2026 {ASK_BANK}"),
    (MONDAYS, date(2026, 9, 1), "Monday 7 September 2026"),
    ({"freq": "WEEKLY", "byday": "SA"}, date(2026, 12, 22), f"Saturday 26 December 2026 {ASK_BANK}"),
    ({"freq": "MONTHLY", "byday": "1MO"}, date(2026, 5, 1), f"Monday 4 May 2026 {ASK_BANK}"),
    ({"freq": "MONTHLY", "bymonthday": "25"}, date(2026, 12, 1), f"Friday 25 December 2026 {ASK_BANK}"),
    ({**MONDAYS, "interval": 2, "dtstart": date(2026, 12, 14)}, date(2026, 12, 20), f"Monday 28 December 2026 {ASK_BANK}"),
    # a date that was told as such is simply told
    ({"valid_from": CHRISTMAS, "valid_to": CHRISTMAS}, date(2026, 12, 1), "Friday 25 December 2026"),
    ({"freq": "WEEKLY", "dtstart": CHRISTMAS, "valid_from": CHRISTMAS, "valid_to": CHRISTMAS}, date(2026, 12, 1),
     "Friday 25 December 2026"),
    ({"freq": "WEEKLY", "byday": "FR", "valid_from": CHRISTMAS, "valid_to": CHRISTMAS + timedelta(7)}, date(2026, 12, 1),
     f"Friday 25 December 2026 {ASK_BANK}"),
    # school terms: sure, in doubt, and passed over
    ({**MONDAYS, "description": TERMS}, date(2026, 11, 22), "Monday 23 November 2026"),
    ({**MONDAYS, "description": TERMS}, date(2026, 12, 16), f"Monday 21 December 2026 {ASK_TERM}"),
    ({**MONDAYS, "description": TERMS}, date(2026, 12, 22), f"Monday 4 January 2027 {ASK_TERM}"),
    ({**MONDAYS, "description": TERMS}, date(2026, 7, 28), f"Monday 7 September 2026 {ASK_TERM}"),
    ({**MONDAYS, "description": "Mondays. Only in term time"}, date(2026, 8, 1), f"Monday 7 September 2026 {ASK_TERM}"),
    ({"freq": "MONTHLY", "byday": "2TU", "description": TERMS}, date(2026, 7, 15), "Tuesday 8 September 2026"),
    ({"freq": "MONTHLY", "byday": "-1TH", "description": TERMS}, date(2026, 12, 1), "Thursday 28 January 2027"),
    ({**MONDAYS, "valid_to": date(2026, 8, 31), "description": TERMS}, date(2026, 8, 1), ""),
    ({"valid_from": date(2026, 8, 5), "valid_to": date(2026, 8, 5), "description": TERMS}, date(2026, 8, 1),
     "Wednesday 5 August 2026"),
    ({"description": TERMS}, date(2026, 8, 1), TERMS),
]  # fmt: skip


@pytest.mark.parametrize(("told", "today", "words"), NEXT)
def test_what_is_said_of_the_next_one(told: dict[str, Any], today: date, words: str) -> None:
    assert asking.next_words([SessionFacts(**told)], today) == words


def test_hours_and_place_come_before_the_doubt() -> None:
    told = SessionFacts(**MONDAYS, opens_at=time(10), closes_at=time(12))
    assert asking.next_words([told], date(2026, 8, 31)) == f"Monday 31 August 2026, 10am to midday {ASK_BANK}"


def test_of_several_times_the_first_that_can_be_is_next() -> None:
    terms, always = SessionFacts(**MONDAYS, description=TERMS), SessionFacts(freq="WEEKLY", byday="TU")
    assert asking.next_words([terms, always], date(2026, 8, 1)) == "Tuesday 4 August 2026"
    assert asking.next_words([terms, always], date(2026, 11, 22)) == "Monday 23 November 2026"


RULES = st.builds(
    SessionFacts,
    freq=st.sampled_from(["WEEKLY", "MONTHLY"]),
    interval=st.sampled_from([1, 1, 2]),
    byday=st.sampled_from(["MO", "FR", "SA,WE", "1MO", "-1FR", "2TH"]),
    dtstart=st.just(date(2024, 1, 1)),
    description=st.sampled_from(["", TERMS, "Bring a mug", "Tea, term-time only"]),
)


@settings(max_examples=150, deadline=None)
@given(RULES, st.dates(date(2025, 1, 1), date(2031, 1, 1)))
def test_nothing_is_promised_on_a_day_that_is_in_doubt_nor_passed_over_otherwise(
    rule: SessionFacts, today: date
) -> None:
    """Gone through day by day: only days on which every school is shut are passed over, and only by what keeps to terms."""
    keeps_to_terms, day = "term" in rule.description.lower(), today
    while not sessions.falls_on(rule, day) or (keeps_to_terms and term_time.is_holiday(day)):
        day += timedelta(days=1)
    found = sessions.next_session([rule], today)
    assert found is not None and found.day == day
    is_in_doubt = day in BANK_HOLIDAYS or (keeps_to_terms and term_time.may_be_holiday(day))
    assert bool(doubts.doubt(found)) is is_in_doubt
    assert ("ask whether it is on" in asking.next_words([rule], today)) is is_in_doubt


def test_every_doubt_has_its_words() -> None:
    assert set(said.DOUBTS) == {doubts.BANK_HOLIDAY, doubts.TERM_TIME}


@pytest.mark.parametrize(("today", "asks"), [(date(2026, 8, 25), True), (date(2026, 9, 1), False)])
def test_who_rings_asks_when_the_next_is_while_it_is_in_doubt(today: date, asks: bool) -> None:
    going = replace(queries.when([SessionFacts(**MONDAYS)], today), places=())  # type: ignore[list-item]
    card: Any = SimpleNamespace(going=going, ask_for="", is_fresh=True, left_its_feed=None, cost="Free", full=False)
    assert saved.known(card).has_next is not asks
