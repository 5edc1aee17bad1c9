"""The links and letters of accounts. A link is signed from an id, so a job can write it again and nothing secret is stored."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from linkworks.core import clock

from ..models import Invitation, PasswordReset, User
from ..roles import in_a_sentence, title_of
from ..states import InvitationState, ResetState

INVITATION, RESET = "accounts.invitation", "accounts.password-reset"


@dataclass(frozen=True, slots=True)
class AccountMail:
    """A letter to a member of staff, ready to send."""

    to: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class InvitationFacts:
    """What the page behind an invitation's link says, and to whom."""

    id: UUID
    name: str
    email: str
    organisation: str
    scheme: str
    role: str
    as_role: str
    is_open: bool
    has_account: bool


def token_for(kind: str, thing_id: UUID) -> str:
    return Signer(salt=kind).sign(str(thing_id)).replace(":", ".")


def id_from(kind: str, token: str) -> UUID | None:
    """The id a link was signed from, or nothing when it was tampered with."""
    try:
        return UUID(Signer(salt=kind).unsign(token.replace(".", ":", 1)))
    except (BadSignature, ValueError):
        return None


def link(name: str, token: str) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=[token])}"


def invitation_mail(invitation_id: UUID | str) -> AccountMail:
    """The invitation's letter. It names the organisation and the role, and nobody's client."""
    held = Invitation.objects.select_related("organisation", "invited_by").get(pk=invitation_id)
    sender = held.invited_by.name if held.invited_by else "Linkworks"
    body = (
        f"Hello {held.name},\n\n{sender} has invited you to join {held.organisation.name} on Linkworks"
        f" as {in_a_sentence(held.role)}.\n\nTo accept, open this link within 7 days:\n\n"
        f"{link('accounts:join', token_for(INVITATION, held.id))}\n\n"
        "You will choose a password and set up a second way to prove it is you: an app on your phone, or a passkey.\n\n"
        "If you did not expect this, you can ignore it.\n"
    )
    return AccountMail(held.email, f"Join {held.organisation.name} on Linkworks", body)


def password_reset_mail(reset_id: UUID | str) -> AccountMail:
    held = PasswordReset.objects.select_related("user").get(pk=reset_id)
    asked = (
        f"{held.started_by_name} has helped you to start again on Linkworks, because you could not sign in."
        if held.started_by_name
        else "Somebody, we hope you, asked to choose a new password for Linkworks."
    )
    body = (
        f"Hello {held.user.name},\n\n{asked}"
        f"\n\nTo choose one, open this link within an hour:\n\n{link('accounts:new-password', token_for(RESET, held.id))}\n\n"
        "If you did not ask for this, tell whoever looks after accounts in your organisation.\n"
    )
    return AccountMail(held.user.email, "Choose a new password for Linkworks", body)


def invitation_behind(token: str) -> InvitationFacts | None:
    """The invitation a link was made for; None for a link nobody made."""
    thing = id_from(INVITATION, token)
    found = Invitation.objects.filter(pk=thing).select_related("organisation", "scheme").first() if thing else None
    if found is None:
        return None
    return InvitationFacts(
        id=found.id,
        name=found.name,
        email=found.email,
        organisation=found.organisation.name,
        scheme=found.scheme.name if found.scheme else "",
        role=title_of(found.role),
        as_role=in_a_sentence(found.role),
        is_open=found.state == InvitationState.SENT and found.expires_at > clock.now(),
        has_account=User.objects.filter(email=found.email).exists(),
    )


def reset_behind(token: str) -> UUID | None:
    """The open request for a new password a link was made for."""
    thing = id_from(RESET, token)
    if thing is None:
        return None
    asked = PasswordReset.objects.filter(pk=thing, state=ResetState.REQUESTED.value, user__is_active=True)
    return asked.filter(expires_at__gt=clock.now()).values_list("pk", flat=True).first()
