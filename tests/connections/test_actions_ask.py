from datetime import timedelta
from typing import Any

import pytest

from linkworks.connections import actions
from linkworks.connections.models import Question
from linkworks.core.clock import now
from linkworks.core.errors import Invalid, NotAllowed
from tests.cast import Cast
from tests.context import acting
from tests.factories.connections import make_connection


def test_a_provider_asks_and_the_link_worker_hears(cast: Cast, queued: Any) -> None:
    by, connection = cast.actor(cast.provider_coordinator), make_connection(cast)
    with acting(by):
        question = actions.ask(connection, text="  Can Sam manage stairs?  ", from_provider=True, by=by)
    assert (question.text, question.from_provider, question.asked_by_name) == (
        "Can Sam manage stairs?",
        True,
        "Maggie Flynn",
    )
    assert queued("casework.question_asked") == [[str(question.id)]]
    assert queued("connections.tell_provider_question") == []


def test_the_link_worker_answers_and_the_provider_hears(cast: Cast, queued: Any) -> None:
    by = cast.actor(cast.link_worker)
    question = actions.ask(make_connection(cast), text="Yes, slowly.", from_provider=False, by=by)
    assert queued("connections.tell_provider_question") == [[str(question.id)]]
    assert queued("casework.question_asked") == []


@pytest.mark.parametrize("text", ["", "   ", "x" * 1001])
def test_nothing_and_too_much_are_refused(cast: Cast, text: str) -> None:
    with pytest.raises(Invalid) as error:
        actions.ask(make_connection(cast), text=text, from_provider=True, by=cast.everything)
    assert error.value.field == "text"


@pytest.mark.parametrize("who", ["other_provider_coordinator", "session_leader", "referrer", "outsider"])
def test_nobody_else_asks(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        actions.ask(make_connection(cast), text="Hello?", from_provider=True, by=cast.actor(getattr(cast, who)))


def test_a_provider_can_not_speak_as_the_link_worker(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.ask(make_connection(cast), text="Hello", from_provider=False, by=cast.actor(cast.provider_coordinator))


@pytest.mark.parametrize(
    ("state", "days", "reads"),
    [("sent", None, True), ("declined", 29, True), ("ended", 29, True), ("ended", 31, False), ("declined", 31, False),
     ("withdrawn", 0, False), ("proposed", None, False)],
)  # fmt: skip
def test_nobody_is_asked_to_read_what_is_closed_to_them(
    cast: Cast, queued: Any, state: str, days: int | None, reads: bool
) -> None:
    """A message that can neither be read nor answered would be lost: the link worker telephones instead."""
    over = None if days is None else now() - timedelta(days=days)
    connection = make_connection(cast, state, ended_at=over)
    if reads:
        actions.ask(connection, text="Were they well?", from_provider=False, by=cast.everything)
    else:
        with pytest.raises(NotAllowed, match="Telephone them"):
            actions.ask(connection, text="Were they well?", from_provider=False, by=cast.everything)
    assert Question.objects.exists() is bool(queued("connections.tell_provider_question")) is reads
