"""A message: created, sending, then what became of it."""

from enum import StrEnum


class State(StrEnum):
    CREATED = "created"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED_FOR_NOW = "failed-for-now"
    FAILED = "failed"
    SUPPRESSED = "suppressed"
    DEAD = "dead"


class Move(StrEnum):
    START = "start"
    SEND = "send"
    DELIVER = "deliver"
    FAIL_FOR_NOW = "fail-for-now"
    FAIL = "fail"
    SUPPRESS = "suppress"
    GIVE_UP = "give-up"


MOVES: dict[tuple[State, Move], State] = {
    (State.CREATED, Move.START): State.SENDING,
    (State.CREATED, Move.SUPPRESS): State.SUPPRESSED,
    (State.SENDING, Move.SEND): State.SENT,
    (State.SENDING, Move.FAIL_FOR_NOW): State.FAILED_FOR_NOW,
    (State.SENDING, Move.FAIL): State.FAILED,
    (State.SENDING, Move.SUPPRESS): State.SUPPRESSED,
    (State.FAILED_FOR_NOW, Move.START): State.SENDING,
    (State.FAILED_FOR_NOW, Move.SUPPRESS): State.SUPPRESSED,
    (State.FAILED_FOR_NOW, Move.GIVE_UP): State.DEAD,
    (State.SENT, Move.DELIVER): State.DELIVERED,
    (State.SENT, Move.FAIL_FOR_NOW): State.FAILED_FOR_NOW,
    (State.SENT, Move.FAIL): State.FAILED,
}

NEVER_ARRIVES = frozenset({State.FAILED, State.DEAD})


class Way(StrEnum):
    """How a message travels."""

    EMAIL = "email"
    TEXT = "text"
    LETTER = "letter"
    ACCOUNT = "account"


class Audience(StrEnum):
    PERSON = "person"
    STAFF = "staff"
    REFERRER = "referrer"  # by e-mail, without an account
    PROVIDER = "provider"
