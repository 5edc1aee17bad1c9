"""Two at once: form tokens, the reaper and jobs, each on a connection of its own."""

import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core import idempotency, jobs, later
from linkworks.core.errors import Conflict
from linkworks.core.models import FormToken

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def together(*works: Callable[[], Any]) -> list[Any]:
    """Each in a thread and a transaction of its own, all starting at once; what each gave or raised."""
    ready, given_back = threading.Barrier(len(works)), [None] * len(works)

    def run(number: int, work: Callable[[], Any]) -> None:
        ready.wait(10)
        try:
            with transaction.atomic():
                given_back[number] = work()
        except Exception as error:
            given_back[number] = error  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(works)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(20)
    return given_back


def press(made: list[UUID], payload: Any = None) -> Callable[[], UUID]:
    """What an action does with a token: make one record, or find the one made before."""

    def act() -> UUID:
        earlier = idempotency.once("door", "token", payload)
        if earlier:
            return earlier
        mine = uuid4()
        made.append(mine)
        idempotency.remember("door", "token", mine)
        return mine

    return act


@pytest.mark.parametrize("presses", [2, 5])
def test_however_often_a_button_is_pressed_one_record_is_made(committed_db: str, presses: int) -> None:
    made: list[UUID] = []

    given_back = together(*[press(made)] * presses)

    assert len(made) == 1
    assert given_back == made * presses
    assert FormToken.objects.count() == 1


def test_the_same_form_with_other_answers_at_the_same_moment_makes_one(committed_db: str) -> None:
    made: list[UUID] = []

    given_back = together(press(made, {"name": "Ann"}), press(made, {"name": "Bob"}))

    assert len(made) == 1
    assert sorted(type(each).__name__ for each in given_back) == ["Conflict", "UUID"]


def test_when_the_first_is_taken_back_the_second_makes_it(committed_db: str) -> None:
    made: list[UUID] = []
    began, over = threading.Event(), threading.Event()

    def fails() -> None:
        idempotency.once("door", "token", None)
        began.set()
        over.wait(5)
        raise ZeroDivisionError

    def retries() -> UUID:
        began.wait(5)
        threading.Timer(0.2, over.set).start()
        return press(made)()

    given_back = together(fails, retries)

    assert isinstance(given_back[0], ZeroDivisionError)
    assert [given_back[1]] == made


@given(PLAIN, PLAIN)
def test_only_the_same_answers_have_the_same_fingerprint(one: Any, other: Any) -> None:
    same = idempotency.fingerprint(one) == idempotency.fingerprint(other)

    assert not same or repr(one) == repr(other) or one == other
    assert idempotency.fingerprint(one) == idempotency.fingerprint(one)


@pytest.mark.django_db
@pytest.mark.parametrize("again", [{"name": "Ann "}, {"name": "ann"}, {"name": "Ann", "age": None}, {}, None, ["Ann"]])
def test_answers_that_differ_at_all_are_other_answers(again: Any) -> None:
    idempotency.once("door", "token", {"name": "Ann"})

    with pytest.raises(Conflict, match="Start again to send a new one"):
        idempotency.once("door", "token", again)


@pytest.mark.django_db
def test_a_token_claimed_and_never_answered_gives_nothing_twice() -> None:
    """The action failed between claiming and making, in the same transaction: a retry there finds no record."""
    assert idempotency.once("door", "token", 1) is None
    assert idempotency.once("door", "token", 1) is None
    assert FormToken.objects.get().result_id is None


# The reaper


def stall(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts)"
            " SELECT 'default', 'messaging.deliver', '{}', 'doing', 0 FROM generate_series(1, %s) RETURNING id",
            [count],
        )
        return [row[0] for row in cursor.fetchall()]


def statuses() -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text, attempts FROM procrastinate_jobs ORDER BY id")
        return cursor.fetchall()


def test_two_reapers_queue_a_lost_job_again_once(committed_db: str) -> None:
    stall(6)

    given_back = together(jobs.reap_stalled, jobs.reap_stalled)

    assert given_back == [None, None]
    assert statuses() == [("todo", 1)] * 6


def test_a_job_queued_in_a_transaction_that_is_taken_back_was_never_there(committed_db: str) -> None:
    def changes_and_fails() -> None:
        later.later("messaging.deliver", uuid4())
        raise ZeroDivisionError

    def changes() -> None:
        later.later("messaging.deliver", uuid4())

    together(changes_and_fails, changes)

    assert statuses() == [("todo", 0)]


@pytest.mark.django_db
def test_a_jobs_arguments_are_ids_as_text_whatever_they_were() -> None:
    thing = uuid4()
    with later.holding_jobs() as held:
        later.later("messaging.deliver", thing, 7, "x", scheme=thing)

    assert held[0].ids == [str(thing), "7", "x"]
    assert held[0].scheme == str(thing)


@pytest.mark.django_db
def test_jobs_held_inside_jobs_held_stay_with_the_inner() -> None:
    with later.holding_jobs() as outer:
        later.later("a.b", 1)
        with later.holding_jobs() as inner:
            later.later("a.b", 2)
        later.later("a.b", 3)

    assert [each.ids for each in outer] == [["1"], ["3"]]
    assert [each.ids for each in inner] == [["2"]]


@pytest.mark.django_db
def test_after_an_error_jobs_are_queued_again_and_not_held() -> None:
    with pytest.raises(ZeroDivisionError), later.holding_jobs():
        raise ZeroDivisionError
    later.later("messaging.deliver", uuid4())

    assert len(statuses()) == 1


def test_in_another_thread_nothing_is_held(committed_db: str) -> None:
    """The demonstration tells its stories while the worker and the pages go on."""
    with later.holding_jobs() as held:
        together(lambda: later.later("messaging.deliver", uuid4()))

    assert held == []
    assert statuses() == [("todo", 0)]
