"""Either wall alone keeps schemes and groups apart."""

from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.models import Q

from linkworks.connections import access, actions
from linkworks.connections.models import Attendance, Connection, ConnectionMove, Question
from linkworks.core.clock import today
from tests.cast import Cast
from tests.context import acting
from tests.factories.connections import make_connection

KEPT_APART = [Connection, ConnectionMove, Attendance, Question]
STRANGERS = ["outsider", "other_provider_coordinator", "referrer", "administrator"]


@pytest.fixture
def lived(cast: Cast) -> Connection:
    """A connection with a history, a question and a session."""
    made = actions.accept(make_connection(cast), by=cast.everything)
    actions.ask(made, text="Stairs?", from_provider=True, by=cast.everything)
    actions.mark_attendance(made, session_on=today(), attended="yes", by=cast.everything)
    return made


@pytest.mark.parametrize("who", STRANGERS)
def test_the_database_alone_shows_a_stranger_nothing(cast: Cast, lived: Connection, who: str) -> None:
    with acting(cast.actor(getattr(cast, who))):
        assert [model.objects.count() for model in KEPT_APART] == [0, 0, 0, 0]


@pytest.mark.parametrize("who", STRANGERS)
def test_the_database_alone_lets_a_stranger_change_nothing(cast: Cast, lived: Connection, who: str) -> None:
    with acting(cast.actor(getattr(cast, who))):
        assert Connection.objects.update(name_shared="Changed") == 0
        assert Attendance.objects.all().delete()[0] == 0
    assert not Connection.objects.filter(name_shared="Changed").exists()
    assert Attendance.objects.exists()


def test_the_database_refuses_a_row_in_somebody_elses_name(cast: Cast, lived: Connection) -> None:
    question = {
        "connection": lived,
        "from_provider": True,
        "text": "x",
        "asked_by": "x",
        "asked_by_name": "x",
        "asked_at": lived.sent_at,
    }
    facts: dict[str, Any] = {**question, "scheme_id": lived.scheme_id, "provider_id": lived.provider_id}
    with (
        acting(cast.actor(cast.outsider)),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        Question.objects.create(**facts)


def test_history_is_never_rewritten(cast: Cast, lived: Connection) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        ConnectionMove.objects.update(reason="Rewritten")


@pytest.mark.parametrize("who", STRANGERS)
def test_python_alone_shows_a_stranger_nothing(cast: Cast, lived: Connection, who: str) -> None:
    """Asked in a context that reaches everything, the first wall still stands."""
    assert connection.in_atomic_block
    assert not access.visible_connections(cast.actor(getattr(cast, who))).exists()


def test_both_sides_see_it(cast: Cast, lived: Connection) -> None:
    for who in (cast.link_worker, cast.provider_coordinator):
        with acting(cast.actor(who)):
            assert Connection.objects.filter(Q()).count() == Question.objects.count() == 1
