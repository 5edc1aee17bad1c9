"""The job that looks after jobs: what a dead worker was doing is done again (docs/adr/0005-jobs.md)."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import connection, transaction

from . import clock, health, later
from .models import FormToken, Heartbeat

log = logging.getLogger(__name__)

STALLED_AFTER_SECONDS = 30  # three missed heartbeats of a worker
ATTEMPTS = 5
PATIENCE = timedelta(minutes=2)
UP_SINCE = clock.now()
TOKENS_KEPT = timedelta(days=7)  # nobody presses the same button again after a week
FAILED_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Stalled:
    """A job that a worker began and did not live to finish."""

    id: int
    name: str
    attempts: int

    @property
    def is_worn_out(self) -> bool:
        return self.attempts + 1 >= ATTEMPTS

    @property
    def comes_again_by_itself(self) -> bool:
        """Scheduled jobs are queued by their timer; queueing one twice would break their one place in the queue."""
        return self.name in later.SCHEDULED


@later.scheduled("core.reap_stalled", cron="* * * * * */20", every_seconds=20)
def reap_stalled() -> None:
    """Queue again what dead workers were doing; give up, loudly, on what has been tried five times."""
    with transaction.atomic():
        for each in stalled_jobs():
            if each.is_worn_out or each.comes_again_by_itself:
                fail(each)
            else:
                retry(each)


def stalled_jobs() -> list[Stalled]:
    """Jobs being done by a worker that is gone or has been silent; locked, so that two reapers never meet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT job.id, job.task_name, job.attempts FROM procrastinate_jobs job"
            " LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id"
            " WHERE job.status = 'doing'"
            " AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %s))"
            " ORDER BY job.id FOR UPDATE OF job SKIP LOCKED",
            [STALLED_AFTER_SECONDS],
        )
        return [Stalled(*row) for row in cursor.fetchall()]


def retry(job: Stalled) -> None:
    log.warning("The worker doing %s (job %s) died; it is queued again.", job.name, job.id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [job.id])


def fail(job: Stalled) -> None:
    if not job.comes_again_by_itself:
        log.error("%s (job %s) failed: its worker died %s times.", job.name, job.id, ATTEMPTS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", [job.id])


@later.scheduled("core.tidy", cron="20 3 * * *", every_seconds=24 * 3600)
def tidy() -> None:
    """Throw away what is over: sessions (an unfinished referral may stand in one), used form tokens, old failed jobs."""
    with transaction.atomic():
        Session.objects.filter(expire_date__lt=clock.now()).delete()
        FormToken.objects.filter(used_at__lt=clock.now() - TOKENS_KEPT).delete()
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM procrastinate_jobs job WHERE status = 'failed' AND NOT EXISTS (SELECT FROM"
                " procrastinate_events event WHERE event.job_id = job.id AND event.at > %s)",
                [clock.now() - FAILED_KEPT],
            )


def failed_lately() -> str | None:
    """Which jobs were given up within the last day, after every attempt: somebody has to look; None when none was."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT job.task_name, count(DISTINCT job.id) FROM procrastinate_jobs job"
            " JOIN procrastinate_events event ON event.job_id = job.id AND event.type = 'failed'"
            " WHERE job.status = 'failed' AND event.at > %s AND NOT job.task_name = ANY(%s) GROUP BY 1 ORDER BY 1",
            [clock.now() - timedelta(days=1), list(later.SCHEDULED)],
        )
        failed = [f"{name} ({count})" for name, count in cursor.fetchall()]
    return f"Given up in the last day: {', '.join(failed)}. See the worker's log." if failed else None


def quiet_timers() -> str | None:
    """Which scheduled jobs have not succeeded for three of their turns; None when all are well.

    Turns missed while Linkworks was not running do not count.
    """
    last = dict(Heartbeat.objects.values_list("job", "last_ok_at"))
    quiet = [name for name, every in later.SCHEDULED.items() if is_quiet(last.get(name), every)]
    return f"These have not succeeded lately: {', '.join(sorted(quiet))}. See the worker's log." if quiet else None


def is_quiet(last_ok_at: datetime | None, every_seconds: int) -> bool:
    since = max(last_ok_at or UP_SINCE, UP_SINCE)
    return clock.now() - since > 3 * timedelta(seconds=every_seconds) + PATIENCE


health.register("timers", quiet_timers)
health.warn("failed jobs", failed_lately)
