"""`linkworks demo`: everything from nothing to a made-up London being served."""

import argparse
import os
from collections.abc import Callable

from linkworks.config.commands.database import database
from linkworks.config.environment import mode, web_host, web_port
from linkworks.config.supervisor import Supervisor, Trouble, linkworks_process, require_free_port


def demo(arguments: list[str]) -> int:
    """Set up what is missing, then serve until told to stop."""
    argparse.ArgumentParser(prog="linkworks demo", description=demo.__doc__).parse_args(arguments)
    if mode() == "production":
        raise Trouble("The demo never runs where LINKWORKS_MODE is production: unset it, or use `linkworks serve`.")
    os.environ["LINKWORKS_MODE"] = "demo"
    require_free_port(web_host(), web_port())
    with database() as cluster:
        prepare()
        return supervise(cluster.keep_running if cluster else None)


def prepare() -> None:
    """Bring the database up to date and fill what is empty."""
    import django
    from django.core.management import CommandError, call_command
    from django.db import connections

    from linkworks.config.health import match_data_problem, unapplied_migrations

    django.setup()
    if unapplied_migrations("owner"):
        print("Making the tables …", flush=True)
        call_command("migrate", database="owner", verbosity=0)
    if match_data_problem():
        print("Loading London's postcodes …", flush=True)
        call_command("load_postcodes")
    try:
        call_command("seed_demo")
    except CommandError as refused:
        raise Trouble(str(refused)) from refused
    finally:
        connections.close_all()


def supervise(keep_database: Callable[[], None] | None) -> int:
    """Run web and worker, say when they are ready, and stop them when told to."""
    host, port = web_host(), web_port()
    supervisor = Supervisor([linkworks_process("web server", "serve"), linkworks_process("worker", "worker")])
    with supervisor:
        if supervisor.wait_until_well(host, port):
            print(f"Linkworks is ready at http://{host}:{port}", flush=True)
            print(f"Sign in at http://{host}:{port}/demo/sign-in (Ctrl-C stops everything)", flush=True)
            supervisor.wait(keep_database)
    return 0
