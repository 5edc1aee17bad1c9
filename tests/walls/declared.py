"""The walls as declared beside the models, and as the database has them."""

from typing import Any

from django.apps import apps
from django.db import connections

from linkworks.core import tenancy
from linkworks.core.tenancy import Wall

Policies = dict[str, tuple[str, str | None, str | None]]


def walls() -> dict[str, Wall]:
    return tenancy.walled_models(apps.get_models())


def tables() -> list[str]:
    return sorted(walls())


def asked(sql: str, params: list[Any] | None = None, *, using: str = "default") -> list[tuple[Any, ...]]:
    with connections[using].cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def policies_of(cursor: Any, table: str) -> Policies:
    """Policy → (command, USING, WITH CHECK), as PostgreSQL writes them, without the table's name."""
    cursor.execute(
        "SELECT policyname, cmd, qual, with_check, permissive, roles FROM pg_policies WHERE tablename = %s", [table]
    )
    found: Policies = {}
    for name, command, using, check, permissive, roles in cursor.fetchall():
        assert permissive == "PERMISSIVE"
        assert "public" in str(roles)
        found[name] = (command, using, check)
    return found
