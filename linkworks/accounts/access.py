"""Who may see and change accounts. Nobody here sees a client: account administrators have no client permissions."""

from uuid import UUID

from django.db.models import QuerySet

from linkworks.core.access import signed_in
from linkworks.core.actor import Actor
from linkworks.core.errors import NotAllowed
from linkworks.core.permissions import Permission

from .models import Invitation, Membership

__all__ = ["can_manage_accounts", "require_manager", "signed_in", "visible_invitations", "visible_memberships"]


def can_manage_accounts(actor: Actor) -> bool:
    return actor.may(Permission.ACCOUNTS_MANAGE)


def require_manager(actor: Actor, organisation_id: UUID) -> None:
    """Refuse anybody but an account administrator of this very organisation."""
    if not can_manage_accounts(actor) or organisation_id not in actor.organisations:
        raise NotAllowed("Only an organisation administrator of this organisation can do that.")


def visible_memberships(actor: Actor) -> QuerySet[Membership]:
    """Memberships of the actor's own organisation, for its administrators."""
    return (
        Membership.objects.filter(organisation_id__in=actor.organisations)
        if can_manage_accounts(actor)
        else Membership.objects.none()
    )


def visible_invitations(actor: Actor) -> QuerySet[Invitation]:
    return (
        Invitation.objects.filter(organisation_id__in=actor.organisations)
        if can_manage_accounts(actor)
        else Invitation.objects.none()
    )
