"""What can become of an invitation, and of a request for a new password."""

from enum import StrEnum


class InvitationState(StrEnum):
    SENT = "sent"
    ACCEPTED = "accepted"
    REVOKED = "revoked"


class InvitationMoveName(StrEnum):
    SEND = "send"
    RESEND = "resend"
    ACCEPT = "accept"
    REVOKE = "revoke"


INVITATION_MOVES: dict[tuple[InvitationState, InvitationMoveName], InvitationState] = {
    (InvitationState.SENT, InvitationMoveName.RESEND): InvitationState.SENT,
    (InvitationState.SENT, InvitationMoveName.ACCEPT): InvitationState.ACCEPTED,
    (InvitationState.SENT, InvitationMoveName.REVOKE): InvitationState.REVOKED,
}


class ResetState(StrEnum):
    REQUESTED = "requested"
    USED = "used"
    REPLACED = "replaced"


class ResetMove(StrEnum):
    USE = "use"
    REPLACE = "replace"


RESET_MOVES: dict[tuple[ResetState, ResetMove], ResetState] = {
    (ResetState.REQUESTED, ResetMove.USE): ResetState.USED,
    (ResetState.REQUESTED, ResetMove.REPLACE): ResetState.REPLACED,
}
