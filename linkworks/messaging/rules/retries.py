"""When a message that has not left is tried again, and when we stop."""

from datetime import datetime, timedelta
from enum import StrEnum

from ..states import State

MOST_ATTEMPTS = 5
FORGOTTEN_AFTER = timedelta(minutes=2)
STUCK_AFTER = timedelta(minutes=5)
WAITS = tuple(timedelta(minutes=each) for each in (1, 5, 15, 60))


class Todo(StrEnum):
    QUEUE = "queue"  # its job was lost, or the time to try again has come
    SEND_AGAIN = "send-again"  # a worker stopped while sending: it may have left already
    GIVE_UP = "give-up"


def backoff(attempts: int) -> timedelta:
    """How long to wait after this many attempts."""
    return WAITS[min(max(attempts, 1), len(WAITS)) - 1]


def what_now(state: str, *, touched_at: datetime, attempts: int, now: datetime) -> Todo | None:
    """What the sweeper does with a message in this state; None leaves it alone."""
    idle = now - touched_at
    if state == State.CREATED and idle >= FORGOTTEN_AFTER:
        return Todo.QUEUE
    if state == State.SENDING and idle >= STUCK_AFTER:
        return Todo.SEND_AGAIN
    if state == State.FAILED_FOR_NOW and attempts >= MOST_ATTEMPTS:
        return Todo.GIVE_UP
    if state == State.FAILED_FOR_NOW and idle >= backoff(attempts):
        return Todo.QUEUE
    return None
