import pytest

from linkworks.connections.states import HOLDS_A_PLACE, MOVES, OPEN, Move, State
from linkworks.core.errors import NotAllowed
from linkworks.core.states import after, can


@pytest.mark.parametrize(
    ("before", "move", "result"), [(before, move, result) for (before, move), result in MOVES.items()]
)
def test_each_move_of_the_table(before: State, move: Move, result: State) -> None:
    assert after(MOVES, before, move) == result


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", Move)
def test_no_move_outside_the_table(state: State, move: Move) -> None:
    if (state, move) in MOVES:
        return
    with pytest.raises(NotAllowed, match="Reload the page"):
        after(MOVES, state, move)


@pytest.mark.parametrize("state", [State.DECLINED, State.WITHDRAWN, State.ENDED])
def test_what_is_over_stays_over(state: State) -> None:
    assert not any(can(MOVES, state, move) for move in Move)
    assert state not in OPEN


@pytest.mark.parametrize("state", sorted(OPEN - {State.ATTENDING}))
def test_whatever_is_open_can_be_taken_back_until_somebody_attends(state: State) -> None:
    assert can(MOVES, state, Move.WITHDRAW)


def test_only_those_who_were_accepted_hold_a_place() -> None:
    assert {after(MOVES, before, Move.ACCEPT) for before, move in MOVES if move == Move.ACCEPT} <= HOLDS_A_PLACE
