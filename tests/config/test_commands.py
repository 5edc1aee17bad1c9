"""The command line says what it can do, and explains what it cannot."""

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from linkworks.config import commands, supervisor
from linkworks.config.commands import database, delegate, demo, serving
from linkworks.config.commands.table import COMMANDS, Command
from linkworks.config.environment import EnvironmentProblem
from linkworks.config.postgres import PostgresProblem

REPOSITORY = Path(__file__).parents[2]
Calls = list[tuple[str, ...]]


@pytest.fixture(autouse=True)
def _signals_are_put_back() -> Iterator[None]:
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """What would have been run, with a database standing ready or not."""
    seen: Calls = []

    @contextmanager
    def standing() -> Iterator[None]:
        seen.append(("database",))
        yield
        seen.append(("stopped",))

    def run_django(name: str, *arguments: str) -> int:
        seen.append((name, *arguments))
        return 0

    monkeypatch.setattr(delegate, "with_database", standing)
    monkeypatch.setattr(delegate, "run_django", run_django)
    return seen


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"], ["help"]])
def test_help_lists_every_command_with_a_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(arguments) == 0
    told = capsys.readouterr().out
    for name, command in COMMANDS.items():
        assert f"  {name} " in told
        assert command.about in told
        assert len(command.about) < 90 and command.about.endswith(".")


def test_an_unknown_command_shows_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["dmeo"]) == 2
    assert capsys.readouterr().err.startswith('There is no "linkworks dmeo".\n\nusage: linkworks COMMAND')


@pytest.mark.parametrize(
    "problem",
    [EnvironmentProblem("Set it."), PostgresProblem("Free some space."), supervisor.Trouble("Use another port.")],
)
def test_problems_are_one_sentence_and_an_exit_code(
    problem: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: list[str]) -> int:
        raise problem

    monkeypatch.setitem(COMMANDS, "worker", Command("Fails.", fail))
    assert commands.main(["worker"]) == 1
    assert capsys.readouterr().err == f"linkworks worker: {problem}\n"


def test_ctrl_c_ends_without_a_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt(_: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setitem(COMMANDS, "worker", Command("Is interrupted.", interrupt))
    assert commands.main(["worker"]) == 130
    assert capsys.readouterr().err == ""


def test_a_request_to_stop_is_an_orderly_end(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[str] = []

    def stopped(_: list[str]) -> int:
        try:
            signal.raise_signal(signal.SIGTERM)
        finally:
            ended.append("cleaned up")
        return 0

    monkeypatch.setitem(COMMANDS, "worker", Command("Is stopped.", stopped))
    with pytest.raises(SystemExit) as end:
        commands.main(["worker"])
    assert (end.value.code, ended) == (128 + signal.SIGTERM, ["cleaned up"])


@pytest.mark.parametrize(
    ("arguments", "ran"),
    [
        (["import-feed", "feed.json", "--json"], ("import_feed", "feed.json", "--json")),
        (["import-feed", "--name", "Outpost", "feed.json"], ("import_feed", "--name", "Outpost", "feed.json")),
        (["find", "gardening", "near", "E8"], ("find", "gardening", "near", "E8")),
        (["load-postcodes", "--all"], ("load_postcodes", "--all")),
        (["migrate"], ("migrate", "--database", "owner")),
        (["migrate", "people", "0001"], ("migrate", "people", "0001", "--database", "owner")),
        (["manage", "shell", "-c", "1"], ("shell", "-c", "1")),
    ],
)
def test_arguments_reach_django_unchanged(arguments: list[str], ran: tuple[str, ...], calls: Calls) -> None:
    assert commands.main(arguments) == 0
    assert calls == [("database",), ran, ("stopped",)]


@pytest.mark.parametrize(
    ("arguments", "ran"),
    [
        (["states"], ("print_states",)),
        (["import-feed", "--help"], ("import_feed", "--help")),
        (["manage"], ("help",)),
        (["manage", "help", "migrate"], ("help", "migrate")),
    ],
)
def test_what_needs_no_database_starts_none(arguments: list[str], ran: tuple[str, ...], calls: Calls) -> None:
    assert commands.main(arguments) == 0
    assert calls == [ran]


def test_a_given_database_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://web@localhost/linkworks")
    monkeypatch.setattr(database, "ensure_running", lambda _: pytest.fail("DATABASE_URL is set"))
    with database.database() as cluster:
        assert cluster is None
        assert os.environ["DATABASE_URL"] == "postgresql://web@localhost/linkworks"
    assert os.environ["DATABASE_URL"] == "postgresql://web@localhost/linkworks"


def test_the_demo_refuses_production(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("LINKWORKS_MODE", "production")
    assert commands.main(["demo"]) == 1
    assert "The demo never runs where LINKWORKS_MODE is production" in capsys.readouterr().err


@pytest.mark.enable_socket
@pytest.mark.parametrize("name", ["demo", "serve"])
def test_a_port_in_use_is_one_sentence(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LINKWORKS_MODE", "development")
    monkeypatch.setattr(demo, "database", lambda: pytest.fail("nothing may be started"))
    monkeypatch.setattr(serving, "database", lambda: pytest.fail("nothing may be started"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("LINKWORKS_PORT", str(port))
        assert commands.main([name]) == 1
    sentence = f"Port {port} on 127.0.0.1 is used by another program: stop it, or set LINKWORKS_PORT to a free port.\n"
    assert capsys.readouterr().err == f"linkworks {name}: {sentence}"


@pytest.mark.enable_socket
def test_an_address_of_another_machine_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LINKWORKS_HOST", "192.0.2.1")
    monkeypatch.setenv("LINKWORKS_MODE", "demo")
    assert commands.main(["serve"]) == 1
    assert "set LINKWORKS_HOST to an address of this machine" in capsys.readouterr().err


def test_make_help_lists_every_target() -> None:
    makefile = (REPOSITORY / "Makefile").read_text()
    phony = next(line for line in makefile.splitlines() if line.startswith(".PHONY:")).split()[1:]
    assert phony == ["help", "setup", "demo", "test", "check", "bench", "format", "lock"]
    for target in phony:
        assert any(line.startswith(f"{target}:") and " ## " in line for line in makefile.splitlines()), target


def test_the_checking_machine_uses_make() -> None:
    script = REPOSITORY / ".ci/run"
    assert os.access(script, os.X_OK)
    assert script.read_text().rstrip().endswith('export REQUIRE_BROWSER=1 CI="${CI:-true}"\nmake check\nmake test')
