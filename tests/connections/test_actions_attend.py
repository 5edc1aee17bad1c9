from datetime import timedelta
from typing import Any

import pytest

from linkworks.connections import actions
from linkworks.connections.models import Attendance
from linkworks.connections.states import State
from linkworks.core import vocabulary
from linkworks.core.actor import Actor
from linkworks.core.clock import today
from linkworks.core.errors import Invalid, NotAllowed
from linkworks.directory.models import Service
from tests.cast import Cast
from tests.context import acting
from tests.factories.connections import make_connection, make_service


@pytest.fixture
def desmond(cast: Cast) -> Actor:
    return cast.actor(cast.session_leader)


@pytest.mark.parametrize("attended", ["yes", "late"])
def test_the_first_time_somebody_comes_they_are_attending(cast: Cast, desmond: Actor, attended: str) -> None:
    connection = make_connection(cast, "accepted")
    with acting(desmond):
        mark = actions.mark_attendance(connection, session_on=today(), attended=attended, by=desmond)
    connection.refresh_from_db()
    assert (connection.state, mark.marked_by_name, mark.absence) == (State.ATTENDING, "Desmond King", "")


def test_not_coming_leaves_them_accepted_and_reaches_the_link_worker(cast: Cast, desmond: Actor, queued: Any) -> None:
    connection = make_connection(cast, "accepted")
    actions.mark_attendance(
        connection, session_on=today(), attended="no", absence="logistics", note=" No bus ", by=desmond
    )
    connection.refresh_from_db()
    mark = Attendance.objects.get()
    assert (connection.state, mark.absence, mark.note) == (State.ACCEPTED, "logistics", "No bus")
    assert queued("casework.connection_moved") == [[str(connection.id)]]


def test_marking_a_session_again_puts_it_right(cast: Cast, desmond: Actor) -> None:
    connection = make_connection(cast, "accepted")
    actions.mark_attendance(connection, session_on=today(), attended="no", absence="acceptable", by=desmond)
    actions.mark_attendance(connection, session_on=today(), attended="late", absence="acceptable", by=desmond)
    mark = Attendance.objects.get()
    assert (mark.attended, mark.absence) == ("late", "")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"session_on": today() + timedelta(days=2)}, "session_on"),
        ({"attended": "maybe"}, "attended"),
        ({"attended": "no"}, "absence"),
        ({"attended": "no", "absence": "lazy"}, "absence"),
    ],
)
def test_a_mark_that_can_not_be_is_refused(cast: Cast, desmond: Actor, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as error:
        actions.mark_attendance(
            make_connection(cast, "accepted"), **{"session_on": today(), "attended": "yes", **facts}, by=desmond
        )
    assert error.value.field == field


@pytest.mark.parametrize("state", ["sent", "waitlisted", "declined", "ended"])
def test_only_those_expected_are_marked(cast: Cast, state: str) -> None:
    with pytest.raises(NotAllowed):
        actions.mark_attendance(make_connection(cast, state), session_on=today(), attended="yes", by=cast.everything)


@pytest.mark.parametrize("who", ["other_provider_coordinator", "referrer", "signposter", "outsider"])
def test_nobody_else_marks(cast: Cast, who: str) -> None:
    by = cast.actor(getattr(cast, who))
    with pytest.raises(NotAllowed):
        actions.mark_attendance(make_connection(cast, "accepted"), session_on=today(), attended="yes", by=by)


@pytest.mark.parametrize("ending", vocabulary.ENDINGS)
def test_an_ending_is_from_the_list_and_frees_the_place(cast: Cast, ending: str) -> None:
    service = make_service(cast.provider, places_taken=1)
    ended = actions.end(
        make_connection(cast, "attending", service=service), ending=ending, words="Well done", by=cast.everything
    )
    assert (ended.state, ended.ending) == (State.ENDED, ending)
    assert ended.ended_at is not None
    assert Service.objects.get(pk=service.id).places_taken == 0


def test_an_ending_nobody_knows_is_refused(cast: Cast) -> None:
    with pytest.raises(Invalid):
        actions.end(make_connection(cast, "attending"), ending="just-because", by=cast.everything)


def test_whoever_runs_the_session_does_not_end_it(cast: Cast, desmond: Actor) -> None:
    with pytest.raises(NotAllowed):
        actions.end(make_connection(cast, "attending"), ending="completed", by=desmond)


def test_each_side_keeps_a_note_of_its_own(cast: Cast) -> None:
    connection = make_connection(cast, "accepted")
    group, worker = cast.actor(cast.provider_coordinator), cast.actor(cast.link_worker)
    for by, note in ((worker, "Rang, at hospital"), (group, "Missed him"), (group, None), (worker, "Home again")):
        actions.mark_attendance(connection, session_on=today(), attended="no", absence="acceptable", note=note, by=by)
    kept = Attendance.objects.get()
    assert (kept.worker_note, kept.note) == ("Home again", "Missed him")
    assert kept.notes == "Home again. Missed him"
    actions.mark_attendance(connection, session_on=today(), attended="yes", note="", by=group)
    kept.refresh_from_db()
    assert kept.notes == "Home again"
