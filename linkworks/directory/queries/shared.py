"""Services by their ids, as they are today: for a list somebody keeps, and for one that is shared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from linkworks.core.clock import now

from ..access import published_services
from ..models import Service, SharedList
from .cards import ServiceCard, card_of
from .going import with_parts


@dataclass(frozen=True)
class Kept:
    """The services of a list that are still shown, in its order, and how many are no longer there."""

    cards: tuple[ServiceCard, ...]
    gone: int = 0


def kept_services(ids: Sequence[UUID]) -> Kept:
    """In a constant number of statements. One that was joined with another stands there as that one."""
    if not ids:
        return Kept(())
    led = dict(Service.objects.filter(id__in=ids, joined_into__isnull=False).values_list("id", "joined_into_id"))
    wanted = list(dict.fromkeys(led.get(each, each) for each in ids))
    rows = with_parts(published_services().select_related("organisation").filter(id__in=wanted))
    shown = {each.id: card_of(each) for each in rows.defer("document", "summary", "search_vector")}
    return Kept(tuple(shown[each] for each in wanted if each in shown), sum(each not in shown for each in wanted))


@dataclass(frozen=True)
class Shared:
    """A list behind a link that still works."""

    id: UUID
    service_ids: tuple[UUID, ...]
    expires_at: datetime


def shared_list(id: UUID | None) -> Shared | None:
    row = SharedList.objects.filter(id=id, expires_at__gt=now()).first() if id else None
    return Shared(row.id, tuple(row.service_ids), row.expires_at) if row else None
