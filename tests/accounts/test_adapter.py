"""How allauth and axes behave here."""

from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import RequestFactory

from linkworks.accounts.adapter import SAID, AccountAdapter, typed_email
from tests.factories.accounts import make_user


def request_with_messages() -> Any:
    request = RequestFactory().get("/")
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return request


def said(**given: Any) -> list[str]:
    request = request_with_messages()
    AccountAdapter().add_message(request, 25, **given)
    return [str(each) for each in get_messages(request)]


def test_nobody_signs_up_by_themselves() -> None:
    assert isinstance(get_adapter(), AccountAdapter)
    assert not get_adapter().is_open_for_signup(HttpRequest())


def test_no_mail_leaves_by_allauth() -> None:
    with pytest.raises(RuntimeError, match="through messaging"):
        get_adapter().send_mail("account/email/anything", "a@example.org", {})
    assert get_adapter().send_notification_mail("anything", None) is None


@pytest.mark.parametrize("template", sorted(SAID))
def test_what_is_said_is_in_our_words(template: str) -> None:
    assert said(message_template=template) == [SAID[template]]


def test_what_we_have_no_words_for_is_not_said() -> None:
    assert said(message_template="account/messages/logged_in.txt") == []
    assert said() == []
    assert said(message="Wait a little.") == ["Wait a little."]


def test_secrets_are_encrypted_and_come_back() -> None:
    adapter = get_mfa_adapter()

    assert adapter.decrypt(adapter.encrypt("JBSWY3DP")) == "JBSWY3DP"
    assert adapter.encrypt("JBSWY3DP") != adapter.encrypt("JBSWY3DP")


def test_secrets_outlive_a_changed_key_while_the_old_one_is_listed(settings: Any) -> None:
    old = settings.SECRET_KEY
    kept = get_mfa_adapter().encrypt("JBSWY3DP")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = (
        "a new key of at least fifty characters, as it has to be",
        [old],
    )
    assert get_mfa_adapter().decrypt(kept) == "JBSWY3DP"

    settings.SECRET_KEY_FALLBACKS = []

    with pytest.raises(InvalidToken):
        get_mfa_adapter().decrypt(kept)


@pytest.mark.django_db
def test_the_last_second_factor_cannot_be_removed() -> None:
    user = make_user()
    app = Authenticator.objects.get(user=user)
    assert not get_mfa_adapter().can_delete_authenticator(app)
    Authenticator.objects.create(user=user, type="recovery_codes", data={})
    assert not get_mfa_adapter().can_delete_authenticator(app)

    Authenticator.objects.create(user=user, type="webauthn", data={"name": "Laptop"})

    assert get_mfa_adapter().can_delete_authenticator(app)


@pytest.mark.parametrize(
    ("credentials", "posted", "counted"),
    [
        ({"email": " Asha@Example.org "}, "", "asha@example.org"),
        ({"username": "asha@example.org"}, "", "asha@example.org"),
        (None, "ASHA@example.org", "asha@example.org"),
        ({}, "", None),
        ({"email": "a" * 300}, "", "a" * 255),
    ],
)
def test_wrong_passwords_are_counted_by_the_address_as_typed(
    credentials: dict[str, str] | None, posted: str, counted: str | None
) -> None:
    request = RequestFactory().post("/", {"login": posted} if posted else {})

    assert typed_email(request, credentials) == counted
