"""Nothing is ever declined by silence: we remind the provider, then ask the link worker to telephone."""

from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from linkworks.core.actor import Actor
from linkworks.core.clock import LONDON, add_working_days, now, today
from linkworks.core.later import later, on_its_own
from linkworks.organisations.queries import settings_of

from .. import queries
from ..models import Connection
from ..rules import Silence, chase
from ..states import State
from .telling import write_to_provider


@transaction.atomic
def chase_scheme(scheme_id: UUID, *, by: Actor) -> int:
    """Remind and escalate what is due in one scheme. Gives how many."""
    settings = settings_of(scheme_id)
    done = 0
    for connection in queries.unanswered(scheme_id):
        sent_on = localdate(connection.sent_at, timezone=LONDON)
        silence = Silence(
            remind_on=add_working_days(sent_on, settings.reminder_working_days),
            escalate_on=add_working_days(sent_on, settings.escalate_working_days),
            reminded=connection.reminded_at is not None,
            escalated=connection.escalated_at is not None,
        )
        due = chase(silence, today())
        if due:
            with on_its_own("connections.chase"):
                {"remind": remind, "escalate": escalate}[due](connection, by)
            done += 1
    return done


@transaction.atomic
def escalate_unreachable(connection_id: UUID, *, by: Actor) -> None:
    """Our e-mail to the provider will never arrive, so the link worker telephones now and not in nine days.

    After an answer it was something else we wrote: the link worker says it by telephone.
    """
    connection = Connection.objects.select_for_update(of=("self",)).filter(pk=connection_id).first()
    if connection is None:
        return
    if connection.state != State.SENT:
        later("casework.provider_unreachable", connection.id, scheme=connection.scheme_id)
    elif connection.escalated_at is None:
        escalate(connection, by)


def remind(connection: Connection, by: Actor) -> None:
    connection.reminded_at = now()
    connection.save(update_fields=["reminded_at"])
    write_to_provider(connection, template="provider-reminder", occasion="first", by=by)


def escalate(connection: Connection, by: Actor) -> None:
    connection.escalated_at = now()
    connection.save(update_fields=["escalated_at"])
    later("casework.connection_unanswered", connection.id, scheme=connection.scheme_id)
