"""What a listing says, as it is kept in its versions."""

from typing import Any
from uuid import UUID

from linkworks.core.actor import Actor

from ..access import may_edit
from ..models import ListingVersion, Service
from ..rules import editing, going
from .parts import parts_of

MOST_VERSIONS = 50


def said_now(service: Service) -> dict[str, Any]:
    """The facts that are changed by hand, as they are stored."""
    parts = {part: going.plain(rows) for part, rows in parts_of(service).items()}
    return editing.written({name: getattr(service, name) for name in editing.FACTS}) | parts


def brought_back(service: Service, version: ListingVersion) -> dict[str, Any]:
    """What a version would say again. Where a place's address is kept private now, the places stay as they are."""
    names = [name for name in (*editing.FACTS, *going.LABELS) if name in version.facts]
    if has_hidden_place(service):
        same = len(version.facts.get("places", [])) == service.places.count()  # a time tells its place by number
        names = [name for name in names if name != "places" and (same or name != "sessions")]
    then = {name: version.facts[name] for name in names}
    return then | ({"places": going.completed(then["places"], parts_of(service)["places"])} if "places" in then else {})


def has_hidden_place(service: Service) -> bool:
    return service.places.filter(location__is_address_hidden=True).exists()


def versions_of(service: Service) -> list[ListingVersion]:
    """Its versions, the newest first."""
    return list(ListingVersion.objects.filter(service=service)[:MOST_VERSIONS])


def version(actor: Actor, version_id: UUID) -> ListingVersion | None:
    if not may_edit(actor):
        return None
    return ListingVersion.objects.select_related("service").filter(id=version_id).first()
