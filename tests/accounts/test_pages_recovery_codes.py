"""Recovery codes: made, shown to their owner only after confirming, used once each."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from linkworks.accounts.models import User
from linkworks.accounts.queries import has_second_factor
from linkworks.accounts.roles import Role
from tests.cast import Cast
from tests.factories.accounts import BACKEND, PASSWORD, just_confirmed, make_membership, make_user

pytestmark = pytest.mark.django_db

SEE, MAKE = reverse("mfa_view_recovery_codes"), reverse("mfa_generate_recovery_codes")
SIGN_IN, CODE, YOU = reverse("account_login"), reverse("mfa_authenticate"), reverse("accounts:account")


@pytest.fixture
def user(cast: Cast) -> User:
    made = make_user()
    make_membership(made, cast.host, Role.LINK_WORKER, cast.scheme)
    return made


@pytest.fixture
def browser(user: User) -> Client:
    browser = Client()
    browser.force_login(user, backend=BACKEND)
    return just_confirmed(browser, user)


def shown(browser: Client) -> list[str]:
    return re.findall(r"<li>(\d{4,}|[\da-f]{8,})</li>", browser.get(SEE).content.decode())


def made(browser: Client) -> list[str]:
    browser.post(MAKE)
    return shown(browser)


def sign_in(user: User, code: str) -> Client:
    browser = Client()
    browser.post(SIGN_IN, {"login": user.email, "password": PASSWORD})
    browser.post(CODE, {"code": code})
    return browser


def test_ten_codes_are_made_and_shown(browser: Client) -> None:
    assert "You get ten codes." in browser.get(MAKE).content.decode()

    codes = made(browser)

    assert len(codes) == len(set(codes)) == 10


def test_each_signs_in_once(browser: Client, user: User) -> None:
    first, second, *_ = made(browser)

    assert sign_in(user, first).get(YOU).status_code == 200
    assert sign_in(user, first).get(YOU).status_code == 302, "a used code is used up"
    assert sign_in(user, second).get(YOU).status_code == 200
    assert len(shown(just_confirmed(browser, user))) == 8


def test_new_codes_end_the_old(browser: Client, user: User) -> None:
    old = made(browser)
    assert "Your old codes stop working." in browser.get(MAKE).content.decode()
    new = made(browser)

    assert not set(old) & set(new)
    assert sign_in(user, old[0]).get(YOU).status_code == 302
    assert sign_in(user, new[0]).get(YOU).status_code == 200


def test_somebody_elses_code_is_no_code(browser: Client, user: User, cast: Cast) -> None:
    codes = made(browser)
    other = make_user("Bo Lin")
    make_membership(other, cast.host, Role.REFERRER)

    assert sign_in(other, codes[0]).get(YOU).status_code == 302


def test_they_are_hidden_from_a_screen_left_alone(browser: Client, user: User) -> None:
    codes = made(browser)
    just_confirmed(browser, user, ago=400)

    page = browser.get(SEE)

    assert page["Location"].startswith("/accounts/confirm")
    assert not any(code in browser.get(page["Location"]).content.decode() for code in codes)
    assert browser.post(MAKE)["Location"].startswith("/accounts/confirm")
    assert len(shown(just_confirmed(browser, user))) == 10, "asking changed nothing"


def test_they_are_not_kept_in_the_clear(browser: Client, user: User) -> None:
    codes = made(browser)
    kept = str(Authenticator.objects.get(user=user, type="recovery_codes").data)

    assert not any(code in kept for code in codes)


def test_without_any_the_page_is_not_there(browser: Client) -> None:
    assert browser.get(SEE).status_code == 404
    assert "Make recovery codes" in browser.get(YOU).content.decode()


def test_they_are_no_second_factor_of_their_own(browser: Client, user: User) -> None:
    made(browser)
    Authenticator.objects.filter(user=user, type="totp").delete()

    assert not has_second_factor(user)
    assert browser.get(YOU)["Location"] == reverse("accounts:set-up")


@pytest.mark.parametrize("address", [SEE, MAKE])
def test_signed_out_goes_to_sign_in(client: Client, address: str) -> None:
    assert client.get(address)["Location"].startswith(SIGN_IN)


def test_wrong_methods_and_pages_no_browser_keeps(browser: Client) -> None:
    made(browser)
    assert browser.post(SEE).status_code == 405
    assert browser.patch(MAKE).status_code == 405
    assert "no-store" in browser.get(SEE)["Cache-Control"]
