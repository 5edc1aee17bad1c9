"""Pages of accounts."""

from .joining import join
from .own import account, arrive, name, password, set_up, switch
from .passkeys import confirm_by_passkey, remove_passkey
from .passwords import forgotten, new_password, sent
from .team import end, invitations_resend, invitations_revoke, invite, member, members, start_again
from .unsent import unsent

__all__ = [
    "account",
    "arrive",
    "confirm_by_passkey",
    "end",
    "forgotten",
    "invitations_resend",
    "invitations_revoke",
    "invite",
    "join",
    "member",
    "members",
    "name",
    "new_password",
    "password",
    "remove_passkey",
    "sent",
    "set_up",
    "start_again",
    "switch",
    "unsent",
]
