"""Signing in: both steps always, the same answer to every failure, a lock after ten."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import NoReverseMatch, reverse

from linkworks.accounts.models import User
from linkworks.accounts.roles import Role
from tests.cast import Cast
from tests.factories.accounts import PASSWORD, SECRET, code_now, make_membership, make_user

pytestmark = pytest.mark.django_db

SIGN_IN, CODE = reverse("account_login"), reverse("mfa_authenticate")


@pytest.fixture
def worker(cast: Cast) -> User:
    user = make_user()
    make_membership(user, cast.host, Role.ORGANISATION_ADMINISTRATOR)
    return user


def step_one(browser: Client, email: str = "asha.bell@example.org", password: str = PASSWORD):  # type: ignore[no-untyped-def]
    return browser.post(SIGN_IN, {"login": email, "password": password})


def is_signed_in(browser: Client) -> bool:
    return browser.get("/accounts/you").status_code == 200


def test_password_then_code_opens_the_work(client: Client, worker: User) -> None:
    first = step_one(client)
    assert first["Location"] == CODE
    assert not is_signed_in(client)

    second = client.post(CODE, {"code": code_now()})

    assert second["Location"] == reverse("accounts:arrive")
    assert is_signed_in(client)
    assert client.get(second["Location"], follow=True).request["PATH_INFO"] == reverse("accounts:members")


@pytest.mark.parametrize("typed", ["ASHA.BELL@example.org", " asha.bell@EXAMPLE.org "])
def test_the_address_may_be_typed_in_any_case(client: Client, worker: User, typed: str) -> None:
    assert step_one(client, typed)["Location"] == CODE


def test_after_signing_in_one_is_where_one_was_going(client: Client, worker: User) -> None:
    client.post(
        f"{SIGN_IN}?next=/accounts/members/invite",
        {"login": worker.email, "password": PASSWORD, "next": "/accounts/members/invite"},
    )

    assert client.post(CODE, {"code": code_now()})["Location"] == "/accounts/members/invite"


def test_nobody_is_sent_to_another_site(client: Client, worker: User) -> None:
    client.post(f"{SIGN_IN}?next=https://evil.example/", {"login": worker.email, "password": PASSWORD})

    assert client.post(CODE, {"code": code_now()})["Location"] == reverse("accounts:arrive")


def test_a_password_alone_opens_nothing(client: Client, worker: User) -> None:
    step_one(client)

    for name in ("accounts:members", "accounts:account", "accounts:switch", "accounts:arrive"):
        response = client.get(reverse(name))
        assert response.status_code == 302
        assert response["Location"].startswith(SIGN_IN)


@pytest.mark.parametrize("code", ["", "000000", "abcdef", "1234567890"])
def test_a_wrong_code_says_so_and_opens_nothing(client: Client, worker: User, code: str) -> None:
    step_one(client)

    response = client.post(CODE, {"code": code})

    assert response.status_code == 200
    assert "There is a problem" in response.content.decode()
    assert not is_signed_in(client)


def test_codes_cannot_be_guessed_without_end(client: Client, worker: User) -> None:
    step_one(client)
    for number in range(10):
        client.post(CODE, {"code": f"{number:06}"})

    response = client.post(CODE, {"code": code_now()})

    assert "too many tries" in response.content.decode()
    assert not is_signed_in(client)


def test_the_code_page_without_a_password_leads_back(client: Client) -> None:
    assert client.get(CODE)["Location"] == SIGN_IN


def test_every_failure_reads_the_same(client: Client, worker: User) -> None:
    sleeping = make_user("Sleeping Account", is_active=False)
    pages = []
    for email, password in [
        (worker.email, "wrong password here"),
        ("nobody@example.org", PASSWORD),
        (sleeping.email, PASSWORD),
    ]:
        response = step_one(Client(), email, password)
        assert response.status_code == 200
        pages.append(without_what_differs(response.content.decode(), email))

    assert "The email address or password is not right." in pages[0]
    assert pages[0] == pages[1] == pages[2]


def without_what_differs(page: str, email: str) -> str:
    lines = [line for line in page.replace(email, "").splitlines() if "csrfmiddlewaretoken" not in line]
    return "\n".join(lines)


def test_what_was_typed_stays_but_never_the_password(client: Client, worker: User) -> None:
    page = step_one(client, worker.email, "wrong password here").content.decode()

    assert f'value="{worker.email}"' in page
    assert "wrong password here" not in page


@pytest.mark.parametrize("email", ["asha.bell@example.org", "nobody@example.org"])
def test_ten_wrong_passwords_pause_the_address_with_a_plain_page(worker: User, email: str) -> None:
    browser = Client()
    for _ in range(9):
        assert step_one(browser, email, "wrong password here").status_code == 200

    response = step_one(browser, email, "wrong password here")

    assert response.status_code == 429
    page = response.content.decode()
    assert "we have paused it for 15 minutes" in page
    assert reverse("account_reset_password") in page
    assert step_one(Client(), email, PASSWORD).get("Location") is None


def test_a_colleague_at_the_same_address_is_not_paused(client: Client, worker: User) -> None:
    make_user("Bo Lin")
    for _ in range(10):
        step_one(client, worker.email, "wrong password here")

    assert step_one(Client(), "bo.lin@example.org")["Location"] == CODE


def test_the_pause_ends(worker: User) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False) as traveller:
        for _ in range(10):
            step_one(Client(), worker.email, "wrong password here")
        traveller.shift(timedelta(minutes=16))

        assert step_one(Client(), worker.email)["Location"] == CODE


def test_somebody_without_a_second_factor_sets_one_up_first(client: Client, cast: Cast) -> None:
    user = make_user("New Start", second_factor=False)
    make_membership(user, cast.host, Role.ORGANISATION_ADMINISTRATOR)
    step_one(client, user.email)
    assert client.get("/accounts/members")["Location"] == reverse("accounts:set-up")
    assert "Authenticator app" in client.get(reverse("accounts:set-up")).content.decode()
    shown = client.get(reverse("mfa_activate_totp"))
    assert shown.status_code == 200
    secret = client.session["mfa.totp.secret"]
    assert secret in shown.content.decode()

    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert wrong.status_code == 200
    assert "The code is not right" in wrong.content.decode()
    done = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})

    assert done["Location"] == reverse("mfa_view_recovery_codes")
    assert "Your recovery codes" in client.get(done["Location"]).content.decode()
    assert client.get("/accounts/members").status_code == 200


def test_the_secret_of_an_app_is_not_kept_in_the_clear(worker: User) -> None:
    kept = Authenticator.objects.get(user=worker).data["secret"]

    assert SECRET not in kept
    assert len(kept) > 80


def test_signing_out_asks_and_then_ends_the_session(client: Client, worker: User) -> None:
    step_one(client)
    client.post(CODE, {"code": code_now()})
    assert "Do you want to sign out?" in client.get(reverse("account_logout")).content.decode()

    assert client.post(reverse("account_logout"))["Location"] == SIGN_IN
    assert not is_signed_in(client)


def test_changing_a_second_factor_later_asks_who_one_is_again(client: Client, worker: User) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False) as traveller:
        step_one(client)
        client.post(CODE, {"code": code_now()})
        assert client.get(reverse("mfa_add_webauthn")).status_code == 200
        traveller.shift(timedelta(minutes=6))

        response = client.get(reverse("mfa_add_webauthn"))

        assert response.status_code == 302
        assert response["Location"].startswith((reverse("account_reauthenticate"), reverse("mfa_reauthenticate")))
        confirmed = client.post(
            reverse("account_reauthenticate"), {"password": PASSWORD, "next": reverse("mfa_add_webauthn")}
        )
        assert confirmed["Location"] == reverse("mfa_add_webauthn")
        assert "data-options" in client.get(reverse("mfa_add_webauthn")).content.decode()


def test_the_last_second_factor_stays(client: Client, worker: User) -> None:
    step_one(client)
    client.post(CODE, {"code": code_now()})

    assert "This is your only second factor" in client.get(reverse("mfa_deactivate_totp")).content.decode()
    client.post(reverse("mfa_deactivate_totp"))

    assert Authenticator.objects.filter(user=worker, type="totp").exists()


@pytest.mark.parametrize(
    "name",
    ["account_signup", "account_email", "account_set_password", "account_reset_password_from_key", "mfa_edit_webauthn"],
)
def test_what_is_not_needed_stays_closed(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_pages_hold_no_inline_script(client: Client, worker: User) -> None:
    pages = [client.get(SIGN_IN)]
    step_one(client)
    pages.append(client.get(CODE))
    for page in pages:
        text = page.content.decode()
        assert "<script>" not in text
        assert 'type="application/json"' not in text
        assert "style=" not in text
        assert "'unsafe-inline'" not in page["Content-Security-Policy"]
