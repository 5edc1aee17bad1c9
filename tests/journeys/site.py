"""The site that journeys visit: its own database with the made-up London, web server and worker as real processes."""

import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from django.db import connections

from linkworks.config.supervisor import ask_health
from tests.database import ROOT, copy_of_template

COMMAND = [sys.executable, "-m", "linkworks.config.commands"]
HOST = "127.0.0.1"
TURNS = 300  # of a tenth of a second


@dataclass(frozen=True)
class Site:
    """A running Linkworks."""

    port: int
    environment: dict[str, str]

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    def linkworks(self, *words: str) -> str:
        """Run a sub-command on the site's database and give what it printed."""
        done = subprocess.run(
            [*COMMAND, *words], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"linkworks {' '.join(words)}: {done.stdout}{done.stderr}"
        return done.stdout


def database_url(alias: str) -> str:
    """The address of a connection's present database."""
    facts = connections[alias].settings_dict
    who = f"{quote(facts['USER'])}:{quote(facts['PASSWORD'])}"
    place = {"host": facts["HOST"], "port": facts["PORT"] or "5432"}
    return f"postgresql://{who}@/{facts['NAME']}?{urlencode(place)}"


def environment_for(data_dir: Path) -> tuple[int, dict[str, str]]:
    with socket.create_server((HOST, 0)) as free:
        port = free.getsockname()[1]
    ours = {
        "DATABASE_URL": database_url("default"),
        "LINKWORKS_OWNER_DATABASE_URL": database_url("owner"),
        "LINKWORKS_MODE": "demo",
        "LINKWORKS_DATA_DIR": str(data_dir),
        "LINKWORKS_SECRET_KEY": secrets.token_urlsafe(48),
        "LINKWORKS_HOST": HOST,
        "LINKWORKS_PORT": str(port),
        "LINKWORKS_BASE_URL": f"http://{HOST}:{port}",
        "LINKWORKS_WORKERS": "1",
        "PYTHONPATH": str(ROOT),
    }
    passed_on = {name: value for name, value in os.environ.items() if not name.startswith(("LINKWORKS_", "PG"))}
    return port, passed_on | ours


@contextmanager
def running(data_dir: Path) -> Iterator[Site]:
    """Seed, start, wait until well; afterwards nothing is left running and the database is gone."""
    with ExitStack() as stack:
        stack.enter_context(copy_of_template("journeys"))
        port, environment = environment_for(data_dir)
        site = Site(port, environment)
        site.linkworks("load-postcodes")
        site.linkworks("seed-demo", "--small")
        log = stack.enter_context((data_dir / "site.log").open("w+"))
        web, _ = [stack.enter_context(process(each, environment, log)) for each in ("serve", "worker")]
        wait_until_well(web, site, log)
        yield site


@contextmanager
def process(name: str, environment: dict[str, str], log: object) -> Iterator["subprocess.Popen[bytes]"]:
    """A sub-command in a session of its own, stopped with everything it started."""
    command = [*COMMAND, name, "--with-parent"]
    started = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
    )
    try:
        yield started
    finally:
        started.terminate()
        with suppress(subprocess.TimeoutExpired):
            started.wait(timeout=10)
        with suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
        started.wait()


def wait_until_well(web: "subprocess.Popen[bytes]", site: Site, log: object) -> None:
    """Wait until /healthz says all is well; a web server that ended says so at once."""
    problem = ""
    for _ in range(TURNS):
        with suppress(subprocess.TimeoutExpired):
            web.wait(timeout=0.1)
            break
        well, problem = ask_health(HOST, site.port)
        if well:
            return
    log.seek(0)
    raise AssertionError(f"The site did not become well: {problem}\n{log.read()[-2000:]}")
