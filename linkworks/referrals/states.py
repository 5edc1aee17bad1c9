"""A referral into a scheme: which moves exist."""

from enum import StrEnum


class State(StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REDIRECTED = "redirected"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    SEND = "send"
    ACCEPT = "accept"
    DECLINE = "decline"
    REDIRECT = "redirect"
    WITHDRAW = "withdraw"
    UNLINK = "unlink"


MOVES: dict[tuple[State, Move], State] = {
    (State.DRAFT, Move.SEND): State.SENT,
    (State.DRAFT, Move.WITHDRAW): State.WITHDRAWN,
    (State.SENT, Move.ACCEPT): State.ACCEPTED,
    (State.SENT, Move.DECLINE): State.DECLINED,
    (State.SENT, Move.REDIRECT): State.REDIRECTED,
    (State.SENT, Move.WITHDRAW): State.WITHDRAWN,
    (State.ACCEPTED, Move.WITHDRAW): State.WITHDRAWN,
    (State.ACCEPTED, Move.UNLINK): State.SENT,
}


class Door(StrEnum):
    """How a referral came in. Every door makes the same record."""

    ACCOUNT = "account"
    VERIFIED_LINK = "verified-link"
    SELF = "self"
    PHONE = "phone"
    PAPER = "paper"


class DeclineReason(StrEnum):
    OUTSIDE_AREA = "outside-area"
    OUTSIDE_WHO_WE_HELP = "outside-who-we-help"
    ALREADY_SUPPORTED = "already-supported"
    NEEDS_OTHER_SERVICE = "needs-other-service"
    PERSON_DID_NOT_AGREE = "person-did-not-agree"
    DUPLICATE = "duplicate"
    NOT_ENOUGH_INFORMATION = "not-enough-information"


class Step(StrEnum):
    """What whoever referred hears afterwards: how it went as far as the person agreed, and a decision told by a person."""

    PLAN_AGREED = "plan-agreed"
    CASE_FINISHED = "case-finished"
    TOLD = "told"
