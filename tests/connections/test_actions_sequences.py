"""Whatever is done in whatever order: places, history and states agree."""

from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from linkworks.connections import actions
from linkworks.connections.models import Connection, ConnectionMove, ProviderLink
from linkworks.connections.states import HOLDS_A_PLACE, State
from linkworks.core.clock import today
from linkworks.core.errors import LinkworksError
from linkworks.directory.models import Service
from tests.cast import Cast
from tests.factories.connections import make_connection, make_link, make_service

DOING: dict[str, Any] = {
    "send": lambda it, by: actions.send(it, by=by),
    "accept": lambda it, by: actions.accept(it, by=by),
    "waitlist": lambda it, by: actions.waitlist(it, by=by),
    "decline": lambda it, by: actions.decline(it, reason="full", by=by),
    "withdraw": lambda it, by: actions.withdraw(it, reason="Changed", by=by),
    "came": lambda it, by: actions.mark_attendance(it, session_on=today(), attended="yes", by=by),
    "missed": lambda it, by: actions.mark_attendance(it, session_on=today(), attended="no", absence="logistics", by=by),
    "end": lambda it, by: actions.end(it, ending="completed", by=by),
}
STEPS = some.lists(some.tuples(some.integers(0, 3), some.sampled_from(sorted(DOING))), min_size=1, max_size=14)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, places=some.integers(0, 3))
def test_places_history_and_states_always_agree(cast: Cast, steps: list[tuple[int, str]], places: int) -> None:
    service = make_service(cast.provider, capacity_places=places)
    made = [make_connection(cast, "proposed", service=service) for _ in range(4)]
    for which, step in steps:
        with suppress(LinkworksError):
            DOING[step](made[which], cast.everything)
    kept = list(Connection.objects.filter(service=service))
    holding = [each for each in kept if State(each.state) in HOLDS_A_PLACE]
    assert Service.objects.get(pk=service.pk).places_taken == len(holding) <= places
    for each in kept:
        lines = list(ConnectionMove.objects.filter(connection=each).order_by("made_at"))
        assert each.state == (lines[-1].to_state if lines else "proposed")
        assert (each.ended_at is not None) == (each.state in {"declined", "withdrawn", "ended"})
        assert (each.sent_at is not None) == any(line.move == "send" for line in lines)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=some.lists(some.sampled_from(sorted(DOING)), min_size=1, max_size=8))
def test_no_link_works_once_it_was_taken_back(cast: Cast, steps: list[str]) -> None:
    connection = make_connection(cast)
    make_link(connection)
    for step in steps:
        with suppress(LinkworksError):
            DOING[step](connection, cast.everything)
    connection.refresh_from_db()
    works = ProviderLink.objects.filter(connection_id=connection.pk, revoked_at__isnull=True).exists()
    assert works is (connection.state != State.WITHDRAWN)
