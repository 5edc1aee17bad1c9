"""Who somebody is, asked again before a role is given or a colleague's second factor ends."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from linkworks.accounts.models import Invitation, Membership
from linkworks.accounts.queries import actor_for, has_second_factor
from linkworks.accounts.roles import Role
from tests.cast import Cast
from tests.factories.accounts import BACKEND, PASSWORD, code_now, just_confirmed, make_membership, make_user

pytestmark = pytest.mark.django_db

CONFIRM, BY_CODE, BY_PASSKEY = (
    reverse("account_reauthenticate"),
    reverse("mfa_reauthenticate"),
    reverse("mfa_reauthenticate_webauthn"),
)
INVITE = reverse("accounts:invite")
INVITED = {"name": "Kit Moss", "email": "kit@example.org", "role": "organisation-administrator"}


@pytest.fixture
def administrator(cast: Cast) -> Any:
    user = make_user("Noor Aziz")
    make_membership(user, cast.host, Role.ORGANISATION_ADMINISTRATOR)
    return user


@pytest.fixture
def browser(administrator: Any) -> Client:
    """Signed in, and away from the screen for more than five minutes."""
    browser = Client()
    browser.force_login(administrator, backend=BACKEND)
    return just_confirmed(browser, administrator, ago=301)


@pytest.fixture
def colleague(cast: Cast) -> Membership:
    return make_membership(make_user("Kit Moss"), cast.host, Role.REFERRER)


def grave(colleague: Membership) -> dict[str, tuple[str, dict[str, str]]]:
    return {
        "invite": (INVITE, INVITED),
        "change a role": (reverse("accounts:member", args=[colleague.id]), {"role": "volunteer"}),
        "end a role": (reverse("accounts:end", args=[colleague.id]), {}),
        "reset a second factor": (reverse("accounts:start-again", args=[colleague.id]), {}),
    }


GRAVE = ["invite", "change a role", "end a role", "reset a second factor"]


def unchanged(colleague: Membership) -> bool:
    colleague.refresh_from_db()
    return colleague.ends_on is None and has_second_factor(colleague.user) and not Invitation.objects.exists()


@pytest.mark.parametrize("what", GRAVE)
def test_the_form_is_shown_but_sending_it_asks_who_one_is(browser: Client, colleague: Membership, what: str) -> None:
    address, typed = grave(colleague)[what]
    assert browser.get(address).status_code == 200

    asked = browser.post(address, typed)

    assert asked["Location"].startswith((CONFIRM, BY_CODE))
    assert unchanged(colleague)
    assert "Confirm that it is you" in browser.get(asked["Location"]).content.decode()


@pytest.mark.parametrize("what", GRAVE)
@pytest.mark.parametrize("way", ["password", "code"])
def test_the_right_answer_does_what_was_asked_without_typing_it_again(
    browser: Client, colleague: Membership, what: str, way: str
) -> None:
    address, typed = grave(colleague)[what]
    browser.post(address, typed)

    page, answer = (CONFIRM, {"password": PASSWORD}) if way == "password" else (BY_CODE, {"code": code_now()})
    done = browser.post(f"{page}?next={address}", answer)

    assert done.status_code == 302 and done["Location"].startswith(reverse("accounts:members"))
    assert not unchanged(colleague)


@pytest.mark.parametrize("what", GRAVE)
def test_within_five_minutes_nothing_is_asked(
    administrator: Any, browser: Client, colleague: Membership, what: str
) -> None:
    address, typed = grave(colleague)[what]
    just_confirmed(browser, administrator, ago=290)

    assert browser.post(address, typed)["Location"].startswith(reverse("accounts:members"))


@pytest.mark.parametrize(("page", "wrong"), [(CONFIRM, {"password": "not my password"}), (BY_CODE, {"code": "000000"})])
def test_a_wrong_answer_says_so_and_does_nothing(
    browser: Client, colleague: Membership, page: str, wrong: dict[str, str]
) -> None:
    address, typed = grave(colleague)["change a role"]
    browser.post(address, typed)

    response = browser.post(f"{page}?next={address}", wrong)

    assert response.status_code == 200
    assert "is not right" in response.content.decode()
    assert "not my password" not in response.content.decode()
    assert unchanged(colleague)


def test_answers_cannot_be_guessed_without_end(browser: Client, colleague: Membership) -> None:
    address, typed = grave(colleague)["reset a second factor"]
    browser.post(address, typed)
    pages = [browser.post(f"{CONFIRM}?next={address}", {"password": f"guess {n}"}) for n in range(12)]
    answers = [each.status_code for each in pages]

    browser.post(f"{CONFIRM}?next={address}", {"password": PASSWORD})

    assert 429 in answers
    assert b"15 minutes" in pages[-1].content
    assert b"sign in with this email address" not in pages[-1].content, "it was another limit"
    assert unchanged(colleague)


def test_what_is_wrong_in_the_form_is_said_after_confirming_with_what_was_typed(browser: Client) -> None:
    browser.post(INVITE, {**INVITED, "email": "kit at home"})

    page = browser.post(f"{CONFIRM}?next={INVITE}", {"password": PASSWORD})

    assert page.status_code == 400
    assert 'value="kit at home"' in page.content.decode()
    assert not Invitation.objects.exists()


def test_a_kept_form_is_taken_once(browser: Client) -> None:
    browser.post(INVITE, INVITED)
    browser.post(f"{CONFIRM}?next={INVITE}", {"password": PASSWORD})

    again = browser.post(f"{CONFIRM}?next={INVITE}", {"password": PASSWORD})

    assert again["Location"] == INVITE
    assert Invitation.objects.count() == 1


def test_a_kept_form_is_not_sent_to_another_page(browser: Client, colleague: Membership) -> None:
    browser.post(INVITE, INVITED)

    browser.post(f"{CONFIRM}?next={reverse('accounts:end', args=[colleague.id])}", {"password": PASSWORD})

    assert unchanged(colleague)


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_confirming_leads_to_no_other_site(browser: Client, elsewhere: str) -> None:
    response = browser.post(f"{CONFIRM}?next={elsewhere}", {"password": PASSWORD})

    assert response["Location"].startswith("/accounts/")


def test_a_role_that_ended_meanwhile_gives_nothing(browser: Client, administrator: Any, cast: Cast) -> None:
    browser.post(INVITE, INVITED)
    Membership.objects.filter(user=administrator).update(ends_on="2026-01-01")

    response = browser.post(f"{CONFIRM}?next={INVITE}", {"password": PASSWORD})

    assert response.status_code == 403
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("who", ["link_worker", "manager", "referrer", "steward"])
def test_who_may_not_is_told_no_and_not_asked_for_a_password(cast: Cast, colleague: Membership, who: str) -> None:
    browser = cast.client(getattr(cast, who))

    assert {browser.post(address, typed).status_code for address, typed in grave(colleague).values()} == {403}


def test_confirming_as_one_person_counts_for_nobody_else(browser: Client, cast: Cast, colleague: Membership) -> None:
    """A session that changes hands keeps nobody's confirmation."""
    browser.post(CONFIRM, {"password": PASSWORD})
    browser.force_login(cast.administrator, backend=BACKEND)

    assert browser.post(INVITE, INVITED)["Location"].startswith((CONFIRM, BY_CODE))


