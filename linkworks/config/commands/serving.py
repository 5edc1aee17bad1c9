"""The web server and the job worker, each alone in its process."""

import argparse
import os
import signal
import threading
import time

from linkworks.config.commands.database import database
from linkworks.config.environment import env_int, web_host, web_port
from linkworks.config.supervisor import require_free_port

APPLICATION = "linkworks.config.wsgi:application"
WITH_PARENT = "--with-parent"


def serve(arguments: list[str]) -> int:
    """Serve the pages until told to stop."""
    options("serve", "Serve the pages at LINKWORKS_HOST and LINKWORKS_PORT.", arguments)
    require_free_port(web_host(), web_port())
    with database():
        run_web_server()
    return 0


def run_web_server() -> None:
    """Run granian with our number of processes and threads."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        APPLICATION,
        address=web_host(),
        port=web_port(),
        interface=Interfaces.WSGI,
        workers=env_int("LINKWORKS_WORKERS", 2, least=1, most=64),
        blocking_threads=env_int("LINKWORKS_THREADS", 4, least=1, most=64),
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
    ).serve()


def work(arguments: list[str]) -> int:
    """Do queued and scheduled jobs until told to stop."""
    options("worker", "Do queued and scheduled jobs.", arguments)
    with database():
        run_worker()
    return 0


def run_worker() -> None:
    """Run procrastinate's worker with its own asynchronous connections."""
    import django

    django.setup()
    from procrastinate.contrib.django import app

    with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
        app.run_worker()


def options(name: str, about: str, arguments: list[str]) -> None:
    """Read the few options of a serving command."""
    parser = argparse.ArgumentParser(prog=f"linkworks {name}", description=about)
    parser.add_argument(WITH_PARENT, action="store_true", help="stop when the process that started this one is gone")
    if parser.parse_args(arguments).with_parent:
        threading.Thread(target=end_with, args=[os.getppid()], daemon=True).start()


def end_with(parent: int) -> None:
    """Stop when the supervisor is gone, even if it was killed without a chance to stop us."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)
