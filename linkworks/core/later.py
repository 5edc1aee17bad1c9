"""Later: jobs queued in the same transaction as the change that needs them, and run by a worker.

`later("app.job", id, scheme=scheme_id)` queues; `@job("app.job")` in an app's jobs.py registers. Jobs take ids only and are
safe to run twice. `@scheduled` jobs also keep a heartbeat, so that silence is noticed (docs/adr/0005-jobs.md).
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from . import tenancy
from .actor import Actor, job_actor
from .clock import now

log = logging.getLogger(__name__)
RETRY = RetryStrategy(max_attempts=5, exponential_wait=3)
REGISTERED: dict[str, Callable[..., Any]] = {}
RUNS: dict[str, Callable[..., Any]] = {}
SCHEDULED: dict[str, int] = {}


@dataclass(frozen=True)
class Held:
    """A job that was held back instead of queued."""

    name: str
    ids: list[str]
    scheme: str | None

    def run(self) -> None:
        RUNS[self.name](ids=self.ids, scheme=self.scheme)


_failed: ContextVar[list[Exception] | None] = ContextVar("failed", default=None)
_holding: ContextVar[list[Held] | None] = ContextVar("holding", default=None)


def later(name: str, *ids: object, scheme: UUID | None = None) -> None:
    """Queue a job by name, in this transaction. `ids` are identifiers only: never names, words or addresses."""
    held = Held(name, [str(each) for each in ids], str(scheme) if scheme else None)
    holding = _holding.get()
    if holding is not None:
        holding.append(held)
    else:
        app.configure_task(name).defer(ids=[*held.ids], scheme=held.scheme)


@contextmanager
def holding_jobs() -> Iterator[list[Held]]:
    """Hold jobs back in a list instead of queueing them, to run them oneself: for the demo's stories and for tests."""
    held: list[Held] = []
    token = _holding.set(held)
    try:
        yield held
    finally:
        _holding.reset(token)


def job(name: str, *, atomic: bool = True) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register `function(*ids, by=actor)` as the job `name`. It runs in one transaction, for one scheme at most.

    With `atomic=False` it opens its own with `acting(by)`: for work that must be seen before something outside is told.
    """

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def run(ids: list[str], scheme: str | None = None) -> None:
            actor = job_actor(name, *([UUID(scheme)] if scheme else []))
            with acting(actor) if atomic else nullcontext():
                function(*ids, by=actor)

        REGISTERED[name], RUNS[name] = function, run
        app.task(name=name, retry=RETRY)(run)
        return function

    return register


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """A transaction of a job's own, in which `actor` acts."""
    with transaction.atomic(), tenancy.context(actor):
        yield


@contextmanager
def on_its_own(what: str) -> Iterator[None]:
    """One of many: when it fails its own changes are taken back and the others go on. `failures_at_the_end` says so."""
    try:
        with transaction.atomic():
            yield
    except Exception as error:
        failed = _failed.get()
        if failed is None:
            raise
        log.exception("%s failed for one; the others go on", what)
        failed.append(error)


@contextmanager
def failures_at_the_end() -> Iterator[None]:
    """What fails `on_its_own` in here stops nothing; the timer hears of it when all the others are done."""
    failed: list[Exception] = []
    token = _failed.set(failed)
    try:
        yield
    finally:
        _failed.reset(token)
    if failed:
        raise failed[0]


def each_scheme(name: str, schemes: Iterable[UUID], act: Callable[..., Any]) -> None:
    """Visit each scheme in its own context and transaction. One that fails stops no other; the timer hears of it at the end."""
    with failures_at_the_end():
        for scheme_id in schemes:
            actor = job_actor(name, scheme_id)
            with on_its_own(name), acting(actor):
                act(scheme_id, by=actor)


def scheduled(name: str, *, cron: str, every_seconds: int) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Register `function()` to run on a timer. It opens its own contexts; its success moves its heartbeat."""

    def register(function: Callable[[], Any]) -> Callable[[], Any]:
        @wraps(function)
        def run(timestamp: int) -> None:
            function()
            beat(name, every_seconds)

        REGISTERED[name] = function
        SCHEDULED[name] = every_seconds
        app.periodic(cron=cron)(app.task(name=name, queueing_lock=name, pass_context=False)(run))
        return function

    return register


def beat(name: str, every_seconds: int) -> None:
    from .models import Heartbeat

    Heartbeat.objects.update_or_create(
        job=name, defaults={"last_ok_at": now(), "expected_every_seconds": every_seconds}
    )
