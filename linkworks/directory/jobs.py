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
