"""A connection on to a service: which moves exist."""

from enum import StrEnum


class State(StrEnum):
    PROPOSED = "proposed"
    SENT = "sent"
    ACCEPTED = "accepted"
    WAITLISTED = "waitlisted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ATTENDING = "attending"
    ENDED = "ended"


class Move(StrEnum):
    SEND = "send"
    ACCEPT = "accept"
    WAITLIST = "waitlist"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    ATTEND = "attend"
    END = "end"


MOVES: dict[tuple[State, Move], State] = {
    (State.PROPOSED, Move.SEND): State.SENT,
    (State.PROPOSED, Move.WITHDRAW): State.WITHDRAWN,
    (State.SENT, Move.ACCEPT): State.ACCEPTED,
    (State.SENT, Move.WAITLIST): State.WAITLISTED,
    (State.SENT, Move.DECLINE): State.DECLINED,
    (State.SENT, Move.WITHDRAW): State.WITHDRAWN,
    (State.WAITLISTED, Move.ACCEPT): State.ACCEPTED,
    (State.WAITLISTED, Move.DECLINE): State.DECLINED,
    (State.WAITLISTED, Move.WITHDRAW): State.WITHDRAWN,
    (State.ACCEPTED, Move.ATTEND): State.ATTENDING,
    (State.ACCEPTED, Move.DECLINE): State.DECLINED,
    (State.ACCEPTED, Move.WITHDRAW): State.WITHDRAWN,
    (State.ACCEPTED, Move.END): State.ENDED,
    (State.ATTENDING, Move.END): State.ENDED,
}

ANSWERS = (Move.ACCEPT, Move.WAITLIST, Move.DECLINE)  # what a group can say


def possible(*moves: Move) -> frozenset[State]:
    """The states in which one of these moves exists."""
    return frozenset(state for state, move in MOVES if move in moves)


HOLDS_A_PLACE = frozenset({State.ACCEPTED, State.ATTENDING})
HAS_BEEN = frozenset({State.ATTENDING, State.ENDED})  # there is something to say about how it was
NOT_SENT = frozenset({State.PROPOSED, State.WITHDRAWN})  # nothing that a group may read
UNANSWERED = frozenset({State.PROPOSED, State.SENT, State.WAITLISTED})
OPEN = UNANSWERED | HOLDS_A_PLACE


class Attended(StrEnum):
    YES = "yes"
    LATE = "late"
    NO = "no"


class NonAttendance(StrEnum):
    ACCEPTABLE = "acceptable"
    UNACCEPTABLE = "unacceptable"
    LOGISTICS = "logistics"


class AsExpected(StrEnum):
    """Was the service what the person expected?"""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Recommends(StrEnum):
    """Would they go again, or tell a friend to?"""

    YES = "yes"
    NOT_SURE = "not-sure"
    NO = "no"


class Enough(StrEnum):
    """Was what the group was told enough?"""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
