"""A protected record was opened in an emergency: the safeguarding lead hears of it."""

from uuid import UUID

from django.db import transaction
from django.urls import reverse

from linkworks.core.actor import Actor
from linkworks.messaging.actions import tell_user
from linkworks.people.models import EmergencyOpening
from linkworks.ui.formats import clock, date_time

from ..queries.restriction import who_is_told


@transaction.atomic
def tell_opened(opening_id: UUID, *, by: Actor) -> None:
    """Tell the safeguarding lead, or the manager, who opened a protected record; the lead also reads why."""
    opening = EmergencyOpening.objects.get(pk=opening_id)
    if opening.until is None:
        return
    when = f"{opening.made_by_name}, {date_time(opening.made_at)}, until {clock(opening.until)}."
    for user, leads in who_is_told(opening.scheme_id, but=opening.user_id):
        tell_user(
            user_id=user.pk,
            template="record-opened",
            values={},
            link=reverse("casework:kept-close") if leads else reverse("casework:today"),
            about_id=opening.pk,
            dedupe=f"record-opened:{opening.pk}:{user.pk}",
            scheme_id=opening.scheme_id,
            details=f"{when}\n\n{opening.reason}" if leads else when,
            by=by,
        )
