"""Which groups are asked, in which order, and where."""

from datetime import timedelta
from typing import Any

import pytest

from linkworks.core.clock import today
from linkworks.directory import actions, queries
from linkworks.directory.models import RefreshRequest, Service, Source
from linkworks.directory.queries import refreshing
from linkworks.directory.rules.refreshing import BETWEEN_ASKING, BETWEEN_MESSAGES
from tests.factories import directory as make

pytestmark = pytest.mark.usefixtures("everything")


def listed(name: str, **facts: Any) -> Service:
    return make.service(name=name, referral_email=f"{name}@kettle.example.org", **facts)


def names(most: int = 10) -> list[str]:
    return [service.name for service, _ in queries.to_ask(most)]


def test_the_riskiest_then_the_least_trusted_come_first() -> None:
    listed("old", verified_on=today() - timedelta(days=200))
    listed("older", verified_on=today() - timedelta(days=500))
    listed("pantry", kinds=("food-bank-and-pantry",), verified_on=today() - timedelta(days=70))
    listed("never")
    assert names() == ["pantry", "never", "older", "old"]
    assert names(2) == ["pantry", "never"]


def test_some_are_read_at_a_time_and_none_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        listed(f"club{number}", verified_on=today() if number % 2 else None)
    expected = sorted(names())
    monkeypatch.setattr(refreshing, "LOOK_AT", 2)
    assert sorted(names()) == expected == ["club0", "club2", "club4"]


@pytest.mark.parametrize(("days", "asked"), [(BETWEEN_ASKING.days - 1, False), (BETWEEN_ASKING.days, True)])
def test_a_month_lies_between(days: int, asked: bool) -> None:
    listed("club")
    ((service, reached),) = queries.to_ask(1)
    actions.ask_group(service, reached=reached, by=make.KEEPER)
    RefreshRequest.objects.update(state="lapsed", asked_on=today() - timedelta(days=days))
    assert (names() == ["club"]) is asked


@pytest.mark.parametrize(("days", "asked"), [(BETWEEN_MESSAGES.days - 1, False), (BETWEEN_MESSAGES.days, True)])
def test_a_week_lies_between_two_listings_of_one_address(days: int, asked: bool) -> None:
    first, second = listed("first"), listed("second")
    Service.objects.filter(id=second.id).update(referral_email=first.referral_email.upper())
    ((service, reached),) = queries.to_ask(1)
    actions.ask_group(service, reached=reached, by=make.KEEPER)
    RefreshRequest.objects.update(asked_on=today() - timedelta(days=days))
    assert bool(names()) is asked


def test_a_mobile_of_a_feed_is_not_written_to_until_somebody_here_confirmed_it() -> None:
    service = make.service(phone="07700 900123")
    Service.objects.filter(id=service.id).update(source=Source.objects.create(name="Council"))
    service.refresh_from_db()
    assert queries.reach_of(service) is None
    service.kept_here = ["phone"]
    assert queries.reach_of(service) is not None
