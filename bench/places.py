"""A database of the run's own, thrown away afterwards, with a scheme and whoever acts in it."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.db import connections, transaction
from django.test import override_settings

from linkworks.config import environment, postgres
from linkworks.core import tenancy
from tests import database
from tests.cast import Cast
from tests.context import EVERYTHING


@contextmanager
def server() -> Iterator[None]:
    """PostgreSQL: DATABASE_URL's, or the private one, started or adopted."""
    cluster = None if os.environ.get("DATABASE_URL") else postgres.ensure_running(environment.data_dir())
    try:
        yield
    finally:
        connections.close_all()
        if cluster:
            cluster.stop()


@contextmanager
def own_database() -> Iterator[Cast]:
    """An empty database with the tests' fixed cast committed in it."""
    with ExitStack() as stack:
        stack.enter_context(server())
        database.separate_serving_role()
        stack.enter_context(database.copy_of_template("bench"))
        stack.enter_context(override_settings(MATCH_SNAPSHOTS=None))
        yield committed_cast()


def committed_cast() -> Cast:
    with transaction.atomic(), tenancy.context(EVERYTHING):
        return Cast.make()
