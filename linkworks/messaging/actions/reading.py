"""Reading account messages."""

from django.db import transaction

from linkworks.core.actor import Actor
from linkworks.core.clock import now
from linkworks.core.errors import NotAllowed

from ..models import Message


@transaction.atomic
def mark_read(message: Message, *, by: Actor) -> None:
    """Note when its reader first opened the message."""
    if message.user_id != by.user_id:
        raise NotAllowed("This message is somebody else’s.")
    Message.objects.filter(id=message.id, read_at__isnull=True).update(read_at=now())
