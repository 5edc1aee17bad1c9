"""Who is in a team, who is invited, and which roles and schemes may be given."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.organisations.models import Scheme

from ..access import visible_invitations, visible_memberships
from ..models import Invitation, Membership
from ..roles import ROLES, Role
from ..states import InvitationState
from .actors import live_on


def staff(scheme_id: UUID, roles: Iterable[Role]) -> QuerySet[Membership]:
    """Who works in a scheme today in one of these roles, by name."""
    held = Membership.objects.filter(
        live_on(clock.today()), scheme_id=scheme_id, role__in=[each.value for each in roles]
    )
    return held.filter(user__is_active=True).select_related("user").order_by("user__name", "user_id")


def members(actor: Actor, search: str = "") -> QuerySet[Membership]:
    """The colleagues of one's organisation today, by name."""
    found = visible_memberships(actor).filter(live_on(clock.today())).select_related("user", "scheme")
    if search:
        found = found.filter(Q(user__name__icontains=search) | Q(user__email__icontains=search))
    return found.order_by("user__name", "user_id", "role")


def invitations(actor: Actor, search: str = "") -> QuerySet[Invitation]:
    """The invitations nobody has answered yet, newest first."""
    found = visible_invitations(actor).filter(state=InvitationState.SENT.value).select_related("scheme")
    if search:
        found = found.filter(Q(name__icontains=search) | Q(email__icontains=search))
    return found.order_by("-created_at")


def member(actor: Actor, membership_id: UUID) -> Membership | None:
    return members(actor).filter(pk=membership_id).first()


def invitation(actor: Actor, invitation_id: UUID) -> Invitation | None:
    return visible_invitations(actor).filter(pk=invitation_id).select_related("scheme").first()


def grantable_roles() -> list[Role]:
    """The roles an organisation's administrator may give: those that have work to do here."""
    return [role for role, facts in ROLES.items() if facts.is_given_by_administrators]


def roles_to_give(organisation_id: UUID) -> list[Role]:
    """The roles an organisation's administrator may give there: those that see a whole scheme only where it hosts one."""
    hosts = Scheme.objects.filter(host_id=organisation_id).exists()
    return [role for role in grantable_roles() if hosts or not ROLES[role].is_of_the_host]


def schemes_to_give(organisation_id: UUID) -> QuerySet[Scheme]:
    """The schemes an organisation may place people in: those it hosts, and those its people work in already."""
    working = Membership.objects.filter(live_on(clock.today()), organisation_id=organisation_id).values("scheme_id")
    return Scheme.objects.filter(Q(host_id=organisation_id) | Q(id__in=working)).order_by("name")
