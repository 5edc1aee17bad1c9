"""Read what became of messages that left. Asking is done in no transaction; each answer is noted in its own."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import CharField, Q
from django.db.models.functions import Cast

from linkworks.clients import notify
from linkworks.core.actor import Actor
from linkworks.core.clock import now
from linkworks.core.errors import Unavailable

from ..models import Message
from ..rules import ASK_FOR, EMAIL_AND_TEXT, SAID, meaning
from ..states import Move, State
from .carriers import OUTBOX
from .moves import move

AT_ONCE = 200
ASK_AGAIN = timedelta(minutes=4)


@transaction.atomic
def awaiting_receipt(*, by: Actor) -> list[tuple[UUID, str]]:
    """Messages our carrier took and has not told us about, those asked about longest ago first: (ours, theirs)."""
    ways = [way for way in EMAIL_AND_TEXT if notify.carries(way)]
    left = Message.objects.filter(way__in=ways, state=State.SENT, sent_at__gt=now() - ASK_FOR)
    by_mail_server = Q(provider_reference=Cast("id", CharField()))  # our own reference: a mail server gives no receipts
    due = left.filter(touched_at__lte=now() - ASK_AGAIN).exclude(provider_reference__in=["", OUTBOX])
    found = due.exclude(by_mail_server).order_by("touched_at").values_list("id", "provider_reference")
    return list(found[:AT_ONCE])


def ask_carrier(theirs: str) -> str | None:
    """What became of one message, empty when it cannot say; None when the carrier does not answer at all."""
    try:
        return notify.outcome(theirs)
    except notify.Refused:
        return ""
    except Unavailable:
        return None


@transaction.atomic
def note_receipt(message_id: UUID, *, status: str, by: Actor) -> None:
    """Write down what the carrier said. What failed for now is tried again; what never arrives is told to who relied on it."""
    message = Message.objects.select_for_update(of=("self",)).filter(id=message_id, state=State.SENT).first()
    if message is None:
        return
    made = meaning(status)
    if made is None:
        message.touched_at = now()  # the others are asked about first
        message.save(update_fields=["touched_at"])
        return
    again = {"possibly_duplicate": False} if made == Move.FAIL_FOR_NOW else {}
    move(message, made, by=by, reason=SAID[made], **again)
