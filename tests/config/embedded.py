"""Looking at a real server from outside, and running scripts as other users."""

import os
import pwd
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import psycopg

from linkworks.config.postgres import Cluster
from linkworks.config.postgres.programs import installed, is_complete, packaged

NOBODY = pwd.getpwnam("nobody").pw_uid
as_root = os.geteuid() == 0


@dataclass(frozen=True)
class Outcome:
    """What a script said and how it ended."""

    code: int
    said: str
    complained: str


def run_as(uid: int | None, command: list[str], environment: dict[str, str]) -> Outcome:
    """Run a program, as another user when a number is given."""
    other = {} if uid is None else {"user": uid, "group": uid, "extra_groups": []}
    ended = subprocess.run(
        command,
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent"} | environment,
        cwd="/",
        text=True,
        capture_output=True,
        check=False,
        timeout=60,
        **other,
    )
    return Outcome(ended.returncode, ended.stdout.strip(), ended.stderr.strip())


def interpreter_for(uid: int | None) -> str | None:
    """A Python 3.11 or newer that this user may run."""
    for python in (
        sys.executable,
        *(
            shutil.which(name, path="/usr/bin:/usr/local/bin")
            for name in ("python3.13", "python3.12", "python3.11", "python3")
        ),
    ):
        try:
            if python and run_as(uid, [python, "-c", "import sys; assert sys.version_info >= (3, 11)"], {}).code == 0:
                return python
        except OSError:
            continue
    return None


def query(url: str, sql: str) -> list[tuple[object, ...]]:
    """The rows of a statement."""
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else []


def postmaster_pid(cluster: Cluster) -> int | None:
    """The process number of the running server."""
    return pid_in(cluster.server.places.data)


def pid_in(data: Path) -> int | None:
    """The process number in a data directory, if that process lives."""
    try:
        pid = int((data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, 0)
    except (OSError, IndexError):
        return None
    return pid


def every_postgres() -> list[Path]:
    """The folders of all PostgreSQLs on this machine that Linkworks could use."""
    return [folder for folder in (*installed(), packaged()) if folder and is_complete(folder)]
