"""Two schemes with a row in every personal table, committed, in a database of their own."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, connections, transaction

from linkworks.core import tenancy
from linkworks.core.actor import Actor
from tests import database
from tests.cast import Cast
from tests.context import EVERYTHING, acting

from .rows import Filling, Row

HERE, THERE = "Wrenfield", "Larkspur"


@dataclass
class Town:
    """`here` are the rows of the cast's scheme, `there` of the other one. `insider` and `stranger` do the same work."""

    cast: Cast
    insider: Actor
    stranger: Actor
    here: dict[type[Row], Row]
    there: dict[type[Row], Row]


@pytest.fixture(scope="package")
def town(django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    with django_db_blocker.unblock(), database.copy_of_template("walls"):
        with transaction.atomic(), acting(EVERYTHING):
            cast = Cast.make()
            with acting(cast.everything):
                here = Filling(cast.scheme, cast.link_worker, cast.provider, HERE).fill()
                there = Filling(cast.other_scheme, cast.outsider, cast.other_provider, THERE).fill()
            made = Town(cast, cast.actor(cast.link_worker), cast.actor(cast.outsider), here, there)
        yield made


@pytest.fixture
def in_town(town: Town) -> Iterator[Town]:
    """The town inside a transaction that is rolled back."""
    with transaction.atomic():
        yield town
        transaction.set_rollback(True)


@pytest.fixture
def walls_down(town: Town) -> Iterator[Town]:
    """Wall two taken down, as the owner could: row security off, and nobody asked who acts."""
    from .declared import tables

    try:
        owner([f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY" for table in tables()])
        yield town
    finally:
        owner([f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY" for table in tables()])


def owner(statements: list[str]) -> None:
    connection.close()
    with connections["owner"].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    connections["owner"].close()


@pytest.fixture
def as_actor():
    """Act as somebody inside the running transaction."""
    return tenancy.context
