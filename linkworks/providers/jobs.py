"""What is done for groups on a timer."""

from uuid import UUID

from linkworks.core.actor import Actor, job_actor
from linkworks.core.later import acting, failures_at_the_end, job, scheduled

from . import actions


@job("providers.ask_group")
def ask_group(service_id: str, *, by: Actor) -> None:
    actions.ask_group(UUID(service_id), by=by)


@job("providers.tell_edit_decided")
def tell_edit_decided(edit_id: str, *, by: Actor) -> None:
    actions.tell_edit_decided(UUID(edit_id), by=by)


@job("providers.send_claim_link")
def send_claim_link(claim_id: str, *, by: Actor) -> None:
    actions.send_claim_link(UUID(claim_id), by=by)


@job("providers.tell_claim_refused")
def tell_claim_refused(claim_id: str, *, by: Actor) -> None:
    actions.tell_claim_refused(UUID(claim_id), by=by)


@scheduled("providers.keep_fresh", cron="10 9 * * *", every_seconds=86400)
def keep_fresh() -> None:
    """Each morning: remind or let rest those who have not answered, then ask those whose listing is due."""
    by = job_actor("providers.keep_fresh")
    with failures_at_the_end(), acting(by):
        actions.chase_groups(by=by)
        actions.ask_groups(by=by)
