"""Whoever referred hears what became of it: as an account message, or by e-mail when they have no account."""

from typing import Any
from uuid import UUID

from django.urls import reverse

from linkworks.core.actor import Actor
from linkworks.messaging.actions import tell_address, tell_user
from linkworks.organisations.queries import settings_of

from .. import access
from ..models import GuestLink, Referral
from ..states import State


def tell_received(referral_id: UUID, *, by: Actor) -> None:
    """Say that a referral arrived, with its reference and when the person will hear."""
    referral = Referral.objects.select_related("scheme").get(id=referral_id)
    days = settings_of(referral.scheme_id).first_contact_working_days
    _tell(referral, "referral-received", {"days": days, "scheme_phone": referral.scheme.phone}, by)


def tell_decision(referral_id: UUID, *, by: Actor) -> None:
    """Say that a referral was declined or passed on, with the words of whoever decided."""
    referral = Referral.objects.select_related("scheme").get(id=referral_id)
    templates = {State.DECLINED: "referral-declined", State.REDIRECTED: "referral-redirected"}
    template = templates.get(State(referral.state))
    if template:
        values = {"words": referral.decision_words, "to": referral.redirected_to, "scheme_phone": referral.scheme.phone}
        _tell(referral, template, values, by)


def _tell(referral: Referral, template: str, values: dict[str, Any], by: Actor) -> None:
    """Reference and scheme only: the person's name is not put into a mail box."""
    filled = {"reference": referral.reference, "scheme": referral.scheme.name, **values}
    said = {
        "template": template,
        "values": filled,
        "about_id": referral.id,
        "dedupe": f"{template}:{referral.id}",
        "scheme_id": referral.scheme_id,
        "by": by,
    }
    if referral.referrer_user_id:
        link = reverse("referrals:detail", args=[referral.id])
        tell_user(user_id=referral.referrer_user_id, link=link, **said)
    elif referral.referrer_email:
        tell_address(audience="referrer", address=referral.referrer_email, link="", **said)


def send_link(link_id: UUID, *, by: Actor) -> None:
    """Send a professional the link that lets them refer for a day."""
    link = GuestLink.objects.get(id=link_id)
    tell_address(
        audience="referrer",
        address=link.email,
        template="guest-link",
        values={"name": link.name},
        link=reverse("frontdoor:guest-details", args=[access.guest_token(link.id)]),
        about_id=link.id,
        dedupe=f"guest-link:{link.id}",
        scheme_id=None,
        by=by,
    )
