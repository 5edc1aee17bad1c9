"""Whatever is tried in whatever order, a referral goes only where the table leads, and every step leaves its row."""

from collections.abc import Callable
from itertools import product

import pytest

from linkworks.core import states
from linkworks.core.errors import NotAllowed
from linkworks.referrals import actions
from linkworks.referrals.models import Referral, ReferralMove
from linkworks.referrals.states import MOVES, DeclineReason, Move, State
from tests.cast import Cast
from tests.factories.people import person
from tests.factories.referrals import sent

TRIES = [Move.ACCEPT, Move.DECLINE, Move.REDIRECT, Move.WITHDRAW]


def doing(cast: Cast, move: Move) -> Callable[[Referral], Referral]:
    team = cast.actor(cast.link_worker)
    return {
        Move.ACCEPT: lambda referral: actions.accept(referral, person_id=person(cast.scheme.id).id, by=team),
        Move.DECLINE: lambda referral: actions.decline(
            referral, reason=DeclineReason.DUPLICATE, words="Twice.", by=team
        ),
        Move.REDIRECT: lambda referral: actions.redirect(
            referral, to_words="The council", words="They can help.", by=team
        ),
        Move.WITHDRAW: lambda referral: actions.withdraw(referral, reason="Changed", by=cast.actor(cast.referrer)),
    }[move]


@pytest.mark.parametrize("tries", list(product(TRIES, repeat=2)), ids=lambda tries: "-".join(tries))
def test_every_two_moves(cast: Cast, tries: tuple[Move, Move]) -> None:
    referral = sent(cast.actor(cast.referrer), cast.scheme.id)
    expected, made = State.SENT, [Move.SEND.value]
    for move in tries:
        if states.can(MOVES, expected, move):
            doing(cast, move)(referral)
            expected = states.after(MOVES, expected, move)
            made.append(move.value)
        else:
            with pytest.raises(NotAllowed):
                doing(cast, move)(referral)
    referral.refresh_from_db()
    assert referral.state == expected
    assert list(ReferralMove.objects.values_list("move", flat=True)) == made
    assert ReferralMove.objects.last().to_state == expected  # type: ignore[union-attr]
