"""Keeping a listing true: still right, or how many places there are now."""

from datetime import date

from django.db import transaction

from linkworks.core.actor import Actor
from linkworks.core.clock import today
from linkworks.core.errors import Invalid

from ..access import check_may_edit
from ..models import Service


@transaction.atomic
def confirm_listing(service: Service, *, by: Actor, on: date | None = None) -> None:
    """Say that a listing is still right, today and by whom. Guessed kinds and needs become confirmed ones."""
    check_may_edit(by)
    Service.objects.filter(id=service.id).update(
        verified_on=on or today(), verified_by=by.name, terms_are_guessed=False
    )


@transaction.atomic
def update_room(
    service: Service, *, capacity_places: int | None, wait_weeks: int | None, wait_words: str = "", by: Actor
) -> None:
    """Say how many places there are and how long the wait is. People who have a place keep it."""
    check_may_edit(by)
    locked = Service.objects.select_for_update().get(id=service.id)
    if capacity_places is not None and capacity_places < locked.places_taken:
        raise Invalid(
            f"{locked.places_taken} people have a place, so there cannot be fewer places than that.",
            field="capacity_places",
        )
    Service.objects.filter(id=service.id).update(
        capacity_places=capacity_places, wait_weeks=wait_weeks, wait_words=wait_words, capacity_checked_on=today()
    )
