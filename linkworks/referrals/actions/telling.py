"""Whoever referred hears what became of it: as an account message, or by e-mail when they have no account."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.errors import Invalid, NotAllowed
from linkworks.messaging.actions import tell_address, tell_user
from linkworks.organisations.queries import settings_of
from linkworks.ui.formats import date_time, plural

from .. import access, queries, rules
from ..models import GuestLink, Progress, Referral
from ..states import State, Step
from .moving import locked

TO_THE_PERSON = {
    "referral-received": "asked-received",
    "referral-declined": "asked-declined",
    "referral-redirected": "asked-redirected",
}


def tell_received(referral_id: UUID, *, by: Actor) -> None:
    """Say that a referral arrived, and within how many days the person hears: the scheme’s own promise."""
    referral = _referral(referral_id)
    days = plural(settings_of(referral.scheme_id).first_contact_working_days, "working day")
    _tell(referral, _words_for(referral, "referral-received"), by, values={"days": days})


def tell_decision(referral_id: UUID, *, by: Actor) -> None:
    """Say that a referral was declined or passed on, and why."""
    referral = _referral(referral_id)
    if referral.state == State.DECLINED:
        why = rules.DECLINED_BECAUSE[referral.decline_reason]
        _tell(
            referral,
            _words_for(referral, "referral-declined"),
            by,
            values={"why": why},
            details=referral.decision_words,
        )
    elif referral.state == State.REDIRECTED:
        details = f"Passed on to {referral.redirected_to}.\n\n{referral.decision_words}".strip()
        _tell(referral, _words_for(referral, "referral-redirected"), by, details=details)


@transaction.atomic
def tell_progress(referral_id: UUID, *, step: Step | str, words: str = "", by: Actor) -> bool:
    """Let whoever referred know that a plan was agreed, or that it finished, with the words the person agreed to share; once each."""
    referral = _referral(referral_id)
    access.require_triage(by, referral.scheme_id)
    told = Step(step).value
    if not _keep_progress(referral, told, words, by):
        return False
    _tell(referral, told, by, details=words)
    return True


@transaction.atomic
def note_told(referral: Referral, *, words: str, by: Actor) -> None:
    """Somebody spoke to whoever asked, and said what was decided; or tried, and writes down what happened."""
    access.require_triage(by, referral.scheme_id)
    current = locked(referral)
    if current.state not in (State.DECLINED, State.REDIRECTED):
        raise NotAllowed("There is no decision to tell them about.")
    if not words.strip():
        raise Invalid("Write how you told them, or why you could not.", field="words")
    _keep_progress(current, Step.TOLD.value, words.strip(), by)


def _keep_progress(referral: Referral, step: str, words: str, by: Actor) -> bool:
    """Write down what was told, once. False when it was told before."""
    if Progress.objects.filter(referral=referral, step=step).exists():
        return False
    Progress.objects.create(
        referral=referral,
        scheme_id=referral.scheme_id,
        from_organisation_id=referral.from_organisation_id,
        step=step,
        words=words,
        made_by=by.id,
        made_by_name=by.name,
        made_at=clock.now(),
    )
    return True


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
    hears = queries.hears(referral)
    if referral.referrer_user_id:
        link = reverse("referrals:detail", args=[referral.id])
        tell_user(user_id=referral.referrer_user_id, link=link, details=details, **said)
    elif hears.way and hears.is_person == (template in TO_THE_PERSON.values()):
        tell_address(audience="referrer", address=hears.address, link="", way=hears.way, **said)


def _words_for(referral: Referral, template: str) -> str:
    """Somebody who asked for themselves, or whose referrer left no address, is not written to as if they had referred."""
    return TO_THE_PERSON.get(template, template) if queries.hears(referral).is_person else template


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
