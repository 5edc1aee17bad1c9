"""Sources are read by themselves when their day or week is over."""

from datetime import timedelta

import pytest

from linkworks.core import later
from linkworks.core.clock import now
from linkworks.core.later import holding_jobs
from linkworks.core.models import Heartbeat
from linkworks.directory import jobs
from linkworks.directory.models import ImportRun, Source

pytestmark = pytest.mark.usefixtures("everything")


def source(name: str, schedule: str, hours: float | None = None, **facts: str) -> Source:
    made = Source.objects.create(
        name=name, schedule=schedule, **{"address": "https://feed.example.org/services", **facts}
    )
    if hours is not None:
        run = ImportRun.objects.create(source=made, started_by="job", state="done")
        ImportRun.objects.filter(id=run.id).update(created_at=now() - timedelta(hours=hours))
    return made


def asked() -> set[str]:
    with holding_jobs() as held:
        jobs.read_due_sources()
    return {ImportRun.objects.get(id=each.ids[0]).source.name for each in held}


@pytest.mark.parametrize(
    ("schedule", "hours", "is_due"),
    [
        ("daily", None, True),
        ("daily", 24, True),
        ("daily", 2, False),
        ("weekly", None, True),
        ("weekly", 24, False),
        ("weekly", 7 * 24, True),
        ("off", None, False),
        ("off", 9999, False),
    ],
)
def test_a_source_is_asked_for_when_its_time_is_over(schedule: str, hours: float | None, is_due: bool) -> None:
    source("Bramblewick", schedule, hours)
    assert asked() == ({"Bramblewick"} if is_due else set())
    assert asked() == set(), "and once"


def test_one_that_cannot_be_asked_for_stops_no_other() -> None:
    source("A file", "daily", address="/srv/feed.json")
    source("Bramblewick", "daily")
    with holding_jobs() as held, pytest.raises(Exception, match="no web address"):
        jobs.read_due_sources()
    assert len(held) == 1


def test_silence_of_the_timer_is_noticed() -> None:
    """Its dead-man's switch: it beats when it has succeeded, and is in the list that /healthz asks."""
    assert later.SCHEDULED["directory.read_due_sources"] == 3600
    later.beat("directory.read_due_sources", 3600)
    assert Heartbeat.objects.filter(job="directory.read_due_sources").exists()
