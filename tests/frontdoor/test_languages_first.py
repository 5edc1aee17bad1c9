"""The languages a scheme can talk in come first wherever somebody says which they like best; every other can still be chosen."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.core import vocabulary
from linkworks.people.forms import offer_first
from linkworks.referrals.forms import ReferralForm
from tests.cast import Cast
from tests.context import acting
from tests.factories import casework as make
from tests.factories import referrals
from tests.factories.organisations import make_postcode

pytestmark = pytest.mark.django_db

USUAL = list(vocabulary.LANGUAGES)


@pytest.fixture
def talks(cast: Cast) -> Cast:
    """The scheme's team can talk in English, Turkish and Somali."""
    make_postcode()
    cast.scheme.settings = {"languages": ["en", "so", "tr"]}
    cast.scheme.save()
    return cast


def languages(browser: Client, address: str) -> list[str]:
    page = browser.get(address).content.decode()
    return re.findall(r'<option value="(\w+)"', page.split('name="language"')[1].split("</select>")[0])


def easier(browser: Client) -> str:
    return reverse("frontdoor:self-refer-question", args=["easier"])


def test_somebody_asking_for_themselves_once_we_know_where_they_live(talks: Cast) -> None:
    browser = talks.client()
    assert languages(browser, easier(browser)) == USUAL
    browser.post(reverse("frontdoor:self-refer-question", args=["postcode"]), {"postcode": "SE15 5DD"})
    assert languages(browser, easier(browser))[:3] == ["en", "tr", "so"]


def test_a_referrer_from_a_practice_round_here(talks: Cast) -> None:
    browser = talks.client(talks.referrer)
    assert languages(browser, reverse("referrals:new")) == USUAL
    talks.practice.postcode = "SE15 5DD"
    talks.practice.save()
    assert languages(browser, reverse("referrals:new"))[:3] == ["en", "tr", "so"]


def test_whoever_puts_a_referral_right(talks: Cast) -> None:
    sender = talks.actor(talks.referrer)
    with acting(sender):
        referral = referrals.sent(sender, talks.scheme.id)
    address = reverse("referrals:amend", args=[referral.id])
    assert languages(talks.client(talks.referrer), address)[:3] == ["en", "tr", "so"]


def test_a_worker_changing_a_persons_details(talks: Cast) -> None:
    case = make.active(talks)
    address = reverse("casework:details", args=[case.pk])
    assert languages(talks.client(talks.link_worker), address)[:3] == ["en", "tr", "so"]


@pytest.mark.parametrize("first", [[], ["en"], ["so", "tr"], USUAL[::-1], ["so", "so"], ["klingon"]])
def test_nobody_loses_a_language(first: list[str]) -> None:
    form: Any = ReferralForm()
    offer_first(form, first)
    offered = [code for code, _ in form.fields["language"].choices]
    assert sorted(offered) == sorted(USUAL)
    known = [code for code in USUAL if code in first]
    assert offered[: len(known)] == known


def test_a_language_further_down_is_kept(talks: Cast) -> None:
    browser = talks.client(talks.signposter)
    answers = {**referrals.ANSWERS, "language": "ur", "door": "phone", "referrer_type": "self"}
    page = browser.post(reverse("referrals:key-in"), answers, follow=True).content.decode()
    assert "Urdu" in page
