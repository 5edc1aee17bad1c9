"""How accounts read on a page."""

from typing import Any

from django.urls import reverse

from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.ui import formats

from .models import Invitation, Membership
from .queries import SecondFactors
from .roles import title_of


def member_row(membership: Membership) -> list[Any]:
    role = title_of(membership.role)
    return [
        {
            "text": membership.user.name,
            "href": reverse("accounts:member", args=[membership.id]),
            "note": membership.user.email,
        },
        f"{role}, {membership.scheme.name}" if membership.scheme else role,
        formats.short_date(membership.starts_on),
    ]


def invitation_row(invitation: Invitation) -> dict[str, Any]:
    """An invitation nobody has answered, as a card."""
    role = title_of(invitation.role)
    return {
        "id": invitation.id,
        "name": invitation.name,
        "email": invitation.email,
        "role": f"{role}, {invitation.scheme.name}" if invitation.scheme else role,
        "sent": formats.short_date(invitation.created_at),
        "ends": formats.short_date(invitation.expires_at),
        "has_ended": invitation.expires_at <= clock.now(),
    }


def membership_choice(membership: Membership, actor: Actor) -> dict[str, Any]:
    """One of the roles somebody may act in, as a choice."""
    scheme = f" in {membership.scheme.name}" if membership.scheme else ""
    return {
        "id": membership.id,
        "organisation": membership.organisation.name,
        "role": f"{title_of(membership.role)}{scheme}",
        "current": membership.id == actor.membership_id,
    }


def account_page(actor: Actor, email: str, factors: SecondFactors) -> dict[str, Any]:
    passkeys = [{"id": each.id, "name": each.name, "used": used(each.last_used)} for each in factors.passkeys]
    return {
        "name": actor.name,
        "email": email,
        "organisation": actor.organisation_name,
        "role": title_of(actor.role) if actor.role else "",
        "app_since": formats.long_date(factors.app_since) if factors.app_since else "",
        "passkeys": passkeys,
        "has_recovery_codes": factors.has_recovery_codes,
        "only_one": factors.only_one,
    }


def used(when: Any) -> str:
    return f"Last used {formats.long_date(when)}" if when else "Not used yet"


def team_views(team: int, invited: int, *, shows_invited: bool) -> list[dict[str, Any]]:
    return [
        {"label": "Team", "href": reverse("accounts:members"), "current": not shows_invited, "count": team},
        {"label": "Invited", "href": invitations_href(), "current": shows_invited, "count": invited},
    ]


def invitations_href() -> str:
    return f"{reverse('accounts:members')}?view=invitations"
