"""Databases for tests: one template per set of migrations, and a quick copy of it for each run (or each test that commits).

Pages and actions run as the serving role, with row security on, just as in production.
"""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE_LOCK = 7_316_550


def migrations_fingerprint() -> str:
    files = [*sorted(ROOT.glob("linkworks/*/migrations/*.py")), ROOT / "linkworks/core/tenancy.py"]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def maintenance() -> Iterator[psycopg.Connection]:
    """A connection as the owner to the maintenance database, for CREATE and DROP DATABASE."""
    params = connections["owner"].get_connection_params()
    params.pop("context", None)
    params.pop("cursor_factory", None)
    params.update(dbname="postgres", autocommit=True)
    with psycopg.connect(**params) as link:
        yield link


def separate_serving_role() -> None:
    """With one DATABASE_URL for everything, make a role for pages and jobs that owns nothing."""
    default, owner = connections["default"].settings_dict, connections["owner"].settings_dict
    if default["USER"] != owner["USER"]:
        return
    default["USER"], default["PASSWORD"] = "linkworks_test_app", secrets.token_urlsafe(16)
    settings.DATABASES["default"]["USER"] = default["USER"]
    role, password = sql.Identifier(default["USER"]), sql.Literal(default["PASSWORD"])
    with maintenance() as link:
        known = link.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [default["USER"]]).fetchone()
        verb = sql.SQL("ALTER" if known else "CREATE")
        link.execute(sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD {}").format(verb, role, password))


def template() -> str:
    """The name of a migrated, empty database; made at the first run after a migration changed."""
    name = f"linkworks_template_{migrations_fingerprint()}"
    with maintenance() as link:
        link.execute("SELECT pg_advisory_lock(%s)", [TEMPLATE_LOCK])
        if not exists(link, name):
            draft = f"linkworks_draft_{secrets.token_hex(4)}"
            create(link, draft)
            migrate(draft)
            link.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(name)))
            drop_old_templates(link, name)
        grant(name)
    return name


def drop_old_templates(link: psycopg.Connection, keep: str) -> None:
    pattern = r"linkworks\_template\_%"
    for (name,) in link.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE %s AND datname <> %s", [pattern, keep]
    ).fetchall():
        drop(link, name)


def exists(link: psycopg.Connection, name: str) -> bool:
    return link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def create(link: psycopg.Connection, name: str, template_name: str | None = None) -> None:
    base = (
        sql.SQL(" TEMPLATE {}").format(sql.Identifier(template_name))
        if template_name
        else sql.SQL(" TEMPLATE template0")
    )
    link.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)) + base)


def drop(link: psycopg.Connection, name: str) -> None:
    """Ends the sessions that are left, then drops.

    Not WITH (FORCE): that fails when the server itself is vacuuming there, which the owner may not end. A plain DROP
    interrupts the vacuum and waits for the rest.
    """
    sessions = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND backend_type = %s"
    link.execute(sessions, [name, "client backend"])
    link.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def migrate(name: str) -> None:
    with pointed_at(name):
        call_command("migrate", verbosity=0, skip_checks=True)


def grant(name: str) -> None:
    """Grants name a role, and the role of this run may be another than the template's."""
    from linkworks.core.management.commands.migrate import grant_to_serving_role

    with pointed_at(name):
        grant_to_serving_role()


@contextmanager
def pointed_at(name: str) -> Iterator[None]:
    """Both connections use the database `name` for a while."""
    before = {alias: connections[alias].settings_dict["NAME"] for alias in ("default", "owner")}
    point(dict.fromkeys(before, name))
    try:
        yield
    finally:
        point(before)


def point(names: dict[str, str]) -> None:
    for alias, name in names.items():
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


@contextmanager
def copy_of_template(label: str) -> Iterator[str]:
    """A database of its own, thrown away afterwards."""
    name = f"linkworks_test_{label}_{secrets.token_hex(4)}"
    source = template()
    with maintenance() as link:
        link.execute("SELECT pg_advisory_lock(%s)", [TEMPLATE_LOCK])
        create(link, name, source)
        link.execute("SELECT pg_advisory_unlock(%s)", [TEMPLATE_LOCK])
    try:
        with pointed_at(name):
            yield name
    finally:
        with maintenance() as link:
            drop(link, name)
