from typing import Any

import pytest

from linkworks.connections import actions
from linkworks.connections.models import Question
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


def test_what_was_asked_can_be_noted_as_seen(cast: Cast) -> None:
    connection = make_connection(cast)
    actions.ask(connection, text="Hello?", from_provider=True, by=cast.everything)
    actions.mark_questions_seen(connection, by=cast.actor(cast.link_worker))
    assert Question.objects.get().seen_at is not None
