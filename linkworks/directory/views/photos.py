"""Photographs: looked at by everybody, kept by stewards."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from linkworks.core.access import actor_of, allow, public
from linkworks.ui.views import carried_out, form_page, found, typed

from .. import access, actions, presenters, queries
from ..forms.photos import PhotoForm, RemovePhotoForm

DOOR = "directory:steward-photos"


@public
@require_safe
@cache_control(private=True, max_age=300)
def photo(request: HttpRequest, service_id: UUID, photo_id: UUID) -> HttpResponse:
    """The picture itself. Browsers keep it for five minutes, so that one taken away is soon gone everywhere."""
    one = found(queries.photo(actor_of(request), service_id, photo_id))
    return HttpResponse(bytes(one.jpeg), content_type="image/jpeg")


@allow(access.may_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def photos(request: HttpRequest, service_id: UUID) -> HttpResponse:
    listing = found(queries.listing(actor_of(request), service_id))
    return kept(request, presenters.PhotoDoor(DOOR, listing), "directory/photos.jinja")


@allow(access.may_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_photo(request: HttpRequest, service_id: UUID, photo_id: UUID) -> HttpResponse:
    listing = found(queries.listing(actor_of(request), service_id))
    return taken_away(request, presenters.PhotoDoor(DOOR, listing), photo_id)


def kept(request: HttpRequest, door: presenters.PhotoDoor, template: str) -> HttpResponse:
    """The photographs of a listing, and the form that adds one."""
    service, actor = door.service, actor_of(request)
    form = PhotoForm(typed(request), request.FILES or None)
    if carried_out(request, form, lambda: actions.add_photo(service, **form.answers, by=actor)):
        messages.success(request, "The photo is shown with the listing.")
        return redirect(door.to())
    photos = presenters.kept_photos(queries.photos_of(service), door)
    context = {"form": form, "listing": service, "photos": photos, "is_private": queries.is_private(service)}
    return form_page(request, template, {**context, **presenters.room_for_photos(photos)})


def taken_away(request: HttpRequest, door: presenters.PhotoDoor, photo_id: UUID) -> HttpResponse:
    """Asks whether a photograph goes, and takes it away."""
    one, actor = found(queries.photo_of(door.service, photo_id)), actor_of(request)
    form = RemovePhotoForm(typed(request))
    if carried_out(request, form, lambda: actions.remove_photo(one, by=actor)):
        messages.success(request, "The photo is taken away.")
        return redirect(door.to())
    context = {"form": form, "listing": door.service, "photo": presenters.photo_words(one), "back": door.to()}
    context["is_private"] = queries.is_private(door.service)
    return form_page(request, "directory/photo_remove.jinja", context)
