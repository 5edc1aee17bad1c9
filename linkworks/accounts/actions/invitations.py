"""Inviting somebody to join an organisation in a role, and what becomes of it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.errors import Conflict, Invalid, NotAllowed
from linkworks.core.later import later
from linkworks.core.permissions import Permission
from linkworks.core.states import after
from linkworks.organisations.actions import require_set_up
from linkworks.organisations.models import Organisation

from ..access import require_manager
from ..models import Invitation, InvitationMove, Membership, User
from ..queries.actors import live_on
from ..queries.members import grantable_roles, roles_to_give, schemes_to_give
from ..roles import ROLES, Role
from ..states import INVITATION_MOVES, InvitationMoveName, InvitationState
from .passwords import refuse_weak

GIVEN_BY_THE_INSTALLATION = (
    Role.ORGANISATION_ADMINISTRATOR,
    *(role for role, facts in ROLES.items() if not facts.is_given_by_administrators),
)
GOOD_FOR = timedelta(days=7)


@transaction.atomic
def invite(
    organisation_id: UUID,
    *,
    name: str,
    email: str,
    role: Role,
    scheme_id: UUID | None,
    weekly_hours: Decimal | None = None,
    by: Actor,
) -> Invitation:
    """Invite somebody by e-mail to join one's own organisation in a role."""
    require_manager(by, organisation_id)
    check_role(organisation_id, role, scheme_id)
    tidy = email.strip().lower()
    scheme = scheme_id if ROLES[role].needs_scheme else None
    already = Membership.objects.filter(
        live_on(clock.today()), organisation_id=organisation_id, user__email=tidy, role=role
    )
    if (already.filter(scheme_id=scheme) if scheme else already.filter(scheme__isnull=True)).exists():
        raise Conflict(f"{tidy} already has this role here.")
    facts: dict[str, Any] = {"name": name, "email": tidy, "scheme_id": scheme}
    if weekly_hours is not None:
        facts["weekly_hours"] = weekly_hours
    return send(organisation_id, role, facts, by)


def send(organisation_id: UUID, role: Role, facts: dict[str, Any], by: Actor) -> Invitation:
    email, facts = facts["email"], {**facts, "organisation_id": organisation_id, "role": role.value}
    try:
        with transaction.atomic():
            made = Invitation.objects.create(invited_by_id=by.user_id, expires_at=clock.now() + GOOD_FOR, **facts)
    except IntegrityError as error:
        raise Conflict(f"{email} has been invited already. Send that invitation again instead.") from error
    record(made, InvitationMoveName.SEND, before="", by=by)
    later("messaging.send_invitation", made.id)
    return made


def check_role(organisation_id: UUID, role: Role, scheme_id: UUID | None) -> None:
    """A role that works in a scheme needs one that this organisation may give."""
    if role not in grantable_roles():
        raise NotAllowed("This role is given by whoever runs this installation.")
    if not ROLES[role].needs_scheme and role not in roles_to_give(organisation_id):
        raise Invalid("Only an organisation that hosts a scheme can give this role.", field="role")
    offered = schemes_to_give(organisation_id)
    scheme = offered.filter(pk=scheme_id).select_related("host").first() if scheme_id else None
    if ROLES[role].needs_scheme and scheme is None:
        raise Invalid("Choose which scheme they will work in", field="scheme")
    if ROLES[role].is_of_the_host and scheme and scheme.host_id != organisation_id:
        raise Invalid(f"Only {scheme.host.name} can give this role in {scheme.name}.", field="role")


@transaction.atomic
def invite_first_administrator(
    organisation: Organisation, *, name: str, email: str, role: Role = Role.ORGANISATION_ADMINISTRATOR, by: Actor
) -> Invitation:
    """Invite an organisation's first administrator, or somebody in a role no administrator gives; for whoever runs this
    installation."""
    require_set_up(by)
    if role not in GIVEN_BY_THE_INSTALLATION:
        raise NotAllowed("This role is given by an organisation's administrator.")
    return send(organisation.pk, role, {"name": name, "email": email.strip().lower(), "scheme_id": None}, by)


