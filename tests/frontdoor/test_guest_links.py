"""A professional's link: what opens it, for how long, for whom; tampered with, forwarded, or used again."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core import clock, tenancy
from linkworks.core.errors import NotAllowed
from linkworks.messaging.models import Message
from linkworks.referrals import access, actions
from linkworks.referrals.models import GuestLink, Referral, ReferralMove
from tests.cast import Cast
from tests.factories.organisations import make_postcode
from tests.factories.referrals import ANSWERS, details
from tests.frontdoor.test_pages_guest import ASK, link, send

ENDS = ["", "/scheme", "/check", "/sent"]


@pytest.fixture
def browser(cast: Cast) -> Client:
    make_postcode()
    return cast.client()


def token_of(address: str) -> str:
    return address.removeprefix("/refer/")


@given(text=st.text(max_size=90))
def test_no_text_that_we_did_not_sign_reaches_the_database(text: str) -> None:
    """There is no database in this test: asking it would fail."""
    assert access.guest_link(text) is None


@pytest.mark.parametrize("place", [0, 10, 31, 32, 33, 50, -1])
def test_one_letter_changed_opens_nothing(browser: Client, place: int) -> None:
    token = token_of(link(browser))
    at = place % len(token)
    forged = token[:at] + ("a" if token[at] != "a" else "b") + token[at + 1 :]
    for end in ENDS:
        assert browser.get(f"/refer/{forged}{end}").status_code in (404, 410)


def test_a_link_we_signed_for_nobody_opens_nothing(browser: Client) -> None:
    token = access.guest_token(uuid4())
    assert browser.get(f"/refer/{token}").status_code == 410
    assert access.guest_actor(token) is None


def test_two_links_are_two_and_neither_can_be_guessed_from_the_other(browser: Client) -> None:
    one, other = token_of(link(browser)), token_of(link(browser))
    assert one.split(":")[0] != other.split(":")[0]
    assert one.split(":")[1] != other.split(":")[1]
    swapped = f"{one.split(':')[0]}:{other.split(':')[1]}"
    assert browser.get(f"/refer/{swapped}").status_code == 410


def test_only_a_hash_is_kept(browser: Client) -> None:
    token = token_of(link(browser))
    row = GuestLink.objects.values().get()
    assert token not in map(str, row.values())
    assert token.split(":")[1] not in map(str, row.values())


@pytest.mark.parametrize(
    ("ago", "opens"), [(timedelta(hours=23, minutes=59), True), (timedelta(hours=24, seconds=1), False)]
)
def test_for_a_day(browser: Client, ago: timedelta, opens: bool) -> None:
    address = link(browser)
    GuestLink.objects.update(expires_at=clock.now() + timedelta(hours=24) - ago)
    assert browser.get(address).status_code == (200 if opens else 410)


def test_run_out_between_the_last_look_and_sending_nothing_is_sent_and_it_is_said(browser: Client) -> None:
    address = link(browser)
    browser.post(address, ANSWERS, follow=True)
    GuestLink.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    for end in ENDS[:3]:
        assert browser.post(f"{address}{end}", {**ANSWERS, "form_token": "x"}).status_code == 410
    assert not Referral.objects.exists()


def test_the_letter_goes_to_the_address_that_was_typed_and_names_nobody(browser: Client, cast: Cast) -> None:
    link(browser)
    asked = GuestLink.objects.get()
    with tenancy.context(cast.everything):
        for _ in range(2):
            actions.send_link(asked.id, by=cast.everything)
    letter = Message.objects.get()
    assert letter.address == "ivy@example.org"
    assert access.guest_token(asked.id) in letter.body
    assert "Jean" not in letter.subject + letter.body


def test_opened_elsewhere_it_shows_none_of_the_answers(cast: Cast, browser: Client) -> None:
    """A link that was forwarded lets somebody refer, and read nothing that was typed before."""
    address = link(browser)
    browser.post(address, ANSWERS, follow=True)
    other = cast.client()
    assert "Marlow" not in other.get(address).content.decode()
    assert other.get(f"{address}/check").status_code == 302
    send(browser, address)
    with tenancy.context(cast.everything):
        reference = Referral.objects.get().reference
    assert reference not in other.get(f"{address}/sent", follow=True).content.decode()


def test_whoever_holds_it_reads_no_row_of_anybody(cast: Cast, browser: Client) -> None:
    address = link(browser)
    send(browser, address)
    guest = access.guest_actor(token_of(address))
    assert guest is not None
    with tenancy.context(guest):
        assert not Referral.objects.exists()
        assert not ReferralMove.objects.exists()
    for visible in (access.visible_referrals, access.own_referrals):
        assert not visible(guest).exists()


@pytest.mark.parametrize("door", ["account", "phone", "paper"])
def test_it_opens_no_other_door(cast: Cast, browser: Client, door: str) -> None:
    guest = access.guest_actor(token_of(link(browser)))
    assert guest is not None
    with tenancy.context(guest), pytest.raises(NotAllowed):
        actions.send(scheme_id=cast.scheme.id, details=details(), door=door, by=guest, token="t")


def test_who_refers_is_what_the_link_says_whatever_is_posted(cast: Cast, browser: Client) -> None:
    forged: dict[str, Any] = {
        "referrer_name": "Dr Priya Nair", "referrer_email": "dr@example.org", "referrer_type": "gp",
        "from_organisation_id": str(cast.practice.id), "referrer_user_id": str(cast.referrer.id),
    }  # fmt: skip
    send(browser, link(browser), **forged)
    made = Referral.objects.get()
    assert (made.referrer_name, made.referrer_email, made.referrer_type) == (
        "Ivy Brook",
        "ivy@example.org",
        ASK["referrer_type"],
    )
    assert (made.from_organisation_id, made.referrer_user_id) == (None, None)


@pytest.mark.parametrize("typed", ["a" * 201, "<b>Ivy</b>"])
def test_odd_names_of_professionals(browser: Client, typed: str) -> None:
    shown = browser.post("/refer", {**ASK, "name": typed}, follow=True)
    assert shown.status_code in (200, 400)
    assert "<b>Ivy</b>" not in shown.content.decode()
    assert GuestLink.objects.count() == (shown.status_code == 200)
