"""Deliver a message in three short transactions: claim it, check that it is still safe, note what became of it.

A worker killed in between leaves it "sending", in plain sight, and the sweeper finds it.
"""

from uuid import UUID

from django.db import transaction

from linkworks.core.actor import Actor
from linkworks.core.clock import now

from .. import queries
from ..models import Message
from ..rules import EMAIL_AND_TEXT, why_not
from ..states import Move, State
from .carriers import Parcel, Result, Verdict
from .moves import move

CLAIMABLE = (State.CREATED, State.FAILED_FOR_NOW)


@transaction.atomic
def claim(message_id: UUID, *, by: Actor) -> bool:
    """Take the message for sending. False when it is another worker's, has left already or was held back."""
    message = (
        Message.objects.select_for_update(of=("self",))
        .filter(id=message_id, way__in=EMAIL_AND_TEXT, state__in=CLAIMABLE)
        .first()
    )
    if message is None:
        return False
    move(message, Move.START, by=by, attempts=message.attempts + 1)
    return True


@transaction.atomic
def check_again(message_id: UUID, *, by: Actor) -> Parcel | None:
    """Ask the gate again, now. Gives what to send, or None after holding it back."""
    message = Message.objects.select_for_update(of=("self",)).get(id=message_id)
    held_back = refusal_now(message)
    if held_back:
        move(message, Move.SUPPRESS, by=by, reason=held_back)
        return None
    return Parcel(
        reference=str(message.id),
        way=message.way,
        address=message.address,
        subject=message.subject,
        body=message.body,
        may_have_left=message.possibly_duplicate,
    )


def refusal_now(message: Message) -> str:
    if message.person_channel_id and message.scheme_id:
        return why_not(queries.reach_of(message.person_channel_id, message.scheme_id), address=message.address)
    if message.user_id and not queries.recipient(message.user_id).is_active:
        return "Their account has been closed."
    return ""


@transaction.atomic
def note(message_id: UUID, *, result: Result, by: Actor) -> None:
    """Write down what became of a message that was being sent."""
    message = Message.objects.select_for_update(of=("self",)).get(id=message_id)
    if message.state != State.SENDING:
        return
    if result.verdict == Verdict.SENT:
        unsure = message.possibly_duplicate and not result.was_asked
        move(
            message,
            Move.SEND,
            by=by,
            sent_at=now(),
            provider_reference=result.reference[:100],
            possibly_duplicate=unsure,
        )
    elif result.verdict == Verdict.REFUSED:
        move(message, Move.FAIL, by=by, reason=result.why)
    else:
        unsure = message.possibly_duplicate or result.may_have_left
        move(message, Move.FAIL_FOR_NOW, by=by, reason=result.why, possibly_duplicate=unsure)
