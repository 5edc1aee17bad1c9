"""The public pages of asking to look after an organisation."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.accounts.models import Invitation
from linkworks.directory.access import claim_token
from linkworks.directory.models import Claim, Service
from linkworks.frontdoor.rules import MOST_IN_AN_HOUR
from tests.factories import directory as make

pytestmark = pytest.mark.usefixtures("everything")
FILLED = {"name": "Jo Okafor", "job": "Secretary", "email": "jo@elsewhere.example.org"}


@pytest.fixture
def service() -> Service:
    return make.service(email="hello@kettle.example.org")


def address(service: Service) -> str:
    return reverse("frontdoor:claim", args=[service.id])


def body(response: Any) -> str:
    return str(response.content.decode())


def test_the_listings_page_leads_there(client: Client, service: Service) -> None:
    assert address(service) in body(client.get(reverse("directory:service", args=[service.id])))
    assert "Do you look after this organisation?" in body(client.get(address(service)))


def test_asking_says_where_the_link_went_and_no_more(client: Client, service: Service) -> None:
    shown = body(client.post(address(service), {**FILLED, "form_token": "once"}))
    assert "Check your email" in shown and "jo@elsewhere.example.org" in shown
    known = body(client.post(address(service), {**FILLED, "email": "hello@kettle.example.org", "form_token": "two"}))
    assert known.replace("hello@kettle.example.org", "jo@elsewhere.example.org").count("link") == shown.count("link")


@pytest.mark.parametrize(
    ("left_out", "said"),
    [("name", "Enter your name"), ("job", "Enter what you do there"), ("email", "Enter your work email address")],
)
def test_what_is_missing_is_said(client: Client, service: Service, left_out: str, said: str) -> None:
    response = client.post(address(service), {**FILLED, left_out: ""})
    assert response.status_code == 400 and said in body(response)
    assert not Claim.objects.exists()


def test_the_link_asks_for_one_press(client: Client, service: Service) -> None:
    client.post(address(service), FILLED)
    link = reverse("frontdoor:claim-verify", args=[claim_token(Claim.objects.get().id)])
    assert "Yes, this is my address" in body(client.get(link))
    assert Claim.objects.get().state == "asked", "opening a link is not yet saying yes"
    assert "now asks your organisation" in body(client.post(link))
    assert Claim.objects.get().state == "waiting"


def test_a_known_address_is_invited_at_once(client: Client, service: Service) -> None:
    client.post(address(service), {**FILLED, "email": "hello@kettle.example.org"})
    shown = body(client.post(reverse("frontdoor:claim-verify", args=[claim_token(Claim.objects.get().id)])))
    assert "We have sent you an invitation" in shown
    assert Invitation.objects.get().email == "hello@kettle.example.org"


def test_a_dead_link_says_so(client: Client) -> None:
    response = client.get(reverse("frontdoor:claim-verify", args=["made-up"]))
    assert response.status_code == 410 and "This link has ended" in body(response)


def test_so_often_in_an_hour(client: Client, service: Service) -> None:
    for number in range(MOST_IN_AN_HOUR):
        assert client.post(address(service), {**FILLED, "form_token": f"{number}"}).status_code == 200
    refused = client.post(address(service), {**FILLED, "form_token": "more"})
    assert refused.status_code == 400 and "try again in an hour" in body(refused)
    assert Claim.objects.count() == MOST_IN_AN_HOUR


def test_a_listing_that_is_not_shown_is_not_found(client: Client) -> None:
    assert client.get(address(make.service(is_published=False, held_because="Look"))).status_code == 404


def test_only_what_a_page_does(client: Client, service: Service) -> None:
    assert client.delete(address(service)).status_code == 405
    assert client.delete(reverse("frontdoor:claim-verify", args=["x"])).status_code == 405
