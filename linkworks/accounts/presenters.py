"""How accounts read on a page."""

from typing import Any

from django.urls import NoReverseMatch, reverse

from linkworks.core.actor import Actor
from linkworks.core.permissions import Permission as P

LANDINGS: tuple[tuple[P, str], ...] = (
    (P.CASE_WORK, "casework:today"),
    (P.CASE_VIEW_TEAM, "casework:today"),
    (P.CONNECTION_ANSWER, "providers:list"),
    (P.REFERRAL_SEND, "referrals:list"),
    (P.ACCOUNTS_MANAGE, "accounts:members"),
    (P.DIRECTORY_EDIT, "directory:listings"),
)


def landing(actor: Actor) -> str:
    """The address of the first place of this actor's role that there is a page for."""
    for permission, name in LANDINGS:
        if actor.may(permission):
            try:
                return reverse(name)
            except NoReverseMatch:
                continue
    return reverse("accounts:account")


def account_page(actor: Actor) -> dict[str, Any]:
    return {"actor": actor}
