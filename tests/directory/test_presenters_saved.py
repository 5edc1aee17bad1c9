"""What a saved list says of a service: as it is today, and nothing that leads to a place that is hidden."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from linkworks.core.clock import LONDON, today
from linkworks.directory import presenters, queries
from linkworks.directory.models import Service
from linkworks.directory.presenters import saved as words
from linkworks.directory.queries import Going, Kept, ServiceCard, Shared
from linkworks.directory.rules import ringing
from linkworks.directory.rules.facts import CostFacts, SessionFacts
from linkworks.directory.states import ServiceStatus
from tests.factories import directory as make

CANARY = "Wisteria Lodge"
USUAL: dict[str, Any] = {
    "service_id": UUID(int=7),
    "name": "Tea club",
    "organisation_id": UUID(int=8),
    "organisation_name": "Kettle and Company",
    "going": Going(on=date(2026, 11, 22)),
    "phone": "02079460000",
    "email": "",
    "url": "",
    "ask_for": "",
    "getting_there": "",
    "first_visit": "",
    "cost": "Free",
    "is_referable": True,
    "referral_note": "",
    "full": False,
    "wait": "",
    "is_published": True,
    "status": ServiceStatus.ACTIVE,
    "left_its_feed": None,
    "is_fresh": True,
}


def card(**facts: Any) -> ServiceCard:
    return ServiceCard(**{**USUAL, **facts})


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, ("Kettle and Company", "")),
        ({"organisation_name": "Tea club"}, ("", "")),
        ({"organisation_name": "Tea club of Peckham"}, ("", "")),
        ({"status": ServiceStatus.TEMPORARILY_CLOSED}, ("Kettle and Company", "This service is closed for now.")),
        (
            {"left_its_feed": date(2026, 11, 2)},
            (
                "Kettle and Company",
                "Left the list it came from on Monday 2 November 2026: ask whether it still runs",
            ),
        ),
    ],
)
def test_who_runs_it_and_whether_it_runs(facts: dict[str, Any], said: tuple[str, str]) -> None:
    shown = words.saved_card(card(**facts), {"form": "", "text": ""})
    assert (shown["meta"], shown["text"]) == said
    on_paper = words.saved_sheet(card(**facts))
    assert (on_paper["who"], on_paper["closed"]) == said


def test_a_full_one_says_so_and_a_button_names_its_service() -> None:
    [shown] = words.saved_cards(Kept((card(full=True),)), "taking-off", "Take off")
    assert shown["tags"] == [{"text": "Full", "colour": "orange"}]
    assert shown["button"] == {"form": "taking-off", "text": "Take off", "value": str(UUID(int=7))}
    assert words.saved_cards(Kept((card(),)))[0]["button"] is None, (
        "on a list of somebody else there is nothing to press"
    )


def test_only_what_is_known_stands_on_paper() -> None:
    labels = [label for label, _ in words.saved_sheet(card())["facts"]]
    assert labels == ["Cost", "Telephone"]
    full = card(getting_there="Bus 12", wait="2 weeks", email="a@b.example", url="https://b.example", first_visit="Tea")
    labels = [label for label, _ in words.saved_sheet(full)["facts"]]
    assert labels == ["How to get there", "Cost", "Waiting", "Telephone", "Email", "Website", "Your first visit"]


def test_without_a_number_nobody_is_told_what_to_say_when_ringing() -> None:
    assert words.saved_sheet(card(phone=""))["to_say"] == []
    assert words.saved_sheet(card())["to_say"][0] == ringing.OPENING


@pytest.mark.parametrize(
    ("facts", "field", "value"),
    [
        ({}, "still_runs", True),
        ({"is_fresh": False}, "still_runs", False),
        ({"left_its_feed": date(2026, 11, 2)}, "still_runs", False),
        ({"cost": ""}, "has_cost", False),
        ({}, "has_next", False),
        ({}, "has_place", False),
        ({"full": True}, "is_full", True),
        ({"ask_for": "Dot"}, "ask_for", "Dot"),
    ],
)
def test_what_is_known_when_somebody_rings(facts: dict[str, Any], field: str, value: Any) -> None:
    assert getattr(words.known(card(**facts)), field) == value


def test_a_link_in_words() -> None:
    until, ids = datetime(2026, 12, 22, 12, tzinfo=LONDON), (uuid4(), uuid4())
    said = words.shared_words(Shared(UUID(int=3), ids, until), ids, "https://linkworks.example/")
    assert said and said["link"].startswith(f"https://linkworks.example/lists/{UUID(int=3).hex}.")
    assert (said["until"], said["how_many"], said["has_changed"]) == (until, "2 services", False)
    for now in ([], list(reversed(ids)), ids[:1], [*ids, uuid4()]):
        changed = words.shared_words(Shared(UUID(int=3), ids, until), now, "https://linkworks.example/")
        assert changed and changed["has_changed"]
    assert words.shared_words(None, ids, "https://linkworks.example/") is None


@pytest.mark.django_db
def test_as_it_is_today(everything: None) -> None:
    tomorrow = today() + timedelta(days=1)
    club = make.service(
        sessions=(SessionFacts(valid_from=tomorrow, valid_to=tomorrow, opens_at=time(10), place=0),),
        costs=(CostFacts(amount_description="Ask", valid_to=today() - timedelta(days=1)),),
    )
    listed = queries.kept_services([club.id])
    [row] = list(presenters.saved_rows(listed.cards, "http://here/"))[1:]
    assert "from 10am" in row[2] and row[4] == "", "a price that is over is not said"
    assert listed.gone == 0 and queries.kept_services([uuid4()]) == Kept((), 1)
    assert queries.kept_services([]) == Kept(())


@pytest.mark.django_db
def test_a_hidden_place_is_on_no_list_no_paper_and_in_no_file(everything: None, client: Client) -> None:
    hidden = make.place(name=CANARY, address_1="9 Canary Row", postcode="SE15 4ZZ", is_address_hidden=True)
    service = make.service(name="Safe space", places=(hidden,), getting_there=f"Behind {CANARY}, SE15 4ZZ")
    client.post("/find/saved/add", {"service": str(service.id)})
    client.post("/find/saved/share", {"form_token": "t"})
    pages = ["/find/saved", "/find/saved/print", "/find/saved/list.csv"]
    link = (
        client.get("/find/saved").content.decode().partition('readonly value="http://testserver')[2].partition('"')[0]
    )
    for address in (*pages, link, f"{link}/print"):
        shown = client.get(address).content.decode()
        assert "Safe space" in shown
        for secret in (CANARY, "Canary Row", "4ZZ", "51.47"):
            assert secret not in shown, address
    assert Service.objects.get().name == "Safe space"
