"""What messaging does later: deliver, look for what was forgotten, and carry the mails of accounts."""

from uuid import UUID

from linkworks.accounts import queries as accounts
from linkworks.core.actor import Actor, job_actor
from linkworks.core.later import acting, failures_at_the_end, job, scheduled

from . import actions, queries
from .rules import Draft, Wording
from .states import Audience, Way


@job("messaging.deliver", atomic=False)
def deliver(message_id: str, *, by: Actor) -> None:
    """Send one message. Three transactions, so that a crash in between is seen and mended."""
    identifier = UUID(message_id)
    with acting(by):
        claimed = actions.claim(identifier, by=by)
    if not claimed:
        return
    with acting(by):
        parcel = actions.check_again(identifier, by=by)
    if parcel is None:
        return
    result = actions.carry(parcel)
    with acting(by):
        actions.note(identifier, result=result, by=by)


@scheduled("messaging.sweep", cron="* * * * *", every_seconds=60)
def sweep() -> None:
    by = job_actor("messaging.sweep", *queries.every_scheme())
    with failures_at_the_end(), acting(by):
        actions.sweep(by=by)


@scheduled("messaging.receipts", cron="*/5 * * * *", every_seconds=300)
def receipts() -> None:
    """Ask what became of messages that left. A carrier that does not answer is left alone until next time."""
    by = job_actor("messaging.receipts", *queries.every_scheme())
    with acting(by):
        waiting = actions.awaiting_receipt(by=by)
    for ours, theirs in waiting:
        status = actions.ask_carrier(theirs)
        if status is None:
            return
        with acting(by):
            actions.note_receipt(ours, status=status, by=by)


@job("messaging.send_invitation")
def send_invitation(invitation_id: str, occasion: str = "", *, by: Actor) -> None:
    """Send somebody their invitation; each `occasion` (a resend) once."""
    send_account_mail(
        accounts.invitation_mail(UUID(invitation_id)), "staff-invitation", f"{invitation_id}:{occasion}", by=by
    )


@job("messaging.send_password_reset")
def send_password_reset(reset_id: str, *, by: Actor) -> None:
    send_account_mail(accounts.password_reset_mail(UUID(reset_id)), "password-reset", reset_id, by=by)


def send_account_mail(mail: accounts.AccountMail, template: str, occasion: str, *, by: Actor) -> None:
    """Keep a mail that accounts has worded; it may hold a link that signs somebody in, so it goes to one address."""
    draft = Draft(
        audience=Audience.STAFF,
        way=Way.EMAIL,
        template=template,
        wording=Wording(mail.subject, mail.body),
        dedupe=f"{template}:{occasion}",
        address=mail.to,
    )
    actions.write(draft, by=by)
