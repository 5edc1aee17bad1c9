from datetime import timedelta
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from linkworks.core.clock import now
from linkworks.messaging import actions, jobs
from linkworks.messaging.actions import sweeping
from linkworks.messaging.states import State, Way
from tests.cast import Cast
from tests.factories.messaging import make_message


def swept(cast: Cast, **facts: Any) -> tuple[Any, list[str]]:
    """A message as the sweeper left it, and what it queued."""
    message = make_message(scheme=cast.scheme, **facts)
    actions.sweep(by=cast.everything)
    message.refresh_from_db()
    return message, [job.args["ids"][0] for job in ProcrastinateJob.objects.filter(task_name="messaging.deliver")]


def ago(**time: int) -> Any:
    return now() - timedelta(**time)


def test_a_message_whose_job_was_lost_is_queued_again(cast: Cast) -> None:
    message, queued = swept(cast, touched_at=ago(minutes=3))
    assert message.state == State.CREATED
    assert queued == [str(message.id)]
    assert message.touched_at > ago(minutes=1)


def test_it_is_not_queued_again_a_minute_later(cast: Cast) -> None:
    swept(cast, touched_at=ago(minutes=3))
    assert actions.sweep(by=cast.everything) == 0


def test_a_fresh_message_is_left_to_its_job(cast: Cast) -> None:
    assert swept(cast)[1] == []


def test_half_sent_is_sent_again_and_marked(cast: Cast) -> None:
    message, queued = swept(cast, state=State.SENDING, attempts=1, touched_at=ago(minutes=6))
    assert (message.state, message.possibly_duplicate) == (State.FAILED_FOR_NOW, True)
    assert queued == [str(message.id)]
    assert message.moves.get().reason == "Sending was interrupted, so it may have left already."


def test_interrupted_five_times_it_is_not_sent_a_sixth(cast: Cast) -> None:
    """Whoever it goes to may have had it five times already."""
    message, queued = swept(cast, state=State.SENDING, attempts=5, touched_at=ago(minutes=6))
    assert (message.state, queued) == (State.FAILED_FOR_NOW, [])
    actions.sweep(by=cast.everything)
    message.refresh_from_db()
    assert message.state == State.DEAD


def test_one_that_fails_stops_none_of_the_others(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, sound = (make_message(scheme=cast.scheme, touched_at=ago(minutes=minutes)) for minutes in (4, 3))
    see_to = sweeping.see_to

    def see_to_all_but_one(message: Any, *rest: Any, **more: Any) -> None:
        if message.pk == broken.pk:
            raise RuntimeError("broken")
        see_to(message, *rest, **more)

    monkeypatch.setattr(sweeping, "see_to", see_to_all_but_one)
    with pytest.raises(RuntimeError, match="broken"):
        jobs.sweep()
    assert [job.args["ids"] for job in ProcrastinateJob.objects.filter(task_name="messaging.deliver")] == [
        [str(sound.pk)]
    ]


def test_what_a_worker_is_sending_now_is_left_alone(cast: Cast) -> None:
    message, queued = swept(cast, state=State.SENDING, attempts=1, touched_at=ago(minutes=4))
    assert (message.state, queued) == (State.SENDING, [])


@pytest.mark.parametrize(("minutes", "expected"), [(4, 0), (6, 1)])
def test_a_failure_waits_its_turn(cast: Cast, minutes: int, expected: int) -> None:
    _, queued = swept(cast, state=State.FAILED_FOR_NOW, attempts=2, touched_at=ago(minutes=minutes))
    assert len(queued) == expected


def test_after_five_failures_it_is_dead_and_says_why(cast: Cast) -> None:
    facts = {"attempts": 5, "why": "The mail server did not answer.", "about_id": cast.scheme.id}
    message, queued = swept(cast, state=State.FAILED_FOR_NOW, **facts)
    assert (message.state, message.why) == (State.DEAD, "The mail server did not answer.")
    assert queued == []
    assert ProcrastinateJob.objects.filter(task_name="connections.provider_unreachable").exists()


@pytest.mark.parametrize("facts", [{"way": Way.LETTER}, {"state": State.SENT}, {"state": State.SUPPRESSED}])
def test_letters_and_what_is_over_are_left_alone(cast: Cast, facts: dict[str, Any]) -> None:
    message, queued = swept(cast, touched_at=ago(days=2), **facts)
    assert queued == []
    assert message.state == facts.get("state", State.CREATED)


def test_messages_without_a_scheme_are_swept_too(cast: Cast) -> None:
    make_message(touched_at=ago(minutes=3))
    assert actions.sweep(by=cast.everything) == 1
