"""/healthz says whether Linkworks can serve people, and names what is missing."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import Error, OperationalError, connection
from django.http import HttpResponse
from django.test import RequestFactory

from linkworks.config import health
from linkworks.core.access import public

Check = Callable[[], str | None]


@pytest.fixture(autouse=True)
def _only_these_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "CHECKS", {})
    monkeypatch.setattr(health, "WARNINGS", {})
    monkeypatch.setattr(health, "_migrated", set())


@pytest.fixture
def worker(db: None) -> None:
    """A worker that showed a sign of life a moment ago."""
    beat("now()")


def beat(when: str) -> None:
    """Write a worker's sign of life."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO procrastinate_workers (last_heartbeat) VALUES ({when})")


def ask(method: str = "GET") -> HttpResponse:
    """The answer of /healthz."""
    return health.healthz(RequestFactory().generic(method, "/healthz"))


def problems() -> dict[str, str]:
    """What the answer names, once its status fits."""
    answer = ask()
    told = json.loads(answer.content)
    assert (answer.status_code, told["status"]) == ((503, "unwell") if told["problems"] else (200, "well"))
    named: dict[str, str] = told["problems"]
    return named


def test_all_is_well(worker: None) -> None:
    assert problems() == {}
    assert ask()["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_no_worker(db: None) -> None:
    assert problems() == {"worker": "No worker is running: start one with `linkworks worker`."}


def test_a_worker_that_fell_silent(db: None) -> None:
    beat("now() - interval '61 seconds'")
    assert set(problems()) == {"worker"}


def test_a_worker_among_silent_ones(worker: None) -> None:
    beat("now() - interval '1 day'")
    assert problems() == {}


def test_registered_checks_are_asked(worker: None) -> None:
    health.CHECKS["match data"] = lambda: "No postcodes are loaded: run `linkworks load-postcodes`."
    health.CHECKS["messages"] = lambda: None
    assert problems() == {"match data": "No postcodes are loaded: run `linkworks load-postcodes`."}


def test_a_warning_is_told_and_stops_nobody(worker: None) -> None:
    health.WARNINGS["failed jobs"] = lambda: "Given up in the last day: messaging.deliver (2)."
    answer = ask()
    assert answer.status_code == 200
    assert json.loads(answer.content)["warnings"] == {"failed jobs": "Given up in the last day: messaging.deliver (2)."}


@pytest.mark.parametrize(
    ("in_production", "mail", "key", "template", "is_told"),
    [
        (True, None, None, None, True),
        (True, None, "key", None, True),
        (True, None, "key", "template", False),
        (True, "smtp://mail.example.org", None, None, False),
        (False, None, None, None, False),
    ],
)
def test_an_installation_that_cannot_send_e_mail_says_so(
    worker: None,
    settings: Any,
    in_production: bool,
    mail: str | None,
    key: str | None,
    template: str | None,
    is_told: bool,
) -> None:
    settings.IN_PRODUCTION, settings.EMAIL_URL = in_production, mail
    settings.NOTIFY_KEY, settings.NOTIFY_EMAIL_TEMPLATE = key, template
    assert ("sending" in json.loads(ask().content)["warnings"]) is is_told


def test_migrations_that_are_missing(worker: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *_: [("people", "0002"), ("people", "0003")])
    assert problems() == {"migrations": "2 migrations are not applied: run `linkworks migrate`."}


def test_applied_migrations_are_looked_up_once(worker: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert problems() == {}
    monkeypatch.setattr(health, "MigrationExecutor", lambda _: pytest.fail("looked up twice"))
    assert problems() == {}


def test_a_database_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("connection to 10.0.0.7 as linkworks_app failed")

    monkeypatch.setattr(health, "database_problem", away)
    monkeypatch.setattr(health, "migrations_problem", lambda: pytest.fail("there is no database to ask"))
    assert problems() == {"database": "The database did not answer this."}


def test_a_check_that_fails_is_a_problem_without_details(worker: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> str | None:
        raise Error("secret detail")

    monkeypatch.setattr(health.connection, "close", lambda: None)
    health.CHECKS["match data"] = broken
    assert problems() == {"match data": "The database did not answer this."}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_it_is_only_read(method: str) -> None:
    assert ask(method).status_code == 405


def test_everybody_may_ask_and_no_transaction_is_needed() -> None:
    assert health.healthz.access is public
    assert health.healthz._non_atomic_requests == {"default"}


def test_the_page_is_where_monitors_look_for_it(client: Callable[..., HttpResponse], worker: None) -> None:
    answer = client.get("/healthz")  # type: ignore[attr-defined]
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
