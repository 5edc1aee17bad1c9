"""Building the actor: one membership at a time, and only what it gives."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from linkworks.accounts.models import Membership
from linkworks.accounts.queries import actor_for, has_second_factor, live_memberships, second_factors
from linkworks.accounts.roles import Role
from linkworks.core import clock
from linkworks.core.permissions import Permission as P
from tests.cast import Cast
from tests.factories.accounts import make_membership, make_user

pytestmark = pytest.mark.django_db


def test_a_link_worker_reaches_their_scheme_and_organisation_and_nothing_else(cast: Cast) -> None:
    actor = actor_for(cast.link_worker)

    assert actor.id == f"staff:{cast.link_worker.id}"
    assert actor.name == cast.link_worker.name
    assert actor.schemes == frozenset([cast.scheme.id])
    assert actor.organisations == frozenset([cast.host.id])
    assert actor.organisation_name == cast.host.name
    assert actor.role == "link-worker"
    assert actor.may(P.CASE_WORK)
    assert not actor.may(P.CASE_VIEW_TEAM)
    assert actor.is_signed_in


def test_a_referrer_reaches_no_scheme(cast: Cast) -> None:
    assert actor_for(cast.referrer).schemes == frozenset()


def test_one_membership_at_a_time(cast: Cast) -> None:
    user = make_user()
    first = make_membership(user, cast.host, Role.LINK_WORKER, cast.scheme)
    second = make_membership(user, cast.other_host, Role.TEAM_MANAGER, cast.other_scheme, starts_on=clock.today())

    assert actor_for(user).membership_id == first.id
    chosen = actor_for(user, second.id)
    assert chosen.schemes == frozenset([cast.other_scheme.id])
    assert chosen.may(P.CASE_ALLOCATE)
    assert not actor_for(user, str(first.id)).may(P.CASE_ALLOCATE)


def test_a_choice_that_is_not_theirs_is_passed_over(cast: Cast) -> None:
    user = make_user()
    own = make_membership(user, cast.host, Role.REFERRER)
    theirs = Membership.objects.get(user=cast.manager)

    for wanted in (theirs.id, uuid4(), "nonsense", None):
        assert actor_for(user, wanted).membership_id == own.id


@pytest.mark.parametrize(
    ("starts", "ends", "lives"),
    [(-10, None, True), (0, None, True), (1, None, False), (-10, 1, True), (-10, 0, False), (-10, -1, False)],
)
def test_a_membership_lives_between_its_days(cast: Cast, starts: int, ends: int | None, lives: bool) -> None:
    user, today = make_user(), clock.today()
    days: dict[str, Any] = {
        "starts_on": today + timedelta(starts),
        "ends_on": None if ends is None else today + timedelta(ends),
    }
    make_membership(user, cast.host, Role.REFERRER, **days)

    assert live_memberships(user).exists() is lives
    assert bool(actor_for(user).permissions) is lives


def test_with_no_membership_one_is_signed_in_and_may_nothing(cast: Cast) -> None:
    actor = actor_for(make_user())

    assert actor.is_signed_in
    assert actor.permissions == frozenset()
    assert actor.schemes == actor.organisations == frozenset()


def test_a_deactivated_account_may_nothing(cast: Cast) -> None:
    cast.manager.is_active = False
    cast.manager.save()

    assert actor_for(cast.manager).permissions == frozenset()


def test_second_factors_are_told_apart(cast: Cast) -> None:
    with_app, without = make_user("With App"), make_user("Without App", second_factor=False)

    assert has_second_factor(with_app)
    assert not has_second_factor(without)
    assert second_factors(with_app.id).app_since is not None
    assert second_factors(without.id).passkeys == ()
    assert not second_factors(without.id).has_recovery_codes
