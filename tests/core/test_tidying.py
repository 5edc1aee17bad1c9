"""What is over is thrown away each night; what was given up is told."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection

from linkworks.core import clock, health, jobs, later
from linkworks.core.idempotency import once
from linkworks.core.models import FormToken

pytestmark = pytest.mark.django_db


def failed_job(*, days_ago: float, name: str = "messaging.deliver") -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts)"
            " VALUES ('default', %s, '{}', 'failed', 5) RETURNING id",
            [name],
        )
        (job_id,) = cursor.fetchone()
        cursor.execute("DELETE FROM procrastinate_events WHERE job_id = %s", [job_id])
        cursor.execute(
            "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'failed', %s)",
            [job_id, clock.now() - timedelta(days=days_ago)],
        )
    return int(job_id)


def jobs_left() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM procrastinate_jobs")
        return {row[0] for row in cursor.fetchall()}


def session(*, hours_left: int) -> str:
    kept = SessionStore()
    kept["refer:draft"] = {"name": "Winifred Canary"}
    kept.save()
    Session.objects.filter(pk=kept.session_key).update(expire_date=clock.now() + timedelta(hours=hours_left))
    return str(kept.session_key)


def test_a_session_that_is_over_goes_with_the_unfinished_referral_in_it() -> None:
    over, going_on = session(hours_left=-1), session(hours_left=1)
    jobs.tidy()
    left = set(Session.objects.values_list("pk", flat=True))
    assert over not in left
    assert going_on in left


def test_a_used_form_token_is_kept_for_a_week() -> None:
    once("refer:1", "fresh", {})
    once("refer:1", "old", {})
    FormToken.objects.filter(token="old").update(used_at=clock.now() - timedelta(days=8))
    jobs.tidy()
    assert set(FormToken.objects.values_list("token", flat=True)) == {"fresh"}


def test_a_job_that_failed_long_ago_goes_and_a_newer_one_stays_to_be_looked_at() -> None:
    old, newer = failed_job(days_ago=31), failed_job(days_ago=29)
    jobs.tidy()
    assert old not in jobs_left()
    assert newer in jobs_left()


def test_it_may_run_twice_and_on_nothing() -> None:
    jobs.tidy()
    jobs.tidy()


def test_what_was_given_up_since_yesterday_is_told_with_its_count() -> None:
    for days_ago in (0.1, 0.9, 1.1):
        failed_job(days_ago=days_ago)
    failed_job(days_ago=0.5, name="referrals.acknowledge")
    assert jobs.failed_lately() == (
        "Given up in the last day: messaging.deliver (2), referrals.acknowledge (1). See the worker's log."
    )


def test_a_timer_that_missed_a_turn_is_not_told_twice() -> None:
    """Its own heartbeat says when it is quiet."""
    failed_job(days_ago=0.1, name=next(iter(later.SCHEDULED)))
    assert jobs.failed_lately() is None


def test_nothing_given_up_is_no_warning() -> None:
    assert jobs.failed_lately() is None
    assert health.WARNINGS["failed jobs"] is jobs.failed_lately
