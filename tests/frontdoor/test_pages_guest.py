"""A professional without an account refers by a link to their work e-mail."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from linkworks.core import vocabulary
from linkworks.organisations.models import Scheme
from linkworks.referrals.access import guest_token
from linkworks.referrals.models import GuestLink, Referral, ReferralMove
from tests.cast import Cast
from tests.context import acting
from tests.factories.organisations import BARNET, make_postcode
from tests.factories.referrals import ANSWERS

ASK = {
    "name": "Ivy Brook",
    "job": "Warden",
    "organisation_name": "Oak House",
    "referrer_type": "housing-association",
    "email": "Ivy@Example.org",
}


@pytest.fixture
def browser(cast: Cast) -> Client:
    make_postcode()
    return cast.client()


def link(browser: Client, **changes: str) -> str:
    """Ask for a link, and give the address it opens."""
    page = browser.post("/refer", {**ASK, **changes}, follow=True)
    assert page.redirect_chain == [("/refer/link-sent", 302)]
    return f"/refer/{guest_token(GuestLink.objects.latest('created_at').id)}"


def send(browser: Client, address: str, **changes: Any) -> Any:
    look = browser.post(address, {**ANSWERS, **changes}, follow=True)
    assert look.redirect_chain[-1][0] == f"{address}/check"
    token = re.search(r'name="form_token" value="([^"]+)"', look.content.decode())
    assert token
    return browser.post(f"{address}/check", {"form_token": token.group(1)}, follow=True)


def test_from_the_link_to_the_reference(cast: Cast, browser: Client) -> None:
    address = link(browser)
    assert browser.get(address).status_code == 200
    page = send(browser, address)
    referral = Referral.objects.get()
    assert page.redirect_chain[-1][0] == f"{address}/sent"
    assert referral.reference in page.content.decode()
    assert (referral.door, referral.scheme_id, referral.from_organisation_id) == ("verified-link", cast.scheme.id, None)
    assert (referral.referrer_name, referral.referrer_job, referral.referrer_email) == (
        "Ivy Brook",
        "Warden",
        "ivy@example.org",
    )
    assert ReferralMove.objects.get().made_by_name == "Ivy Brook"


@pytest.mark.parametrize("kind", [each for each in vocabulary.REFERRER_TYPES if each != "self"])
def test_every_type_of_referrer(browser: Client, kind: str) -> None:
    send(browser, link(browser, referrer_type=kind))
    assert Referral.objects.get().referrer_type == kind


def test_the_address_is_shown_back_and_the_link_is_not(browser: Client) -> None:
    page = browser.post("/refer", ASK, follow=True).content.decode()
    assert "Ivy@Example.org" in page or "ivy@example.org" in page
    assert guest_token(GuestLink.objects.get().id) not in page


def test_several_may_be_sent_with_one_link(browser: Client) -> None:
    address = link(browser)
    send(browser, address)
    send(browser, address, given_name="June")
    assert Referral.objects.count() == 2


def test_a_double_click_makes_one(browser: Client) -> None:
    address = link(browser)
    look = browser.post(address, ANSWERS, follow=True).content.decode()
    token = re.search(r'name="form_token" value="([^"]+)"', look).group(1)  # type: ignore[union-attr]
    for _ in range(2):
        browser.post(f"{address}/check", {"form_token": token})
    assert Referral.objects.count() == 1


def test_a_guest_reads_nothing(cast: Cast, browser: Client) -> None:
    from linkworks.referrals.access import guest_actor

    address = link(browser)
    send(browser, address)
    actor = guest_actor(address.rsplit("/", 1)[1])
    assert actor
    with acting(actor):
        assert Referral.objects.count() == 0


@pytest.mark.parametrize("end", ["", "/scheme", "/check", "/sent"])
class TestRunOut:
    def test_a_link_of_yesterday_is_explained(self, browser: Client, end: str) -> None:
        address = link(browser)
        made = GuestLink.objects.get()
        GuestLink.objects.update(expires_at=made.expires_at - timedelta(hours=25))
        page = browser.get(f"{address}{end}")
        assert page.status_code == 410
        assert "no longer works" in page.content.decode()

    def test_a_made_up_one_too(self, browser: Client, end: str) -> None:
        assert browser.get(f"/refer/made-up{end}").status_code == 410

    def test_wrong_method(self, browser: Client, end: str) -> None:
        assert browser.delete(f"{link(browser)}{end}").status_code == 405


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "Enter your name"),
        ({"email": "nope"}, "Enter an email address in the correct format"),
        ({"referrer_type": ""}, "Choose what describes you best"),
        ({"referrer_type": "self"}, "Choose one of the answers shown"),
        ({"organisation_name": ""}, "Enter where you work"),
    ],
)
def test_bad_input(browser: Client, change: dict[str, str], said: str) -> None:
    page = browser.post("/refer", {**ASK, **change})
    assert page.status_code == 400
    assert said in page.content.decode()
    assert GuestLink.objects.count() == 0


def test_links_cannot_be_asked_for_without_end(browser: Client) -> None:
    for _ in range(20):
        assert browser.post("/refer", ASK).status_code == 302
    page = browser.post("/refer", ASK)
    assert page.status_code == 400
    assert "Many requests" in page.content.decode()
    assert GuestLink.objects.count() == 20


def test_the_page_after_asking_needs_an_ask(browser: Client) -> None:
    assert browser.get("/refer/link-sent").url == "/refer"  # type: ignore[attr-defined]
    assert browser.get("/refer").status_code == 200


class TestScheme:
    def test_in_a_gap_the_nearest_may_be_chosen(self, cast: Cast, browser: Client) -> None:
        make_postcode("EN5 5XQ", BARNET, 51.65, -0.2)
        address = link(browser)
        page = browser.post(address, {**ANSWERS, "postcode": "EN5 5XQ"}, follow=True)
        assert page.redirect_chain[-1][0] == f"{address}/scheme"
        look = browser.post(f"{address}/scheme", {"scheme": str(cast.other_scheme.id)}, follow=True)
        assert "Canal Side Social Prescribing" in look.content.decode()
        assert "outside the area" in look.content.decode()

    def test_a_scheme_that_takes_no_guests_is_not_offered(self, browser: Client) -> None:
        Scheme.objects.update(settings={"front_doors": ["account"]}, settings_version=2)
        page = browser.post(link(browser), ANSWERS, follow=True)
        assert "find local support near them" in page.content.decode()

    def test_an_unsent_page_leads_back_to_the_form(self, browser: Client) -> None:
        address = link(browser)
        for end in ("/scheme", "/check", "/sent"):
            assert browser.get(f"{address}{end}").url == address  # type: ignore[attr-defined]


def test_two_links_have_two_drafts(browser: Client) -> None:
    first, second = link(browser), link(browser, email="other@example.org")
    browser.post(first, ANSWERS)
    assert 'value="Jean"' in browser.get(first, {"draft": "carry-on"}).content.decode()
    assert 'value="Jean"' not in browser.get(second, {"draft": "carry-on"}).content.decode()


def test_no_staff_menu_is_shown(browser: Client) -> None:
    page = browser.get(link(browser)).content.decode()
    assert "Caseload" not in page
    assert "Referred them before?" not in page
