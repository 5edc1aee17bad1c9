"""Whoever referred hears what became of it: as an account message, or by e-mail when they have no account."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.messaging.actions import tell_address, tell_user
from linkworks.organisations.queries import settings_of
from linkworks.ui.formats import date_time, plural

from .. import access, rules
from ..models import GuestLink, Progress, Referral
from ..states import State, Step


def tell_received(referral_id: UUID, *, by: Actor) -> None:
    """Say that a referral arrived, and within how many days the person hears: the scheme’s own promise."""
    referral = _referral(referral_id)
    days = plural(settings_of(referral.scheme_id).first_contact_working_days, "working day")
    _tell(referral, "referral-received", by, values={"days": days})


def tell_decision(referral_id: UUID, *, by: Actor) -> None:
    """Say that a referral was declined or passed on, and why."""
    referral = _referral(referral_id)
    if referral.state == State.DECLINED:
        why = rules.DECLINED_BECAUSE[referral.decline_reason]
        _tell(referral, "referral-declined", by, values={"why": why}, details=referral.decision_words)
    elif referral.state == State.REDIRECTED:
        details = f"Passed on to {referral.redirected_to}.\n\n{referral.decision_words}".strip()
        _tell(referral, "referral-redirected", by, details=details)


@transaction.atomic
def tell_progress(referral_id: UUID, *, step: Step | str, words: str = "", by: Actor) -> None:
    """Let whoever referred know that a plan was agreed, or that it finished, with the words the person agreed to share; once each."""
    referral = _referral(referral_id)
    access.require_triage(by, referral.scheme_id)
    told = Step(step).value
    if Progress.objects.filter(referral=referral, step=told).exists():
        return
    Progress.objects.create(
        referral=referral,
        scheme_id=referral.scheme_id,
        from_organisation_id=referral.from_organisation_id,
        step=told,
        words=words,
        made_by=by.id,
        made_by_name=by.name,
        made_at=clock.now(),
    )
    _tell(referral, told, by, details=words)


def _referral(referral_id: UUID) -> Referral:
    return Referral.objects.select_related("scheme").get(id=referral_id)


def _tell(
    referral: Referral, template: str, by: Actor, *, values: Mapping[str, str] | None = None, details: str = ""
) -> None:
    """Reference and scheme only: the person's name is not put into a mail box, and details are read in the account."""
    phone = {"phone": referral.scheme.phone} if referral.scheme.phone else {}
    said: dict[str, Any] = {
        "template": template,
        "values": {"reference": referral.reference, "scheme": referral.scheme.name, **phone, **(values or {})},
        "about_id": referral.id,
        "dedupe": f"{template}:{referral.id}",
        "scheme_id": referral.scheme_id,
        "by": by,
    }
    if referral.referrer_user_id:
        link = reverse("referrals:detail", args=[referral.id])
        tell_user(user_id=referral.referrer_user_id, link=link, details=details, **said)
    elif referral.referrer_email:
        tell_address(audience="referrer", address=referral.referrer_email, link="", **said)


def send_link(link_id: UUID, *, by: Actor) -> None:
    """Send a professional the link that lets them refer for a day."""
    link = GuestLink.objects.get(id=link_id)
    tell_address(
        audience="referrer",
        address=link.email,
        template="guest-link",
        values={"scheme": "social prescribing in London", "date": date_time(link.expires_at)},
        link=reverse("frontdoor:guest-details", args=[access.guest_token(link.id)]),
        about_id=link.id,
        dedupe=f"guest-link:{link.id}",
        scheme_id=None,
        by=by,
    )
