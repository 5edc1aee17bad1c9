"""What is looked at each morning: waiting lists nobody heard from, and cases of somebody who left."""

from uuid import UUID

from django.db import transaction
from django.urls import reverse

from linkworks.connections.models import Connection
from linkworks.connections.states import State
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.later import on_its_own
from linkworks.messaging.actions import tell_user
from linkworks.organisations.queries import settings_of

from ..queries.team import deputy, who_left
from ..rules import following
from .events import case_of, give_task


@transaction.atomic
def look_ahead(scheme_id: UUID, *, by: Actor) -> None:
    """Look at a scheme before anybody starts."""
    ask_about_waiting_lists(scheme_id, by=by)
    tell_of_cases_left(scheme_id, by=by)


@transaction.atomic
def ask_about_waiting_lists(scheme_id: UUID, *, by: Actor) -> None:
    """Somebody on a waiting list is asked about as often as plans are reviewed: no list is for ever."""
    weeks = settings_of(scheme_id).review_weeks
    for connection in Connection.objects.filter(scheme_id=scheme_id, state=State.WAITLISTED):
        since = connection.answered_at or connection.created_at
        times = following.times_round((clock.now() - since).days, weeks)
        with on_its_own("casework.each_morning"):
            case = case_of(connection.pk) if times else None
            if case:
                give_task(case, connection, following.STILL_WAITING, f"waiting:{connection.pk}:{times}")


@transaction.atomic
def tell_of_cases_left(scheme_id: UUID, *, by: Actor) -> None:
    """A team manager hears each week of cases that are with somebody who no longer works in the scheme."""
    manager, left = deputy(scheme_id), who_left(scheme_id)
    if manager is None or not left:
        return
    year, week, _ = clock.today().isocalendar()
    tell_user(
        user_id=manager.pk,
        template="cases-left",
        values={},
        link=f"{reverse('casework:caseload')}?worker=left",
        about_id=None,
        dedupe=f"cases-left:{scheme_id}:{manager.pk}:{year}-{week}:{len(left)}",
        scheme_id=scheme_id,
        by=by,
    )
