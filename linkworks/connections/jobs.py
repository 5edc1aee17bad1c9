"""What connections do later: write to providers, and chase silence."""

from uuid import UUID

from linkworks.core.actor import Actor
from linkworks.core.later import each_scheme, job, scheduled

from . import actions, queries


@job("connections.invite_provider")
def invite_provider(connection_id: str, *, by: Actor) -> None:
    actions.invite_provider(UUID(connection_id), by=by)


@job("connections.tell_provider_question")
def tell_provider_question(question_id: str, *, by: Actor) -> None:
    actions.tell_provider_question(UUID(question_id), by=by)


@job("connections.tell_provider_withdrawn")
def tell_provider_withdrawn(connection_id: str, *, by: Actor) -> None:
    actions.tell_provider_withdrawn(UUID(connection_id), by=by)


@job("connections.provider_unreachable")
def provider_unreachable(connection_id: str, *, by: Actor) -> None:
    actions.escalate_unreachable(UUID(connection_id), by=by)


@scheduled("connections.chase", cron="5 * * * *", every_seconds=3600)
def chase() -> None:
    """Each scheme in its own context and its own transaction."""
    each_scheme("connections.chase", queries.every_scheme(), actions.chase_scheme)
