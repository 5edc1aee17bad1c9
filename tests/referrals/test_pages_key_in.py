"""Staff write down a referral that came by telephone or on paper."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.core import vocabulary
from linkworks.referrals import queries
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


def test_who_refers_is_checked_before_it_leaves(browser: Client) -> None:
    page = browser.post(KEY_IN, {**ANSWERS, **CALLER}, follow=True).content.decode()
    for typed in ("Ivy Brook", "Librarian", "Peckham Library", "ivy@example.org", "By telephone"):
        assert typed in page
    assert "?draft=carry-on#id_referrer_email" in page


def test_with_an_address_whoever_referred_hears(browser: Client) -> None:
    assert "Whoever referred hears that it arrived" in keyed_in(browser).content.decode()


def test_nobody_is_promised_a_letter_that_cannot_be_written(browser: Client) -> None:
    page = keyed_in(browser, referrer_email="").content.decode()
    assert "Whoever referred hears" not in page
    assert "Nobody can be written to about it" in page


def test_somebody_who_called_and_can_be_written_to_is_told_themselves(browser: Client) -> None:
    page = keyed_in(browser, whose="self", ways=["text"], text="07700 900123").content.decode()
    assert "Jean is told that it arrived" in page


def test_what_one_keyed_in_can_be_put_right_and_promises_the_signposter_nothing(browser: Client) -> None:
    keyed_in(browser)
    address = f"/referrals/{Referral.objects.get().id}"
    page = browser.get(address).content.decode()
    assert f"{address}/change" in page
    assert "You always hear the decision" not in page
    browser.post(f"{address}/change", {**ANSWERS, "phone": "020 7946 0002", "reason": "Misheard"})
    assert Referral.objects.get().contact_channels[0]["value"] == "020 7946 0002"


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


def test_a_caller_who_gives_one_name_is_keyed_in_and_put_right(browser: Client) -> None:
    keyed_in(browser, family_name="")
    made = Referral.objects.get()
    assert (made.given_name, made.family_name) == ("Jean", "")
    answers = {**ANSWERS, "family_name": "", "given_name": "June", "reason": "Misheard"}
    assert browser.post(f"/referrals/{made.id}/change", answers).status_code == 302


@pytest.mark.parametrize("typed", ["{0}", "{1}", "{2}"])
def test_it_is_found_by_its_reference_with_or_without_its_letter(cast: Cast, browser: Client, typed: str) -> None:
    keyed_in(browser)
    reference = Referral.objects.get().reference
    words = typed.format(reference, reference.replace("-", "").lower(), reference[2:].replace("-", ""))
    assert [each.reference for each in queries.inbox(cast.actor(cast.manager), words=words)] == [reference]


def test_the_team_puts_it_right_from_its_inbox(cast: Cast, browser: Client) -> None:
    keyed_in(browser)
    made = Referral.objects.get()
    address = reverse("casework:inbox-referral", args=[made.id])
    assert f"/referrals/{made.id}/change" in cast.client(cast.link_worker).get(address).content.decode()
    assert f"/referrals/{made.id}/change" not in cast.client(cast.safeguarding_lead).get(address).content.decode()


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
