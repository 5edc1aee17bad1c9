"""Every action from every state: what the table allows happens whole, and what it does not leaves no trace."""

from collections.abc import Callable
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from linkworks.connections import actions
from linkworks.connections.models import Attendance, Connection, ConnectionMove, Question
from linkworks.connections.states import HOLDS_A_PLACE, MOVES, Move, State
from linkworks.core.actor import Actor
from linkworks.core.clock import today
from linkworks.core.errors import Conflict, NotAllowed
from linkworks.core.states import after, can
from linkworks.directory.models import Service
from tests.cast import Cast
from tests.factories.connections import make_connection, make_link, make_service

Doing = Callable[[Connection, Actor], Any]
BY_MOVE: dict[Move, Doing] = {
    Move.SEND: lambda it, by: actions.send(it, by=by),
    Move.ACCEPT: lambda it, by: actions.accept(it, words="Come at noon", by=by),
    Move.WAITLIST: lambda it, by: actions.waitlist(it, words="A month", by=by),
    Move.DECLINE: lambda it, by: actions.decline(it, reason="full", words="Sorry", by=by),
    Move.WITHDRAW: lambda it, by: actions.withdraw(it, reason="They moved", by=by),
    Move.ATTEND: lambda it, by: actions.mark_attendance(it, session_on=today(), attended="yes", by=by),
    Move.END: lambda it, by: actions.end(it, ending="completed", words="Happier", by=by),
}
SAYS = {
    Move.ACCEPT: "Come at noon",
    Move.WAITLIST: "A month",
    Move.DECLINE: "Sorry",
    Move.WITHDRAW: "They moved",
    Move.END: "Happier",
}


def everything_kept() -> tuple[Any, ...]:
    return (
        list(Connection.objects.order_by("pk").values()),
        ConnectionMove.objects.count(),
        Attendance.objects.count(),
        Question.objects.count(),
        list(Service.objects.order_by("pk").values("pk", "places_taken")),
        ProcrastinateJob.objects.count(),
    )


def standing(cast: Cast, state: State, places: int = 3) -> Connection:
    """A connection in a state, holding its place where that state holds one."""
    taken = int(state in HOLDS_A_PLACE)
    return make_connection(cast, state, service=make_service(cast.provider, capacity_places=places, places_taken=taken))


@pytest.mark.parametrize("move", Move)
def test_what_the_table_allows_happens_whole(cast: Cast, move: Move, queued: Any) -> None:
    for state in State:
        if not can(MOVES, state, move):
            continue
        connection = standing(cast, state)
        before = len(queued("casework.connection_moved"))
        BY_MOVE[move](connection, cast.everything)
        connection.refresh_from_db()
        line = ConnectionMove.objects.get(connection=connection)
        assert connection.state == line.to_state == after(MOVES, state, move)
        assert (line.move, line.made_by, line.scheme_id) == (move, "test", cast.scheme.id)
        assert SAYS.get(move, "") in line.reason
        assert queued("casework.connection_moved")[before:] == [[str(connection.pk)]]
        holds = connection.state in HOLDS_A_PLACE
        assert Service.objects.get(pk=connection.service_id).places_taken == int(holds)
        assert (connection.ended_at is not None) == (connection.state in {"declined", "withdrawn", "ended"})


@pytest.mark.parametrize("move", Move)
def test_what_the_table_does_not_allow_leaves_no_trace(cast: Cast, move: Move) -> None:
    for state in State:
        if can(MOVES, state, move) or (move == Move.ATTEND and state in HOLDS_A_PLACE):
            continue
        connection = standing(cast, state)
        kept = everything_kept()
        with pytest.raises(NotAllowed) as refused:
            BY_MOVE[move](connection, cast.everything)
        assert everything_kept() == kept, (state, move)
        assert refused.value.message.endswith(".")
        assert "_" not in refused.value.message


@pytest.mark.parametrize("state", [State.SENT, State.WAITLISTED])
def test_a_service_that_is_full_refuses_and_nothing_is_half_done(cast: Cast, state: State) -> None:
    service = make_service(cast.provider, capacity_places=1, places_taken=1)
    connection = make_connection(cast, state, service=service)
    kept = everything_kept()
    with pytest.raises(Conflict):
        actions.accept(connection, by=cast.everything)
    assert everything_kept() == kept


