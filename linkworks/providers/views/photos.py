"""A group shows what it looks like where it meets."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from linkworks.core.access import actor_of, allow
from linkworks.directory.presenters import PhotoDoor
from linkworks.directory.views.photos import kept, taken_away
from linkworks.ui.views import found

from .. import access, queries

DOOR = "providers:own-photos"


@allow(access.can_answer)
@require_http_methods(["GET", "HEAD", "POST"])
def own_photos(request: HttpRequest, service_id: UUID) -> HttpResponse:
    service = found(queries.own_service(actor_of(request), service_id))
    return kept(request, PhotoDoor(DOOR, service), "providers/own_photos.jinja")


@allow(access.can_answer)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_own_photo(request: HttpRequest, service_id: UUID, photo_id: UUID) -> HttpResponse:
    service = found(queries.own_service(actor_of(request), service_id))
    return taken_away(request, PhotoDoor(DOOR, service), photo_id)
