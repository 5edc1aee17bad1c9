from datetime import date

import pytest

from linkworks.connections.states import MOVES, Move, State
from linkworks.core.states import can
from linkworks.providers.forms import FORMS
from linkworks.providers.rules import chosen_day, possible, register_days

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize(
    ("answer", "move"), [("accept", Move.ACCEPT), ("waitlist", Move.WAITLIST), ("decline", Move.DECLINE)]
)
def test_a_page_offers_what_the_table_of_moves_allows(state: State, answer: str, move: Move) -> None:
    assert possible(state, answer) == can(MOVES, state, move)


@pytest.mark.parametrize("state", ["proposed", "withdrawn", "declined", "ended"])
def test_once_it_is_over_the_group_can_still_write_but_moves_nothing(state: str) -> None:
    over = {"ask", "enough", "worry"} if state in {"declined", "ended"} else set()
    assert {answer for answer in FORMS if possible(state, answer)} == over


def test_a_register_can_be_kept_for_two_weeks_back() -> None:
    days = register_days(TODAY)
    assert (days[0], days[-1], len(days)) == (TODAY, date(2026, 11, 11), 14)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("2026-11-17", date(2026, 11, 17)), ("2026-11-25", None), ("2026-01-01", None), ("", TODAY), ("x", None)],
)
def test_no_day_is_the_latest_and_another_is_never_taken_for_it(typed: str, expected: date | None) -> None:
    assert chosen_day(typed, register_days(TODAY)) == expected