@transaction.atomic
def invite_claimant(organisation_id: UUID, *, name: str, email: str, by: Actor) -> Invitation:
    """Invite whoever was found to look after an organisation as its co-ordinator: a steward confirmed it, or they read its post."""
    if not (by.may(Permission.DIRECTORY_EDIT) or by.purpose == "claim"):
        raise NotAllowed("Only a directory steward can confirm who looks after an organisation.")
    check_role(organisation_id, Role.PROVIDER_COORDINATOR, None)
    facts = {"name": name, "email": email.strip().lower(), "scheme_id": None}
    return send(organisation_id, Role.PROVIDER_COORDINATOR, facts, by)


@transaction.atomic
def resend(invitation_id: UUID, *, by: Actor) -> Invitation:
    """Send an invitation again, good for another seven days."""
    held = Invitation.objects.select_for_update().get(pk=invitation_id)
    require_manager(by, held.organisation_id)
    step(held, InvitationMoveName.RESEND, by=by)
    held.expires_at = clock.now() + GOOD_FOR
    held.save(update_fields=["expires_at"])
    later("messaging.send_invitation", held.id, int(held.expires_at.timestamp()))
    return held


@transaction.atomic
def revoke(invitation_id: UUID, *, by: Actor) -> Invitation:
    """Take an invitation back: its link stops working."""
    held = Invitation.objects.select_for_update().get(pk=invitation_id)
    require_manager(by, held.organisation_id)
    return step(held, InvitationMoveName.REVOKE, by=by)


@transaction.atomic
def accept_as_new(invitation_id: UUID, *, name: str, password: str, by: Actor) -> User:
    """Join as somebody without an account: the account begins here, and a second factor comes next."""
    held = open_invitation(invitation_id)
    if User.objects.filter(email=held.email).exists():
        raise Conflict("You already have an account. Sign in to accept the invitation.")
    refuse_weak(password, User(email=held.email, name=name))
    user = User.objects.create_user(held.email, password, name=name.strip())
    join(held, user)
    return user


@transaction.atomic
def accept_as_user(invitation_id: UUID, *, by: Actor) -> Membership:
    """Join as somebody who has an account already, with the address the invitation went to."""
    held = open_invitation(invitation_id)
    user = User.objects.get(pk=str(by.user_id))
    if user.email != held.email:
        raise NotAllowed("This invitation is for somebody else. Sign out, then open the link again.")
    return join(held, user)


def open_invitation(invitation_id: UUID) -> Invitation:
    held = Invitation.objects.select_for_update().get(pk=invitation_id)
    if held.state != InvitationState.SENT or held.expires_at <= clock.now():
        raise Conflict("This invitation has ended. Ask whoever invited you to send a new one.")
    return held


def join(held: Invitation, user: User) -> Membership:
    step(held, InvitationMoveName.ACCEPT, by=Actor(id=f"staff:{user.pk}", name=user.name))
    facts = {"organisation_id": held.organisation_id, "scheme_id": held.scheme_id, "role": held.role}
    first = {"starts_on": clock.today(), "weekly_hours": held.weekly_hours}
    found, _ = Membership.objects.get_or_create(user=user, ends_on=None, **facts, defaults=first)
    return found


def step(held: Invitation, move: InvitationMoveName, *, by: Actor) -> Invitation:
    before = held.state
    held.state = after(INVITATION_MOVES, before, move)
    held.save(update_fields=["state"])
    record(held, move, before=before, by=by)
    return held


def record(held: Invitation, move: InvitationMoveName, *, before: str, by: Actor) -> None:
    facts = {"before": before, "after": held.state, "made_by": by.id, "made_by_name": by.name}
    InvitationMove.objects.create(invitation=held, move=move.value, **facts)
