"""Open now on the finding page: offered with its count, taken back like any other choice, and said on the cards while it is true."""

import re
from datetime import date, datetime, time
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.core import clock
from linkworks.core.clock import LONDON
from linkworks.directory.models import Service
from tests.directory.pages import statements
from tests.directory.test_rules_open_now import told
from tests.factories import directory as make

pytestmark = pytest.mark.django_db
TUESDAY, CHRISTMAS = date(2026, 11, 24), date(2026, 12, 25)
ASKED = "/find?need=loneliness"
OFFERED = re.compile(r'<a class="nhsuk-link" href="(\?[^"]*)">Open now</a> \((\d+)\)')
COUNT = re.compile(r'<h2 class="nhsuk-heading-m">([\d,]+) services?')


def at(hour: int, minute: int = 0, day: date = TUESDAY) -> Any:
    return clock.at(datetime.combine(day, time(hour, minute), LONDON))


def shown(client: Client, address: str = ASKED) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def total(page: str) -> int:
    found = COUNT.search(page)
    return int(found[1]) if found else 0


def tag_of(page: str) -> list[str]:
    return re.findall(r"Open now, until [^<]+", page)


@pytest.fixture
def listed(everything: None) -> list[Service]:
    """Twenty-one that help, so that there is something to narrow; of these some tell their hours."""
    some = {
        "Day centre": told(hours="09:00-17:00"), "Lunch club": told(hours="12:00-14:00"), "Night café": told(hours="18:00-02:00"),
        "Homework club": told(hours="12:00-17:00", description="Term time only"), "Drop-in": told(hours="12:00-"),
        "On Fridays": told("FR", "12:00-14:00"),
    }  # fmt: skip
    with at(8):
        made = [make.service(name=name, sessions=(each,)) for name, each in some.items()]
        return made + [make.service(name=f"Group {number}", sessions=()) for number in range(15)]


def test_it_is_offered_beside_the_days_and_leads_to_as_many_as_it_says(client: Client, listed: Any) -> None:
    for hour, open_then in ((8, 0), (9, 1), (12, 3), (14, 2), (17, 0), (18, 1), (23, 1)):
        with at(hour):
            offered = OFFERED.findall(shown(client))
            assert [int(count) for _, count in offered] == ([open_then] if open_then else []), hour
            for href, count in offered:
                assert (href, total(shown(client, f"/find{href}"))) == ("?need=loneliness&now=1", int(count))
    with at(12):
        group = shown(client).split(">When</h3>")[1].split("</ul>")[0]
        assert [words for words, _ in re.findall(r">([A-Z][a-z ]+)</a> \((\d+)\)", group)] == [
            "Open now",
            "Tuesday",
            "Friday",
        ]


def test_it_is_said_kept_and_taken_back(client: Client, listed: Any) -> None:
    with at(12):
        page = shown(client, f"{ASKED}&now=1&day=TU")
        assert total(page) == 3
        assert "<strong>Open now</strong>" in page and "<strong>Tuesday</strong>" in page
        assert '<input type="hidden" name="now" value="1"' in page, "sending the form again keeps it"
        back = re.search(r'href="([^"]*)">remove<span class="nhsuk-u-visually-hidden"> Open now', page)
        assert back is not None and back[1] == "?need=loneliness&day=TU"
        assert "Others may be open too" in page and "Others may be open too" not in shown(client)
        assert not OFFERED.search(page), "it is chosen already"
        assert all("now=1" in each for each in re.findall(r'href="(/services/[^"]+)"', page)), "one comes back to it"


def test_little_open_says_what_there_is_otherwise(client: Client, listed: Any) -> None:
    with at(3):
        page = shown(client, f"{ASKED}&now=1")
        assert "Nothing fits all of that yet" in page
        assert 'href="?need=loneliness">Whether open now or not: 21 services</a>' in page


@pytest.mark.parametrize("nonsense", ["now=2", "now=yes", "now=", "now=0", "now=1x", "now=1&now=x"])
def test_what_nobody_could_choose_is_no_choice(client: Client, listed: Any, nonsense: str) -> None:
    with at(12):
        assert total(shown(client, f"{ASKED}&{nonsense}")) == 21


@pytest.mark.parametrize(
    ("day", "open_then"),
    [(date(2026, 12, 29), 2), (date(2026, 10, 27), 2), (date(2026, 8, 11), 2), (date(2026, 12, 1), 3), (CHRISTMAS, 0)],
)
def test_holidays_are_kept(client: Client, listed: list[Service], day: date, open_then: int) -> None:
    with at(12, day=day):
        page = shown(client, f"{ASKED}&now=1")
        assert (total(page), len(tag_of(page))) == (open_then, open_then)


def test_the_card_says_until_when_for_as_long_as_that_is_so(client: Client, everything: None) -> None:
    with at(8):
        service = make.service(sessions=(told(hours="10:00-16:00"), told(hours="18:00-00:00")))
    said = {}
    for hour, minute in ((9, 59), (10, 0), (15, 59), (16, 0), (17, 59), (18, 0), (23, 59)):
        with at(hour, minute):
            said[hour, minute] = tag_of(shown(client, "/find?q=lunch"))
            there = shown(client, reverse("directory:service", args=[service.id]))
            assert tag_of(there) == said[hour, minute], "its own page says the same"
    four, midnight = ["Open now, until 4pm"], ["Open now, until midnight"]
    assert list(said.values()) == [[], four, four, [], [], midnight, midnight]
    with at(12):
        for status in ("temporarily closed", "inactive"):
            Service.objects.filter(id=service.id).update(status=status)
            assert tag_of(shown(client, reverse("directory:service", args=[service.id]))) == []


def test_it_is_only_read(client: Client, listed: Any) -> None:
    with at(12):
        assert total(shown(client, f"{ASKED}&now=1")) == 3
        assert client.post(f"{ASKED}&now=1").status_code == 405
        assert client.head(f"{ASKED}&now=1").status_code == 200


def test_it_asks_no_more_of_the_database(client: Client, listed: Any) -> None:
    with at(12):
        few = statements(client, f"{ASKED}&now=1")
        for number in range(20):
            make.service(name=f"More {number}", sessions=(told(hours="09:00-17:00"),))
        assert statements(client, f"{ASKED}&now=1") <= few
