"""Changes to accounts: invitations, roles, passwords, one's own name."""

from .absences import end_absence, set_absence
from .invitations import (
    GIVEN_BY_THE_INSTALLATION,
    accept_as_new,
    accept_as_user,
    invite,
    invite_claimant,
    invite_first_administrator,
    resend,
    revoke,
)
from .memberships import change_role, end_membership, start_again
from .own import ask_for_new_password, change_name, change_password, forget_what_is_over, set_new_password

__all__ = [
    "GIVEN_BY_THE_INSTALLATION",
    "accept_as_new",
    "accept_as_user",
    "ask_for_new_password",
    "change_name",
    "change_password",
    "change_role",
    "end_absence",
    "end_membership",
    "forget_what_is_over",
    "invite",
    "invite_claimant",
    "invite_first_administrator",
    "resend",
    "revoke",
    "set_absence",
    "set_new_password",
    "start_again",
]
