"""What the tests of connections share."""

from collections.abc import Callable

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

Queued = Callable[[str], list[list[str]]]


@pytest.fixture
def queued() -> Queued:
    """The ids of each job of a name that is waiting."""

    def find(name: str) -> list[list[str]]:
        return [job.args["ids"] for job in ProcrastinateJob.objects.filter(task_name=name).order_by("id")]

    return find
