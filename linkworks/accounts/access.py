"""Who may see and change accounts. Nobody here sees a client: account administrators have no client permissions."""

from uuid import UUID

from django.db.models import QuerySet

from linkworks.core.access import signed_in
from linkworks.core.actor import Actor
from linkworks.core.errors import NotAllowed
from linkworks.core.permissions import Permission

from .models import Absence, Invitation, Membership

__all__ = [
    "can_manage_accounts",
    "can_set_absence",
    "require_absence",
    "require_manager",
    "sets_for_all",
    "signed_in",
    "visible_absences",
    "visible_invitations",
    "visible_memberships",
]


def can_manage_accounts(actor: Actor) -> bool:
    return actor.may(Permission.ACCOUNTS_MANAGE)


def can_set_absence(actor: Actor) -> bool:
    """Whoever carries cases sets when they are away; their manager sets it for the team."""
    return actor.may(Permission.CASE_WORK)


def sets_for_all(actor: Actor) -> bool:
    return actor.may(Permission.CASE_ALLOCATE)


def reads_note(actor: Actor, absence: Absence) -> bool:
    """What an absence says of the work is for whoever is away, whoever stands in, and their manager."""
    return sets_for_all(actor) or actor.user_id in (absence.worker_id, absence.cover_id)


def require_absence(actor: Actor, worker_id: UUID, scheme_id: UUID) -> None:
    """Refuse anybody but the worker themselves and the manager of their scheme."""
    theirs = can_set_absence(actor) and actor.user_id == worker_id
    if scheme_id not in actor.schemes or not (theirs or sets_for_all(actor)):
        raise NotAllowed("Only the worker themselves or their team manager can do that.")


def visible_absences(actor: Actor) -> QuerySet[Absence]:
    """The times away of the actor's own schemes."""
    return Absence.objects.filter(scheme_id__in=actor.schemes) if can_set_absence(actor) else Absence.objects.none()


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
