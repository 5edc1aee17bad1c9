"""What can become of an invitation, of a request for a new password, and of a time away."""

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


class AbsenceState(StrEnum):
    """Somebody is away between two days while it is set; ended, they came back early or did not go."""

    SET = "set"
    ENDED = "ended"


class AbsenceMove(StrEnum):
    SET = "set"
    END = "end"


ABSENCE_MOVES: dict[tuple[AbsenceState, AbsenceMove], AbsenceState] = {
    (AbsenceState.SET, AbsenceMove.END): AbsenceState.ENDED,
}
