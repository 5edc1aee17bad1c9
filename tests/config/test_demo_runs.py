"""`linkworks demo` really starts everything, with a stand-in for the house, and really stops it."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from linkworks.config.supervisor import ask_health
from tests.config.embedded import pid_in

pytestmark = [pytest.mark.embedded, pytest.mark.enable_socket]

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "linkworks.config.commands"]


class Demo:
    """A running `linkworks demo` and what it has said."""

    def __init__(self, process: "subprocess.Popen[str]", port: int) -> None:
        self.process, self.port = process, port
        self.began = time.monotonic()
        self.said: list[str] = []

    def wait_for(self, words: str) -> float:
        """Read until a line has these words; how long that took since the start."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.said.append(line.rstrip("\n"))
            if words in line:
                return time.monotonic() - self.began
        pytest.fail(f"the demo ended before it said {words!r}: {self.said}")

    def end(self) -> tuple[int, str]:
        """Wait for the end: exit code and everything said."""
        assert self.process.stdout
        self.said += self.process.stdout.read().splitlines()
        return self.process.wait(timeout=30), "\n".join(self.said)


Starter = Callable[..., Demo]


@pytest.fixture
def environment(reachable: Path) -> dict[str, str]:
    """The stand-in house with a data directory and a port of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    cleaned = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "LINKWORKS_MODE"}}
    return cleaned | {
        "DJANGO_SETTINGS_MODULE": "tests.config.stand_in.settings",
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "LINKWORKS_DATA_DIR": str(reachable / "data"),
        "LINKWORKS_PORT": str(port),
        "LINKWORKS_WORKERS": "1",
    }


@pytest.fixture
def run(environment: dict[str, str]) -> Iterator[Starter]:
    """Start a demo; whatever is still running after the test is killed."""
    demos: list[Demo] = []

    def starting(**more: str) -> Demo:
        process = subprocess.Popen(
            [*COMMAND, "demo"],
            cwd=ROOT,
            env=environment | more,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        demos.append(Demo(process, int(environment["LINKWORKS_PORT"])))
        return demos[-1]

    yield starting
    for demo in demos:
        demo.process.kill()
        demo.process.wait()
        assert demo.process.stdout
        demo.process.stdout.close()


def left_running(data_dir: Path) -> list[str]:
    """Command lines of the living processes that belong to a data directory."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
            if command and str(data_dir) in command + (process / "environ").read_bytes().decode(errors="replace"):
                found.append(command)
    return found


def wait_until_gone(data_dir: Path, but: str = "") -> list[str]:
    """What is still running when nothing more goes away by itself (10 seconds at most)."""
    deadline = time.monotonic() + 10
    while (
        left := [line for line in left_running(data_dir) if not but or but not in line]
    ) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


def child(data_dir: Path, name: str) -> int:
    """The process number of a child of the demo."""
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (process / "cmdline").read_bytes().decode().split("\0")
            if name in words and str(data_dir) in (process / "environ").read_bytes().decode(errors="replace"):
                return int(process.name)
    pytest.fail(f"no {name} is running")


def test_the_demo_starts_stops_and_starts_again_quickly(run: Starter, reachable: Path) -> None:
    first = run()
    made_in = first.wait_for("Linkworks is ready")
    first.wait_for("Sign in at")
    assert f"Linkworks is ready at http://127.0.0.1:{first.port}" in first.said
    assert f"Sign in at http://127.0.0.1:{first.port}/demo/sign-in (Ctrl-C stops everything)" in first.said
    assert "seed_demo [] False" in first.said
    first.process.send_signal(signal.SIGINT)
    assert first.end()[0] == 0
    assert left_running(reachable / "data") == []

    second = run()
    assert second.wait_for("Linkworks is ready") < made_in, "nothing is made a second time"
    second.process.send_signal(signal.SIGTERM)
    code, said = second.end()
    assert code == 0
    assert "Making the tables" not in said
    assert "Traceback" not in said
    assert left_running(reachable / "data") == []


def test_a_dead_worker_is_named_and_everything_stops(run: Starter, reachable: Path) -> None:
    demo = run()
    demo.wait_for("Sign in at")
    os.kill(child(reachable / "data", "worker"), signal.SIGKILL)
    code, said = demo.end()
    assert code == 1
    assert said.endswith("The worker stopped by itself (killed by signal SIGKILL), so everything was stopped.")
    assert left_running(reachable / "data") == []


def test_a_killed_database_is_started_again(run: Starter, reachable: Path) -> None:
    demo = run()
    demo.wait_for("Sign in at")
    killed = pid_in(reachable / "data/server/data")
    assert killed
    os.kill(killed, signal.SIGKILL)
    deadline = time.monotonic() + 30
    while pid_in(reachable / "data/server/data") in {None, killed} and time.monotonic() < deadline:
        time.sleep(0.05)
    while not ask_health("127.0.0.1", demo.port)[0] and time.monotonic() < deadline:
        time.sleep(0.05)
    assert ask_health("127.0.0.1", demo.port)[0]
    assert pid_in(reachable / "data/server/data") not in {None, killed}
    demo.process.send_signal(signal.SIGTERM)
    assert demo.end()[0] == 0
    assert left_running(reachable / "data") == []


def test_after_the_demo_was_killed_its_children_end_and_the_next_start_works(run: Starter, reachable: Path) -> None:
    killed = run()
    killed.wait_for("Sign in at")
    server = pid_in(reachable / "data/server/data")
    killed.process.kill()
    assert wait_until_gone(reachable / "data", but="postgres") == []
    again = run()
    again.wait_for("Sign in at")
    assert pid_in(reachable / "data/server/data") == server is not None
    again.process.send_signal(signal.SIGTERM)
    assert again.end()[0] == 0
    assert left_running(reachable / "data") == []


def test_stopping_during_the_setup_leaves_nothing(run: Starter, reachable: Path) -> None:
    demo = run()
    demo.wait_for("Making the tables")
    demo.process.send_signal(signal.SIGTERM)
    code, said = demo.end()
    assert code == 128 + signal.SIGTERM
    assert "ready" not in said
    assert left_running(reachable / "data") == []


def test_with_a_database_given_nothing_is_started(environment: dict[str, str], reachable: Path) -> None:
    given = environment | {"DATABASE_URL": f"postgresql://nobody@/nothing?host={reachable}"}
    ended = subprocess.run(
        [*COMMAND, "manage", "shell", "-c", "print(40 + 2)"],
        cwd=ROOT,
        env=given,
        text=True,
        capture_output=True,
        check=False,
    )
    assert ended.stdout.splitlines()[-1] == "42", ended.stderr
    assert not (reachable / "data/server").exists()


def test_a_django_command_runs_against_the_private_database(environment: dict[str, str], reachable: Path) -> None:
    ended = subprocess.run(
        [*COMMAND, "load-postcodes", "--all", "SE15"],
        cwd=ROOT,
        env=environment,
        text=True,
        capture_output=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "load_postcodes ['SE15'] True\n", "")
    assert left_running(reachable / "data") == []
