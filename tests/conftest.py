"""Fixtures everybody uses: the databases, the fixed cast, and who is acting."""

import os
import string
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.conf import settings
from django.db import connections
from django.middleware import csrf
from hypothesis import HealthCheck
from hypothesis import settings as properties

from linkworks.config import environment, postgres
from tests import database
from tests.cast import Cast
from tests.context import EVERYTHING, acting

pytest_plugins = ["tests.shared_out"]

# A machine that is busy with something else makes no property false. The gate tries the same examples each time, so that a change
# is judged by itself; at a desk other ones are tried each time.
BUSY = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
properties.register_profile("house", derandomize="CI" in os.environ, **BUSY)
properties.load_profile("house")


@pytest.fixture(scope="session", autouse=True)
def random_words_spell_no_name() -> Iterator[None]:
    """Each page holds a random token, in which somebody's name would stand now and then. These are digits."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csrf, "CSRF_ALLOWED_CHARS", string.digits)
        yield


@pytest.fixture(scope="session", autouse=True)
def static_files_when_asked() -> None:
    """Each test client builds the middleware anew, which would read the headers of every static file each time."""
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(scope="session", autouse=True)
def finding_looks_each_time() -> None:
    """What a test wrote is there when its page is asked for, however quickly."""
    settings.MATCH_POLL_SECONDS = 0.0
    settings.MATCH_SNAPSHOTS = None


@pytest.fixture(scope="session", autouse=True)
def postcodes_are_read_each_time() -> None:
    """Each test has postcodes of its own, under the same names."""
    settings.POSTCODES_KEPT = 0


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[None]:
    """A running PostgreSQL: DATABASE_URL's, or the private one."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    cluster = postgres.ensure_running(environment.data_dir())
    yield
    connections.close_all()
    cluster.stop()


@pytest.fixture(scope="session")
def django_db_setup(postgres_server: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """One database for the whole run, copied from the template. Each test's transaction is rolled back.

    Only making and dropping it is let through: a test that never asked for the database is refused it, or what it
    wrote would stay for the tests after it.
    """
    with ExitStack() as held:
        with django_db_blocker.unblock():  # type: ignore[attr-defined]
            database.separate_serving_role()
            held.enter_context(database.copy_of_template("run"))
        yield
        with django_db_blocker.unblock():  # type: ignore[attr-defined]
            held.close()


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """A database of the test's own, for tests that commit (races, jobs, other processes). Use instead of `db`."""
    with django_db_blocker.unblock(), database.copy_of_template("own") as name:  # type: ignore[attr-defined]
        yield name


@pytest.fixture
def everything(db: None) -> Iterator[None]:
    """Arrange in the test's transaction as an actor that reaches every scheme of the cast. Requests and jobs set their own."""
    with acting(EVERYTHING):
        yield


@pytest.fixture
def cast(everything: None) -> Iterator[Cast]:
    """The fixed cast: two schemes and the people round them. Arranging continues with all of them in reach."""
    made = Cast.make()
    with acting(made.everything):
        yield made
