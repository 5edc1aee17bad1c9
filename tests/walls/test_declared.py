"""Every personal table has its wall in the database, exactly as declared, and the serving role cannot go round it."""

import pytest
from django.apps import apps
from django.db import Error, connection, connections, transaction

from linkworks.core import tenancy
from linkworks.core.tenancy import Wall

from . import declared, rows

pytestmark = pytest.mark.usefixtures("in_town")

# Tables that touch personal ones and are open on purpose. Each line says why.
OPEN = {
    "connections.ProviderLink": "looked up by the hash of a token before anybody acts; holds ids and times only",
    "referrals.GuestLink": "a professional's own name and work e-mail, looked up before anybody acts",
}
NAMES = {"given_name", "family_name", "born_on", "nhs_number", "in_their_words", "person_name", "chosen_name"}
COPY = "CREATE TEMP TABLE wall_copy (LIKE {table}) ON COMMIT DROP"


def is_personal(model):
    """A table about people: it points to a walled row, or names somebody beside a scheme."""
    fields = {field.name for field in model._meta.concrete_fields}
    points = any(field.related_model in rows.walled() for field in rows.foreign_keys(model))
    return points or bool(fields & NAMES) or {"person_id", "scheme_id"} <= fields


def personal_models():
    return [each for each in apps.get_models() if each.__module__.startswith("linkworks.") and is_personal(each)]


def test_every_personal_table_is_walled_or_open_on_purpose():
    open_tables = {each._meta.label for each in personal_models() if each._meta.db_table not in declared.walls()}
    assert open_tables <= set(OPEN)


def test_the_search_for_personal_tables_finds_them():
    found = {each._meta.label for each in personal_models()}
    assert {"people.Person", "people.Channel", "referrals.Referral", "casework.Contact", "outcomes.AnswerSet"} <= found
    assert len(declared.tables()) > 30


@pytest.mark.parametrize("table", declared.tables())
def test_row_security_is_on_and_forced(table):
    (found,) = declared.asked(
        "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", [table]
    )
    assert found == (True, True)


@pytest.mark.parametrize(("table", "wall"), declared.walls().items(), ids=declared.walls())
def test_the_policies_are_those_declared(table, wall):
    """PostgreSQL writes the declared wall down itself, on an empty copy, and both must read the same."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(COPY.format(table=table))
        for statement in tenancy.wall_sql("wall_copy", wall):
            cursor.execute(statement)
        assert declared.policies_of(cursor, table) == declared.policies_of(cursor, "wall_copy")
        transaction.set_rollback(True, using="owner")


def test_a_policy_that_differs_would_be_seen():
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(COPY.format(table="people_person"))
        for statement in tenancy.wall_sql("wall_copy", Wall(front_door=True)):
            cursor.execute(statement)
        assert declared.policies_of(cursor, "people_person") != declared.policies_of(cursor, "wall_copy")
        transaction.set_rollback(True, using="owner")


@pytest.mark.parametrize("table", declared.tables())
def test_a_trigger_asks_who_acts(table):
    found = declared.asked(
        "SELECT tgenabled, tgtype FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = 'require_actor'", [table]
    )
    before_row_insert_update_delete = 1 | 2 | 4 | 8 | 16
    assert found == [("O", before_row_insert_update_delete)]


def test_the_serving_role_is_nobody_special():
    (found,) = declared.asked(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication FROM pg_roles WHERE rolname = current_user"
    )
    assert found == (False, False, False, False, False)


def test_the_serving_role_owns_nothing_and_belongs_to_no_owner():
    assert (
        declared.asked(
            "SELECT relname FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)"
        )
        == []
    )
    memberships = declared.asked(
        "SELECT pg_get_userbyid(roleid) FROM pg_auth_members WHERE member = (SELECT oid FROM pg_roles WHERE rolname = current_user)"
    )
    assert memberships == []


def test_the_serving_role_cannot_change_tables():
    with pytest.raises(Error, match="must be owner"), transaction.atomic():
        declared.asked("ALTER TABLE people_person DISABLE ROW LEVEL SECURITY")
    with pytest.raises(Error, match="permission denied"), transaction.atomic():
        declared.asked("CREATE TABLE public.elsewhere AS SELECT 1 AS one")


@pytest.mark.parametrize("table", declared.tables())
def test_nobody_empties_a_walled_table(table):
    """TRUNCATE goes round row security."""
    assert declared.asked("SELECT has_table_privilege(current_user, %s, 'TRUNCATE')", [table]) == [(False,)]


def test_no_view_looks_over_the_wall():
    views = declared.asked(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND (c.relkind = 'm'"
        " OR (c.relkind = 'v' AND NOT coalesce(c.reloptions::text LIKE '%%security_invoker=true%%', false)))",
        [],
    )
    assert views == []


def test_no_function_acts_as_the_owner():
    found = declared.asked(
        "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
    )
    assert found == []


HISTORY = [table for table, wall in declared.walls().items() if wall.append_only]


@pytest.mark.parametrize("table", HISTORY)
@pytest.mark.parametrize(
    "statement", ["UPDATE {table} SET scheme_id = scheme_id", "DELETE FROM {table}"], ids=["update", "delete"]
)
def test_the_serving_role_cannot_rewrite_history(town, table, statement):
    with (
        tenancy.context(town.cast.everything),
        pytest.raises(Error, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table=table))


@pytest.mark.parametrize(
    "table",
    sorted(
        {each._meta.db_table for each in apps.get_models() if hasattr(each, "pgh_tracked_model")}
        | {"accounts_invitationmove", "organisations_schemesettingsversion"}
    ),
)
def test_no_history_is_rewritten_behind_a_wall_or_without_one(table):
    """Who had which role is history too, though memberships have no wall."""
    for right in ("UPDATE", "DELETE"):
        assert declared.asked("SELECT has_table_privilege(current_user, %s, %s)", [table, right]) == [(False,)]


def test_moves_ledgers_and_audit_are_history():
    assert {
        "audit_recordview",
        "people_disclosure",
        "people_personevent",
        "referrals_referralmove",
        "connections_connectionmove",
        "casework_casemove",
        "messaging_messagemove",
    } <= set(HISTORY)
