"""The one way a message changes state: a move of the table, with its line of history."""

from collections.abc import Sequence
from typing import Any

from linkworks.core import states
from linkworks.core.actor import Actor
from linkworks.core.clock import now
from linkworks.core.later import later

from ..models import Message, MessageMove
from ..states import MOVES, NEVER_ARRIVES, Audience, Move, State


def move(message: Message, *names: Move, by: Actor, reason: str = "", **changes: Any) -> None:
    """Make these moves of a kept message, and keep their history."""
    lines = fold(message, names, by=by, reason=reason, **changes)
    message.save(update_fields=["state", "why", "touched_at", *changes])
    MessageMove.objects.bulk_create(lines)
    if message.state in NEVER_ARRIVES:
        tell_who_relied_on_it(message)


def tell_who_relied_on_it(message: Message) -> None:
    """What never arrives becomes somebody's task. Staff need none: what an e-mail nudged them about is in their account."""
    if not (message.about_id and message.scheme_id):
        return
    if message.audience == Audience.PROVIDER:
        later("connections.provider_unreachable", message.about_id, scheme=message.scheme_id)
    elif message.audience == Audience.PERSON:
        later("casework.person_unreachable", message.about_id, scheme=message.scheme_id)
    elif message.audience == Audience.REFERRER:
        later("casework.referrer_unreachable", message.about_id, scheme=message.scheme_id)


def fold(message: Message, names: Sequence[Move], *, by: Actor, reason: str = "", **changes: Any) -> list[MessageMove]:
    """Bring the message, in memory, to where these moves lead; give the lines of history to keep with it."""
    lines = []
    for name in names:
        message.state = states.after(MOVES, message.state, name)
        lines.append(line_of(message, name, by, reason))
    message.touched_at = now()
    message.why = reason[:300]
    for field, value in changes.items():
        setattr(message, field, value)
    return lines


def line_of(message: Message, name: Move, by: Actor, reason: str) -> MessageMove:
    return MessageMove(
        message=message,
        scheme_id=message.scheme_id,
        move=name,
        to_state=State(message.state),
        reason=reason[:300],
        made_by=by.id,
        made_at=now(),
    )
