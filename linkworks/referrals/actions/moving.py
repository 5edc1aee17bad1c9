"""The one way a referral moves: the table decides, the row is kept, and nobody changes it afterwards."""

from typing import Any

from linkworks.core import clock, states
from linkworks.core.actor import Actor

from ..models import Referral, ReferralMove
from ..states import MOVES, Move


def locked(referral: Referral) -> Referral:
    """The referral as it is now, held until this transaction ends."""
    return Referral.objects.select_for_update().get(id=referral.id)


def moved(referral: Referral, move: Move, *, by: Actor, reason: str = "", **values: Any) -> Referral:
    """Make the move and write its row. `values` are what the move decides besides the state."""
    referral.state = states.after(MOVES, referral.state, move).value
    for name, value in values.items():
        setattr(referral, name, value)
    referral.save(update_fields=["state", *values])
    note(referral, move, by=by, reason=reason)
    return referral


def note(referral: Referral, move: Move, *, by: Actor, reason: str = "") -> None:
    """Write the row of a move that was made."""
    ReferralMove.objects.create(
        referral_id=referral.id,
        scheme_id=referral.scheme_id,
        from_organisation_id=referral.from_organisation_id,
        move=move.value,
        to_state=referral.state,
        reason=reason,
        made_by=by.id,
        made_by_name=by.name,
        made_at=clock.now(),
    )
