import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connections as databases

from linkworks.connections import actions
from linkworks.connections.models import Connection, ConnectionMove
from linkworks.connections.states import State
from linkworks.core import vocabulary
from linkworks.core.actor import Actor, job_actor
from linkworks.core.clock import today
from linkworks.core.errors import Conflict, Invalid, LinkworksError, NotAllowed
from linkworks.core.later import acting as job_acting
from linkworks.directory.models import Service
from tests.cast import Cast
from tests.context import acting
from tests.factories.connections import make_connection, make_link, make_service


@pytest.fixture
def maggie(cast: Cast) -> Actor:
    return cast.actor(cast.provider_coordinator)


def test_yes_takes_a_place_and_keeps_the_first_date(cast: Cast, maggie: Actor, queued: Any) -> None:
    connection = make_connection(cast)
    with acting(maggie):
        answered = actions.accept(connection, first_session_on=date(2026, 12, 1), words="Come at twelve", by=maggie)
    assert (answered.state, answered.first_session_on) == (State.ACCEPTED, date(2026, 12, 1))
    assert answered.answered_at is not None
    assert Service.objects.get(pk=connection.service_id).places_taken == 1
    assert ConnectionMove.objects.get(connection=connection).reason == "Come at twelve"
    assert queued("casework.connection_moved") == [[str(connection.id)]]


def test_a_full_service_accepts_nobody_and_says_so(cast: Cast, maggie: Actor) -> None:
    connection = make_connection(cast, service=make_service(cast.provider, capacity_places=1, places_taken=1))
    with pytest.raises(Conflict, match="waiting list"):
        actions.accept(connection, by=maggie)
    connection.refresh_from_db()
    assert connection.state == State.SENT
    assert not ConnectionMove.objects.exists()


def test_a_waiting_list_takes_no_place(cast: Cast, maggie: Actor) -> None:
    connection = actions.waitlist(make_connection(cast), words="About a month", by=maggie)
    assert connection.state == State.WAITLISTED
    assert Service.objects.get(pk=connection.service_id).places_taken == 0


def test_from_the_waiting_list_to_a_place(cast: Cast, maggie: Actor) -> None:
    assert actions.accept(make_connection(cast, "waitlisted"), by=maggie).state == State.ACCEPTED


@pytest.mark.parametrize("reason", vocabulary.DECLINE_REASONS)
def test_no_has_a_reason_from_the_list(cast: Cast, maggie: Actor, reason: str) -> None:
    declined = actions.decline(make_connection(cast), reason=reason, words="Sorry", by=maggie)
    assert (declined.state, declined.decline_reason, declined.decline_words) == (State.DECLINED, reason, "Sorry")
    assert declined.ended_at is not None


@pytest.mark.parametrize("reason", ["", "because", "FULL"])
def test_no_without_a_reason_is_no_answer(cast: Cast, maggie: Actor, reason: str) -> None:
    with pytest.raises(Invalid) as error:
        actions.decline(make_connection(cast), reason=reason, by=maggie)
    assert error.value.field == "reason"


def test_declining_somebody_who_had_a_place_frees_it(cast: Cast, maggie: Actor) -> None:
    service = make_service(cast.provider, places_taken=1)
    actions.decline(make_connection(cast, "accepted", service=service), reason="person-changed-mind", by=maggie)
    service.refresh_from_db()
    assert service.places_taken == 0


@pytest.mark.parametrize("answer", ["accept", "waitlist", "decline"])
def test_the_link_worker_keys_in_what_was_said_by_telephone(cast: Cast, answer: str) -> None:
    by = cast.actor(cast.link_worker)
    more = {"reason": "full"} if answer == "decline" else {}
    with acting(by):
        getattr(actions, answer)(make_connection(cast), words="By telephone", by=by, **more)
    assert ConnectionMove.objects.get().made_by_name == "Amara Boateng"


