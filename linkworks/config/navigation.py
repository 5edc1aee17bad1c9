"""What every page shows of where one is: the menu by permission, who one is acting for, whether this is a demonstration."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from linkworks.core.access import actor_of
from linkworks.core.actor import Actor
from linkworks.core.permissions import Permission as P
from linkworks.messaging.queries import unread_count


@dataclass(frozen=True)
class Item:
    """A place in the menu, who it is for (no permissions: everybody signed in), and what else is in that place."""

    label: str
    name: str
    permissions: frozenset[P] = frozenset()
    also: tuple[str, ...] = ()

    def is_for(self, actor: Actor) -> bool:
        return not self.permissions or bool(self.permissions & actor.permissions)


MENU = (
    Item("Today", "casework:today", frozenset({P.CASE_WORK, P.CASE_VIEW_TEAM})),
    Item("Inbox", "casework:inbox", frozenset({P.REFERRAL_TRIAGE, P.CASE_VIEW_TEAM})),
    Item("Caseload", "casework:caseload", frozenset({P.CASE_WORK, P.CASE_VIEW_TEAM})),
    Item("Team", "casework:allocation", frozenset({P.CASE_ALLOCATE}), ("casework:gaps", "casework:answers")),
    Item("Concerns", "casework:concerns", frozenset({P.SAFEGUARDING_LEAD, P.CASE_ALLOCATE})),
    Item("Referrals", "referrals:list", frozenset({P.REFERRAL_SEND})),
    Item("Key in a referral", "referrals:key-in", frozenset({P.REFERRAL_KEY_IN})),
    Item("Connections", "providers:inbox", frozenset({P.CONNECTION_ANSWER})),
    Item("Registers", "providers:registers", frozenset({P.ATTENDANCE_MARK})),
    Item("Our services", "providers:services", frozenset({P.CONNECTION_ANSWER})),
    Item("Find support", "directory:find"),
    Item("To look at", "directory:steward-queue", frozenset({P.DIRECTORY_EDIT})),
    Item("Listings", "directory:steward-list", frozenset({P.DIRECTORY_EDIT})),
    Item("Our scheme", "organisations:scheme", frozenset({P.SCHEME_SETTINGS})),
    Item("Accounts", "accounts:members", frozenset({P.ACCOUNTS_MANAGE})),
    Item("Messages", "messaging:inbox"),
)


def page_context(request: HttpRequest) -> dict[str, Any]:
    """The part of every page's context that its header and menu need. Asks the database for one count."""
    actor = actor_of(request)
    return {
        "actor": actor,
        "navigation": navigation(actor, request.path, unread_count(actor)) if actor.is_signed_in else [],
        "account": account(actor, request) if actor.is_signed_in else None,
        "acting_for": actor.organisation_name,
        "can_switch": can_switch(request),
        "demo": settings.DEMO,
        "footer_links": [{"label": "The directory as open data", "href": address("interop:open-directory")}],
    }


def navigation(actor: Actor, path: str, unread: int = 0) -> list[dict[str, Any]]:
    """The menu of this actor, with the place they are at marked and the messages they have not read counted."""
    path = next((address(item.name) or path for item in MENU if path in map(address, item.also)), path)
    places = [(item.label, address(item.name)) for item in MENU if item.is_for(actor)]
    shown = [(label, href) for label, href in places if href]
    here = max((href for _, href in shown if f"{path}/".startswith(f"{href.rstrip('/')}/")), key=len, default="")
    counts = {address("messaging:inbox"): unread}
    return [{"label": label, "href": href, "current": href == here, "count": counts.get(href)} for label, href in shown]


def account(actor: Actor, request: HttpRequest) -> dict[str, Any]:
    return {
        "name": actor.name,
        "organisation": actor.organisation_name,
        "href": address("accounts:account"),
        "switch_href": address("accounts:switch") if can_switch(request) else None,
        "sign_out_href": address("account_logout"),
    }


def can_switch(request: HttpRequest) -> bool:
    """Whether this person has more than one role to choose from."""
    return bool(getattr(request, "can_switch", False))


@cache
def address(name: str) -> str | None:
    """The address of a page, if it exists."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
