"""What the tests of the private PostgreSQL share: folders it can reach, and a way to run as an ordinary user."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from linkworks.config.postgres import Cluster, ensure_running
from linkworks.config.postgres.account import server_account
from linkworks.config.postgres.places import places
from linkworks.config.postgres.programs import choose
from tests.config.embedded import NOBODY, Outcome, interpreter_for, postmaster_pid, run_as

Script = Callable[..., Outcome]


@pytest.fixture
def reachable(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A short folder that any user may pass through, removed afterwards with every server in it."""
    folder = Path(tempfile.mkdtemp(prefix="lw-"))
    folder.chmod(0o711)
    monkeypatch.delenv("LINKWORKS_PG_BIN", raising=False)
    monkeypatch.setattr("linkworks.config.postgres.places.REACHABLE", folder / "reachable")
    yield folder
    for mark in folder.rglob("postmaster.pid"):
        kill_and_wait(int(mark.read_text().split()[0]))
    shutil.rmtree(folder, ignore_errors=True)


def kill_and_wait(pid: int) -> None:
    """Stop a server that a failed test left behind."""
    subprocess.run(["kill", "-QUIT", str(pid)], check=False, capture_output=True)


@pytest.fixture(scope="session")
def made_before() -> Iterator[Path]:
    """A data directory made once, since making one takes longer than most tests; it is copied, never used."""
    folder = Path(tempfile.mkdtemp(prefix="lw-made-"))
    folder.chmod(0o711)
    ensure_running(folder / "data").stop()
    yield folder / "data"
    shutil.rmtree(folder)


@pytest.fixture
def start(reachable: Path, made_before: Path) -> Iterator[Callable[..., Cluster]]:
    """Start or adopt a server: in the folder given, or in `data`, made before. All are stopped after the test."""
    started: list[Cluster] = []

    def starting(folder: Path | None = None) -> Cluster:
        if folder is None and not (reachable / "data").exists():
            subprocess.run(["cp", "-a", str(made_before), str(reachable / "data")], check=True)
        folder = folder or reachable / "data"
        started.append(ensure_running(folder))
        return started[-1]

    yield starting
    for cluster in started:
        if cluster.server.places.secrets.exists():
            cluster.stop()
    for cluster in started:
        assert postmaster_pid(cluster) is None, "a test left a server running"


@pytest.fixture(scope="session")
def running() -> Iterator[Cluster]:
    """One server for all tests that only look at it."""
    folder = Path(tempfile.mkdtemp(prefix="lw-"))
    folder.chmod(0o711)
    cluster = ensure_running(folder / "data")
    yield cluster
    cluster.stop()
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def shared_programs() -> Iterator[Path]:
    """PostgreSQL programs that every user of the machine may run."""
    folder = Path(tempfile.mkdtemp(prefix="lw-programs-"))
    folder.chmod(0o755)
    account = server_account()
    yield choose(places(folder, account), account, None).folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def code() -> Iterator[Path]:
    """A copy of the code without Django that every user of the machine may read."""
    folder = Path(tempfile.mkdtemp(prefix="lw-code-"))
    config = Path(__file__).parents[2] / "linkworks/config"
    for part in ("environment.py", "postgres"):
        source = config / part
        target = folder / "linkworks/config" / part
        target.parent.mkdir(parents=True, exist_ok=True)
        _ = shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    for package in ("linkworks", "linkworks/config"):
        (folder / package / "__init__.py").touch()
    subprocess.run(["chmod", "-R", "a+rX", str(folder)], check=True)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def ordinary(code: Path, shared_programs: Path, reachable: Path) -> Script:
    """Run a script as an ordinary user: as nobody when the tests run as root, else as ourselves."""
    uid = NOBODY if os.geteuid() == 0 else None
    python = interpreter_for(uid)
    if python is None:
        pytest.skip("no Python 3.11 or newer that an ordinary user may run (the tests run as root, Python under /root)")

    def run_script(script: str, *arguments: object, **environment: str) -> Outcome:
        environment = {"PYTHONPATH": str(code), "LINKWORKS_PG_BIN": str(shared_programs), **environment}
        return run_as(uid, [python, "-c", script, *map(str, arguments)], environment)

    return run_script


@pytest.fixture
def home(reachable: Path) -> Path:
    """The home folder of the ordinary user, closed to everybody else."""
    folder = reachable / "home"
    folder.mkdir(mode=0o700)
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
    return folder


@pytest.fixture
def small_disk(reachable: Path) -> Iterator[Callable[[int], Path]]:
    """Mount a disk of so many megabytes, where mounting is allowed."""
    mounted: list[Path] = []

    def mount(megabytes: int) -> Path:
        folder = reachable / "disk"
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0711", "tmpfs", str(folder)]
        if os.geteuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode != 0:
            pytest.skip("mounting a small disk needs root and permission to mount")
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)
