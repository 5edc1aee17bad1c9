"""What a declared wall becomes in SQL, and what a context says. The database itself is asked in tests/walls."""

import json
from uuid import UUID

import pytest

from linkworks.core import tenancy
from linkworks.core.actor import PUBLIC, Actor, job_actor
from linkworks.core.tenancy import Wall
from tests.context import database_context

ONE, TWO = UUID(int=1), UUID(int=2)


def test_a_plain_wall_is_about_the_scheme_alone():
    conditions = Wall().conditions()
    assert set(conditions) == {"SELECT", "INSERT", "UPDATE", "DELETE"}
    assert len(set(conditions.values())) == 1
    assert conditions["SELECT"].startswith("scheme_id = ANY (")


def test_history_can_be_read_and_added_to_only():
    assert set(Wall(append_only=True).conditions()) == {"SELECT", "INSERT"}


def test_the_front_door_adds_and_does_not_read():
    conditions = Wall(front_door=True).conditions()
    assert "front-door" in conditions["INSERT"]
    assert not any("front-door" in conditions[command] for command in ("SELECT", "UPDATE", "DELETE"))


def test_another_organisation_reads_and_changes_and_never_deletes():
    conditions = Wall(organisation="provider_id").conditions()
    assert "provider_id" in conditions["SELECT"]
    assert "provider_id" in conditions["UPDATE"]
    assert "provider_id" not in conditions["DELETE"]


def test_rows_without_a_scheme_are_for_delivery():
    conditions = Wall(unowned=True).conditions()
    assert "scheme_id IS NULL AND" in conditions["SELECT"]
    assert "'job'" in conditions["SELECT"]
    assert conditions["INSERT"].endswith("scheme_id IS NULL")


def test_ones_own_rows_are_read_and_marked_and_never_made_for_oneself():
    conditions = Wall(user="user_id").conditions()
    assert "'staff:' || user_id" in conditions["SELECT"]
    assert "user_id" not in conditions["INSERT"]
    assert "user_id" not in conditions["DELETE"]


def test_a_wall_forces_row_security_on_the_owner_too_and_asks_who_acts():
    statements = tenancy.wall_sql("people_person", Wall())
    assert "ALTER TABLE people_person FORCE ROW LEVEL SECURITY" in statements
    assert any("require_actor BEFORE INSERT OR UPDATE OR DELETE" in each for each in statements)


def test_raising_a_wall_twice_is_the_same_as_once():
    statements = tenancy.wall_sql("people_person", Wall())
    for each in statements:
        if each.startswith("CREATE POLICY"):
            name = each.split()[2]
            assert f"DROP POLICY IF EXISTS {name} ON people_person" in statements


def test_the_audit_stands_behind_the_same_wall_and_is_history():
    behind = tenancy.event_wall(Wall(organisation="provider_id", front_door=True))
    assert behind.append_only
    assert behind.organisation == "provider_id"
    assert behind.front_door


def test_the_serving_role_is_not_granted_the_rewriting_of_history():
    grants = tenancy.grant_statements("app", ["audit_recordview"])
    assert 'REVOKE UPDATE, DELETE ON audit_recordview FROM "app"' in grants
    assert not any("TRUNCATE" in each or "CREATE" in each or "ALL PRIVILEGES" in each for each in grants)


def test_a_context_is_the_actors_reach_in_a_fixed_order():
    actor = Actor(id="staff:1", name="Amara", schemes=frozenset([TWO, ONE]), organisations=frozenset([ONE]))
    values = dict(zip(tenancy.SETTINGS, tenancy.settings_of(actor), strict=True))
    assert values["app.schemes"] == f"{ONE},{TWO}"
    assert values["app.organisations"] == str(ONE)
    assert json.loads(values["pghistory.context_metadata"]) == {"actor": "staff:1", "name": "Amara", "purpose": "care"}


def test_the_public_and_a_job_of_no_scheme_reach_nobody():
    for actor in (PUBLIC, job_actor("test")):
        assert tenancy.settings_of(actor)[1:3] == ["", ""]


@pytest.mark.django_db
def test_a_name_cannot_break_out_of_the_context():
    odd = Actor(id="staff:1", name="O'Neil\"; DROP TABLE x; --", schemes=frozenset([ONE]))
    with tenancy.context(odd):
        assert json.loads(database_context()[5])["name"] == odd.name
