"""Wall two: PostgreSQL row security, and the context it reads.

The context (`app.actor, app.schemes, app.organisations, app.person, app.purpose`) is local to the transaction and comes
from the actor only. No context, no rows. Each personal model declares its `wall`; `raise_wall` writes it into a
migration; a test holds the database against the declarations (docs/adr/0002-two-walls.md).
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection, migrations, models
from psycopg.pq import TransactionStatus

from .actor import Actor

SETTINGS = ("app.actor", "app.schemes", "app.organisations", "app.person", "app.purpose", "pghistory.context_metadata")
SCHEMES = "string_to_array(current_setting('app.schemes', true), ',')::uuid[]"
ORGANISATIONS = "string_to_array(current_setting('app.organisations', true), ',')::uuid[]"
PURPOSE = "current_setting('app.purpose', true)"
ACTOR = "current_setting('app.actor', true)"


@dataclass(frozen=True)
class Wall:
    """Who the database lets through to a table's rows.

    scheme        the column that names the tenant; its scheme reads, adds and changes
    organisation  a column that names an organisation (the sender, the provider) which also reads and changes
    front_door    the public may add rows, and never read them
    append_only   rows are never changed or deleted
    unowned       rows without a scheme are open to delivery and to whoever is adding them (messages to staff)
    user          a column that names a member of staff, who reads and marks their own rows in any scheme
    """

    scheme: str = "scheme_id"
    organisation: str | None = None
    front_door: bool = False
    append_only: bool = False
    unowned: bool = False
    user: str | None = None

    def conditions(self) -> dict[str, str]:
        """The condition of each policy: command → SQL."""
        inside = [f"{self.scheme} = ANY ({SCHEMES})"]
        if self.organisation:
            inside.append(f"{self.organisation} = ANY ({ORGANISATIONS})")
        if self.unowned:
            inside.append(f"({self.scheme} IS NULL AND {PURPOSE} = 'job')")
        adding = list(inside)
        if self.user:
            inside.append(f"'staff:' || {self.user}::text = {ACTOR}")
        if self.front_door:
            adding.append(f"{PURPOSE} = 'front-door'")
        if self.unowned:
            adding.append(f"{self.scheme} IS NULL")
        policies = {"SELECT": " OR ".join(inside), "INSERT": " OR ".join(adding)}
        if not self.append_only:
            policies["UPDATE"] = " OR ".join(inside)
            policies["DELETE"] = inside[0]
        return policies


REQUIRE_ACTOR = """
CREATE OR REPLACE FUNCTION linkworks_require_actor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('app.actor', true), '') = '' THEN
    RAISE EXCEPTION 'no actor: % on % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF OLD.scheme_id IS NOT NULL AND NEW.scheme_id IS DISTINCT FROM OLD.scheme_id THEN
      RAISE EXCEPTION 'a row of % never changes its scheme', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
  END IF;
  RETURN coalesce(NEW, OLD);
END $$
"""


def wall_sql(table: str, wall: Wall) -> list[str]:
    """The statements that put `wall` round `table`."""
    statements = [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"]
    for command, condition in wall.conditions().items():
        using = f" USING ({condition})" if command != "INSERT" else ""
        check = f" WITH CHECK ({condition})" if command in {"INSERT", "UPDATE"} else ""
        statements.append(f"DROP POLICY IF EXISTS {command.lower()}_wall ON {table}")
        statements.append(f"CREATE POLICY {command.lower()}_wall ON {table} FOR {command}{using}{check}")
    statements.append(f"DROP TRIGGER IF EXISTS require_actor ON {table}")
    statements.append(
        f"CREATE TRIGGER require_actor BEFORE INSERT OR UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION linkworks_require_actor()"
    )
    return statements


def unwall_sql(table: str) -> list[str]:
    drops = [f"DROP POLICY IF EXISTS {each}_wall ON {table}" for each in ("select", "insert", "update", "delete")]
    return [
        f"DROP TRIGGER IF EXISTS require_actor ON {table}",
        *drops,
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    ]


def raise_wall(table: str, wall: Wall) -> migrations.RunSQL:
    """The migration operation that puts `wall` round `table`. Put one in the app's migration for each walled model."""
    return migrations.RunSQL([*wall_sql(table, wall)], [*unwall_sql(table)])


def walled_models(all_models: Iterable[type[models.Model]]) -> dict[str, Wall]:
    """Each walled table and its wall, event tables of the audit included (they are append-only)."""
    found: dict[str, Wall] = {}
    for model in all_models:
        tracked = getattr(model, "pgh_tracked_model", None)
        wall = getattr(tracked, "wall", None) if tracked else getattr(model, "wall", None)
        if isinstance(wall, Wall):
            found[model._meta.db_table] = event_wall(wall) if tracked else wall
    return found


def event_wall(wall: Wall) -> Wall:
    """The wall of the audit table behind a walled table: the same readers, and nobody changes it."""
    return replace(wall, append_only=True)


def append_only_tables(all_models: Iterable[type[models.Model]]) -> set[str]:
    """Every table of history, walled or not: the audit's, and those that say so of themselves."""
    every = list(all_models)
    walled = {table for table, wall in walled_models(every).items() if wall.append_only}
    said = {
        each._meta.db_table
        for each in every
        if hasattr(each, "pgh_tracked_model") or getattr(each, "is_append_only", False)
    }
    return walled | said


def grant_statements(role: str, append_only: Iterable[str]) -> list[str]:
    """What the web and worker's role may do: everything to rows, nothing to tables, no rewriting of history."""
    statements = [
        f'GRANT USAGE ON SCHEMA public TO "{role}"',
        f'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "{role}"',
        f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{role}"',
        f'GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO "{role}"',
    ]
    return statements + [f'REVOKE UPDATE, DELETE ON {table} FROM "{role}"' for table in append_only]


def settings_of(actor: Actor) -> list[str]:
    """The values of SETTINGS for this actor, in order."""
    who = {"actor": actor.id, "name": actor.name, "purpose": actor.purpose}
    return [
        actor.id,
        ",".join(sorted(str(each) for each in actor.schemes)),
        ",".join(sorted(str(each) for each in actor.organisations)),
        str(actor.person_id or ""),
        actor.purpose,
        json.dumps(who),
    ]


def apply(values: Iterable[str]) -> None:
    """Set the context for the rest of this transaction."""
    calls = ", ".join(["set_config(%s, %s, true)"] * len(SETTINGS))
    pairs: list[Any] = []
    for name, value in zip(SETTINGS, values, strict=True):
        pairs += [name, value]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", pairs)


NOBODY = [""] * len(SETTINGS)
RUNNING: ContextVar[list[str] | None] = ContextVar("linkworks_tenancy", default=None)


@contextmanager
def context(actor: Actor, *, to_the_end: bool = False) -> Iterator[None]:
    """Act as `actor` inside the running transaction; what was there before comes back afterwards.

    With `to_the_end` the caller promises that the transaction ends with this context, which nobody has to take back then.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A tenancy context needs a transaction: it must end with it.")
    before, values = RUNNING.get(), settings_of(actor)
    apply(values)
    RUNNING.set(values)
    try:
        yield
    finally:
        RUNNING.set(before)
        is_over = to_the_end and before is None
        if not (is_over or connection.needs_rollback or has_failed()):
            apply(before or NOBODY)


def has_failed() -> bool:
    """Whether a statement failed in this transaction: it will be rolled back and the context with it."""
    link = connection.connection
    return link is None or link.info.transaction_status in (TransactionStatus.INERROR, TransactionStatus.UNKNOWN)
