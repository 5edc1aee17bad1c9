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

PRIVATE = "The address is kept private, so no photo is shown: a door or a street would give it away"


@transaction.atomic
def add_photo(service: Service, *, file: bytes, shows: str, by: Actor) -> ServicePhoto:
    """Show a photograph with a listing. The same one sent twice is shown once."""
    check_may_change(service, by)
    service = Service.objects.select_for_update(of=("self",)).get(id=service.id)
    if is_private(service):
        raise Invalid(PRIVATE)
    made = photos.picture(file)
    key = hashlib.sha256(made.jpeg).hexdigest()
    there = ServicePhoto.objects.filter(service=service, jpeg_hash=key).first()
    return there or show(service, made, key, shows, by=by)


def show(service: Service, made: photos.Picture, key: str, shows: str, *, by: Actor) -> ServicePhoto:
    if ServicePhoto.objects.filter(service=service).count() >= photos.MOST:
        raise Conflict(f"{photos.FULL}.")
    record(service, Change(PHOTO, "", shows), by=by)
    return ServicePhoto.objects.create(
        service=service, shows=shows, jpeg=made.jpeg, jpeg_hash=key, width=made.width, height=made.height
    )


@transaction.atomic
def remove_photo(photo: ServicePhoto, *, by: Actor) -> None:
    """Take a photograph away for good: nothing of it is kept but the words for it. Taken away already is as well."""
    check_may_change(photo.service, by)
    gone, _ = ServicePhoto.objects.filter(id=photo.id).delete()
    if gone:
        record(photo.service, Change(PHOTO, photo.shows, ""), by=by)


def check_may_change(service: Service, by: Actor) -> None:
    if not may_edit_own(by, service):
        check_may_edit(by)
