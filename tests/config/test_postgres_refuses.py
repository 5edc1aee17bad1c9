"""What cannot work is said in one sentence that tells what to do."""

import itertools
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from linkworks.config.postgres import Cluster, PostgresProblem, ensure_running, locks
from linkworks.config.postgres.locks import only_one
from tests.config.conftest import Script
from tests.config.embedded import every_postgres, postmaster_pid, query
from tests.config.test_postgres_starts import START_AND_STOP, Start

pytestmark = pytest.mark.embedded


def refused(folder: Path) -> str:
    """The sentence a start ends with."""
    with pytest.raises(PostgresProblem) as problem:
        ensure_running(folder)
    sentence = str(problem.value)
    assert "\n" not in sentence and sentence.endswith(".")
    return sentence


def test_a_disk_too_small_for_a_new_database(small_disk: Callable[[int], Path]) -> None:
    disk = small_disk(20)
    assert refused(disk / "data").startswith(f"The disk that holds {disk}")


def test_a_disk_that_fills_while_the_database_is_made(
    small_disk: Callable[[int], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linkworks.config.postgres.server.NEEDED_BYTES", 0)
    disk = small_disk(20)
    assert "is full: free some space" in refused(disk / "data")
    assert not (disk / "data/server/data").exists()


def test_a_disk_that_became_full(small_disk: Callable[[int], Path], start: Start) -> None:
    disk = small_disk(160)
    start(disk / "data").stop()
    fill = disk / "fill"
    with fill.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space left"):
        file.writelines(itertools.repeat(bytes(65536)))
    assert "is full: free some space" in refused(disk / "data")
    fill.unlink()
    assert query(start(disk / "data").app_url, "SELECT 1") == [(1,)]


def test_a_full_disk_noticed_by_the_server_itself(running: Cluster) -> None:
    said = "FATAL:  could not write lock file: No space left on device"
    assert "is full" in str(running.server.explain("start the database", said))


def test_a_folder_the_user_may_not_write_to(ordinary: Script, reachable: Path) -> None:
    closed = reachable / "closed"
    closed.mkdir(mode=0o555)
    outcome = ordinary(START_AND_STOP, closed / "data")
    assert outcome.code == 1
    assert outcome.complained.startswith(f"Linkworks cannot write to {closed}")
    assert "set LINKWORKS_DATA_DIR to a folder this user may write to." in outcome.complained
    assert "Traceback" not in outcome.complained


def test_a_path_that_goes_through_a_file(reachable: Path) -> None:
    (reachable / "file").touch()
    assert "cannot write" in refused(reachable / "file/data")


def test_data_of_another_major_version(start: Start, reachable: Path) -> None:
    cluster = start()
    cluster.stop()
    (cluster.server.places.data / "PG_VERSION").write_text("9\n")
    sentence = refused(reachable / "data")
    assert "was made by PostgreSQL 9, but here is only PostgreSQL" in sentence
    assert "install PostgreSQL 9 and set LINKWORKS_PG_BIN" in sentence
    assert postmaster_pid(cluster) is None


@pytest.mark.skipif(len(every_postgres()) < 2, reason="needs two PostgreSQLs on the machine")
def test_the_postgres_that_fits_the_data_is_used(
    start: Start, reachable: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINKWORKS_PG_BIN", str(every_postgres()[-1]))
    made = start(reachable / "new")
    made.stop()
    monkeypatch.setenv("LINKWORKS_PG_BIN", str(every_postgres()[0]))
    assert "set LINKWORKS_PG_BIN" in refused(made.data_dir)
    monkeypatch.delenv("LINKWORKS_PG_BIN")
    assert start(made.data_dir).server.programs.major == made.server.programs.major


def test_lost_passwords(start: Start, reachable: Path) -> None:
    cluster = start()
    cluster.stop()
    (reachable / "data/secrets/linkworks_admin.password").write_text("another\n")
    assert "The passwords in" in refused(reachable / "data")
    assert postmaster_pid(cluster) is None


def test_a_socket_folder_that_belongs_to_somebody_else(reachable: Path) -> None:
    deep = reachable / ("long-" * 20) / "data"
    cluster: Cluster = ensure_running(deep)
    cluster.stop()
    cluster.socket_dir.rmdir()
    cluster.socket_dir.symlink_to(reachable)
    try:
        assert "does not belong to the user PostgreSQL runs as" in refused(deep)
    finally:
        cluster.socket_dir.unlink()


def test_another_start_that_takes_too_long(reachable: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "WAIT_SECONDS", 0.1)
    lock = reachable / "data/secrets/start.lock"
    lock.parent.mkdir(parents=True)
    with only_one(lock):
        assert "Another Linkworks has been starting the database" in refused(reachable / "data")


def test_a_named_folder_without_postgres(reachable: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINKWORKS_PG_BIN", str(reachable))
    assert "does not hold initdb" in refused(reachable / "data")


@pytest.mark.parametrize(
    ("told", "why"), [("echo 'postgres (PostgreSQL) 14.9'", "is PostgreSQL 14"), ("exit 1", "cannot be run")]
)
def test_a_named_postgres_that_will_not_do(
    told: str, why: str, reachable: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = reachable / "old/bin"
    folder.mkdir(parents=True)
    for name in ("initdb", "postgres", "pg_ctl", "pg_isready", "psql"):
        (folder / name).write_text(f"#!/bin/sh\n{told}\n")
        os.chmod(folder / name, 0o755)
    monkeypatch.setenv("LINKWORKS_PG_BIN", str(folder))
    assert why in refused(reachable / "data")


def test_a_machine_without_postgres(reachable: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linkworks.config.postgres.programs.installed", list)
    monkeypatch.setattr("linkworks.config.postgres.programs.packaged", lambda: None)
    assert "No PostgreSQL 15 or newer was found" in refused(reachable / "data")
