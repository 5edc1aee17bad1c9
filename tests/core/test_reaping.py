"""What a dead worker was doing is done again, five times at most, and timers look after themselves."""

import logging
from datetime import timedelta

import pytest
from django.db import connection

from linkworks.core import clock, health, jobs, later
from linkworks.core.models import Heartbeat

pytestmark = pytest.mark.django_db


def sql(statement, *params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall() if cursor.description else None


def worker(*, silent_for=0):
    ((worker_id,),) = sql(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s)) RETURNING id",
        silent_for,
    )
    return worker_id


def job(by, *, attempts=0, name="messaging.deliver", status="doing", queueing_lock=None):
    ((job_id,),) = sql(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts, worker_id, queueing_lock)"
        " VALUES ('default', %s, '{}', %s::procrastinate_job_status, %s, %s, %s) RETURNING id",
        name,
        status,
        attempts,
        by,
        queueing_lock,
    )
    return job_id


def state(job_id):
    ((status, attempts),) = sql("SELECT status, attempts FROM procrastinate_jobs WHERE id = %s", job_id)
    return status, attempts


def test_a_dead_workers_job_is_queued_again(caplog):
    lost = job(worker(silent_for=31))
    jobs.reap_stalled()
    assert state(lost) == ("todo", 1)
    assert "died; it is queued again" in caplog.text


def test_a_job_whose_worker_was_cleared_away_is_queued_again():
    lost = job(None)
    jobs.reap_stalled()
    assert state(lost) == ("todo", 1)


def test_a_living_workers_job_is_left_alone():
    busy = job(worker(silent_for=5))
    jobs.reap_stalled()
    assert state(busy) == ("doing", 0)


@pytest.mark.parametrize("status", ["todo", "succeeded", "failed"])
def test_only_jobs_being_done_are_looked_at(status):
    other = job(None if status == "todo" else worker(silent_for=999), status=status)
    jobs.reap_stalled()
    assert state(other)[0] == status


def test_after_five_attempts_it_is_given_up_loudly(caplog):
    worn_out = job(worker(silent_for=31), attempts=4)
    with caplog.at_level(logging.ERROR):
        jobs.reap_stalled()
    assert state(worn_out) == ("failed", 5)
    assert "failed: its worker died 5 times" in caplog.text


def test_it_takes_five_deaths_to_give_up():
    unlucky = job(worker(silent_for=31))
    deaths = 0
    while state(unlucky)[0] != "failed":
        sql(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s",
            worker(silent_for=31),
            unlucky,
        )
        jobs.reap_stalled()
        deaths += 1
    assert deaths == jobs.ATTEMPTS


def test_a_timers_job_is_not_queued_twice_because_its_timer_will():
    """A second one waiting would break the one place a timer has in the queue."""
    name = "core.reap_stalled"
    lost = job(worker(silent_for=31), name=name, queueing_lock=name)
    job(None, name=name, queueing_lock=name, status="todo")
    jobs.reap_stalled()
    assert state(lost)[0] == "failed"


def test_running_twice_changes_nothing_more():
    lost = job(worker(silent_for=31))
    jobs.reap_stalled()
    jobs.reap_stalled()
    assert state(lost) == ("todo", 1)


def test_the_reaper_is_on_a_timer_that_keeps_the_promise():
    """Silence of 30 seconds and a look every 20 leave room within the promised 90."""
    assert later.SCHEDULED["core.reap_stalled"] == 20
    assert jobs.STALLED_AFTER_SECONDS + 20 < 90


# The dead-man's switch of timers


@pytest.fixture
def only_reaper(monkeypatch):
    monkeypatch.setattr(later, "SCHEDULED", {"core.reap_stalled": 20})


def beat(*, ago):
    Heartbeat.objects.create(job="core.reap_stalled", last_ok_at=clock.now() - ago, expected_every_seconds=20)


@pytest.fixture
def up_for_an_hour(monkeypatch):
    monkeypatch.setattr(jobs, "UP_SINCE", clock.now() - timedelta(hours=1))


@pytest.mark.usefixtures("only_reaper", "up_for_an_hour")
def test_a_timer_that_succeeded_lately_is_well():
    beat(ago=timedelta(seconds=30))
    assert jobs.quiet_timers() is None


@pytest.mark.usefixtures("only_reaper", "up_for_an_hour")
def test_a_quiet_timer_is_named():
    beat(ago=timedelta(minutes=10))
    assert "core.reap_stalled" in jobs.quiet_timers()


@pytest.mark.usefixtures("only_reaper", "up_for_an_hour")
def test_a_timer_that_never_succeeded_is_named():
    assert "core.reap_stalled" in jobs.quiet_timers()


@pytest.mark.usefixtures("only_reaper")
def test_turns_missed_while_linkworks_was_off_do_not_count(monkeypatch):
    monkeypatch.setattr(jobs, "UP_SINCE", clock.now() - timedelta(seconds=5))
    beat(ago=timedelta(days=4))
    assert jobs.quiet_timers() is None


def test_healthz_asks_about_timers():
    assert health.CHECKS["timers"] is jobs.quiet_timers


def test_success_moves_the_heartbeat():
    later.beat("core.reap_stalled", 20)
    later.beat("core.reap_stalled", 20)
    (only,) = Heartbeat.objects.all()
    assert clock.now() - only.last_ok_at < timedelta(minutes=1)
