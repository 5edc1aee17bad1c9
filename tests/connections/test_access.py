"""Who sees which connection: from the scheme's side, the provider's, and by link."""

from datetime import timedelta
from typing import Any

import pytest

from linkworks.connections import actions
from linkworks.connections.access import actor_of_link, hash_of, link_of, token_of, visible_connections
from linkworks.connections.models import Connection, ProviderLink
from linkworks.connections.states import State
from linkworks.core.actor import PUBLIC, Actor
from linkworks.core.clock import now
from linkworks.core.permissions import Permission
from tests.cast import Cast
from tests.context import acting
from tests.factories.connections import make_connection, make_link, make_service


def seen_by(actor: Actor) -> set[Any]:
    """What both walls together let through."""
    with acting(actor):
        return set(visible_connections(actor).values_list("pk", flat=True))


@pytest.fixture
def one_in_each_state(cast: Cast) -> dict[str, Any]:
    return {state.value: make_connection(cast, state).pk for state in State}


@pytest.mark.parametrize("who", ["link_worker", "colleague", "manager"])
def test_the_scheme_sees_all_of_its_own(cast: Cast, one_in_each_state: dict[str, Any], who: str) -> None:
    assert seen_by(cast.actor(getattr(cast, who))) == set(one_in_each_state.values())


def test_a_provider_sees_what_was_sent_and_not_taken_back(cast: Cast, one_in_each_state: dict[str, Any]) -> None:
    hidden = {one_in_each_state["proposed"], one_in_each_state["withdrawn"]}
    assert seen_by(cast.actor(cast.provider_coordinator)) == set(one_in_each_state.values()) - hidden


def test_whoever_runs_sessions_sees_who_is_expected(cast: Cast, one_in_each_state: dict[str, Any]) -> None:
    assert seen_by(cast.actor(cast.session_leader)) == {one_in_each_state["accepted"], one_in_each_state["attending"]}


@pytest.mark.parametrize(
    "who",
    ["outsider", "other_provider_coordinator", "referrer", "signposter", "administrator", "commissioner", "steward"],
)
def test_nobody_else_sees_any(cast: Cast, one_in_each_state: dict[str, Any], who: str) -> None:
    assert seen_by(cast.actor(getattr(cast, who))) == set()


def test_the_public_sees_none(cast: Cast, one_in_each_state: dict[str, Any]) -> None:
    assert seen_by(PUBLIC) == set()


@pytest.mark.parametrize(("days", "expected"), [(29, True), (31, False)])
def test_a_provider_sees_what_is_over_for_thirty_days(cast: Cast, days: int, expected: bool) -> None:
    over = make_connection(cast, "ended", ended_at=now() - timedelta(days=days))
    assert (over.pk in seen_by(cast.actor(cast.provider_coordinator))) is expected
    assert over.pk in seen_by(cast.actor(cast.link_worker))


def test_a_link_opens_its_own_connection_and_nothing_else(cast: Cast) -> None:
    mine, other = make_connection(cast), make_connection(cast)
    token, link = make_link(mine)
    actor = actor_of_link(token)
    assert actor is not None
    assert seen_by(actor) == {mine.pk}
    assert other.pk not in seen_by(actor)
    assert actor.id == f"link:{link.id}"
    assert actor.name == "Kettle and Company (by link)"
    assert actor.permissions == {
        Permission.CONNECTION_ANSWER,
        Permission.ATTENDANCE_MARK,
        Permission.SAFEGUARDING_RAISE,
    }
    assert not actor.is_signed_in
    assert actor.schemes == frozenset()


def test_only_the_hash_of_a_link_is_kept(cast: Cast) -> None:
    token, link = make_link(make_connection(cast))
    assert link.token_hash == hash_of(token) != token
    assert token not in str(ProviderLink.objects.values())


def test_the_same_working_link_is_sent_again(cast: Cast) -> None:
    connection = make_connection(cast)
    assert make_link(connection)[0] == make_link(connection)[0]
    assert ProviderLink.objects.count() == 1


@pytest.mark.parametrize("change", [{"revoked_at": now()}, {"expires_at": now() - timedelta(seconds=1)}])
def test_a_link_that_was_closed_or_is_old_opens_nothing(cast: Cast, change: dict[str, Any]) -> None:
    token, link = make_link(make_connection(cast))
    actor = actor_of_link(token)
    ProviderLink.objects.filter(pk=link.pk).update(**change)
    assert actor_of_link(token) is None
    assert actor is not None
    assert seen_by(actor) == set()
    assert link_of(token) == link


def test_an_old_link_is_not_brought_back_to_life(cast: Cast) -> None:
    connection = make_connection(cast)
    old, link = make_link(connection)
    ProviderLink.objects.filter(pk=link.pk).update(expires_at=now() - timedelta(days=1))
    actions.ask(connection, text="Hello", from_provider=False, by=cast.everything)
    fresh, _ = make_link(connection)
    assert actor_of_link(old) is None
    assert actor_of_link(fresh) is not None
    assert fresh != old


def test_taking_back_closes_the_door_at_once(cast: Cast) -> None:
    connection = make_connection(cast)
    token, _ = make_link(connection)
    actions.withdraw(connection, reason="Changed their mind", by=cast.everything)
    assert actor_of_link(token) is None


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-1] + ("A" if t[-1] != "A" else "B"), lambda t: "A" + t[1:], lambda t: "", lambda t: "x.y"]
)
def test_a_token_we_did_not_sign_opens_nothing(cast: Cast, spoil: Any) -> None:
    token, _ = make_link(make_connection(cast))
    assert actor_of_link(spoil(token)) is None
    assert link_of(spoil(token)) is None


def test_a_token_signed_for_another_connection_opens_nothing(cast: Cast) -> None:
    """Signed by us, but for what the link was not made for."""
    _, link = make_link(make_connection(cast))
    link.connection_id = make_connection(cast).pk
    assert actor_of_link(token_of(link)) is None


def test_another_providers_link_answers_nothing_here(cast: Cast) -> None:
    theirs = make_connection(cast, service=make_service(cast.other_provider))
    ours = make_connection(cast)
    actor = actor_of_link(make_link(theirs)[0])
    assert actor is not None
    assert ours.pk not in seen_by(actor)
    with acting(actor):
        assert set(Connection.objects.values_list("pk", flat=True)) == {theirs.pk}
