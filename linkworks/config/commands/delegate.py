"""Sub-commands that are Django management commands under a plain name."""

from collections.abc import Callable
from contextlib import nullcontext

from linkworks.config.commands.database import database as with_database

HELP = {"--help", "-h"}


def django_command(name: str, *, database: bool = True) -> Callable[[list[str]], int]:
    """A sub-command that passes its arguments to a Django command unchanged."""

    def run(arguments: list[str]) -> int:
        with with_database() if database and not HELP & set(arguments) else nullcontext():
            return run_django(name, *arguments)

    return run


def run_django(name: str, *arguments: str) -> int:
    """Run a Django command as its command line would, with its own messages and exit code."""
    from django.core.management import execute_from_command_line
    from django.db import connections

    try:
        execute_from_command_line(["linkworks", name, *arguments])
    finally:
        connections.close_all()
    return 0


def migrate(arguments: list[str]) -> int:
    """Bring the database up to date, always as its owner."""
    return django_command("migrate")([*arguments, "--database", "owner"])


def manage(arguments: list[str]) -> int:
    """Reach every Django command."""
    name, *rest = arguments or ["help"]
    return django_command(name, database=name not in {"help", *HELP, "version", "--version"})(rest)
