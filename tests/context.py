"""Acting as somebody in a test."""

from contextlib import AbstractContextManager

from django.db import connection

from linkworks.core import tenancy
from linkworks.core.actor import Actor

EVERYTHING = Actor(id="test", name="A test", purpose="job")


def acting(actor: Actor) -> AbstractContextManager[None]:
    return tenancy.context(actor)


def database_context() -> list[str]:
    """The context as the database has it now, whatever Python believes."""
    calls = ", ".join(["coalesce(current_setting(%s, true), '')"] * len(tenancy.SETTINGS))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", list(tenancy.SETTINGS))
        return [str(value) for value in cursor.fetchone() or []]
