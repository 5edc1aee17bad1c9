"""One process that starts others, watches them and stops them all together."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from types import FrameType, TracebackType
from typing import Any, Self

from linkworks.config.environment import env_list

READY_SECONDS = 90.0
GRACE_SECONDS = 10.0
NOW_AND_THEN_SECONDS = 2.0
ANY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - only looked up, to ask ourselves


class Trouble(Exception):
    """Something keeps Linkworks from running; the message is a sentence that says what to do."""


@dataclass
class Process:
    """One child: what people call it, how it is started, and the running process."""

    name: str
    command: Sequence[str]
    running: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches only us and a stop reaches all of it."""
        self.running = subprocess.Popen(list(self.command), stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603

    def exit_code(self) -> int | None:
        """How it ended, or nothing while it runs."""
        return self.running.poll() if self.running else None

    def signal(self, number: int) -> None:
        """Send a signal to the child alone (its own children follow it) or, to kill, to all of them."""
        if self.running is None:
            return
        with contextlib.suppress(ProcessLookupError):
            if number == signal.SIGKILL:
                os.killpg(self.running.pid, number)
            elif self.running.poll() is None:
                self.running.send_signal(number)


def linkworks_process(name: str, command: str) -> Process:
    """A child that runs a sub-command of ours and ends when we do."""
    return Process(name, [sys.executable, "-m", "linkworks.config.commands", command, "--with-parent"])


class Supervisor:
    """Starts children on entry, stops every one of them on exit, whatever happened between."""

    def __init__(self, processes: list[Process]) -> None:
        self.processes = processes
        self.told_to_stop = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            self._before[number] = signal.signal(number, self._note)
        try:
            for process in self.processes:
                process.start()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.told_to_stop = True

    def _stop(self) -> None:
        """Ask all children to stop, then make them; signals that arrive meanwhile change nothing."""
        for process in self.processes:
            process.signal(signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        while any(process.running and process.exit_code() is None for process in self.processes):
            if time.monotonic() > deadline:
                break
            time.sleep(0.05)
        for process in self.processes:
            process.signal(signal.SIGKILL)
            if process.running:
                process.running.wait()
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def wait(self, now_and_then: Callable[[], None] | None = None) -> None:
        """Watch the children until we are told to stop; a child that ends by itself is an error."""
        next_time = time.monotonic() + NOW_AND_THEN_SECONDS
        while not self.told_to_stop:
            self._notice_deaths()
            if now_and_then and time.monotonic() > next_time:
                now_and_then()
                next_time = time.monotonic() + NOW_AND_THEN_SECONDS
            time.sleep(0.2)

    def wait_until_well(self, host: str, port: int) -> bool:
        """Wait until /healthz says that all is well; false when told to stop before that."""
        deadline = time.monotonic() + READY_SECONDS
        while not self.told_to_stop:
            self._notice_deaths()
            well, unwell = ask_health(host, port)
            if well:
                return True
            if time.monotonic() > deadline:
                raise Trouble(f"Linkworks did not become well within {READY_SECONDS:.0f} seconds: {unwell}")
            time.sleep(0.1)
        return False

    def _notice_deaths(self) -> None:
        for process in self.processes:
            code = process.exit_code()
            if code is not None and not self.told_to_stop:
                raise Trouble(f"The {process.name} stopped by itself ({how_ended(code)}), so everything was stopped.")


def how_ended(code: int) -> str:
    """An exit code in words."""
    if code >= 0:
        return f"exit code {code}; its messages are above"
    return f"killed by signal {signal.Signals(-code).name}"


def ask_health(host: str, port: int) -> tuple[bool, str]:
    """Whether /healthz says all is well, and if not, what it names."""
    connection = HTTPConnection(ANY_ADDRESS.get(host, host), port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers=health_headers())
        answer = connection.getresponse()
        body = answer.read()
        return (answer.status == 200, problems_in(body) or f"/healthz answered {answer.status}.")
    except (OSError, HTTPException):
        return False, "the web server does not answer yet."
    finally:
        connection.close()


def health_headers() -> dict[str, str]:
    """Ask under a host name the site answers to."""
    names = [name for name in env_list("LINKWORKS_ALLOWED_HOSTS") if name not in {"*", "127.0.0.1", "localhost"}]
    return {"Host": names[0].lstrip(".")} if names else {}


def problems_in(body: bytes) -> str:
    """The sentences of an answer of /healthz."""
    try:
        return " ".join(json.loads(body)["problems"].values())
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""


def require_free_port(host: str, port: int) -> None:
    """Make sure that the web server will get its port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Trouble(port_problem(host, port, error)) from error


def port_problem(host: str, port: int, error: OSError) -> str:
    """Why we may not listen there, in one sentence."""
    if isinstance(error, PermissionError):
        return f"This user may not listen on port {port}: set LINKWORKS_PORT to a number from 1024 to 65535."
    if isinstance(error, socket.gaierror) or error.errno not in {98, 48}:
        return (
            f"Linkworks cannot listen on {host} ({error.strerror}): set LINKWORKS_HOST to an address of this machine."
        )
    return f"Port {port} on {host} is used by another program: stop it, or set LINKWORKS_PORT to a free port."
