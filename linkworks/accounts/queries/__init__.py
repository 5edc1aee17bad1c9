"""What we know of staff: who is acting, who is in a team, what an account's mail says."""

from .absences import Away, absences, away, away_today, carriers, covered_by, covered_workers, past_absences
from .actors import CHOSEN, actor_among, actor_for, has_second_factor, live_memberships
from .mail import AccountMail, InvitationFacts, invitation_behind, invitation_mail, password_reset_mail, reset_behind
from .members import (
    grantable_roles,
    invitation,
    invitations,
    member,
    members,
    roles_to_give,
    schemes_to_give,
    staff,
)
from .own import SecondFactors, second_factors

__all__ = [
    "CHOSEN",
    "AccountMail",
    "Away",
    "InvitationFacts",
    "SecondFactors",
    "absences",
    "actor_among",
    "actor_for",
    "away",
    "away_today",
    "carriers",
    "covered_by",
    "covered_workers",
    "grantable_roles",
    "has_second_factor",
    "invitation",
    "invitation_behind",
    "invitation_mail",
    "invitations",
    "live_memberships",
    "member",
    "members",
    "password_reset_mail",
    "past_absences",
    "reset_behind",
    "roles_to_give",
    "schemes_to_give",
    "second_factors",
    "staff",
]
