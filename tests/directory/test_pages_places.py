"""London's places with something on, and one of them: the questions every page answers."""

import re
from datetime import UTC, datetime, time
from html import unescape
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linkworks.core import vocabulary
from linkworks.directory.models import Location, Service
from linkworks.directory.rules.facts import AccessFacts, SessionFacts
from tests.cast import Cast
from tests.directory.pages import said, statements
from tests.factories import directory as make

pytestmark = pytest.mark.usefixtures("everything")
MONDAY_MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LIST, LIBRARY = "/places", "/places/se155dd-peckham-library"
CARD = re.compile(r'app-card__heading">\s*<a class="nhsuk-link" href="([^"]*)">([^<]*)</a>')
LINE = re.compile(r'<li><strong>([^<]*)</strong>: <a class="nhsuk-link" href="[^"]*">([^<]*)</a>')


@pytest.fixture(autouse=True)
def _now(everything: None) -> Any:
    make.postcode(), make.postcode("NW1 0JH".replace(" ", ""), at=make.CAMDEN, borough="E09000007")
    with time_machine.travel(MONDAY_MORNING, tick=False):
        yield


def at_library(name: str, byday: str = "TU", opens: int = 12, **facts: Any) -> Service:
    place = facts.pop("place", {})
    library = make.place(**{"name": "Peckham Library", "place_kind": "library", **place})
    times = (SessionFacts(freq="WEEKLY", byday=byday, opens_at=time(opens), closes_at=time(opens + 1), place=0),)
    return make.service(
        make.organisation(f"{name} Trust"), **{"name": name, "places": (library,), "sessions": times, **facts}
    )


def page(client: Client, address: str) -> str:
    return unescape(said(client, address))


def listed(client: Client, asked: str = "") -> list[str]:
    return [name for _, name in CARD.findall(page(client, LIST + asked))]


def week(client: Client, address: str = LIBRARY) -> list[tuple[str, str]]:
    return LINE.findall(page(client, address))


# ─── One place ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_all_that_is_on_there_stands_in_the_order_of_the_week_whoever_runs_it(client: Client) -> None:
    at_library("Rhyme time", "WE", 10)
    at_library("Debt advice", "TU", 14)
    at_library("Book club", "TU", 9, place={"name": "The PECKHAM Library, first floor"})
    at_library("Closed for good", status="defunct")
    at_library("Held back", is_published=False)
    make.service(name="Elsewhere", places=(make.place(name="Nunhead Hall"),))
    assert week(client) == [("9am to 10am", "Book club"), ("2pm to 3pm", "Debt advice"), ("10am to 11am", "Rhyme time")]
    told = page(client, LIBRARY)
    assert told.index("Tuesday 24 November 2026") < told.index("Wednesday 25 November 2026")
    for words in ("Book club Trust", "Library", "4 Choumert Road, London, SE15 5DD", "Southwark", "£3.50 per lunch"):
        assert words in told, words
    assert "Elsewhere" not in told and "Closed for good" not in told and "Held back" not in told


def test_what_has_no_time_this_week_stands_below(client: Client) -> None:
    at_library("Yearly fair", sessions=(SessionFacts(freq="MONTHLY", byday="1MO", opens_at=time(10), place=0),))
    at_library("Whenever it rains", sessions=(SessionFacts(description="When it rains"),))
    at_library("Nobody knows", sessions=())
    told = page(client, LIBRARY)
    assert "Nothing has a time this week that we know of." in told and "Also here" in told
    assert week(client) == [
        ("Ask when to come", "Nobody knows"), ("When it rains", "Whenever it rains"),
        ("Next: Monday 7 December 2026, from 10am", "Yearly fair"),
    ]  # fmt: skip


def test_what_meets_elsewhere_too_is_told_by_its_time_here(client: Client) -> None:
    two = (make.place(name="Peckham Library"), make.place(name="Nunhead Hall"))
    weekly_there = SessionFacts(freq="WEEKLY", byday="TU", opens_at=time(11), place=1)
    monthly_here = SessionFacts(freq="MONTHLY", byday="1MO", opens_at=time(10), place=0)
    make.service(name="Chess", places=two, sessions=(weekly_there, monthly_here))
    make.service(name="Draughts", places=two, sessions=(weekly_there,))
    assert week(client) == [
        ("Next: Monday 7 December 2026, from 10am", "Chess"), ("Ask when to come", "Draughts"),
    ]  # fmt: skip


def test_what_is_over_today_is_over_and_what_is_on_is_not(client: Client) -> None:
    at_library("Early", "MO", 7)
    at_library("On now", "MO", 9)
    first, later = week(client)
    assert first == ("9am to 10am", "On now")
    assert later == ("Next: Monday 30 November 2026, 7am to 8am", "Early"), "a week has seven days"


