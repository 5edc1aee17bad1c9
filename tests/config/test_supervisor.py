"""Children are watched, and all of them are stopped."""

import os
import signal
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from linkworks.config import supervisor
from linkworks.config.supervisor import Process, Supervisor, Trouble

pytestmark = pytest.mark.enable_socket

SLEEPS = "import time; time.sleep(60)"
STUBBORN = (
    "import signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); open(sys.argv[1], 'w'); time.sleep(60)"
)


def python(name: str, code: str, *arguments: str) -> Process:
    """A child that runs a line of Python."""
    return Process(name, [sys.executable, "-c", code, *arguments])


def test_all_children_are_stopped_at_the_end() -> None:
    processes = [python("first", SLEEPS), python("second", SLEEPS)]
    with Supervisor(processes):
        assert [process.exit_code() for process in processes] == [None, None]
    assert [process.exit_code() for process in processes] == [-signal.SIGTERM] * 2


def watch(*processes: Process) -> str:
    """Watch children until one ends by itself; what is then said."""
    with pytest.raises(Trouble) as trouble, Supervisor(list(processes)) as watching:
        watching.wait()
    return str(trouble.value)


def test_a_child_that_ends_by_itself_is_named_and_the_others_stopped() -> None:
    worker, web = python("worker", "raise SystemExit(3)"), python("web server", SLEEPS)
    assert watch(web, worker).startswith("The worker stopped by itself (exit code 3; its messages are above)")
    assert web.exit_code() == -signal.SIGTERM


def test_something_is_looked_after_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "NOW_AND_THEN_SECONDS", 0.0)
    looked: list[int] = []
    with Supervisor([python("web server", SLEEPS)]) as watching:

        def look() -> None:
            looked.append(1)
            watching.told_to_stop = len(looked) == 2

        watching.wait(look)
    assert looked == [1, 1]


def test_a_killed_child_is_named() -> None:
    worker = python("worker", "import os; os.kill(os.getpid(), 9)")
    assert watch(worker).startswith("The worker stopped by itself (killed by signal SIGKILL)")


def test_a_child_that_will_not_stop_is_killed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(supervisor, "GRACE_SECONDS", 0.2)
    stubborn = python("worker", STUBBORN, str(tmp_path / "up"))
    with Supervisor([stubborn]):
        while not (tmp_path / "up").exists():
            os.sched_yield()
    assert stubborn.exit_code() == -signal.SIGKILL


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_watch_quietly(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    child = python("web server", SLEEPS)
    with Supervisor([child]) as watching:
        signal.raise_signal(number)
        assert not watching.wait_until_well("127.0.0.1", 1)
        watching.wait()
    assert child.exit_code() == -signal.SIGTERM
    assert signal.getsignal(number) == before


def test_a_child_that_cannot_start_stops_the_others() -> None:
    first = python("web server", SLEEPS)
    with pytest.raises(FileNotFoundError), Supervisor([first, Process("worker", ["/nonexistent/program"])]):
        pytest.fail("the second child cannot start")
    assert first.exit_code() == -signal.SIGTERM


def test_waiting_ends_with_what_is_unwell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "READY_SECONDS", 0.0)
    monkeypatch.setattr(supervisor, "ask_health", lambda host, port: (False, "No worker is running."))
    web = python("web server", SLEEPS)
    with pytest.raises(Trouble, match="within 0 seconds: No worker is running"), Supervisor([web]) as watching:
        watching.wait_until_well("127.0.0.1", 8000)


@pytest.mark.parametrize(
    ("status", "body", "answer"),
    [
        (200, b'{"status": "well", "problems": {}}', (True, "/healthz answered 200.")),
        (
            503,
            b'{"problems": {"worker": "No worker.", "match data": "No postcodes."}}',
            (False, "No worker. No postcodes."),
        ),
        (500, b"<html>", (False, "/healthz answered 500.")),
        (400, b"[]", (False, "/healthz answered 400.")),
    ],
)
def test_health_is_asked_over_http(status: int, body: bytes, answer: tuple[bool, str]) -> None:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Keep the test's output clean."""

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        assert supervisor.ask_health("127.0.0.1", server.server_port) == answer


def test_no_answer_is_an_answer() -> None:
    assert supervisor.ask_health("127.0.0.1", 1) == (False, "the web server does not answer yet.")


def test_health_is_asked_under_a_name_the_site_answers_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LINKWORKS_ALLOWED_HOSTS", raising=False)
    assert supervisor.health_headers() == {}
    monkeypatch.setenv("LINKWORKS_ALLOWED_HOSTS", "localhost,.example.org")
    assert supervisor.health_headers() == {"Host": "example.org"}


def test_a_port_for_root_only_is_one_sentence() -> None:
    assert "from 1024 to 65535" in supervisor.port_problem("127.0.0.1", 80, PermissionError(13, "Permission denied"))
