"""Nothing is promised that no longer is: ended courses, closed services, prices of last year."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from linkworks.core.clock import LONDON
from linkworks.directory import presenters, queries
from linkworks.directory.models import Service
from linkworks.directory.presenters.going import CLOSED
from linkworks.directory.rules import room, sessions
from linkworks.directory.rules.facts import CostFacts, SessionFacts
from linkworks.directory.states import ServiceStatus
from tests.directory import asking
from tests.factories import directory as make

pytestmark = pytest.mark.usefixtures("everything")
NOW = datetime(2026, 11, 22, 9, tzinfo=LONDON)
TODAY = NOW.date()
SUMMER = date(2026, 6, 30)
JANUARY = date(2027, 1, 5)


def weekly(**facts: Any) -> SessionFacts:
    return SessionFacts(**{"freq": "WEEKLY", "byday": "TU", "opens_at": time(10), **facts})


def page(client: Client, service: Service) -> str:
    return client.get(reverse("directory:service", args=[service.id])).content.decode()


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(
    ("told", "next_words", "times"),
    [
        (weekly(valid_to=SUMMER), "", []),
        (SessionFacts(description="Some Tuesdays", valid_to=SUMMER), "", []),
        (weekly(valid_to=date(2026, 11, 23)), "", ["Every Tuesday, from 10am"]),  # no Tuesday is left
        (weekly(valid_from=date(2028, 9, 5)), "", ["Every Tuesday, from Tuesday 5 September 2028, from 10am"]),
        (weekly(dtstart=JANUARY), "Tuesday 5 January 2027, from 10am", ["Every Tuesday, from Tuesday 5 January 2027, from 10am"]),
        (weekly(interval=2), "Every 2 weeks on Tuesday", ["Every 2 weeks on Tuesday, from 10am"]),
        (SessionFacts(description="Some Tuesdays"), "Some Tuesdays", ["Some Tuesdays"]),
        (
            SessionFacts(description="Termly", valid_from=JANUARY),
            "Termly, from Tuesday 5 January 2027",
            ["Termly, from Tuesday 5 January 2027"],
        ),
        (
            SessionFacts(valid_from=JANUARY, valid_to=JANUARY, opens_at=time(14)),
            "Tuesday 5 January 2027, from 2pm",
            ["Tuesday 5 January 2027, from 2pm"],
        ),
        (SessionFacts(valid_from=SUMMER, valid_to=SUMMER, opens_at=time(14)), "", []),
        (
            SessionFacts(freq="MONTHLY", dtstart=date(2026, 1, 15), opens_at=time(10)),
            "Tuesday 15 December 2026, from 10am",
            ["Day 15 of the month, from 10am"],
        ),
    ],
)  # fmt: skip
def test_only_what_goes_on_or_is_to_come_is_said(
    client: Client, told: SessionFacts, next_words: str, times: list[str]
) -> None:
    service = make.service(sessions=(told,), places=())
    card = queries.service_card(service.id)
    assert card is not None
    assert presenters.next_words(card.going) == next_words
    assert asking.found(words="lunch")[0].next_session == (next_words or None)
    shown = page(client, service)
    assert ("Next:" in shown) is bool(next_words)
    assert all(f"<li>{line}</li>" in shown for line in times)
    assert ("Times are not listed" in shown) is not bool(times)


@time_machine.travel(NOW, tick=False)
def test_of_what_ended_and_what_goes_on_only_the_second_is_listed(client: Client) -> None:
    service = make.service(sessions=(weekly(valid_to=SUMMER), weekly(byday="FR")), places=())
    assert "Every Friday" in page(client, service)
    assert "Every Tuesday" not in page(client, service)


def test_looking_for_the_next_of_what_ended_reads_no_calendar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "falls_on", lambda *_: pytest.fail("a day was tried"))
    assert sessions.next_session([weekly(valid_to=SUMMER), weekly(dtstart=date(2030, 1, 1))], TODAY) is None


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize("status", list(ServiceStatus))
def test_a_closed_service_has_no_next_time_and_no_room(client: Client, status: ServiceStatus) -> None:
    service = make.service(status=status.value, capacity_places=8, wait_weeks=2)
    runs = status == ServiceStatus.ACTIVE
    shown, card = page(client, service), queries.service_card(service.id)
    for words in ("Next:", "Has room", "8 places free", "About 2 weeks"):
        assert (words in shown) is runs, words
    assert (CLOSED.get(status, "Next:")) in shown
    assert card is not None
    assert card.runs is runs
    assert bool(presenters.next_words(card.going)) is runs


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(
    ("costs", "said"),
    [
        ((("3", None, date(2024, 12, 31)), ("5", date(2025, 1, 1), None)), "£5"),
        ((("3", None, TODAY), ("5", date(2026, 11, 23), None)), "£3"),
        ((("3", TODAY, TODAY),), "£3"),
        ((("3", None, date(2024, 12, 31)),), "Ask us"),
        ((("3", None, None), ("5", None, None)), "From £3"),
        ((("3", None, None), ("3", None, None)), "£3"),
    ],
)
def test_the_price_is_the_price_of_today(
    client: Client, costs: tuple[tuple[str, date | None, date | None], ...], said: str
) -> None:
    told = tuple(CostFacts(amount=Decimal(amount), valid_from=begins, valid_to=ends) for amount, begins, ends in costs)
    service = make.service(costs=told, fees="Ask us")
    card = queries.service_card(service.id)
    assert card is not None
    assert card.cost == asking.found(words="lunch")[0].cost == said
    shown = page(client, service)
    now = [each for each in told if room.is_current(each, TODAY)]
    assert all((f"£{each.amount:.0f}" in shown) is (each in now) for each in told)
