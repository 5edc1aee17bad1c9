"""What a listing says, as it is kept in its versions."""

from typing import Any
from uuid import UUID

from linkworks.core.actor import Actor

from ..access import may_edit
from ..models import ListingVersion, Service
from ..rules import editing

MOST_VERSIONS = 50


def said_now(service: Service) -> dict[str, Any]:
    """The facts that are changed by hand, as they are stored."""
    return {name: getattr(service, name) for name in editing.FACTS}


def versions_of(service: Service) -> list[ListingVersion]:
    """Its versions, the newest first."""
    return list(ListingVersion.objects.filter(service=service)[:MOST_VERSIONS])


def version(actor: Actor, version_id: UUID) -> ListingVersion | None:
    if not may_edit(actor):
        return None
    return ListingVersion.objects.select_related("service").filter(id=version_id).first()
