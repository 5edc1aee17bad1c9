"""A link opens one connection while it works, and nothing can be learned from one that does not."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta

import pytest
from django.core import signing
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from linkworks.connections import actions
from linkworks.connections.access import OPENED_BY, actor_of_link, link_of, token_of, visible_connections
from linkworks.connections.models import Connection, ProviderLink
from linkworks.connections.rules import LINK_LIFE, link_works_until
from linkworks.connections.states import State
from linkworks.core.clock import now, today
from tests.cast import Cast
from tests.context import acting
from tests.factories.connections import make_connection, make_link, make_service

MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."


@MANY
@given(at=some.integers(0, 127), sign=some.sampled_from(SIGNS))
def test_no_letter_of_a_token_can_be_changed(cast: Cast, at: int, sign: str) -> None:
    token, _ = make_link(Connection.objects.first() or make_connection(cast))
    at %= len(token)
    spoiled = token[:at] + sign + token[at + 1 :]
    assert (actor_of_link(spoiled) is not None) is (spoiled == token)


@MANY
@given(text=some.text(max_size=300))
def test_nothing_anybody_makes_up_is_a_link(cast: Cast, text: str) -> None:
    assert actor_of_link(text) is None
    assert link_of(text) is None


@pytest.mark.parametrize("length", [0, 15, 16, 63, 64, 65, 128])
def test_signed_with_our_own_key_but_of_another_shape_it_opens_nothing(cast: Cast, length: int) -> None:
    signed = OPENED_BY.sign(urlsafe_b64encode(b"x" * length).decode().rstrip("="))
    assert link_of(signed) is None


def test_a_token_signed_for_another_purpose_opens_nothing(cast: Cast) -> None:
    token, _ = make_link(make_connection(cast))
    inside = token.rpartition(".")[0]
    other = signing.Signer(salt="linkworks.referrals.guest-link", sep=".").sign(inside)
    assert actor_of_link(other) is None


@pytest.mark.parametrize("part", ["connection_id", "provider_id", "scheme_id"])
def test_parts_of_two_links_can_not_be_put_together(cast: Cast, part: str) -> None:
    """Even whoever could sign would need the row that the link was made with."""
    mine = make_link(make_connection(cast))[1]
    other = make_link(make_connection(cast, service=make_service(cast.other_provider)))[1]
    setattr(mine, part, getattr(other, part) if part != "scheme_id" else cast.other_scheme.id)
    assert link_of(token_of(mine)) is None


def test_a_token_says_nothing_of_a_person(cast: Cast) -> None:
    connection = make_connection(cast)
    token, _ = make_link(connection)
    inside = token.rpartition(".")[0]
    raw = urlsafe_b64decode(inside + "=" * (-len(inside) % 4))
    assert len(raw) == 64
    for secret in (connection.person_id.bytes, connection.worker_id.bytes, b"Sam", connection.reference.encode()):
        assert secret not in raw


@pytest.mark.parametrize("state", State)
def test_what_a_link_shows_in_each_state(cast: Cast, state: State) -> None:
    connection = make_connection(cast, state)
    actor = actor_of_link(make_link(connection)[0])
    assert actor is not None
    shown = set(visible_connections(actor).values_list("pk", flat=True))
    assert shown == (set() if state in {State.PROPOSED, State.WITHDRAWN} else {connection.pk})


@pytest.mark.parametrize(("days", "opens"), [(0, True), (29, True), (31, False)])
@pytest.mark.parametrize("state", ["declined", "ended"])
def test_thirty_days_after_it_is_over_even_a_working_link_shows_nothing(
    cast: Cast, state: str, days: int, opens: bool
) -> None:
    connection = make_connection(cast, state, ended_at=now() - timedelta(days=days))
    actor = actor_of_link(make_link(connection)[0])
    assert actor is not None
    assert visible_connections(actor).exists() is opens


def test_the_database_alone_lets_a_link_see_no_other_group(cast: Cast) -> None:
    make_connection(cast, service=make_service(cast.other_provider))
    mine = make_connection(cast)
    actor = actor_of_link(make_link(mine)[0])
    assert actor is not None
    with acting(actor):
        assert [each.pk for each in Connection.objects.all()] == [mine.pk]


def test_many_links_of_one_connection_are_closed_together(cast: Cast) -> None:
    connection = make_connection(cast)
    tokens = []
    for _ in range(3):
        tokens.append(make_link(connection)[0])
        ProviderLink.objects.filter(revoked_at__isnull=True).update(expires_at=now() - timedelta(days=1))
    tokens.append(make_link(connection)[0])
    actions.withdraw(connection, reason="Moved away", by=cast.everything)
    assert [actor_of_link(token) for token in tokens] == [None] * 4
    assert not ProviderLink.objects.filter(revoked_at__isnull=True).exists()


def test_closing_one_connection_leaves_the_links_of_others(cast: Cast) -> None:
    gone, stays = make_connection(cast), make_connection(cast)
    token, _ = make_link(stays)
    make_link(gone)
    actions.withdraw(gone, reason="Moved away", by=cast.everything)
    assert actor_of_link(token) is not None


@given(ahead=some.integers(-400, 400))
def test_a_link_never_ends_before_thirty_days_or_before_the_first_session(ahead: int) -> None:
    moment = now()
    first = today() + timedelta(days=ahead)
    until = link_works_until(moment, first)
    assert until >= moment + LINK_LIFE
    assert until.date() >= first
    assert until <= max(moment, moment + timedelta(days=ahead + 1)) + LINK_LIFE


@pytest.mark.parametrize(
    "doing",
    [
        lambda it, by: actions.accept(it, by=by),
        lambda it, by: actions.waitlist(it, by=by),
        lambda it, by: actions.decline(it, reason="full", by=by),
        lambda it, by: actions.ask(it, text="Stairs?", from_provider=True, by=by),
        lambda it, by: actions.say_whether_enough(it, enough="no", by=by),
    ],
)
def test_every_answer_keeps_the_link_alive(cast: Cast, doing: object) -> None:
    connection = make_connection(cast)
    _, link = make_link(connection)
    soon = now() + timedelta(days=1)
    ProviderLink.objects.filter(pk=link.pk).update(expires_at=soon)
    doing(connection, cast.actor(cast.provider_coordinator))  # type: ignore[operator]
    link.refresh_from_db()
    assert link.expires_at > soon + timedelta(days=20)
