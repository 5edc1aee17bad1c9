"""A list of services is shared by a link, shared anew as it is now, and withdrawn."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from linkworks.core import idempotency
from linkworks.core.actor import Actor
from linkworks.core.clock import now
from linkworks.core.errors import Invalid

from ..access import check_may_edit
from ..models import SharedList
from ..rules.saved import MOST, SHARED_DAYS


@transaction.atomic
def share_list(service_ids: Sequence[UUID], *, earlier: UUID | None, token: str, by: Actor) -> UUID:
    """The link that shows these services for a month. Pressed twice it is one link; shared again, it is the same link."""
    if not service_ids:
        raise Invalid("Save a service first. There is nothing on your list to share.")
    told = {"service_ids": list(service_ids)[:MOST], "expires_at": now() + timedelta(days=SHARED_DAYS)}
    if earlier and SharedList.objects.filter(id=earlier).update(**told):
        return earlier
    made = idempotency.once("share-list", token, [str(each) for each in service_ids])
    if made and SharedList.objects.filter(id=made).update(**told):
        return made
    row = SharedList.objects.create(**told)
    idempotency.remember("share-list", token, row.id)
    return row.id


@transaction.atomic
def stop_sharing(shared_id: UUID, *, by: Actor) -> None:
    """From now on the link shows nothing. Safe to press twice."""
    SharedList.objects.filter(id=shared_id).delete()


@transaction.atomic
def forget_old_lists(*, by: Actor) -> None:
    """Lists whose day is over are deleted."""
    check_may_edit(by)
    SharedList.objects.filter(expires_at__lt=now()).delete()
