"""What the directory does later and on a timer."""

from uuid import UUID

from linkworks.core.actor import Actor, job_actor
from linkworks.core.later import acting, failures_at_the_end, job, on_its_own, scheduled

from . import actions


@scheduled("directory.write_due_documents", cron="*/2 * * * *", every_seconds=120)
def write_due_documents() -> None:
    """Bring our feed's documents up to date with what changed around them."""
    by = job_actor("directory.write_due_documents")
    with acting(by):
        actions.write_due_documents(by=by)


@scheduled("directory.learn_meanings", cron="*/2 * * * *", every_seconds=120)
def learn_meanings() -> None:
    """Where the extra for meaning is installed: keep what listings and needs mean in step with what is said of them."""
    by = job_actor("directory.learn_meanings")
    with acting(by):
        actions.learn_meanings(by=by)
        actions.learn_needs(by=by)


@scheduled("directory.weigh", cron="20 3 * * *", every_seconds=86400)
def weigh() -> None:
    """Each night trust goes down a little, and what nobody confirmed for too long is no longer offered."""
    by = job_actor("directory.weigh")
    with acting(by):
        actions.weigh_all(by=by)
        actions.forget_old_searches(by=by)
        actions.forget_old_claims(by=by)
        actions.forget_old_lists(by=by)
        actions.forget_what_fitted_long_ago(by=by)


@scheduled("directory.read_due_sources", cron="23 * * * *", every_seconds=3600)
def read_due_sources() -> None:
    """Ask for a reading of each source whose day or week is over."""
    by = job_actor("directory.read_due_sources")
    with failures_at_the_end():
        for source in actions.due_sources():
            with on_its_own("directory.read_due_sources"), acting(by):
                actions.ask_to_read(source, by=by)


@job("directory.read_source", atomic=False)
def read_source(run_id: str, *, by: Actor) -> None:
    """Read a source. Each row is written in a transaction of its own, so that one reads how far it is."""
    actions.read_source(UUID(run_id), by=by)


@job("directory.carry_out", atomic=False)
def carry_out(run_id: str, *, by: Actor) -> None:
    """Write what a steward agreed to."""
    actions.carry_out_run(UUID(run_id), by=by)


@job("directory.find_duplicates")
def find_duplicates(*, by: Actor) -> None:
    """After a reading: look for listings that are told twice now."""
    actions.find_duplicates(by=by)


@scheduled("directory.look_for_duplicates", cron="50 3 * * *", every_seconds=86400)
def look_for_duplicates() -> None:
    """Each night, for what was added and changed here."""
    by = job_actor("directory.look_for_duplicates")
    with acting(by):
        actions.find_duplicates(by=by)
