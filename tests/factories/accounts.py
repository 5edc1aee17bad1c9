"""Staff for tests: with a real password and a real authenticator app when they must sign in by hand."""

import time
from datetime import date
from typing import Any

from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from linkworks.accounts.models import Membership, User
from linkworks.accounts.roles import Role
from linkworks.organisations.models import Organisation, Scheme

PASSWORD = "lantern orchard umbrella"
SECRET = "JBSWY3DPEHPK3PXP"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def make_user(name: str = "Asha Bell", *, password: str = PASSWORD, second_factor: bool = True, **facts: Any) -> User:
    email = facts.pop("email", f"{name.lower().replace(' ', '.')}@example.org")
    made = User.objects.create_user(email, password, name=name, is_fictional=True, **facts)
    if second_factor:
        totp.TOTP.activate(made, SECRET)
    return made


def make_membership(
    user: User, organisation: Organisation, role: Role, scheme: Scheme | None = None, **facts: Any
) -> Membership:
    dates = {"starts_on": date(2024, 1, 1), **facts}
    return Membership.objects.create(user=user, organisation=organisation, role=role.value, scheme=scheme, **dates)


def just_confirmed(browser: Client, user: User, ago: int = 0) -> Client:
    """A browser whose user showed who they are so many seconds ago, as signing in by hand leaves it."""
    session = browser.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - ago}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return browser


def code_now(secret: str = SECRET) -> str:
    """What the person's app shows at this moment."""
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))
