"""How allauth and axes behave in Linkworks: closed sign-up, neutral answers, no mail of their own."""

import base64
import hashlib
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from . import queries

SAID = {
    "mfa/messages/totp_activated.txt": "Your authenticator app is set up.",
    "mfa/messages/totp_deactivated.txt": "Your authenticator app is no longer used.",
    "mfa/messages/webauthn_added.txt": "Your passkey is set up.",
    "mfa/messages/webauthn_removed.txt": "The passkey is removed.",
    "mfa/messages/recovery_codes_generated.txt": "You have new recovery codes. The old ones no longer work.",
    "account/messages/logged_out.txt": "You are signed out.",
}
WRONG = "The email address or password is not right. Check both and try again."
TOO_MANY = "There have been too many tries. Wait 15 minutes, then try again."


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves, and every failed sign-in reads the same."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "enter_current_password": "Enter your current password",
        "incorrect_password": "The password is not right. Try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """A deactivated account answers as a wrong password does."""
        user = super().authenticate(request, **credentials)
        return user if user is not None and user.is_active else None

    def reauthenticate(self, user: Any, password: str) -> bool:
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not while setting up the first second factor, nor within five minutes of signing in.

        In the demonstration nobody has a password, so there is nothing to ask.
        """
        request = context.request
        if settings.DEMO or (request.user.is_authenticated and not queries.has_second_factor(request.user)):
            return False
        shown = max((each["at"] for each in get_authentication_records(request, request.user)), default=0)
        return bool(time.time() - shown > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:arrive")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_login")

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Only what we have words for is said; allauth gives (template, context, tags, message)."""
        named = dict(zip(("message_template", "message_context", "extra_tags", "message"), args, strict=False)) | kwargs
        said = named.get("message") or SAID.get(named.get("message_template") or "")
        if said:
            messages.add_message(request, level, said, extra_tags=named.get("extra_tags") or "")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        raise RuntimeError("Mail leaves through messaging, never from here.")

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """What changed on an account is shown on the page where it was changed."""


class MfaAdapter(DefaultMFAAdapter):
    """Secrets of second factors are kept encrypted, and keys have plain names."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "The code is not right. Codes change every 30 seconds: enter the one your app shows now.",
        "cannot_delete_authenticator": "This is your only second factor. Add another before you remove it.",
    }

    def encrypt(self, text: str) -> str:
        return ciphers().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return ciphers().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """The last second factor cannot be removed."""
        return not queries.second_factors(authenticator.user_id).only_one

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return "Passkey"


def ciphers() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"second-factors:" + str(key).encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def typed_email(request: HttpRequest, credentials: dict[str, Any] | None) -> str | None:
    """What axes counts wrong passwords by: the address as typed, whether or not it has an account."""
    given = credentials or {}
    typed = given.get("email") or given.get("login") or given.get("username") or request.POST.get("login")
    return str(typed).strip().lower()[:255] if typed else None


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """The page after too many wrong passwords. It reads the same for an address without an account."""
    return render(request, "account/locked.jinja", status=429)
