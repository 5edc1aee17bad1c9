"""Before a command touches the database: the one in DATABASE_URL, or the private one started or adopted."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from linkworks.config.environment import data_dir, env
from linkworks.config.postgres import Cluster, ensure_running


@contextmanager
def database() -> Iterator[Cluster | None]:
    """Have a database for the length of a command, and tell Django and child processes its addresses."""
    if env("DATABASE_URL"):
        yield None
        return
    cluster = ensure_running(data_dir())
    for name in [name for name in os.environ if name.startswith("PG")]:
        del os.environ[name]
    os.environ["DATABASE_URL"] = cluster.app_url
    os.environ["LINKWORKS_OWNER_DATABASE_URL"] = cluster.owner_url
    try:
        yield cluster
    finally:
        del os.environ["DATABASE_URL"], os.environ["LINKWORKS_OWNER_DATABASE_URL"]
        cluster.stop()
