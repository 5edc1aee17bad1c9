"""Staff write down a referral that came by telephone or on paper."""

import re
from typing import Any

import pytest
from django.test import Client

from linkworks.core import vocabulary
from linkworks.referrals.models import Referral, ReferralMove
from tests.cast import Cast
from tests.factories.organisations import make_postcode
from tests.factories.referrals import ANSWERS

KEY_IN, CHECK, SENT = "/referrals/key-in", "/referrals/key-in/check", "/referrals/key-in/sent"
CALLER = {
    "door": "phone",
    "whose": "other",
    "referrer_type": "library",
    "referrer_name": "Ivy Brook",
    "from_organisation_name": "Peckham Library",
    "referrer_job": "Librarian",
    "referrer_email": "ivy@example.org",
}


@pytest.fixture
def browser(cast: Cast) -> Client:
    make_postcode()
    return cast.client(cast.signposter)


def keyed_in(browser: Client, **changes: Any) -> Any:
    page = browser.post(KEY_IN, {**ANSWERS, **CALLER, **changes}, follow=True)
    token = re.search(r'name="form_token" value="([^"]+)"', page.content.decode())
    assert token
    return browser.post(CHECK, {"form_token": token.group(1)}, follow=True)


@pytest.mark.parametrize("door", ["phone", "paper"])
def test_it_goes_to_ones_own_scheme_in_the_callers_name(cast: Cast, browser: Client, door: str) -> None:
    assert "Who is asking?" in browser.get(KEY_IN).content.decode()
    page = keyed_in(browser, door=door)
    referral = Referral.objects.get()
    assert referral.reference in page.content.decode()
    assert (referral.door, referral.scheme_id, referral.referrer_name) == (door, cast.scheme.id, "Ivy Brook")
    assert (referral.from_organisation_name, referral.referrer_email) == ("Peckham Library", "ivy@example.org")
    assert referral.referrer_user_id is None
    assert ReferralMove.objects.get().made_by_name == cast.signposter.name


@pytest.mark.parametrize("kind", [each for each in vocabulary.REFERRER_TYPES if each != "self"])
def test_every_type_of_referrer_may_call(browser: Client, kind: str) -> None:
    keyed_in(browser, referrer_type=kind)
    assert Referral.objects.get().referrer_type == kind


def test_somebody_who_calls_for_themselves_needs_no_referrer(browser: Client) -> None:
    """What was typed about somebody else first, and is no longer asked, is not kept."""
    keyed_in(browser, whose="self")
    made = Referral.objects.get()
    assert (made.referrer_type, made.referrer_name, made.referrer_email, made.from_organisation_name) == (
        "self",
        "",
        "",
        "",
    )


def test_going_back_shows_who_asked(browser: Client) -> None:
    browser.post(KEY_IN, {**ANSWERS, **CALLER})
    again = browser.get(KEY_IN, {"draft": "carry-on"}).content.decode()
    assert re.search(r'value="other"[^>]*checked', again)
    assert "Ivy Brook" in again


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"door": ""}, "Choose how it came in"),
        ({"whose": ""}, "Choose who is asking"),
        ({"referrer_type": "self"}, "Ring the top bell"),
        ({"referrer_type": ""}, "Choose who is referring"),
        ({"referrer_name": ""}, "Enter the name of who is referring"),
        ({"referrer_email": "nope"}, "Enter an email address in the correct format"),
        ({"told_and_agrees": "no"}, "Talk to the person first"),
    ],
)
def test_bad_input_is_said_and_kept(browser: Client, change: dict[str, str], said: str) -> None:
    page = browser.post(KEY_IN, {**ANSWERS, **CALLER, "anything_to_know": "Ring the top bell", **change})
    assert page.status_code == 400
    assert said in page.content.decode()
    assert "Ring the top bell" in page.content.decode()


@pytest.mark.parametrize("path", [KEY_IN, CHECK, SENT])
def test_who(cast: Cast, path: str) -> None:
    assert cast.client().get(path).status_code == 302
    for who in ("referrer", "steward", "provider_coordinator", "administrator", "safeguarding_lead"):
        assert cast.client(getattr(cast, who)).get(path).status_code == 403
    for who in ("signposter", "link_worker", "manager"):
        assert cast.client(getattr(cast, who)).get(path).status_code in {200, 302}
    assert cast.client(cast.link_worker).delete(path).status_code == 405