@pytest.mark.parametrize("who", ["other_provider_coordinator", "session_leader", "referrer", "signposter", "outsider"])
def test_nobody_else_answers(cast: Cast, who: str) -> None:
    by = cast.actor(getattr(cast, who))
    connection = make_connection(cast)
    with pytest.raises(NotAllowed):
        actions.accept(connection, by=by)


def test_a_link_answers_its_own_connection_and_no_other(cast: Cast) -> None:
    mine, other = make_connection(cast), make_connection(cast)
    _, link = make_link(mine)
    by = Actor(
        id=f"link:{link.id}",
        name="Kettle",
        organisations=frozenset([cast.provider.id]),
        link_id=link.id,
        purpose="provider",
        permissions=cast.actor(cast.provider_coordinator).permissions,
    )
    assert actions.accept(mine, by=by).state == State.ACCEPTED
    with pytest.raises(NotAllowed):
        actions.accept(other, by=by)


@pytest.mark.parametrize("state", ["proposed", "declined", "withdrawn", "ended", "accepted", "attending"])
def test_only_what_waits_can_be_accepted(cast: Cast, state: str) -> None:
    with pytest.raises(NotAllowed):
        actions.accept(make_connection(cast, state), by=cast.everything)


def accept_at_the_gate(connection_id: Any, scheme_id: Any, gate: threading.Barrier, said: list[str]) -> None:
    """One acceptance on a database connection of its own, held until everybody stands at the gate."""
    by = job_actor("race", scheme_id)
    try:
        with job_acting(by):
            found = Connection.objects.get(pk=connection_id)
            gate.wait(timeout=10)
            actions.accept(found, by=by)
        said.append("accepted")
    except LinkworksError as error:
        said.append(type(error).__name__)
    finally:
        databases["default"].close()


def test_the_last_place_is_never_given_twice(committed_db: str) -> None:
    """Four providers' people press Accept at the same moment for one place."""
    with job_acting(job_actor("arrange")):
        cast = Cast.make()
    with job_acting(cast.everything):
        service = make_service(cast.provider, capacity_places=1)
        waiting = [make_connection(cast, service=service).id for _ in range(4)]
    gate, said = threading.Barrier(4), []
    racers = [threading.Thread(target=accept_at_the_gate, args=(each, cast.scheme.id, gate, said)) for each in waiting]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join(timeout=20)
    with job_acting(cast.everything):
        assert sorted(said) == ["Conflict", "Conflict", "Conflict", "accepted"]
        assert Connection.objects.filter(state=State.ACCEPTED).count() == 1
        assert Service.objects.get(pk=service.id).places_taken == 1


@pytest.mark.parametrize(("days", "fine"), [(365, True), (366, False), (36_500, False)])
def test_a_slip_in_the_year_is_refused_before_it_keeps_a_link_open_for_a_century(
    cast: Cast, days: int, fine: bool
) -> None:
    connection, first = make_connection(cast), today() + timedelta(days=days)
    if fine:
        assert actions.accept(connection, first_session_on=first, by=cast.everything).first_session_on == first
        return
    with pytest.raises(Invalid, match="or earlier") as problem:
        actions.accept(connection, first_session_on=first, by=cast.everything)
    assert problem.value.field == "first_session_on"


@pytest.mark.parametrize("starting", ["sent", "waitlisted"])
def test_a_group_asked_although_it_is_full_can_say_yes(cast: Cast, starting: str) -> None:
    """They may be able to take one more, or their listing is out of date: the page that asks them says so."""
    service = make_service(cast.provider, capacity_places=2, places_taken=2)
    connection = make_connection(cast, starting, service=service, although_full="nothing-else")
    maggie = cast.actor(cast.provider_coordinator)
    actions.accept(connection, by=maggie)
    service.refresh_from_db()
    assert (service.places_taken, service.capacity_places) == (3, 3)
    actions.mark_attendance(connection, session_on=today(), attended="yes", by=maggie)
    connection.refresh_from_db()
    assert connection.state == "attending"
