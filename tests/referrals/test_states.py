"""The table of a referral's moves."""

import pytest

from linkworks.core import states
from linkworks.core.errors import NotAllowed
from linkworks.referrals.states import MOVES, Move, State

ALLOWED = {
    "draft": {"send": "sent", "withdraw": "withdrawn"},
    "sent": {"accept": "accepted", "decline": "declined", "redirect": "redirected", "withdraw": "withdrawn"},
    "accepted": {"withdraw": "withdrawn", "unlink": "sent"},
    "declined": {},
    "redirected": {},
    "withdrawn": {},
}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("move", list(Move))
def test_every_state_and_move(state: State, move: Move) -> None:
    leads_to = ALLOWED[state].get(move)
    assert states.can(MOVES, state, move) is bool(leads_to)
    if leads_to:
        assert states.after(MOVES, state, move) == leads_to
    else:
        with pytest.raises(NotAllowed):
            states.after(MOVES, state, move)


def test_every_state_can_be_reached_from_a_draft() -> None:
    reached, fresh = {State.DRAFT}, {State.DRAFT}
    while fresh:
        fresh = {after for (before, _), after in MOVES.items() if before in fresh} - reached
        reached |= fresh
    assert reached == set(State)
