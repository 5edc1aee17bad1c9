"""Passkeys: set up, used to sign in and to confirm, removed; and none of it with somebody else's or at another site."""

import json
import re
from html import unescape
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from linkworks.accounts.models import User
from linkworks.accounts.roles import Role
from tests.cast import Cast
from tests.factories.accounts import BACKEND, PASSWORD, just_confirmed, make_membership, make_user
from tests.fakes.passkey import Passkey

pytestmark = pytest.mark.django_db

ADD, YOU, CODE = reverse("mfa_add_webauthn"), reverse("accounts:account"), reverse("mfa_authenticate")
CONFIRM = reverse("mfa_reauthenticate_webauthn")


def options(page: HttpResponse) -> dict[str, Any]:
    """What the page asks the browser's passkeys."""
    found = re.search(r'data-options="([^"]*)"', page.content.decode())
    assert found
    asked: dict[str, Any] = json.loads(unescape(found.group(1)))
    return asked


@pytest.fixture
def user(cast: Cast) -> User:
    made = make_user()
    make_membership(made, cast.host, Role.ORGANISATION_ADMINISTRATOR)
    return made


@pytest.fixture
def browser(user: User) -> Client:
    browser = Client()
    browser.force_login(user, backend=BACKEND)
    return just_confirmed(browser, user)


def set_up(browser: Client, device: Passkey, name: str = "Work laptop") -> HttpResponse:
    return browser.post(ADD, {"name": name, "credential": device.create(options(browser.get(ADD)))})  # type: ignore[return-value]


def passkeys(user: User) -> list[Authenticator]:
    return list(Authenticator.objects.filter(user=user, type="webauthn").order_by("pk"))


def test_a_passkey_is_set_up_and_shown_by_its_name(browser: Client, user: User) -> None:
    response = set_up(browser, Passkey())

    assert response.status_code == 302
    assert len(passkeys(user)) == 1
    page = browser.get(YOU).content.decode()
    assert "Work laptop" in page and "Not used yet" in page and "Add another passkey" in page


def test_the_first_second_factor_comes_with_recovery_codes(cast: Cast) -> None:
    new = make_user("New Start", second_factor=False)
    make_membership(new, cast.host, Role.REFERRER)
    browser = Client()
    browser.force_login(new, backend=BACKEND)

    response = set_up(browser, Passkey())

    assert response["Location"] == reverse("mfa_view_recovery_codes")
    assert browser.get(YOU).status_code == 200, "the rest opens"


def test_an_odd_name_is_shown_as_typed_and_runs_nothing(browser: Client) -> None:
    set_up(browser, Passkey(), "<script>alert(1)</script>")

    page = browser.get(YOU).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("credential", ["", "{}", "not json", "[]"])
def test_an_answer_that_is_none_sets_nothing_up(browser: Client, user: User, credential: str) -> None:
    browser.get(ADD)

    response = browser.post(ADD, {"name": "Laptop", "credential": credential})

    assert response.status_code == 200
    assert "The passkey could not be set up. Try again." in response.content.decode()
    assert passkeys(user) == []


def test_an_answer_to_another_challenge_is_refused(browser: Client, user: User) -> None:
    device = Passkey()
    stale = device.create(options(browser.get(ADD)))
    browser.get(ADD)

    assert browser.post(ADD, {"name": "Laptop", "credential": stale}).status_code == 200
    assert passkeys(user) == []


def test_a_passkey_made_for_another_site_is_refused(browser: Client, user: User) -> None:
    assert set_up(browser, Passkey(site="evil.example")).status_code == 200
    assert passkeys(user) == []


def signing_in(user: User) -> Client:
    browser = Client()
    browser.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return browser


def test_signing_in_with_a_passkey(browser: Client, user: User) -> None:
    device = Passkey()
    set_up(browser, device)
    again = signing_in(user)
    page = again.get(CODE)
    assert "Use my passkey" in page.content.decode()

    done = again.post(CODE, {"credential": device.get(options(page))})

    assert done["Location"] == reverse("accounts:arrive")
    assert again.get(YOU).status_code == 200
    assert "Last used" in again.get(YOU).content.decode()


@pytest.mark.parametrize("device", ["a stranger's", "another site's", "an old answer"])
def test_another_passkey_signs_nobody_in(browser: Client, user: User, device: str) -> None:
    own = Passkey()
    set_up(browser, own)
    again = signing_in(user)
    asked = options(again.get(CODE))
    answer = {
        "a stranger's": lambda: Passkey().get(asked),
        "another site's": lambda: other_site(own).get(asked),
        "an old answer": lambda: (own.get(asked), again.get(CODE))[0],
    }[device]()

    response = again.post(CODE, {"credential": answer})

    assert response.status_code == 200
    assert again.get(YOU).status_code == 302


