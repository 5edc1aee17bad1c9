"""Migrations are whole and in line, and each wall is raised where its table is made."""

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from linkworks.core import tenancy

OURS = sorted(each.label for each in apps.get_app_configs() if each.name.startswith("linkworks."))


def test_no_migration_is_missing():
    loader = MigrationLoader(None)
    wanted = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(graph=loader.graph)
    changed = {
        app: [str(operation) for each in found for operation in each.operations] for app, found in wanted.items()
    }
    assert {app: changes for app, changes in changed.items() if app in OURS} == {}


def test_each_apps_migrations_are_in_one_line():
    loader = MigrationLoader(None)
    assert loader.detect_conflicts() == {}


def test_every_wall_is_raised_by_a_migration():
    """The database is held to the declarations by tests/walls; this one needs no database and names the migration to write."""
    loader = MigrationLoader(None)
    raised = {
        statement.split(" ON ")[1].split(" ")[0]
        for migration in loader.disk_migrations.values()
        for operation in migration.operations
        for statement in (operation.sql if isinstance(getattr(operation, "sql", None), list) else [])
        if statement.startswith("CREATE POLICY select_wall")
    }
    assert set(tenancy.walled_models(apps.get_models())) - raised == set()
