"""Everything that can be done to a referral, by everybody, in every state: done where it may be, refused without a trace elsewhere."""

from collections.abc import Callable
from typing import Any

import pytest

from linkworks.core.actor import Actor
from linkworks.core.errors import NotAllowed
from linkworks.referrals import actions
from linkworks.referrals.models import Amendment, LinkUndone, Progress, Referral, ReferralMove
from linkworks.referrals.states import MOVES, DeclineReason, Move, State
from tests.cast import Cast
from tests.context import acting
from tests.factories.people import person
from tests.factories.referrals import sent, stored

SENDERS = {"referrer", "referring_colleague"}
TEAM = {"link_worker", "colleague", "manager"}
EVERYBODY = [
    *sorted(SENDERS), *sorted(TEAM), "safeguarding_lead", "signposter", "other_referrer", "outsider", "outside_manager",
    "provider_coordinator", "session_leader", "steward", "administrator", "commissioner",
]  # fmt: skip
Act = Callable[[Referral, Actor, Cast], Any]
MAY: dict[Move | str, set[str]] = {
    Move.ACCEPT: TEAM,
    Move.DECLINE: TEAM,
    Move.REDIRECT: TEAM,
    Move.UNLINK: TEAM,
    Move.WITHDRAW: TEAM | SENDERS,
    "amend": TEAM | SENDERS,
}
ACTS: dict[Move | str, Act] = {
    Move.ACCEPT: lambda it, by, cast: actions.accept(it, person_id=person(cast.scheme.id).id, by=by),
    Move.DECLINE: lambda it, by, cast: actions.decline(it, reason=DeclineReason.DUPLICATE, words="Twice.", by=by),
    Move.REDIRECT: lambda it, by, cast: actions.redirect(it, to_words="The council", words="They can help.", by=by),
    Move.UNLINK: lambda it, by, cast: actions.unlink(it, reason="Her aunt", by=by),
    Move.WITHDRAW: lambda it, by, cast: actions.withdraw(it, reason="She moved", by=by),
    "amend": lambda it, by, cast: actions.amend(it, changes={"chosen_name": "Jeannie"}, reason="She says so", by=by),
}


def in_state(cast: Cast, state: State) -> Referral:
    decided: dict[str, Any] = {"decline_reason": "duplicate"} if state == State.DECLINED else {}
    if state == State.ACCEPTED:
        decided["person"] = person(cast.scheme.id)
        decided["decided_at"] = cast.scheme.created_at
    return stored(
        cast.scheme.id, state=state.value, from_organisation_id=cast.practice.id, referrer_user=cast.referrer, **decided
    )


def traces() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (ReferralMove, Amendment, LinkUndone, Progress))


def row(referral: Referral) -> dict[str, Any]:
    return dict(Referral.objects.filter(id=referral.id).values().get())


@pytest.mark.parametrize("what", list(ACTS))
@pytest.mark.parametrize("who", EVERYBODY)
def test_by_each_person(cast: Cast, what: Move | str, who: str) -> None:
    referral = in_state(cast, State.ACCEPTED if what == Move.UNLINK else State.SENT)
    before, count = row(referral), traces()
    by = cast.actor(getattr(cast, who))
    with acting(by):
        if who in MAY[what]:
            ACTS[what](referral, by, cast)
        else:
            with pytest.raises(NotAllowed):
                refused(ACTS[what], referral, by, cast)
    if who in MAY[what]:
        assert sum(traces()) > sum(count)
        assert row(referral) != before
    else:
        assert (row(referral), traces()) == (before, count)


def refused(act: Act, referral: Referral, by: Actor, cast: Cast) -> None:
    """Some may not even make the person the test accepts for: that is arranged with the test's own reach."""
    with acting(cast.everything):
        somebody = person(cast.scheme.id)
    if act is ACTS[Move.ACCEPT]:
        actions.accept(referral, person_id=somebody.id, by=by)
    else:
        act(referral, by, cast)


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("what", list(ACTS))
def test_in_each_state(cast: Cast, state: State, what: Move | str) -> None:
    referral = in_state(cast, state)
    before, count, by = row(referral), traces(), cast.actor(cast.manager)
    may = (state, what) in MOVES if isinstance(what, Move) else state in (State.SENT, State.ACCEPTED)
    if may:
        ACTS[what](referral, by, cast)
        assert row(referral)["state"] == (MOVES[state, what] if isinstance(what, Move) else state)
        assert sum(traces()) > sum(count)
    else:
        with pytest.raises(NotAllowed):
            ACTS[what](referral, by, cast)
        assert (row(referral), traces()) == (before, count)


@pytest.mark.parametrize("what", list(ACTS))
def test_pressed_twice_it_is_done_once(cast: Cast, what: Move | str) -> None:
    referral = in_state(cast, State.ACCEPTED if what == Move.UNLINK else State.SENT)
    by = cast.actor(cast.manager)
    ACTS[what](referral, by, cast)
    after, count = row(referral), traces()
    if what == "amend":
        ACTS[what](referral, by, cast)
    else:
        with pytest.raises(NotAllowed):
            ACTS[what](referral, by, cast)
    assert (row(referral), traces()) == (after, count)


def test_another_schemes_team_never_even_finds_it(cast: Cast) -> None:
    by = cast.actor(cast.referrer)
    with acting(by):
        referral = sent(by, cast.scheme.id)
    outsider = cast.actor(cast.outsider)
    with acting(outsider):
        assert not Referral.objects.filter(id=referral.id).exists()
        assert not ReferralMove.objects.exists()