def other_site(device: Passkey) -> Passkey:
    device.site = "evil.example"
    return device


def test_somebody_elses_passkey_is_not_theirs_to_use(browser: Client, user: User, cast: Cast) -> None:
    """A colleague's registered passkey answers correctly, and belongs to another account."""
    device = Passkey()
    set_up(browser, device)
    other = make_user("Bo Lin")
    again = signing_in(other)
    asked = options(again.get(CODE)) if "data-options" in again.get(CODE).content.decode() else None
    challenge = asked or {"publicKey": {"challenge": "AAAA"}}

    again.post(CODE, {"credential": device.get(challenge)})

    assert again.get(YOU).status_code == 302


def test_confirming_with_a_passkey(browser: Client, user: User) -> None:
    device = Passkey()
    set_up(browser, device)
    just_confirmed(browser, user, ago=400)
    invite = reverse("accounts:invite")
    browser.post(invite, {"name": "Kit Moss", "email": "kit@example.org", "role": "referrer"})
    address = f"{CONFIRM}?next={invite}"

    wrong = browser.post(address, {"credential": Passkey().get(options(browser.get(address)))})
    assert wrong["Location"] == address, "one's place is kept"
    done = browser.post(address, {"credential": device.get(options(browser.get(address)))})

    assert done["Location"] == reverse("accounts:members")


def test_a_passkey_is_removed_when_another_way_stays(browser: Client, user: User) -> None:
    set_up(browser, Passkey())
    address = reverse("mfa_remove_webauthn", args=[passkeys(user)[0].pk])
    assert "Remove this passkey?" in browser.get(address).content.decode()

    response = browser.post(address)

    assert response["Location"] == reverse("mfa_list_webauthn")
    assert passkeys(user) == []
    assert "The passkey is removed." in browser.get(YOU).content.decode()


def test_the_only_second_factor_is_not_removed(browser: Client, user: User) -> None:
    set_up(browser, Passkey())
    Authenticator.objects.filter(user=user, type="totp").delete()
    only = passkeys(user)[0]
    assert reverse("mfa_remove_webauthn", args=[only.pk]) not in browser.get(YOU).content.decode()

    browser.post(reverse("mfa_remove_webauthn", args=[only.pk]))

    assert passkeys(user) == [only]
    assert "This is your only second step." in browser.get(YOU).content.decode()


def test_somebody_elses_passkey_does_not_exist_here(browser: Client, user: User) -> None:
    other = make_user("Bo Lin")
    theirs = Authenticator.objects.create(user=other, type="webauthn", data={"name": "Theirs"})

    for method in (browser.get, browser.post):
        assert method(reverse("mfa_remove_webauthn", args=[theirs.pk])).status_code == 404
    assert passkeys(other) == [theirs]


@pytest.mark.parametrize("name", ["mfa_add_webauthn", "mfa_reauthenticate_webauthn"])
def test_signed_out_goes_to_sign_in(client: Client, name: str) -> None:
    for response in (client.get(reverse(name)), client.post(reverse(name))):
        assert response["Location"].startswith(reverse("account_login"))


def test_wrong_methods(browser: Client) -> None:
    for address in (ADD, reverse("mfa_remove_webauthn", args=[1])):
        assert browser.patch(address).status_code == 405


def test_the_page_works_as_far_as_it_can_without_a_script(browser: Client) -> None:
    page = browser.get(ADD).content.decode()

    assert "Passkeys need JavaScript. You can set up an authenticator app without it." in page
    assert reverse("mfa_activate_totp") in page


MALFORMED = [
    "[]",
    "[1]",
    '"word"',
    "1",
    "true",
    '{"id": 1}',
    '{"id": "x", "type": "public-key"}',
    "{",
    '{"response": []}',
]
HALF = '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "AA"}}'


@pytest.mark.parametrize("credential", [*MALFORMED, HALF])
@pytest.mark.parametrize("where", ["adding", "signing in", "confirming"])
def test_what_no_passkey_says_is_a_slip_and_no_fault_of_ours(
    browser: Client, user: User, where: str, credential: str
) -> None:
    set_up(browser, Passkey())
    page = {"adding": ADD, "confirming": CONFIRM, "signing in": CODE}[where]
    if where == "signing in":
        browser = Client()
        browser.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    browser.get(page)
    answered = browser.post(page, {"credential": credential})
    assert answered.status_code in {200, 302, 400}
    assert len(passkeys(user)) == 1
    if where == "signing in":
        assert browser.get(YOU).status_code == 302
