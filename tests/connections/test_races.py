"""Two people answer at the same moment: one of them is first, and the other hears so."""

import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connections as databases

from linkworks.connections import actions
from linkworks.connections.models import Attendance, Connection, ConnectionMove, GroupFeedback
from linkworks.connections.states import HOLDS_A_PLACE, State
from linkworks.core.actor import job_actor
from linkworks.core.clock import today
from linkworks.core.errors import LinkworksError
from linkworks.core.later import acting
from linkworks.directory.models import Service
from tests.cast import Cast
from tests.factories.connections import make_connection, make_service

Doing = Callable[[Connection, Any], Any]
ACCEPT: Doing = lambda it, by: actions.accept(it, by=by)  # noqa: E731
DECLINE: Doing = lambda it, by: actions.decline(it, reason="full", by=by)  # noqa: E731
WITHDRAW: Doing = lambda it, by: actions.withdraw(it, reason="Moved", by=by)  # noqa: E731
END: Doing = lambda it, by: actions.end(it, ending="completed", by=by)  # noqa: E731
CAME: Doing = lambda it, by: actions.mark_attendance(it, session_on=today(), attended="yes", by=by)  # noqa: E731
ENOUGH: Doing = lambda it, by: actions.say_whether_enough(it, enough="no", by=by)  # noqa: E731


@pytest.fixture
def town(committed_db: str) -> Cast:
    with acting(job_actor("arrange")):
        return Cast.make()


def together(cast: Cast, work: list[tuple[UUID, Doing]]) -> list[str]:
    """Each on a database connection of its own, begun when all stand ready. Gives what each heard."""
    gate, heard = threading.Barrier(len(work)), []

    def one(connection_id: UUID, doing: Doing) -> None:
        by = job_actor("race", cast.scheme.id)
        try:
            with acting(by):
                found = Connection.objects.get(pk=connection_id)
                gate.wait(timeout=10)
                doing(found, by)
            heard.append("done")
        except LinkworksError as error:
            heard.append(type(error).__name__)
        finally:
            databases["default"].close()

    threads = [threading.Thread(target=one, args=each) for each in work]
    for each in threads:
        each.start()
    for each in threads:
        each.join(timeout=20)
    return sorted(heard)


def test_answers_at_the_same_moment(town: Cast) -> None:
    """One database for all: it is dear to make."""
    with acting(town.everything):
        service = make_service(town.provider, capacity_places=50)
        accepted = [make_connection(town, "accepted", service=service).pk for _ in range(2)]
        sent = [make_connection(town, service=service).pk for _ in range(4)]
        Service.objects.filter(pk=service.pk).update(places_taken=2)
    assert together(town, [(sent[0], ACCEPT), (sent[0], WITHDRAW), (sent[0], DECLINE)]).count("done") in {1, 2}
    assert together(town, [(sent[1], ACCEPT), (sent[1], ACCEPT), (sent[1], ACCEPT)]).count("done") == 1
    assert together(town, [(accepted[0], END), (accepted[0], END), (accepted[0], WITHDRAW)]).count("done") == 1
    assert together(town, [(accepted[1], CAME), (accepted[1], CAME), (accepted[1], CAME)]) == ["done"] * 3
    assert together(town, [(sent[2], ENOUGH), (sent[2], ENOUGH)]) == ["done"] * 2
    assert together(town, [(pk, ACCEPT) for pk in sent[2:]]) == ["done", "done"]
    with acting(town.everything):
        kept = list(Connection.objects.filter(service=service))
        holding = [each for each in kept if State(each.state) in HOLDS_A_PLACE]
        assert Service.objects.get(pk=service.pk).places_taken == len(holding)
        assert Attendance.objects.count() == GroupFeedback.objects.count() == 1
        for each in kept:
            lines = list(ConnectionMove.objects.filter(connection=each).order_by("made_at"))
            assert not lines or lines[-1].to_state == each.state
