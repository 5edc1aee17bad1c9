"""What the directory does on a timer."""

from linkworks.core.actor import job_actor
from linkworks.core.later import acting, scheduled

from . import actions


@scheduled("directory.write_due_documents", cron="*/2 * * * *", every_seconds=120)
def write_due_documents() -> None:
    """Bring our feed's documents up to date with what changed around them."""
    by = job_actor("directory.write_due_documents")
    with acting(by):
        actions.write_due_documents(by=by)


@scheduled("directory.weigh", cron="20 3 * * *", every_seconds=86400)
def weigh() -> None:
    """Each night trust goes down a little, and what nobody confirmed for too long is no longer offered."""
    by = job_actor("directory.weigh")
    with acting(by):
        actions.weigh_all(by=by)