def test_of_several_places_only_the_times_at_this_one(client: Client) -> None:
    two = (make.place(name="Peckham Library"), make.place(name="Nunhead Hall"))
    each = [
        SessionFacts(freq="WEEKLY", byday=day, opens_at=time(11), place=at)
        for day, at in (("TU", 0), ("TH", 1), ("FR", None))
    ]
    make.service(name="Chess", places=two, sessions=tuple(each))
    told = page(client, LIBRARY)
    assert ("Tuesday 24" in told, "Thursday 26" in told, "Friday 27" in told) == (True, False, False)
    assert "Thursday 26" in page(client, "/places/se155dd-nunhead-hall")


def test_a_service_whose_feed_names_the_place_twice_is_there_once(client: Client) -> None:
    twice = (make.place(name="Peckham Library"), make.place(name="Peckham Library (main hall)"))
    make.service(name="Chess", places=twice, sessions=(SessionFacts(freq="WEEKLY", byday="TU", opens_at=time(11)),))
    assert week(client) == [("from 11am", "Chess")]


def test_how_to_get_in_is_what_its_groups_say_each_once(client: Client) -> None:
    ramp = {"accessibility": (AccessFacts("Ramp", "step-free"), AccessFacts("A lift"))}
    at_library("One", place=ramp | {"description": "Ring the bell"})
    at_library("Two", place={"accessibility": (AccessFacts("ramp."), AccessFacts("A quiet room"))})
    told = page(client, LIBRARY)
    assert "The groups here say it has:" in told and "Ring the bell" in told
    shown = told[told.index("The groups here") :]
    assert shown.lower().count("<li>ramp") == 1 and "A lift" in shown and "A quiet room" in shown


def test_what_most_of_its_listings_say_is_said(client: Client) -> None:
    for number, kind in enumerate(("library", "", "cafe", "library")):
        at_library(f"Club {number}", place={"place_kind": kind, "address_1": "" if number else "9 Hill Street"})
    assert "Library" in page(client, LIST) and "9 Hill Street" in page(client, LIBRARY)
    assert listed(client, "?kind=cafe") == [] and listed(client, "?kind=library") == ["Peckham Library"]


@pytest.mark.parametrize("address", ["/places/se155dd-nowhere", "/places/made-up", "/places/se155dd-peckham-library"])
def test_a_place_with_nothing_on_is_not_there(client: Client, address: str) -> None:
    at_library("Gone", is_published=False)
    assert client.get(address).status_code == 404


def test_a_listing_leads_to_its_place_while_it_is_offered(client: Client) -> None:
    service = at_library("Chess")
    told = page(client, f"/services/{service.id}")
    assert f'href="{LIBRARY}">What else is on here' in told and "It is a library." in told
    assert page(client, LIBRARY)
    Service.objects.update(status="temporarily closed")
    assert "What else is on here" not in page(client, f"/services/{service.id}")


# ─── The list ────────────────────────────────────────────────────────────────────────────────────────────────────────


def places_of_all_sorts() -> None:
    for name in ("Rhymes", "Chess"):
        at_library(name)
    camden = {
        "name": "Lister Health Centre",
        "postcode": "NW1 0JH",
        "address_1": "1 Canal Walk",
        "place_kind": "health-centre",
    }
    make.service(name="Debts", places=(make.place(at=make.CAMDEN, **camden),))
    make.service(name="Tea", places=(make.place(name="", address_1="6 Rye Lane"), make.place(location_type="virtual")))
    make.service(name="No postcode", places=(make.place(name="Somewhere", postcode=""),))


ASKED = {
    "": ["Peckham Library", "6 Rye Lane", "Lister Health Centre"],
    "?kind=library": ["Peckham Library"],
    "?kind=health": ["Lister Health Centre"],
    "?kind=hospital": [],
    "?kind=castle": None,
    "?borough=E09000007": ["Lister Health Centre"],
    "?borough=E09000028&kind=health": [],
    "?borough=Peckham": None,
    "?q=library": ["Peckham Library"],
    "?q=LISTER+canal": ["Lister Health Centre"],
    "?q=rye": ["6 Rye Lane"],
    "?q=SE15": ["Peckham Library", "6 Rye Lane"],
    "?q=se155dd+rye": ["6 Rye Lane"],
    "?q=library+lister": [],
    "?q=%25": [],
    "?postcode=NW1+0JH": ["Lister Health Centre"],
    "?postcode=NW1+0JH&distance=10": ["Lister Health Centre", "6 Rye Lane", "Peckham Library"],
    "?postcode=NW1+0JH&distance=10&kind=library": ["Peckham Library"],
    "?postcode=nonsense": None,
    "?postcode=EC1A+1BB": None,
    "?distance=7": None,
    "?postcode=SE15+5DD&distance=7": None,
    "?postcode=SE15+5DD&distance=": ["6 Rye Lane", "Peckham Library"],
    "?page=99": ["Peckham Library", "6 Rye Lane", "Lister Health Centre"],
    "?unknown=x": ["Peckham Library", "6 Rye Lane", "Lister Health Centre"],
}


