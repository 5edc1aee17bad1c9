"""A form that came after half an hour away is not lost: it waits for the one who typed it, and for nobody else."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from linkworks.accounts.models import User
from linkworks.accounts.queries import CHOSEN, live_memberships
from linkworks.accounts.roles import Role
from linkworks.referrals.models import Referral
from tests.cast import Cast
from tests.factories.accounts import BACKEND, make_membership
from tests.factories.organisations import make_postcode
from tests.factories.referrals import ANSWERS

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NEW, UNSENT = "/referrals/new", "/accounts/unsent"
STORY = "The evenings are long.\nShe would like company & a dog."
TYPED = {**ANSWERS, "in_their_words": STORY, "needs_common": ["loneliness", "bereavement"]}


@pytest.fixture
def away() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


def sent_too_late(browser: Client, away: time_machine.Traveller, **more: Any) -> HttpResponse:
    browser.get(NEW)
    away.shift(timedelta(minutes=31))
    return browser.post(NEW, {**TYPED, **more})  # type: ignore[return-value]


def hidden(page: str) -> list[tuple[str, str]]:
    form = page.split(f'action="{NEW}"')[1].split("</form>")[0]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return [(name, value) for name, value in found if name != "csrfmiddlewaretoken"]


def test_they_are_signed_out_and_told_it_is_kept(cast: Cast, away: time_machine.Traveller) -> None:
    browser = cast.client(cast.referrer)
    response = sent_too_late(browser, away)
    assert response["Location"] == f"{reverse('account_login')}?next=%2Faccounts%2Funsent"
    assert "_auth_user_id" not in browser.session
    page = browser.get(response["Location"]).content.decode()
    assert "away for 30 minutes" in page
    assert "kept for you" in page
    assert "evenings" not in page
    assert Referral.objects.count() == 0


def test_signed_in_again_it_is_there_to_be_sent_with_every_answer(cast: Cast, away: time_machine.Traveller) -> None:
    make_postcode()
    browser = cast.client(cast.referrer)
    sent_too_late(browser, away)
    browser.force_login(cast.referrer, backend=BACKEND)
    page = browser.get(UNSENT).content.decode()
    assert "What you typed was not sent" in page
    assert "She would like company &amp; a dog." in page
    answers: dict[str, list[str]] = {}
    for name, value in hidden(page):
        answers.setdefault(name, []).append(value.replace("&amp;", "&"))
    assert answers["needs_common"] == ["loneliness", "bereavement"]
    look = browser.post(NEW, answers, follow=True)
    assert look.redirect_chain[-1][0] == f"{NEW}/check"
    assert "The evenings are long." in look.content.decode()


def test_once_sent_it_is_not_offered_again(cast: Cast, away: time_machine.Traveller) -> None:
    make_postcode()
    browser = cast.client(cast.referrer)
    sent_too_late(browser, away)
    browser.force_login(cast.referrer, backend=BACKEND)
    assert "wrote in a single word is kept too" in browser.get(UNSENT).content.decode()
    browser.post("/referrals/key-in", {})
    assert browser.get(UNSENT).status_code == 200, "another form, or one that was refused, changes nothing"
    browser.post(NEW, TYPED)
    assert browser.get(UNSENT)["Location"] == "/"


def test_thrown_away_it_is_gone_and_the_page_opens_again(cast: Cast, away: time_machine.Traveller) -> None:
    browser = cast.client(cast.referrer)
    sent_too_late(browser, away)
    browser.force_login(cast.referrer, backend=BACKEND)
    assert browser.post(UNSENT)["Location"] == NEW
    assert browser.get(UNSENT)["Location"] == "/"


def test_somebody_else_who_signs_in_here_finds_nothing(cast: Cast, away: time_machine.Traveller) -> None:
    browser = cast.client(cast.referrer)
    sent_too_late(browser, away)
    browser.force_login(cast.referring_colleague, backend=BACKEND)
    response = browser.get(UNSENT)
    assert response["Location"] == "/"
    assert "evenings" not in str(dict(browser.session))


def test_they_act_in_the_role_they_wrote_it_in(cast: Cast, away: time_machine.Traveller) -> None:
    other = make_membership(cast.referrer, cast.host, Role.ORGANISATION_ADMINISTRATOR)
    browser = cast.client(cast.referrer)
    mine = next(each for each in live_memberships(cast.referrer) if each.id != other.id)
    for chosen in (mine, other):
        session = browser.session
        session[CHOSEN] = str(chosen.id)
        session.save()
        browser.get("/accounts/you")
        away.shift(timedelta(minutes=31))
        browser.post(NEW, TYPED)
        browser.force_login(cast.referrer, backend=BACKEND)
        assert browser.session[CHOSEN] == str(chosen.id)


@pytest.mark.parametrize("page", ["accounts:password", "accounts:name"])
def test_passwords_are_never_kept(cast: Cast, away: time_machine.Traveller, page: str) -> None:
    browser = cast.client(cast.referrer)
    browser.get(NEW)
    away.shift(timedelta(minutes=31))
    browser.post(reverse(page), {"password": "correct horse battery", "name": "Somebody Else"})
    assert "battery" not in str(dict(browser.session))
    assert User.objects.get(pk=cast.referrer.pk).name == cast.referrer.name


def test_a_form_from_somebody_elses_page_is_not_kept(cast: Cast, away: time_machine.Traveller) -> None:
    browser = cast.client(cast.referrer)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser.cookies
    browser.get(NEW)
    away.shift(timedelta(minutes=31))
    response = strict.post(NEW, TYPED)
    assert response["Location"] == reverse("account_login")
    assert "evenings" not in str(dict(strict.session))


def test_what_is_too_long_to_keep_is_not(cast: Cast, away: time_machine.Traveller) -> None:
    browser = cast.client(cast.referrer)
    response = sent_too_late(browser, away, in_their_words="long words " * 20_000)
    assert response["Location"] == reverse("account_login")


def test_without_anything_kept_it_leads_home_and_signed_out_to_sign_in(cast: Cast) -> None:
    assert cast.client(cast.referrer).get(UNSENT)["Location"] == "/"
    assert reverse("account_login") in Client().get(UNSENT)["Location"]
    assert cast.client(cast.referrer).delete(UNSENT).status_code == 405
