"""What can become of an invitation and of a request for a new password: every pair, allowed or refused."""

from itertools import product

import pytest

from linkworks.accounts.states import (
    INVITATION_MOVES,
    RESET_MOVES,
    InvitationMoveName,
    InvitationState,
    ResetMove,
    ResetState,
)
from linkworks.core.errors import NotAllowed
from linkworks.core.states import after


@pytest.mark.parametrize(("state", "move"), list(product(InvitationState, InvitationMoveName)))
def test_invitations(state: InvitationState, move: InvitationMoveName) -> None:
    if (state, move) in INVITATION_MOVES:
        assert state is InvitationState.SENT
        assert after(INVITATION_MOVES, state.value, move) is INVITATION_MOVES[(state, move)]
    else:
        with pytest.raises(NotAllowed):
            after(INVITATION_MOVES, state.value, move)


@pytest.mark.parametrize(("state", "move"), list(product(ResetState, ResetMove)))
def test_password_resets(state: ResetState, move: ResetMove) -> None:
    if state is ResetState.REQUESTED:
        assert after(RESET_MOVES, state.value, move) is not ResetState.REQUESTED
    else:
        with pytest.raises(NotAllowed):
            after(RESET_MOVES, state.value, move)
