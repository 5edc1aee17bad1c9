from datetime import UTC, datetime, timedelta

import pytest

from linkworks.messaging.rules import Todo, backoff, what_now
from linkworks.messaging.states import State

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def todo(state: State, *, idle: timedelta, attempts: int = 1) -> Todo | None:
    return what_now(state, touched_at=NOW - idle, attempts=attempts, now=NOW)


@pytest.mark.parametrize(
    ("state", "idle", "expected"),
    [
        (State.CREATED, timedelta(seconds=119), None),
        (State.CREATED, timedelta(minutes=2), Todo.QUEUE),
        (State.SENDING, timedelta(seconds=299), None),
        (State.SENDING, timedelta(minutes=5), Todo.SEND_AGAIN),
        (State.FAILED_FOR_NOW, timedelta(seconds=59), None),
        (State.FAILED_FOR_NOW, timedelta(minutes=1), Todo.QUEUE),
    ],
)
def test_what_waits_is_seen_to_in_its_time(state: State, idle: timedelta, expected: Todo | None) -> None:
    assert todo(state, idle=idle) == expected


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 5), (3, 15), (4, 60), (9, 60)])
def test_each_failure_waits_longer(attempts: int, minutes: int) -> None:
    assert backoff(attempts) == timedelta(minutes=minutes)


@pytest.mark.parametrize("attempts", [1, 2, 3, 4])
def test_four_failures_are_tried_again(attempts: int) -> None:
    assert todo(State.FAILED_FOR_NOW, idle=timedelta(hours=1), attempts=attempts) == Todo.QUEUE


def test_five_failures_are_enough() -> None:
    assert todo(State.FAILED_FOR_NOW, idle=timedelta(0), attempts=5) == Todo.GIVE_UP


@pytest.mark.parametrize("state", [State.SENT, State.DELIVERED, State.FAILED, State.SUPPRESSED, State.DEAD])
def test_what_is_over_is_left_alone(state: State) -> None:
    assert todo(state, idle=timedelta(days=9)) is None
