"""Only the moves in the tables exist."""

import itertools

import pytest

from linkworks.casework import states
from linkworks.core.errors import NotAllowed
from linkworks.core.states import after, can

TABLES = {
    "case": (states.CASE_MOVES, states.CaseState, states.CaseMove),
    "plan": (states.PLAN_MOVES, states.PlanState, states.PlanMove),
    "goal": (states.GOAL_MOVES, states.GoalState, states.GoalMove),
    "unmet need": (states.UNMET_MOVES, states.UnmetState, states.UnmetMove),
    "concern": (states.CONCERN_MOVES, states.ConcernState, states.ConcernMove),
}
PAIRS = [
    (name, state, move)
    for name, (_, all_states, moves) in TABLES.items()
    for state, move in itertools.product(all_states, moves)
]


@pytest.mark.parametrize(("name", "state", "move"), PAIRS)
def test_a_move_leads_where_the_table_says_or_nowhere(name, state, move):
    table = TABLES[name][0]
    if can(table, state, move):
        assert after(table, state, move) == table[state, move]
    else:
        with pytest.raises(NotAllowed, match="cannot be changed in that way"):
            after(table, state, move)


def test_a_closed_case_can_only_be_opened_again():
    moves = [move for move in states.CaseMove if can(states.CASE_MOVES, states.CaseState.CLOSED, move)]
    assert moves == [states.CaseMove.REOPEN]


def test_every_open_case_can_be_closed():
    assert all(can(states.CASE_MOVES, state, states.CaseMove.CLOSE) for state in states.OPEN_CASES)


def test_every_open_case_can_change_hands():
    assert all(can(states.CASE_MOVES, state, states.CaseMove.ALLOCATE) for state in states.OPEN_CASES)


def test_a_reviewed_goal_can_be_taken_up_again():
    ended = set(states.GoalState) - {states.GoalState.OPEN}
    assert all(states.GOAL_MOVES[state, states.GoalMove.REOPEN] == states.GoalState.OPEN for state in ended)


def test_an_agreed_plan_is_never_a_draft_again():
    assert {state for (before, _), state in states.PLAN_MOVES.items() if before == states.PlanState.AGREED} == {
        states.PlanState.SUPERSEDED
    }
