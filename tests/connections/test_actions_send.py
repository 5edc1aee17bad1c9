from datetime import timedelta
from typing import Any

import pytest

from linkworks.connections import actions
from linkworks.connections.models import Connection, ConnectionMove
from linkworks.connections.states import State
from linkworks.core.clock import now
from linkworks.core.errors import Invalid, NotAllowed
from tests.cast import Cast
from tests.context import acting
from tests.factories.connections import facts_for, make_connection, make_link, make_service


@pytest.fixture
def worker(cast: Cast) -> Any:
    return cast.actor(cast.link_worker)


def test_a_proposal_is_kept_and_nobody_is_told(cast: Cast, worker: Any, queued: Any) -> None:
    made = actions.propose(facts=facts_for(cast, make_service(cast.provider)), by=worker)
    assert (made.state, made.sent_at) == (State.PROPOSED, None)
    assert made.reference.startswith("K-")
    assert queued("connections.invite_provider") == []


def test_sending_is_history_and_writes_to_the_provider(cast: Cast, worker: Any, queued: Any) -> None:
    sent = actions.send(make_connection(cast, "proposed"), by=worker)
    assert sent.state == State.SENT
    assert sent.sent_at is not None
    line = ConnectionMove.objects.get(connection=sent)
    assert (line.move, line.to_state, line.made_by_name) == ("send", "sent", "Amara Boateng")
    assert queued("connections.invite_provider") == [[str(sent.id)]]
    assert queued("casework.connection_moved") == [[str(sent.id)]]


def test_too_much_is_never_shared(cast: Cast, worker: Any) -> None:
    with pytest.raises(Invalid, match="300 characters") as error:
        actions.propose(facts=facts_for(cast, make_service(cast.provider), support_need="x" * 301), by=worker)
    assert error.value.field == "support_need"
    assert not Connection.objects.exists()


def test_taking_back_frees_the_place_and_closes_the_links(cast: Cast, worker: Any, queued: Any) -> None:
    service = make_service(cast.provider, places_taken=3)
    connection = make_connection(cast, "accepted", service=service)
    _, link = make_link(connection)
    withdrawn = actions.withdraw(connection, reason="They moved house", by=worker)
    service.refresh_from_db()
    link.refresh_from_db()
    assert withdrawn.state == State.WITHDRAWN
    assert withdrawn.ended_at is not None
    assert service.places_taken == 2
    assert link.revoked_at is not None
    assert queued("connections.tell_provider_withdrawn") == [[str(connection.id)]]


def test_what_was_never_sent_is_taken_back_quietly(cast: Cast, worker: Any, queued: Any) -> None:
    actions.withdraw(make_connection(cast, "proposed"), reason="They changed their mind", by=worker)
    assert queued("connections.tell_provider_withdrawn") == []


@pytest.mark.parametrize("state", ["attending", "ended", "declined", "withdrawn"])
def test_some_things_can_not_be_taken_back(cast: Cast, worker: Any, state: str) -> None:
    with pytest.raises(NotAllowed):
        actions.withdraw(make_connection(cast, state), reason="Too late", by=worker)


@pytest.mark.parametrize("who", ["provider_coordinator", "referrer", "session_leader", "signposter", "administrator"])
def test_others_can_not_send_or_take_back(cast: Cast, who: str) -> None:
    by = cast.actor(getattr(cast, who))
    proposed, sent = make_connection(cast, "proposed"), make_connection(cast)
    with pytest.raises(NotAllowed):
        actions.send(proposed, by=by)
    with pytest.raises(NotAllowed):
        actions.withdraw(sent, reason="x", by=by)
    with pytest.raises(NotAllowed):
        actions.propose(facts=facts_for(cast, make_service(cast.provider)), by=by)


def test_another_scheme_can_not_even_find_it(cast: Cast) -> None:
    by = cast.actor(cast.outsider)
    connection = make_connection(cast, "proposed")
    with acting(by), pytest.raises(Connection.DoesNotExist):
        actions.send(connection, by=by)


@pytest.mark.parametrize(
    ("state", "days", "changed"),
    [("sent", None, True), ("attending", None, True), ("ended", 29, True), ("ended", 31, False)],
)
def test_whoever_reads_a_connection_is_led_to_the_worker_of_now(
    cast: Cast, state: str, days: int | None, changed: bool
) -> None:
    over = None if days is None else now() - timedelta(days=days)
    connection, other = make_connection(cast, state, ended_at=over), make_connection(cast)
    new, by = cast.manager, cast.actor(cast.manager)
    actions.change_worker(connection.person_id, worker_id=new.pk, worker_name=new.name, by=by)
    connection.refresh_from_db()
    other.refresh_from_db()
    assert (connection.worker_name == new.name) is (connection.worker_id == new.pk) is changed
    assert other.worker_id == cast.link_worker.pk


@pytest.mark.parametrize("who", ["provider_coordinator", "outsider", "referrer"])
def test_nobody_but_the_scheme_changes_the_worker(cast: Cast, who: str) -> None:
    connection, by = make_connection(cast), cast.actor(getattr(cast, who))
    actions.change_worker(connection.person_id, worker_id=cast.manager.pk, worker_name="Nobody", by=by)
    connection.refresh_from_db()
    assert connection.worker_name == cast.link_worker.name
