"""Later: a job is kept or lost with the change that queued it, is told ids only, and can be held back."""

import json
from uuid import uuid4

import pytest
from django.db import connection, transaction

from linkworks.core import later

pytestmark = pytest.mark.django_db

KNOWN = "messaging.deliver"


def waiting():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, args, lock, scheduled_at FROM procrastinate_jobs WHERE task_name = %s", [KNOWN]
        )
        return [
            (name, json.loads(args) if isinstance(args, str) else args, *rest)
            for name, args, *rest in cursor.fetchall()
        ]


def test_a_job_is_queued_with_ids_as_text_and_its_scheme():
    thing, scheme = uuid4(), uuid4()
    later.later(KNOWN, thing, scheme=scheme)
    assert [(name, args) for name, args, _, _ in waiting()] == [(KNOWN, {"ids": [str(thing)], "scheme": str(scheme)})]


def test_a_change_that_is_taken_back_takes_its_job_back():
    with transaction.atomic():
        later.later(KNOWN, uuid4())
        assert len(waiting()) == 1
        transaction.set_rollback(True)
    assert waiting() == []


def test_jobs_held_back_are_listed_and_not_queued():
    with later.holding_jobs() as held:
        later.later(KNOWN, "a")
        later.later(KNOWN, "b")
    assert [each.ids for each in held] == [["a"], ["b"]]
    assert waiting() == []
    later.later(KNOWN, "c")
    assert len(waiting()) == 1


def test_a_job_nobody_registered_is_not_run():
    with later.holding_jobs() as held:
        later.later("core.nobody", "a")
    with pytest.raises(KeyError):
        held[0].run()


def test_jobs_are_tried_again_five_times_and_further_apart():
    assert later.RETRY.max_attempts == 5
    assert later.RETRY.exponential_wait
