"""A source of activities that is read from a made-up server."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.db.models import QuerySet

from linkworks.directory import actions
from linkworks.directory.actions.active import following
from linkworks.directory.models import ImportRun, Service, Source
from linkworks.directory.states import RunState, SourceKind
from tests.factories import directory as make
from tests.fakes.rpde import Feed, Server

SUNDAY = "2026-11-22T09:00:00Z"


class Followed:
    """A source with its feeds, and what a reading of it made."""

    def __init__(self, per_page: int = 100, order: str = "time") -> None:
        self.main = Feed("/session-series", per_page=per_page, order=order)
        self.dates = Feed("/scheduled-sessions", kind="ScheduledSession", per_page=per_page, order=order)
        self.server = Server(self.main, self.dates)
        self.source = Source.objects.create(
            name="Lantern", kind=SourceKind.ACTIVITIES, address=self.main.address, dates_address=self.dates.address
        )

    def read(self, *, agreed: bool = False) -> ImportRun:
        self.server.asked.clear()
        self.source.refresh_from_db()
        run = ImportRun.objects.create(source=self.source, started_by="tests", state=RunState.ASKED, is_agreed=agreed)
        actions.read_source(run.id, by=make.KEEPER)
        run.refresh_from_db()
        return run

    @property
    def asked(self) -> list[str]:
        return [each.partition("example.org")[2] for each in self.server.addresses()]

    @property
    def listings(self) -> QuerySet[Service]:
        return Service.objects.filter(source=self.source)

    def of(self, key: object, kind: str = "SessionSeries") -> Service:
        return self.listings.get(source_key=f"{kind} {key}")

    def told(self) -> dict[str, object]:
        """What a person could read of each listing."""
        return {each.source_key: (each.name, each.status, each.is_published, *days_of(each)) for each in self.listings}


def days_of(service: Service) -> list[str]:
    return sorted(
        f"{each.freq} {each.byday} {each.valid_from} {each.valid_to} {each.opens_at} {each.description}"
        for each in service.schedules.all()
    )


def problems(run: ImportRun) -> list[str]:
    return list(run.problems.values_list("reason", flat=True))


Follow = Callable[..., Followed]


@pytest.fixture
def follow(everything: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Follow]:
    def made(per_page: int = 100, order: str = "time") -> Followed:
        followed = Followed(per_page, order)
        monkeypatch.setattr(following.client, "fetch_sized", followed.server.fetch_sized)
        return followed

    with time_machine.travel(SUNDAY, tick=False):
        yield made
