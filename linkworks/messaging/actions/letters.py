"""Letters are printed and posted by hand."""

from django.db import transaction

from linkworks.core.actor import Actor
from linkworks.core.clock import now
from linkworks.core.errors import NotAllowed

from ..access import can_print_letters
from ..models import Message
from ..states import Move, State
from .delivering import refusal_now
from .moves import move


@transaction.atomic
def post_letter(letter: Message, *, by: Actor) -> Message:
    """Note that a letter was posted; hold it back instead when its address is no longer safe."""
    if not can_print_letters(by):
        raise NotAllowed("Only people who work with cases can post letters.")
    kept = Message.objects.select_for_update(of=("self",)).get(id=letter.id)
    if kept.state == State.SENT:
        return kept
    held_back = refusal_now(kept)
    if held_back:
        move(kept, Move.SUPPRESS, by=by, reason=held_back)
        return kept
    move(kept, Move.START, Move.SEND, by=by, sent_at=now(), attempts=1)
    return kept
