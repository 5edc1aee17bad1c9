"""Telling whoever referred what became of it, and sending a professional's link."""

from uuid import UUID

from linkworks.core.actor import Actor
from linkworks.core.later import job, scheduled

from . import actions


@job("referrals.tell_received")
def tell_received(referral_id: str, by: Actor) -> None:
    """The referral arrived: its reference and what happens next."""
    actions.tell_received(UUID(referral_id), by=by)


@job("referrals.tell_decision")
def tell_decision(referral_id: str, by: Actor) -> None:
    """The scheme said no or passed it on: why, and what to do instead."""
    actions.tell_decision(UUID(referral_id), by=by)


@scheduled("referrals.tidy", cron="50 3 * * *", every_seconds=24 * 3600)
def tidy() -> None:
    """Who once asked for a link is forgotten; what they sent with it stays."""
    actions.forget_old_links()


@job("referrals.send_guest_link")
def send_guest_link(link_id: str, by: Actor) -> None:
    actions.send_link(UUID(link_id), by=by)
