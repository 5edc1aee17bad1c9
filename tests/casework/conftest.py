"""Who acts in casework's tests, and what was queued."""

from collections.abc import Callable
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from linkworks.core.actor import Actor, job_actor
from linkworks.ui import views
from tests.cast import Cast

Queued = Callable[[str], list[list[str]]]


@pytest.fixture
def worker(cast: Cast) -> Actor:
    return cast.actor(cast.link_worker)


@pytest.fixture
def colleague(cast: Cast) -> Actor:
    return cast.actor(cast.colleague)


@pytest.fixture
def manager(cast: Cast) -> Actor:
    return cast.actor(cast.manager)


@pytest.fixture
def lead(cast: Cast) -> Actor:
    return cast.actor(cast.safeguarding_lead)


@pytest.fixture
def outsider(cast: Cast) -> Actor:
    return cast.actor(cast.outsider)


@pytest.fixture
def provider(cast: Cast) -> Actor:
    return cast.actor(cast.provider_coordinator)


@pytest.fixture
def job(cast: Cast) -> Actor:
    return job_actor("test", cast.scheme.id)


@pytest.fixture
def queued() -> Queued:
    """The ids of each job of a name that is waiting."""

    def find(name: str) -> list[list[str]]:
        return [job.args["ids"] for job in ProcrastinateJob.objects.filter(task_name=name).order_by("id")]

    return find


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What each page with a form was rendered from, the newest last."""
    seen: list[dict[str, Any]] = []

    def render(request: Any, template: str, context: dict[str, Any], **more: Any) -> Any:
        seen.append(context)
        return really(request, template, context, **more)

    really = views.render
    monkeypatch.setattr(views, "render", render)
    return seen
