"""What a group reads of our work: who answers it now, that it is answered at all, and nothing the person said to us."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from linkworks.casework import actions
from linkworks.casework.models import Task
from linkworks.casework.rules.facts import AttendanceFacts
from linkworks.connections import actions as connections
from linkworks.connections.models import Connection, Question
from linkworks.core import clock
from linkworks.core.actor import Actor
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do


def group_reads(cast: Cast, connection: Connection) -> str:
    page = cast.client(cast.provider_coordinator).get(reverse("providers:connection", args=[connection.pk]))
    return str(page.content.decode())


def hand_over(cast: Cast, case: Any, worker: Actor) -> None:
    do(worker, actions.hand_over, case, worker_id=cast.colleague.pk, note="Mornings are best.")


@pytest.mark.parametrize("answer", ["accept", "waitlist", None])
def test_after_a_hand_over_the_group_is_led_to_the_new_worker(
    cast: Cast, worker: Actor, provider: Actor, answer: str | None
) -> None:
    case, _, connection = make.connected(cast)
    do(worker, actions.write_to_provider, connection, text="Thursdays suit best.")
    if answer:
        do(provider, getattr(connections, answer), connection)
    hand_over(cast, case, worker)
    page = group_reads(cast, connection)
    assert f"Ring {cast.colleague.name}" in page
    assert f"Ring {cast.link_worker.name}" not in page
    assert f"{cast.link_worker.name} wrote" in page  # what was said stays with whoever said it


def test_a_group_is_answered_after_the_case_closed(cast: Cast, worker: Actor, provider: Actor, job: Actor) -> None:
    """The task says “answer them”, so that must be possible."""
    case, goal, connection = make.connected(cast)
    do(provider, connections.accept, connection)
    do(worker, actions.review_goals, case, reviews=[make.GoalReview(goal.pk, "achieve")])
    do(worker, actions.close, case, reason="goals-met", missing_because="Did not want to")
    asked = do(provider, connections.ask, connection, text="Her coat is here.", from_provider=True)
    do(job, actions.follow_question, asked.pk)
    do(worker, actions.write_to_provider, connection, text="She will come for it.")
    assert Question.objects.filter(from_provider=False).get().text == "She will come for it."
    assert "She will come for it." in group_reads(cast, connection)
    assert Task.objects.get(dedupe=f"question:{asked.pk}").done_at is not None


@pytest.mark.parametrize(("goes", "stays"), [(True, True), (False, False)])
def test_an_answer_a_group_was_promised_outlives_the_case(
    cast: Cast, worker: Actor, provider: Actor, job: Actor, goes: bool, stays: bool
) -> None:
    """Closing ends every other task, and the page says which one stays. Nobody answers about a connection taken back."""
    case, goal, connection = make.connected(cast)
    if goes:
        do(provider, connections.accept, connection)
    asked = do(provider, connections.ask, connection, text="Does she eat fish?", from_provider=True)
    do(job, actions.follow_question, asked.pk)
    other = do(worker, actions.add_task, case, title="Post the bus map", due_on=clock.today())
    do(worker, actions.review_goals, case, reviews=[make.GoalReview(goal.pk, "achieve")])
    page = cast.client(cast.link_worker).get(reverse("casework:close", args=[case.pk])).content.decode()
    assert ("stays on your list" in page) is stays
    do(worker, actions.close, case, reason="goals-met", missing_because="Did not want to", withdraw_unanswered=True)
    question = Task.objects.get(dedupe=f"question:{asked.pk}")
    assert (question.done_at is None) is stays
    assert Task.objects.get(pk=other.pk).done_at is not None
    today = cast.client(cast.link_worker).get(reverse("casework:today")).content.decode()
    assert ("asked about" in today) is stays


def test_what_is_keyed_in_of_the_persons_own_words_reaches_no_group(cast: Cast, worker: Actor, provider: Actor) -> None:
    _, _, connection = make.connected(cast)
    do(provider, connections.accept, connection)
    came = AttendanceFacts(session_on=clock.today(), attended="yes", note="Canary: she wept on the way home")
    do(worker, actions.record_attendance, connection, facts=came)
    do(worker, actions.end_connection, connection, ending="completed", words="Canary: I stopped drinking")
    assert "Canary" not in group_reads(cast, connection)
    own = cast.client(cast.link_worker).get(reverse("casework:connection", args=[connection.pk])).content.decode()
    assert "she wept on the way home" in own and "I stopped drinking" in own


def test_a_group_without_an_address_is_telephoned_and_chased_like_any_other(cast: Cast, job: Actor) -> None:
    """Nobody was asked, so it cannot be said that they have not answered; and nine days of silence come all the same."""
    case, _, connection = make.connected(cast)
    for _ in range(2):
        do(job, actions.follow_no_address, connection.pk)
    [task] = Task.objects.filter(case=case)
    assert task.title == "We have no working email address for Tuesday lunch club: telephone them about Jean"
    assert task.due_on == clock.today()
    do(job, actions.follow_silence, connection.pk)
    assert Task.objects.filter(case=case, dedupe=f"unanswered:{connection.pk}").count() == 1


def test_an_answer_ends_the_call_about_a_missing_address(cast: Cast, provider: Actor, job: Actor) -> None:
    case, _, connection = make.connected(cast)
    do(job, actions.follow_no_address, connection.pk)
    do(provider, connections.accept, connection)
    do(job, actions.follow_connection, connection.pk)
    assert Task.objects.get(dedupe=f"no-address:{connection.pk}").done_at is not None
    do(job, actions.follow_no_address, connection.pk)
    assert Task.objects.filter(case=case, kind="unanswered").count() == 1


@pytest.mark.parametrize(("days", "offered"), [(1, True), (29, True), (31, False)])
def test_the_message_box_is_there_as_long_as_the_group_reads(
    cast: Cast, worker: Actor, provider: Actor, days: int, offered: bool
) -> None:
    """After its access has ended a message would be read by nobody, so none is asked for."""
    _, _, connection = make.connected(cast)
    do(provider, connections.accept, connection)
    ended = {"state": "ended", "ending": "completed", "ended_at": clock.now() - timedelta(days=days)}
    Connection.objects.filter(pk=connection.pk).update(**ended)
    client = cast.client(cast.link_worker)
    page = client.get(reverse("casework:connection", args=[connection.pk])).content.decode()
    assert (reverse("casework:connection-write", args=[connection.pk]) in page) is offered
