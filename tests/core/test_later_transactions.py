"""A job runs in one transaction, unless it says that it opens its own."""

from uuid import uuid4

import pytest
from django.db import connection

from linkworks.core import later
from linkworks.core.actor import Actor, job_actor
from tests.context import database_context


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What would be given to procrastinate, by name; nothing of it stays."""
    kept: dict[str, object] = {}

    class Shelf:
        @staticmethod
        def task(*, name: str, **_: object) -> object:
            return lambda function: kept.setdefault(name, function)

    monkeypatch.setattr(later, "app", Shelf)
    monkeypatch.setattr(later, "REGISTERED", {})
    return kept


def test_a_job_runs_in_a_transaction_as_itself(committed_db: str, registered: dict) -> None:
    seen: list[tuple[bool, str]] = []

    @later.job("core.made_up")
    def work(thing: str, *, by: Actor) -> None:
        seen.append((connection.in_atomic_block, database_context()[0]))

    registered["core.made_up"](ids=["a"], scheme=None)
    assert seen == [(True, "job:core.made_up")]


def test_a_job_may_open_its_own_transactions(committed_db: str, registered: dict) -> None:
    """For work that must be seen by others before something outside is told."""
    scheme, seen = uuid4(), []

    @later.job("core.made_up", atomic=False)
    def work(thing: str, *, by: Actor) -> None:
        seen.append((connection.in_atomic_block, ""))
        with later.acting(by):
            seen.append((connection.in_atomic_block, database_context()[1]))
        seen.append((connection.in_atomic_block, ""))

    registered["core.made_up"](ids=["a"], scheme=str(scheme))
    assert seen == [(False, ""), (True, str(scheme)), (False, "")]


def test_nothing_of_a_context_is_left_behind(committed_db: str) -> None:
    with later.acting(job_actor("made-up")):
        assert database_context()[0] == "job:made-up"
    assert not any(database_context())
