from typing import Any
from uuid import uuid4

import pytest

from linkworks.connections.models import Attendance, ConnectionMove, Question
from linkworks.core.clock import today
from linkworks.core.errors import Conflict
from linkworks.core.models import FormToken
from linkworks.providers import actions
from linkworks.providers.rules import Marked
from tests.cast import Cast
from tests.context import acting
from tests.factories.connections import make_connection, make_service


@pytest.fixture
def maggie(cast: Cast) -> Any:
    return cast.actor(cast.provider_coordinator)


def test_the_same_form_twice_is_one_answer(cast: Cast, maggie: Any) -> None:
    connection = make_connection(cast)
    for _ in range(3):
        actions.answer(connection, kind="ask", given={"text": "Stairs?"}, token="once", by=maggie)
    assert Question.objects.count() == 1


def test_another_form_is_another_answer(cast: Cast, maggie: Any) -> None:
    connection = make_connection(cast)
    for token in ("first", "second", "", ""):
        actions.answer(connection, kind="ask", given={"text": "Stairs?"}, token=token, by=maggie)
    assert Question.objects.count() == 4


def test_the_same_form_with_other_words_is_refused(cast: Cast, maggie: Any) -> None:
    connection = make_connection(cast)
    actions.answer(connection, kind="ask", given={"text": "Stairs?"}, token="once", by=maggie)
    with pytest.raises(Conflict):
        actions.answer(connection, kind="ask", given={"text": "Lifts?"}, token="once", by=maggie)


def test_a_form_is_one_persons_for_one_connection(cast: Cast, maggie: Any) -> None:
    for connection in (make_connection(cast), make_connection(cast)):
        actions.answer(connection, kind="accept", given={"words": ""}, token="same", by=maggie)
    assert ConnectionMove.objects.count() == 2


def test_a_refused_answer_uses_up_nothing(cast: Cast, maggie: Any) -> None:
    """The last place has gone: the same page may be sent again when there is one."""
    service = make_service(cast.provider, capacity_places=1, places_taken=1)
    connection = make_connection(cast, service=service)
    with pytest.raises(Conflict):
        actions.answer(connection, kind="accept", given={"words": ""}, token="once", by=maggie)
    assert not FormToken.objects.exists()
    service.places_taken = 0
    service.save()
    actions.answer(connection, kind="accept", given={"words": ""}, token="once", by=maggie)
    assert ConnectionMove.objects.get().to_state == "accepted"


def test_a_register_keeps_its_own_people_and_passes_over_the_rest(cast: Cast) -> None:
    by = cast.actor(cast.session_leader)
    mine = make_connection(cast, "accepted")
    others = [make_connection(cast), make_connection(cast, "accepted", service=make_service(cast.other_provider))]
    marks = [Marked(pk, "yes", "") for pk in (mine.pk, *(each.pk for each in others), uuid4())]
    with acting(by):
        assert actions.keep_register(marks, session_on=today(), by=by) == 1
    assert Attendance.objects.get().connection_id == mine.pk
