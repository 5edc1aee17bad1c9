"""All doors make the same record."""

import re
from typing import Any

import pytest
from django.test import Client

from linkworks.referrals.access import guest_token
from linkworks.referrals.models import GuestLink, Referral, ReferralMove
from tests.cast import Cast
from tests.factories.organisations import make_postcode
from tests.factories.referrals import ANSWERS
from tests.frontdoor.test_pages_self_refer import ANSWERS as SIX_QUESTIONS

# What differs between doors: who referred, when, and what identifies the row. Everything else must be the same.
OF_THE_DOOR = {
    "id",
    "created_at",
    "reference",
    "door",
    "sent_at",
    "referrer_type",
    "from_organisation_id",
    "from_organisation_name",
    "referrer_user_id",
    "referrer_name",
    "referrer_job",
    "referrer_email",
    "referrer_phone",
}


def with_form(browser: Client, address: str, **more: Any) -> None:
    look = browser.post(address, {**ANSWERS, **more}, follow=True)
    token = re.search(r'name="form_token" value="([^"]+)"', look.content.decode())
    assert token
    browser.post(f"{address}/check", {"form_token": token.group(1)})


def account(cast: Cast) -> None:
    with_form(cast.client(cast.referrer), "/referrals/new")


def keyed_in(cast: Cast, door: str) -> None:
    with_form(
        cast.client(cast.link_worker),
        "/referrals/key-in",
        door=door,
        whose="other",
        referrer_type="gp",
        referrer_name="Dr Priya Nair",
    )


def guest(cast: Cast) -> None:
    browser = cast.client()
    browser.post(
        "/refer",
        {"name": "I", "job": "J", "organisation_name": "O", "referrer_type": "library", "email": "i@example.org"},
    )
    with_form(browser, f"/refer/{guest_token(GuestLink.objects.get().id)}")


def themselves(cast: Cast) -> None:
    browser = cast.client()
    for name, answers in SIX_QUESTIONS.items():
        browser.post(f"/self-refer/{name}", answers)
    browser.post("/self-refer/check", {})


DOORS = {
    "account": account,
    "verified-link": guest,
    "self": themselves,
    "phone": lambda cast: keyed_in(cast, "phone"),
    "paper": lambda cast: keyed_in(cast, "paper"),
}


def record(referral: Referral) -> dict[str, Any]:
    columns = {field.attname for field in Referral._meta.concrete_fields} - OF_THE_DOOR
    return {name: getattr(referral, name) for name in sorted(columns)}


@pytest.mark.parametrize("door", list(DOORS))
def test_the_record_is_the_same_whichever_door_it_came_through(cast: Cast, door: str) -> None:
    make_postcode()
    account(cast)
    first = Referral.objects.get()
    DOORS[door](cast)
    referral = Referral.objects.exclude(id=first.id).get()
    assert referral.door == door
    assert record(referral) == record(first)
    assert referral.reference.startswith("R-")
    assert [each.move for each in ReferralMove.objects.filter(referral=referral)] == ["send"]
