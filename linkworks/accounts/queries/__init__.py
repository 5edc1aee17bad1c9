"""What we know of staff: who is acting, who is in a team, what an account's mail says."""

from .actors import CHOSEN, actor_among, actor_for, has_second_factor, live_memberships
from .mail import AccountMail, InvitationFacts, invitation_behind, invitation_mail, password_reset_mail, reset_behind
from .members import (
    grantable_roles,
    invitation,
    invitations,
    member,
    members,
    organisations_named,
    roles_to_give,
    schemes_to_give,
)
from .own import SecondFactors, second_factors

__all__ = [
    "CHOSEN",
    "AccountMail",
    "InvitationFacts",
    "SecondFactors",
    "actor_among",
    "actor_for",
    "grantable_roles",
    "has_second_factor",
    "invitation",
    "invitation_behind",
    "invitation_mail",
    "invitations",
    "live_memberships",
    "member",
    "members",
    "organisations_named",
    "password_reset_mail",
    "reset_behind",
    "roles_to_give",
    "schemes_to_give",
    "second_factors",
]