def test_in_the_demonstration_nobody_has_a_password_so_none_is_asked(browser: Client, settings: Any) -> None:
    settings.DEMO = True

    assert browser.post(INVITE, INVITED)["Location"].startswith(reverse("accounts:members"))


def test_the_password_of_a_kept_form_is_never_in_the_session(browser: Client) -> None:
    """Only forms without secrets are kept; changing a password asks for the current one in the same form."""
    browser.post(INVITE, INVITED)
    browser.post(f"{CONFIRM}?next={INVITE}", {"password": "wrong secret phrase"})
    browser.post(reverse("accounts:password"), {"current": PASSWORD, "password": "marmalade canal bicycle"})

    kept = str(dict(browser.session))
    assert "wrong secret phrase" not in kept and PASSWORD not in kept and "marmalade" not in kept


@pytest.mark.parametrize("name", ["mfa_add_webauthn", "mfa_generate_recovery_codes", "mfa_deactivate_totp"])
def test_ones_own_second_factors_ask_too(browser: Client, administrator: Any, name: str) -> None:
    Authenticator.objects.create(user=administrator, type="webauthn", data={"name": "Laptop", "credential": {}})

    assert browser.get(reverse(name))["Location"].startswith((CONFIRM, BY_CODE, BY_PASSKEY))
    assert browser.post(reverse(name))["Location"].startswith((CONFIRM, BY_CODE, BY_PASSKEY))
    assert Authenticator.objects.filter(user=administrator).count() == 2


def test_resending_and_taking_back_give_nothing_new_and_ask_nothing(
    browser: Client, administrator: Any, cast: Cast
) -> None:
    from linkworks.accounts import actions

    facts: dict[str, Any] = {"name": "New", "email": "new@example.org", "role": Role.REFERRER, "scheme_id": None}
    made = actions.invite(cast.host.id, **facts, by=actor_for(administrator))

    for name in ("accounts:resend", "accounts:revoke"):
        assert browser.post(reverse(name, args=[made.id]))["Location"].startswith(reverse("accounts:members"))
