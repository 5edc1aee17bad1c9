"""A listing that left its feed, and a session that is over, are said wherever somebody may act on them."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from linkworks.casework import actions as casework_actions
from linkworks.core.clock import LONDON
from linkworks.core.errors import Invalid
from linkworks.directory import actions, presenters, queries
from linkworks.directory.models import Service
from linkworks.directory.presenters.going import CLOSED
from linkworks.directory.rules.facts import SessionFacts
from linkworks.directory.rules.room import left_its_feed
from linkworks.directory.states import ServiceStatus
from tests.cast import Cast
from tests.directory import asking
from tests.factories import casework
from tests.factories import directory as make

LEFT = "Left the list it came from on Monday 2 November 2026: ask whether it still runs"
SINCE = date(2026, 11, 2)


def gone(**facts: Any) -> Service:
    service = make.service(**facts)
    Service.objects.filter(id=service.id).update(gone_since=SINCE)
    return service


def public(client: Client, service: Service) -> str:
    return client.get(reverse("directory:service", args=[service.id])).content.decode()


def test_finding_the_service_and_its_card_all_say_that_it_left(client: Client, everything: None) -> None:
    service = gone(verified_on=SINCE - timedelta(days=1), verified_by="a directory steward")
    [found] = asking.found(needs=["loneliness"])
    [matched] = asking.said(asking.match(needs=["loneliness"]).found)
    card = queries.service_card(service.id)
    assert card is not None
    assert found.verified == matched.verified == presenters.gone_asking(card.left_its_feed) == LEFT
    assert LEFT in client.get(reverse("directory:find"), {"need": "loneliness"}).content.decode()
    assert LEFT in public(client, service)


def test_the_link_worker_reads_it_where_they_choose_and_where_they_connect(cast: Cast) -> None:
    _, goal, _ = casework.planned(cast)
    service = gone()
    client = cast.client(cast.link_worker)
    assert LEFT in client.get(reverse("casework:goal-match", args=[goal.id])).content.decode()
    assert LEFT in client.get(reverse("casework:connect", args=[goal.id, service.id])).content.decode()


@pytest.mark.parametrize("status", ["temporarily closed", "inactive", "defunct"])
def test_nobody_is_connected_to_one_that_closed_while_the_page_was_open(cast: Cast, status: str) -> None:
    _, goal, _ = casework.planned(cast)
    service = make.service(status=status)
    page = cast.client(cast.link_worker).get(reverse("casework:connect", args=[goal.id, service.id])).content.decode()
    assert CLOSED[ServiceStatus(status)] in page
    assert "<dt>Next</dt>" not in page
    with pytest.raises(Invalid, match="does not run at the moment"):
        casework.do(
            cast.actor(cast.link_worker), casework_actions.connect, goal, service_id=service.id, sharing=casework.SHARED
        )


def test_nothing_is_said_of_one_that_is_still_there(client: Client, everything: None) -> None:
    service = make.service()
    assert "Left the list" not in public(client, service)
    assert asking.found(needs=["loneliness"])[0].verified == ""


def test_once_a_steward_has_looked_it_is_right_again_and_off_their_list(client: Client, cast: Cast) -> None:
    service = gone()
    steward = cast.actor(cast.steward)
    assert queries.listing_counts(steward).gone == 1
    actions.confirm_listing(service, by=steward)
    assert queries.listing_counts(steward).gone == 0
    assert "Left the list" not in public(client, service)


def test_one_that_was_taken_down_is_off_their_list_too(cast: Cast) -> None:
    steward = cast.actor(cast.steward)
    actions.withdraw(gone(), because="It does not run any more.", by=steward)
    assert (queries.listing_counts(steward).gone, queries.listing_counts(steward).held) == (0, 1)


@pytest.mark.parametrize(
    ("since", "checked", "left"),
    [
        (None, None, None),
        (None, SINCE, None),
        (SINCE, None, SINCE),
        (SINCE, SINCE - timedelta(days=1), SINCE),
        (SINCE, SINCE, None),
        (SINCE, SINCE + timedelta(days=9), None),
    ],
)
def test_looking_at_it_afterwards_settles_it(since: date | None, checked: date | None, left: date | None) -> None:
    assert left_its_feed(since, checked) == left


@pytest.mark.parametrize(("hour", "day"), [(11, "Tuesday 24 November"), (13, "Tuesday 24"), (14, "Tuesday 1 December")])
def test_a_session_that_is_over_is_never_next(client: Client, everything: None, hour: int, day: str) -> None:
    service = make.service()
    with time_machine.travel(datetime(2026, 11, 24, hour, tzinfo=LONDON), tick=False):
        card = queries.service_card(service.id)
        assert card is not None
        for said in (presenters.next_words(card.going), asking.found(needs=["loneliness"])[0].next_session):
            assert said is not None
            assert said.startswith(day)
        assert day in public(client, service).partition("Next:")[2][:80]


def test_it_is_the_clock_in_london_that_counts(everything: None) -> None:
    """At 1:30pm in London in summer it is 12:30 in UTC: lunch, midday to 1pm here, is over."""
    lunch = SessionFacts(freq="WEEKLY", byday="TU", opens_at=time(12), closes_at=time(13))
    service = make.service(sessions=(lunch,), places=())
    with time_machine.travel(datetime(2026, 7, 7, 13, 30, tzinfo=LONDON), tick=False):
        card = queries.service_card(service.id)
    assert card is not None
    assert presenters.next_words(card.going).startswith("Tuesday 14 July 2026")


def test_who_checked_it_is_in_the_history_and_not_on_the_public_page(client: Client, cast: Cast) -> None:
    service = make.service(ask_for="Maggie")
    actions.confirm_listing(service, by=cast.actor(cast.steward))
    page = public(client, service)
    assert "by a directory steward" in page
    assert "Ines" not in page
    assert "Ines" not in client.get(reverse("directory:find"), {"q": "lunch"}).content.decode()
    desk = cast.client(cast.steward).get(reverse("directory:steward-edit", args=[service.id])).content.decode()
    for words in ("Checked", "Still right", "Ines Duarte"):
        assert words in desk
    assert page.count("Maggie") == 1, "who to ask for is said once"
