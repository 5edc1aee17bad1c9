"""A worker is killed without warning in the middle of a job; the job is done all the same, within 90 seconds."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection, connections

PROMISED_SECONDS = 90
ROOT = Path(__file__).resolve().parent.parent.parent


def address(alias):
    """The database of this test, as another process reaches it."""
    it = connections[alias].settings_dict
    query = f"host={quote(it['HOST'], safe='')}" + (f"&port={it['PORT']}" if it["PORT"] else "")
    return f"postgresql://{quote(it['USER'])}:{quote(it['PASSWORD'], safe='')}@/{it['NAME']}?{query}"


def start_worker(folder):
    script = Path(__file__).with_name("stand_in_worker.py")
    where = {
        "DATABASE_URL": address("default"),
        "LINKWORKS_OWNER_DATABASE_URL": address("owner"),
        "PYTHONPATH": str(ROOT),
    }
    with (folder / "log").open("a") as log:
        command = [sys.executable, str(script), str(folder)]
        return subprocess.Popen(command, env={**os.environ, **where}, stdout=log, stderr=log, cwd=ROOT)


def wait_for(what, seconds, describe):
    """Wait until something is so; gives how long it took."""
    begun = time.monotonic()
    pause = threading.Event()
    while not what():
        assert time.monotonic() - begun < seconds, describe()
        pause.wait(0.2)
    return time.monotonic() - begun


def statuses():
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE task_name = 'test.stuck'")
        return [status for (status,) in cursor.fetchall()]


@pytest.mark.slow
def test_a_killed_workers_job_is_done_within_the_promise(committed_db, tmp_path):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('default', 'test.stuck', 0, NULL, NULL,"
            ' \'{"ids": ["7"], "scheme": null}\'::jsonb, NULL)::procrastinate_job_to_defer_v1])'
        )

    def log():
        return (tmp_path / "log").read_text()

    (tmp_path / "hold").touch()
    first = start_worker(tmp_path)
    try:
        wait_for((tmp_path / "begun").exists, 60, log)
    finally:
        first.kill()
        first.wait()
    assert statuses() == ["doing"]
    assert not (tmp_path / "done").exists()

    (tmp_path / "hold").unlink()
    second = start_worker(tmp_path)
    try:
        took = wait_for((tmp_path / "done").exists, PROMISED_SECONDS, log)
    finally:
        second.terminate()
        second.wait(30)
    assert took < PROMISED_SECONDS
    assert (tmp_path / "done").read_text() == "7 job:test.stuck"
