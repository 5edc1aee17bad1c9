"""Keeping a listing true: still right, and how many places there are now."""

from typing import Any

from django.db import transaction

from linkworks.core.actor import Actor
from linkworks.core.clock import today
from linkworks.core.errors import Conflict, Invalid

from ..access import check_may_edit, check_may_say_room
from ..models import Service
from ..rules import editing, freshness
from ..rules.editing import Change
from .changing import record
from .document import refresh_document
from .freshness import confirm_facts, weigh
from .listings import publish

STEWARD = "a directory steward"


@transaction.atomic
def confirm_listing(service: Service, *, by: Actor) -> None:
    """Say that a listing is still right today. Everybody reads that a steward did; who, the history says."""
    check_may_edit(by)
    Service.objects.filter(id=service.id).update(verified_on=today(), verified_by=STEWARD, terms_are_guessed=False)
    refresh_document(Service.objects.select_related("organisation").get(id=service.id))
    record(service, Change("checked", "", "Still right"), by=by)
    confirm_facts(service, [freshness.WHOLE], by_kind=freshness.STEWARD, by=by)


@transaction.atomic
def update_room(
    service: Service, *, capacity_places: int | None, wait_weeks: int | None, wait_words: str = "", by: Actor
) -> None:
    """Say how many places there are and how long the wait is. People who have a place keep it; the history says who said so."""
    check_may_say_room(by, service)
    stored = Service.objects.select_for_update().get(id=service.id)
    taken = stored.places_taken
    if capacity_places is not None and capacity_places < taken:
        held = "1 person has a place" if taken == 1 else f"{taken} people have a place"
        raise Invalid(f"{held}, so there cannot be fewer places than that", field="capacity_places")
    said = {"capacity_places": capacity_places, "wait_weeks": wait_weeks, "wait_words": wait_words}
    for each in editing.changes(editing.room_of(stored), said, editing.ROOM):
        record(service, each, by=by)
    Service.objects.filter(id=service.id).update(**said, capacity_checked_on=today())
    refresh_document(Service.objects.select_related("organisation").get(id=service.id))
    weigh(service)


@transaction.atomic
def keep_listing(
    service: Service, *, room: dict[str, Any], seen: str, still_right: bool, show: bool = False, by: Actor
) -> None:
    """A steward's whole answer on one form: the room there is and, when ticked, that the rest is right and may be shown.

    `seen` stands for the room they had before them: what they left as it was says nothing, and writes over nobody's word.
    """
    check_may_edit(by)
    stored = editing.room_of(Service.objects.select_for_update().get(id=service.id))
    said, now = editing.mark(room, editing.ROOM), editing.mark(stored, editing.ROOM)
    if said not in {seen, now}:
        if now != seen:
            raise Conflict("Somebody has changed the places or the wait since you opened this. Look again, then save.")
        update_room(service, **room, by=by)
    if still_right:
        confirm_listing(service, by=by)
    if show:
        publish(service, by=by)
