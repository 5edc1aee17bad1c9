"""Find messages that were forgotten, and see to each."""

from django.db import transaction

from linkworks.core.actor import Actor
from linkworks.core.clock import now
from linkworks.core.later import later, on_its_own

from ..models import Message
from ..rules import EMAIL_AND_TEXT, MOST_ATTEMPTS, Todo, what_now
from ..states import Move, State
from .moves import move

AT_ONCE = 500
UNFINISHED = (State.CREATED, State.SENDING, State.FAILED_FOR_NOW)


@transaction.atomic
def sweep(*, by: Actor) -> int:
    """Queue again what was lost, send again what stopped half-way, give up what failed too often. Gives how many."""
    waiting = Message.objects.filter(state__in=UNFINISHED, way__in=EMAIL_AND_TEXT).order_by("touched_at")
    seen_to = 0
    for message in waiting.select_for_update(skip_locked=True, of=("self",))[:AT_ONCE]:
        todo = what_now(message.state, touched_at=message.touched_at, attempts=message.attempts, now=now())
        if todo:
            with on_its_own("messaging.sweep"):
                see_to(message, todo, by=by)
                seen_to += 1
    return seen_to


def see_to(message: Message, todo: Todo, *, by: Actor) -> None:
    if todo == Todo.GIVE_UP:
        move(message, Move.GIVE_UP, by=by, reason=message.why or "It could not be sent after five tries.")
        return
    if todo == Todo.SEND_AGAIN:
        reason = "Sending was interrupted, so it may have left already."
        move(message, Move.FAIL_FOR_NOW, by=by, reason=reason, possibly_duplicate=True)
        if message.attempts >= MOST_ATTEMPTS:
            return  # the next sweep gives it up
    else:
        message.touched_at = now()  # or the next sweep would queue it a second time
        message.save(update_fields=["touched_at"])
    later("messaging.deliver", message.id, scheme=message.scheme_id)
