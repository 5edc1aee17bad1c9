"""No door tells anybody whether a person is known: known, unknown, protected and sealed give the same pages."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from linkworks.referrals.models import Referral
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.organisations import make_postcode
from tests.factories.people import NHS_NUMBERS, channel, name, person
from tests.factories.referrals import ANSWERS
from tests.frontdoor import test_pages_guest as guests
from tests.frontdoor import test_pages_self_refer as themselves

KNOWN = ["unknown", "known", "protected", "sealed", "with an open case"]


def know(cast: Cast, how: str) -> None:
    """Jean Marlow, as the scheme may or may not know her."""
    if how == "with an open case":
        make.active(cast, nhs_number=NHS_NUMBERS[0])
        Referral.objects.update(from_organisation=cast.other_practice, referrer_user=cast.other_referrer)
    elif how != "unknown":
        level = how if how in ("protected", "sealed") else "normal"
        jean = person(cast.scheme.id, born_on=date(1951, 6, 3), nhs_number=NHS_NUMBERS[0], restriction=level)
        channel(jean)
        if how == "sealed":
            name(jean, cast.colleague)


def words_of(page: Any) -> str:
    """A page without what differs between any two: tokens, references, moments."""
    text = page.content.decode()
    text = re.sub(r"R-[A-Z0-9]{4}-[A-Z0-9]{4}", "R-", text)
    text = re.sub(r"[A-Za-z0-9_:-]{25,}", "", text)
    return f"{page.status_code} {text}"


def asked_for_herself(cast: Cast, browser: Client) -> list[str]:
    look = themselves.answered(browser)
    token = themselves.token_on(look)
    return [words_of(look), words_of(browser.post(themselves.CHECK, {"form_token": token}, follow=True))]


def called_back(cast: Cast, browser: Client) -> list[str]:
    return [words_of(browser.post(themselves.CALL_BACK, themselves.CALL, follow=True))]


def by_a_guest(cast: Cast, browser: Client) -> list[str]:
    address = guests.link(browser)
    look = browser.post(address, {**ANSWERS, "nhs_number": NHS_NUMBERS[0]}, follow=True)
    return [words_of(look), words_of(guests.send(browser, address, nhs_number=NHS_NUMBERS[0]))]


def by_a_referrer(cast: Cast, browser: Client) -> list[str]:
    signed_in = cast.client(cast.referrer)
    look = signed_in.post("/referrals/new", {**ANSWERS, "nhs_number": NHS_NUMBERS[0]}, follow=True)
    token = re.findall(r'name="form_token" value="([^"]+)"', look.content.decode())[0]
    done = signed_in.post("/referrals/new/check", {"form_token": token}, follow=True)
    listed = signed_in.get("/referrals/", {"q": "Marlow"})
    return [words_of(look), words_of(done), re.sub(r"at \d+:\d+\w+", "", words_of(listed))]


def keyed_in(cast: Cast, browser: Client) -> list[str]:
    signed_in = cast.client(cast.signposter)
    caller = {"door": "phone", "whose": "self", "nhs_number": NHS_NUMBERS[0]}
    look = signed_in.post("/referrals/key-in", {**ANSWERS, **caller}, follow=True)
    token = re.findall(r'name="form_token" value="([^"]+)"', look.content.decode())[0]
    return [words_of(look), words_of(signed_in.post("/referrals/key-in/check", {"form_token": token}, follow=True))]


@pytest.mark.parametrize(
    "door", [asked_for_herself, called_back, by_a_guest, by_a_referrer, keyed_in], ids=lambda door: door.__name__
)
def test_every_door_says_the_same_of_everybody(cast: Cast, door: Any) -> None:
    make_postcode()
    said: dict[str, list[str]] = {}
    for how in KNOWN:
        undo = transaction.savepoint()
        know(cast, how)
        said[how] = door(cast, cast.client())
        assert Referral.objects.filter(given_name="Jean").exists(), how
        transaction.savepoint_rollback(undo)
    for how in KNOWN:
        assert said[how] == said["unknown"], how


@pytest.mark.parametrize("email", ["dr.priya.nair@example.org", "nobody@example.org", "AMARA.BOATENG@example.org"])
def test_a_link_is_promised_in_the_same_words_to_those_with_an_account(cast: Cast, email: str) -> None:
    pages = [
        cast.client().post("/refer", {**guests.ASK, "email": each}, follow=True)
        for each in (email, guests.ASK["email"])
    ]
    known, usual = (re.sub(r"(?i)[a-z.]+@example.org", "", words_of(page)) for page in pages)
    assert known == usual
