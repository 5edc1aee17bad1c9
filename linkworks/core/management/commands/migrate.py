"""Django's migrate, run as the owner, followed by the grants of the role that serves pages and jobs."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connections

from linkworks.core import tenancy


class Command(DjangoMigrate):
    help = "Bring the database up to date, as its owner, and grant the serving role what it needs."

    def handle(self, *args: Any, **options: Any) -> None:
        options["database"] = "owner"
        super().handle(*args, **options)
        grant_to_serving_role()


def grant_to_serving_role() -> None:
    role = settings.DATABASES["default"]["USER"]
    if role == settings.DATABASES["owner"]["USER"]:
        return
    present = set(connections["owner"].introspection.table_names())
    append_only = sorted(tenancy.append_only_tables(apps.get_models()) & present)
    with connections["owner"].cursor() as cursor:
        for statement in tenancy.grant_statements(role, append_only):
            cursor.execute(statement)
