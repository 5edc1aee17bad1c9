"""Photographs are added and taken away: by the group itself or a steward, and written down like any other change."""

import hashlib

from django.db import transaction

from linkworks.core.actor import Actor
from linkworks.core.errors import Conflict, Invalid

from ..access import check_may_edit, may_edit_own
from ..models import Service, ServicePhoto
from ..queries.photos import is_private
from ..rules import photos
from ..rules.editing import PHOTO, Change
from .changing import record
from .document import refresh_document

PRIVATE = "This listing is kept private, so no photo is shown: a door or a street would give it away"


def add_photo(service: Service, *, file: bytes, shows: str, by: Actor) -> ServicePhoto:
    """Show a photograph with a listing. The same one sent again is shown once, with the newest words for it."""
    check_may_change(service, by)
    made = photos.picture(file)  # unpacked before the listing is locked: nobody waits for it
    return show(service, made=made, shows=shows.strip(), by=by)


@transaction.atomic
def show(service: Service, *, made: photos.Picture, shows: str, by: Actor) -> ServicePhoto:
    """Show a picture already made small, unless the listing is private; the same picture twice is one photograph."""
    service = locked(service)
    if is_private(service):
        raise Invalid(PRIVATE)
    key = hashlib.sha256(made.jpeg).hexdigest()
    there = ServicePhoto.objects.filter(service=service, jpeg_hash=key).first()
    return say(there, shows, by=by) if there else add(service, made, key, shows, by=by)


def say(photo: ServicePhoto, shows: str, *, by: Actor) -> ServicePhoto:
    """Other words for what a photograph shows."""
    if photo.shows != shows:
        record(photo.service, Change(PHOTO, photo.shows, shows), by=by)
        photo.shows = shows
        photo.save(update_fields=["shows"])
    return photo


def add(service: Service, made: photos.Picture, key: str, shows: str, *, by: Actor) -> ServicePhoto:
    if ServicePhoto.objects.filter(service=service).count() >= photos.MOST:
        raise Conflict(f"{photos.FULL}.")
    record(service, Change(PHOTO, "", shows), by=by)
    photo = ServicePhoto.objects.create(
        service=service, shows=shows, jpeg=made.jpeg, jpeg_hash=key, width=made.width, height=made.height
    )
    count(service)
    return photo


@transaction.atomic
def remove_photo(photo: ServicePhoto, *, by: Actor) -> None:
    """Take a photograph away for good: nothing of it is kept but the words for it. Taken away already is as well."""
    check_may_change(photo.service, by)
    service = locked(photo.service)
    gone, _ = ServicePhoto.objects.filter(id=photo.id).delete()
    if gone:
        record(service, Change(PHOTO, photo.shows, ""), by=by)
        count(service)


def locked(service: Service) -> Service:
    return Service.objects.select_for_update(of=("self",)).select_related("organisation", "source").get(id=service.id)


def count(service: Service) -> None:
    """A photo is one of the things people ask for: the listing says how many there are, and answers more or less."""
    service.photo_count = ServicePhoto.objects.filter(service=service).count()
    service.save(update_fields=["photo_count"])
    refresh_document(service)


def check_may_change(service: Service, by: Actor) -> None:
    if not may_edit_own(by, service):
        check_may_edit(by)