def test_it_answers_what_is_asked_and_says_what_is_wrong(client: Client) -> None:
    places_of_all_sorts()
    for asked, names in ASKED.items():
        told = page(client, LIST + asked)
        assert [name for _, name in CARD.findall(told)] == (names or []), asked
        assert ("There is a problem" in told) == (names is None), asked
        assert ("No place like that has anything on" in told) == (names == []), asked
    typed = page(client, LIST + "?postcode=nonsense&q=lister&kind=library")
    assert 'value="nonsense"' in typed and 'value="lister"' in typed and 'value="library" selected' in typed
    assert "miles away" in page(client, LIST + "?postcode=NW1+0JH&distance=10")


def test_every_place_leads_to_its_page_and_a_long_list_has_pages(client: Client) -> None:
    assert "No place has anything on yet" in page(client, LIST)
    for number in range(23):
        make.service(name=f"Club {number}", places=(make.place(name=f"Hall {number:02}"),))
    first, second = (CARD.findall(page(client, f"{LIST}?q=hall&page={number}")) for number in (1, 2))
    assert (len(first), len(second)) == (20, 3) and not set(first) & set(second)
    assert [name for _, name in first + second] == [f"Hall {number:02}" for number in range(23)]
    assert "Showing 1 to 20" in page(client, f"{LIST}?q=hall") and "23 places" in page(client, f"{LIST}?q=hall")
    for href, name in first[:3]:
        assert f"</span> {name}</h1>" in page(client, href)


def test_everybody_may_look_and_nobody_may_send(client: Client, cast: Cast) -> None:
    at_library("Chess")
    for who in (
        client,
        cast.client(cast.link_worker),
        cast.client(cast.steward),
        cast.client(cast.provider_coordinator),
    ):
        for address in (LIST, LIBRARY):
            assert who.get(address).status_code == 200
            assert who.post(address).status_code == 405
    assert "Leave this page" in page(client, LIST) or "exit" in page(client, LIST).lower()


def test_more_groups_ask_no_more_questions(client: Client) -> None:
    at_library("Club 0", place={"accessibility": (AccessFacts("Ramp"),)})
    few = [statements(client, each) for each in (LIST, LIBRARY)]
    for number in range(1, 12):
        at_library(f"Club {number}", place={"accessibility": (AccessFacts("Ramp"),)})
        make.service(name=f"At hall {number}", places=(make.place(name=f"Hall {number}"),))
    assert [statements(client, each) for each in (LIST, LIBRARY)] == few
    with CaptureQueriesContext(connection) as seen:
        client.get(LIST + "?postcode=SE15+5DD")
    assert len(seen) <= few[0] + 1


# ─── What is private ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_hidden_place_has_no_page_and_is_in_no_list(client: Client) -> None:
    secret = make.place(
        name="Canaryhouse Library", address_1="17 Canary Mews", place_kind="library", is_address_hidden=True
    )
    service = make.service(name="Quiet tea", places=(secret, make.place(name="Open Library", place_kind="library")))
    refuge = make.service(name="Women's refuge", places=(make.place(name="Canary Lodge"),))
    for asked in ("", "?q=canary", "?kind=library", "?postcode=SE15+5DD", "?q=lodge"):
        told = page(client, LIST + asked).replace('value="canary"', "")
        assert "canary" not in told.lower(), asked
    for key in (
        "se155dd-canaryhouse-library",
        "se15-canaryhouse-library",
        "se155dd-canary-lodge",
        "se155dd-17-canary-mews",
    ):
        assert client.get(f"/places/{key}").status_code == 404
    assert "canary" not in page(client, "/places/se155dd-open-library").lower()
    for each in (service, refuge):
        assert "canary" not in page(client, f"/services/{each.id}").lower()


def test_the_guard_bites(client: Client) -> None:
    """A place that is open has its page; hidden, it is gone at once, and the database lets nobody forget."""
    at_library("Quiet tea")
    assert client.get(LIBRARY).status_code == 200
    Location.objects.update(is_address_hidden=True, key="", place_kind="")
    assert client.get(LIBRARY).status_code == 404 and listed(client) == []


def test_finding_and_the_first_page_lead_here(client: Client) -> None:
    at_library("Chess")
    for address in ("/find", "/", "/find?q=chess"):
        assert 'href="/places"' in page(client, address), address
    assert 'href="/places?postcode=SE15+5DD">See what is on at libraries, parks and other places near SE15 5DD' in page(
        client, "/find?q=chess&postcode=SE15+5DD"
    )


def test_every_kind_can_be_chosen(client: Client) -> None:
    told = page(client, LIST)
    assert [each for each in vocabulary.PLACE_KINDS if f'value="{each}"' not in told] == []
    assert 'value="health"' in told
