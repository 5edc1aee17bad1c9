"""A double click or a retry makes one record."""

import threading
from uuid import uuid4

import pytest
from django.db import connection, transaction

from linkworks.core import idempotency
from linkworks.core.errors import Conflict
from linkworks.core.models import FormToken

DOOR = "referral:staff:1"


@pytest.mark.django_db
class TestOnce:
    def test_a_fresh_token_is_claimed(self):
        assert idempotency.once(DOOR, "t", {"name": "Ann"}) is None

    def test_the_second_time_gives_what_the_first_made(self):
        made = uuid4()
        idempotency.once(DOOR, "t", {"name": "Ann"})
        idempotency.remember(DOOR, "t", made)
        assert idempotency.once(DOOR, "t", {"name": "Ann"}) == made

    def test_the_same_token_with_other_answers_is_a_conflict(self):
        idempotency.once(DOOR, "t", {"name": "Ann"})
        with pytest.raises(Conflict, match="already sent with other answers"):
            idempotency.once(DOOR, "t", {"name": "Bob"})

    def test_another_door_may_use_the_same_token(self):
        idempotency.once(DOOR, "t", {"name": "Ann"})
        assert idempotency.once("referral:staff:2", "t", {"name": "Ann"}) is None

    def test_the_order_of_answers_does_not_matter(self):
        assert idempotency.fingerprint({"a": 1, "b": 2}) == idempotency.fingerprint({"b": 2, "a": 1})

    def test_what_was_typed_is_not_kept_with_the_token(self):
        idempotency.once(DOOR, "t", {"name": "Ann Unusual"})
        kept = FormToken.objects.values().get()
        assert "Unusual" not in str(kept)


def test_tokens_are_long_and_never_the_same():
    tokens = {idempotency.new_token() for _ in range(500)}
    assert len(tokens) == 500
    assert all(32 <= len(each) <= 64 for each in tokens)


def test_a_retry_while_the_first_is_in_flight_waits_and_gets_its_record(committed_db):
    """Two presses at once, on two connections: one makes the record, the other is given it."""
    made, claimed, results = uuid4(), threading.Event(), []

    def second():
        claimed.wait(10)
        with transaction.atomic():
            results.append(idempotency.once(DOOR, "t", {}))
        connection.close()

    thread = threading.Thread(target=second)
    thread.start()
    with transaction.atomic():
        assert idempotency.once(DOOR, "t", {}) is None
        claimed.set()
        thread.join(0.3)
        assert thread.is_alive(), "the second must wait for the first"
        idempotency.remember(DOOR, "t", made)
    thread.join(10)
    assert results == [made]


def test_when_the_first_fails_the_second_starts_afresh(committed_db):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        idempotency.once(DOOR, "t", {})
        raise ZeroDivisionError
    with transaction.atomic():
        assert idempotency.once(DOOR, "t", {}) is None
