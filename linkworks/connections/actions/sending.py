"""Propose a connection, send it, take it back."""

from dataclasses import asdict
from uuid import UUID

from django.db import transaction

from linkworks.core import vocabulary
from linkworks.core.actor import Actor
from linkworks.core.clock import now
from linkworks.core.errors import Invalid
from linkworks.core.ids import new_reference
from linkworks.core.later import later

from .. import access
from ..models import Connection
from ..rules import ConnectionFacts
from ..states import Move
from .links import revoke_links
from .moves import in_hand, move


@transaction.atomic
def propose(*, facts: ConnectionFacts, by: Actor) -> Connection:
    """Write down a connection with what the person agreed to share. The provider does not see it yet."""
    problem = facts.problem()
    if problem:
        raise Invalid(problem[1], field=problem[0])
    connection = Connection(reference=new_reference("K"), **asdict(facts))
    access.require_scheme(by, connection)
    connection.save(force_insert=True)
    return connection


@transaction.atomic
def send(connection: Connection, *, although_full: str = "", by: Actor) -> Connection:
    """Send a connection to the provider, who is written to in a moment.

    When they have no place they read why we ask, in words of a list: nobody can write about the person there.
    """
    if although_full and although_full not in vocabulary.REASONS_ALTHOUGH_FULL:
        raise Invalid("Choose why they are asked although they have no free place.", field="although_full")
    connection = in_hand(connection)
    access.require_scheme(by, connection)
    reason = vocabulary.label("reasons_although_full", although_full) if although_full else ""
    move(connection, Move.SEND, by=by, reason=reason, sent_at=now(), although_full=although_full)
    later("connections.invite_provider", connection.id, scheme=connection.scheme_id)
    return connection


@transaction.atomic
def change_worker(person_id: UUID, *, worker_id: UUID, worker_name: str, by: Actor) -> None:
    """The person's link worker is another one now: whoever still reads their connections is led to the new one."""
    theirs = Connection.objects.filter(access.of_scheme(by), access.ended_lately_or_not(), person_id=person_id)
    theirs.update(worker_id=worker_id, worker_name=worker_name)


@transaction.atomic
def withdraw(connection: Connection, *, reason: str, by: Actor) -> Connection:
    """Take a connection back. The provider sees it no longer, from this moment, and its place is free."""
    connection = in_hand(connection)
    access.require_scheme(by, connection)
    was_sent = connection.sent_at is not None
    move(connection, Move.WITHDRAW, by=by, reason=reason, ended_at=now())
    revoke_links(connection)
    if was_sent:
        later("connections.tell_provider_withdrawn", connection.id, scheme=connection.scheme_id)
    return connection