def test_a_service_without_a_limit_is_never_full(cast: Cast) -> None:
    service = make_service(cast.provider, capacity_places=None, places_taken=400)
    assert actions.accept(make_connection(cast, service=service), by=cast.everything).state == State.ACCEPTED


def test_coming_a_second_time_is_no_second_move(cast: Cast) -> None:
    connection = standing(cast, State.ACCEPTED)
    for attended in ("yes", "late"):
        actions.mark_attendance(connection, session_on=today(), attended=attended, by=cast.everything)
    assert [line.move for line in ConnectionMove.objects.all()] == [Move.ATTEND]


@pytest.mark.parametrize("move", [move for move in Move if move != Move.SEND])
def test_the_state_on_the_page_does_not_decide_the_state_in_the_database_does(cast: Cast, move: Move) -> None:
    """A page that was open for an hour still thinks it is waiting: what happened meanwhile counts."""
    connection = standing(cast, State.SENT)
    stale = Connection.objects.get(pk=connection.pk)
    actions.withdraw(connection, reason="Changed their mind", by=cast.everything)
    with pytest.raises(NotAllowed):
        BY_MOVE[move](stale, cast.everything)
    connection.refresh_from_db()
    assert connection.state == State.WITHDRAWN


def test_what_was_answered_first_stays_in_the_history(cast: Cast) -> None:
    connection = standing(cast, State.SENT)
    for move in (Move.WAITLIST, Move.ACCEPT, Move.ATTEND, Move.END):
        BY_MOVE[move](connection, cast.everything)
    lines = ConnectionMove.objects.filter(connection=connection).order_by("made_at")
    assert [line.to_state for line in lines] == ["waitlisted", "accepted", "attending", "ended"]
    first_answer = connection.answered_at
    connection.refresh_from_db()
    assert first_answer is None or connection.answered_at is not None


WHO_MAY: dict[Move, set[str]] = {
    Move.SEND: {"link_worker", "manager"},
    Move.WITHDRAW: {"link_worker", "manager"},
    Move.ACCEPT: {"link_worker", "manager", "provider_coordinator"},
    Move.WAITLIST: {"link_worker", "manager", "provider_coordinator"},
    Move.DECLINE: {"link_worker", "manager", "provider_coordinator"},
    Move.ATTEND: {"link_worker", "manager", "provider_coordinator", "session_leader"},
    Move.END: {"link_worker", "manager", "provider_coordinator"},
}
FROM = {Move.SEND: State.PROPOSED, Move.ATTEND: State.ACCEPTED, Move.END: State.ATTENDING}
EVERYBODY = [
    "link_worker", "manager", "provider_coordinator", "session_leader", "referrer", "referring_colleague", "signposter",
    "other_provider_coordinator", "outsider", "outside_manager", "steward", "administrator", "commissioner",
]  # fmt: skip


@pytest.mark.parametrize("move", Move)
def test_who_may_make_each_move(cast: Cast, move: Move) -> None:
    for who in EVERYBODY:
        connection = standing(cast, FROM.get(move, State.SENT))
        actor = cast.actor(getattr(cast, who))
        if who in WHO_MAY[move]:
            BY_MOVE[move](connection, actor)
        else:
            kept = everything_kept()
            with pytest.raises(NotAllowed):
                BY_MOVE[move](connection, actor)
            assert everything_kept() == kept, who


def test_taking_back_closes_every_link_and_tells_the_group_once(cast: Cast, queued: Any) -> None:
    connection = standing(cast, State.WAITLISTED)
    make_link(connection)
    actions.withdraw(connection, reason="They moved away", by=cast.everything)
    assert queued("connections.tell_provider_withdrawn") == [[str(connection.pk)]]
    with pytest.raises(NotAllowed):
        actions.withdraw(connection, reason="Again", by=cast.everything)
    assert queued("connections.tell_provider_withdrawn") == [[str(connection.pk)]]
