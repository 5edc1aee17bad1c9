import pytest

from linkworks.core.errors import NotAllowed
from linkworks.core.states import after, can
from linkworks.messaging.states import MOVES, Move, State


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
    with pytest.raises(NotAllowed):
        after(MOVES, state, move)


@pytest.mark.parametrize("state", [State.SUPPRESSED, State.DEAD, State.FAILED, State.DELIVERED])
def test_what_is_over_never_leaves_again(state: State) -> None:
    assert not any(can(MOVES, state, move) for move in Move)


def test_nothing_is_sent_that_was_not_being_sent() -> None:
    assert {before for (before, _), result in MOVES.items() if result == State.SENT} == {State.SENDING}
