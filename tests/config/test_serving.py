"""Serving, working and the demonstration: what each starts, in which order, and how each is told to stop. No server is started."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.config import commands, health
from linkworks.config.commands import database, delegate, demo, serving
from linkworks.config.commands.table import COMMANDS
from linkworks.config.supervisor import Process, Trouble, how_ended, linkworks_process

REPOSITORY = Path(__file__).parents[2]
Calls = list[str]


@pytest.fixture
def standing(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """A database that is there without being started, and a record of what happened in which order."""
    seen: Calls = []

    @contextmanager
    def there() -> Iterator[None]:
        seen.append("database")
        yield None
        seen.append("database let go")

    for module in (serving, demo):
        monkeypatch.setattr(module, "database", there)
        monkeypatch.setattr(module, "require_free_port", lambda host, port: seen.append(f"port {port}"))
    monkeypatch.setattr(serving, "run_web_server", lambda: seen.append("web server"))
    monkeypatch.setattr(serving, "run_worker", lambda: seen.append("worker"))
    return seen


def test_the_port_is_asked_for_before_the_database_is_started(standing: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINKWORKS_PORT", "8123")

    assert serving.serve([]) == 0
    assert standing == ["port 8123", "database", "web server", "database let go"]


def test_a_worker_needs_no_port(standing: Calls) -> None:
    assert serving.work([]) == 0
    assert standing == ["database", "worker", "database let go"]


@pytest.mark.parametrize("broken", ["run_web_server", "run_worker"])
def test_when_it_breaks_the_database_is_let_go(
    standing: Calls, monkeypatch: pytest.MonkeyPatch, broken: str, tmp_path: Path
) -> None:
    """The context ends whatever happened inside; here seen with the real one, with nothing started."""

    def fails() -> None:
        raise Trouble("It broke.")

    monkeypatch.setenv("DATABASE_URL", "postgresql://app@db/linkworks")
    monkeypatch.setattr(serving, "database", database.database)
    monkeypatch.setattr(serving, broken, fails)
    with pytest.raises(Trouble):
        (serving.serve if broken == "run_web_server" else serving.work)([])
    assert os.environ["DATABASE_URL"] == "postgresql://app@db/linkworks"


@pytest.mark.parametrize("name", ["serve", "worker", "demo", "running-cost"])
def test_help_is_shown_and_nothing_is_started(standing: Calls, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        commands.main([name, "--help"])

    assert left.value.code == 0
    assert f"linkworks {name}" in capsys.readouterr().out
    assert standing == []


@pytest.mark.parametrize("name", ["serve", "worker", "demo"])
def test_words_that_mean_nothing_are_refused_before_anything_is_started(standing: Calls, name: str) -> None:
    with pytest.raises(SystemExit) as left:
        commands.main([name, "please"])

    assert left.value.code == 2
    assert standing == []


def test_the_web_server_gets_the_number_of_processes_that_was_set(monkeypatch: pytest.MonkeyPatch) -> None:
    given_to: dict[str, Any] = {}

    class Server:
        def __init__(self, application: str, **options: Any) -> None:
            given_to.update(options, application=application)

        def serve(self) -> None:
            given_to["served"] = True

    monkeypatch.setattr("granian.Granian", Server)
    monkeypatch.setenv("LINKWORKS_WORKERS", "5")
    monkeypatch.setenv("LINKWORKS_THREADS", "3")
    monkeypatch.setenv("LINKWORKS_HOST", "127.0.0.2")

    serving.run_web_server()

    assert (given_to["workers"], given_to["blocking_threads"], given_to["address"]) == (5, 3, "127.0.0.2")
    assert given_to["respawn_failed_workers"] and given_to["served"]
    assert given_to["application"] == serving.APPLICATION


@pytest.mark.parametrize(
    ("name", "value"), [("LINKWORKS_WORKERS", "0"), ("LINKWORKS_WORKERS", "65"), ("LINKWORKS_THREADS", "many")]
)
def test_a_number_of_processes_that_cannot_be_is_one_sentence(
    standing: Calls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str
) -> None:
    monkeypatch.undo()
    monkeypatch.setenv(name, value)
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@db/linkworks")
    monkeypatch.setattr(serving, "require_free_port", lambda *_: None)

    assert commands.main(["serve"]) == 1
    assert capsys.readouterr().err.startswith(f'linkworks serve: {name} is "{value}", but must be a whole number')


def test_a_child_whose_parent_is_gone_stops_itself(tmp_path: Path) -> None:
    """The parent is killed without a chance to say so; the child notices."""
    child = (
        "import os, sys, time; from linkworks.config.commands import serving\n"
        "serving.options('worker', 'x', ['--with-parent']); open(sys.argv[1], 'w').write(str(os.getpid())); time.sleep(60)"
    )
    parent = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', *sys.argv[1:]]).wait()"
    mark = tmp_path / "up"
    started = subprocess.Popen([sys.executable, "-c", parent, child, str(mark)], cwd=REPOSITORY)
    while not (mark.exists() and mark.read_text()):
        assert started.poll() is None
    pid = int(mark.read_text())
    started.send_signal(signal.SIGKILL)
    started.wait(10)

    assert gone_within(pid, 10)


def gone_within(pid: int, seconds: float) -> bool:
    import time

    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


# The demonstration


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """What preparing would run, on a database in any condition."""
    ran: Calls = []
    monkeypatch.setattr("django.setup", lambda: None)
    monkeypatch.setattr("django.core.management.call_command", lambda name, **_: ran.append(name))
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    return ran


@pytest.mark.parametrize("tables", [True, False])
@pytest.mark.parametrize("postcodes", [True, False])
def test_only_what_is_missing_is_made(
    prepared: Calls, monkeypatch: pytest.MonkeyPatch, tables: bool, postcodes: bool
) -> None:
    monkeypatch.setattr(health, "unapplied_migrations", lambda alias: 0 if tables else 12)
    monkeypatch.setattr(health, "match_data_problem", lambda: None if postcodes else "No postcodes.")

    demo.prepare()

    expected = [*([] if tables else ["migrate"]), *([] if postcodes else ["load_postcodes"]), "seed_demo"]
    assert prepared == expected


def test_the_demonstration_says_where_to_go_once_it_is_well(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Well:
        def __init__(self, processes: list[Process]) -> None:
            self.names = [each.name for each in processes]

        def __enter__(self) -> "Well":
            return self

        def __exit__(self, *_: object) -> None: ...

        def wait_until_well(self, host: str, port: int) -> bool:
            return True

        def wait(self, keep: Any) -> None:
            assert self.names == ["web server", "worker"]

    monkeypatch.setattr(demo, "Supervisor", Well)
    monkeypatch.setenv("LINKWORKS_PORT", "8123")

    assert demo.supervise(None) == 0
    told = capsys.readouterr().out
    assert told.startswith("Linkworks is ready at http://127.0.0.1:8123\n")
    assert "http://127.0.0.1:8123/demo/sign-in" in told and "Ctrl-C" in told


def test_told_to_stop_before_it_is_well_it_promises_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Stopped:
        def __init__(self, _: object) -> None: ...
        def __enter__(self) -> "Stopped":
            return self

        def __exit__(self, *_: object) -> None: ...
        def wait_until_well(self, *_: object) -> bool:
            return False

    monkeypatch.setattr(demo, "Supervisor", Stopped)
    assert demo.supervise(None) == 0
    assert capsys.readouterr().out == ""


# How things are said


@given(st.integers(0, 255))
def test_how_a_child_ended_is_said_in_words(code: int) -> None:
    assert how_ended(code) == f"exit code {code}; its messages are above"


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV])
def test_a_signal_is_said_by_its_name(number: signal.Signals) -> None:
    assert how_ended(-number) == f"killed by signal {number.name}"


def test_children_are_ours_and_end_with_us() -> None:
    child = linkworks_process("worker", "worker")

    assert child.command[0] == sys.executable
    assert list(child.command[-2:]) == ["worker", "--with-parent"]
    assert child.exit_code() is None
    child.signal(signal.SIGTERM)  # nothing runs, nothing happens


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_can_be_typed(name: str) -> None:
    assert name == name.lower() and "_" not in name
    assert callable(COMMANDS[name].run)


def test_managing_reaches_every_command_of_django(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[tuple[str, ...]] = []
    monkeypatch.setattr(delegate, "run_django", lambda *given_to: ran.append(given_to) or 0)

    assert delegate.manage(["version"]) == 0
    assert delegate.manage([]) == 0
    assert ran == [("version",), ("help",)]
