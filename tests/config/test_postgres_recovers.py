"""The private PostgreSQL comes back after every way of being killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.config.embedded import as_root, pid_in, postmaster_pid, query
from tests.config.test_postgres_starts import Start

pytestmark = pytest.mark.embedded

HOLD = """
import sys
from pathlib import Path
from linkworks.config.postgres import ensure_running
cluster = ensure_running(Path(sys.argv[1]))
print("up", flush=True)
sys.stdin.read()
"""

UNCOLLECTED = """
import ctypes, os, signal, sys
from pathlib import Path
from linkworks.config.postgres import ensure_running
PR_SET_CHILD_SUBREAPER = 36
assert ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0
mark = Path(sys.argv[1]) / "server/data/postmaster.pid"
first = ensure_running(Path(sys.argv[1]))
killed = int(mark.read_text().split()[0])
os.kill(killed, signal.SIGKILL)
second = ensure_running(Path(sys.argv[1]))
state = Path(f"/proc/{killed}/stat").read_text().rpartition(")")[2].split()[0]
print(state, killed != int(mark.read_text().split()[0]))
first.stop()
second.stop()
"""


def test_after_the_server_is_killed(start: Start) -> None:
    cluster = start()
    query(cluster.owner_url, "CREATE TABLE kept AS SELECT generate_series(1, 20000) AS n")
    killed = postmaster_pid(cluster)
    assert killed
    os.kill(killed, signal.SIGKILL)
    again = start()
    assert query(again.owner_url, "SELECT count(*) FROM kept") == [(20000,)]
    assert postmaster_pid(again) != killed


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only Linux shows dead processes nobody collected")
def test_after_the_server_is_killed_and_nobody_collects_it(reachable: Path) -> None:
    command = [sys.executable, "-c", UNCOLLECTED, str(reachable / "data")]
    outcome = subprocess.run(command, text=True, capture_output=True, check=False, timeout=60)
    assert (outcome.stdout.strip(), outcome.stderr) == ("Z True", "")


def test_after_the_parent_is_killed(start: Start, reachable: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(reachable / "data")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout and parent.stdout.readline() == "up\n"
    pid = pid_in(reachable / "data/server/data")
    parent.kill()
    parent.communicate()
    cluster = start()
    assert postmaster_pid(cluster) == pid is not None
    cluster.stop()
    assert pid_in(reachable / "data/server/data") is None


def test_after_a_half_made_cluster(start: Start, reachable: Path) -> None:
    start().stop()
    server = reachable / "data/server"
    (server / "data").rename(server / "data.new")
    (server / "data.new/PG_VERSION").unlink()
    assert query(start().app_url, "SELECT 1") == [(1,)]


def test_after_roles_were_lost(start: Start) -> None:
    cluster = start()
    query(cluster.admin_url, "ALTER ROLE linkworks_app SUPERUSER BYPASSRLS PASSWORD 'other'")
    again = start()
    assert query(again.app_url, "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user") == [
        (False, False)
    ]


@pytest.mark.skipif(not as_root, reason="needs a mark that names another user's process")
def test_after_the_machine_died_and_the_number_was_given_to_another_process(start: Start, reachable: Path) -> None:
    start().stop()
    mark = reachable / "data/server/data/postmaster.pid"
    mark.write_text(f"{os.getpid()}\n{mark.parent}\n0\n5432\n")
    mark.chmod(0o644)
    assert query(start().app_url, "SELECT 1") == [(1,)]
