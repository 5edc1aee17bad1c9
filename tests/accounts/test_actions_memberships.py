"""Giving and ending roles."""

from datetime import date, timedelta

import pytest

from linkworks.accounts import actions
from linkworks.accounts.models import Membership, PasswordReset
from linkworks.accounts.queries import actor_for, has_second_factor, live_memberships, members, password_reset_mail
from linkworks.accounts.roles import Role
from linkworks.core import clock
from linkworks.core.actor import PUBLIC, Actor
from linkworks.core.errors import Conflict, Invalid, NotAllowed
from linkworks.organisations.models import Organisation
from tests.cast import Cast
from tests.factories.accounts import PASSWORD, make_membership, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(cast: Cast) -> Actor:
    return actor_for(cast.administrator)


@pytest.fixture
def held(cast: Cast, by: Actor) -> Membership:
    organisation = Organisation.objects.get(pk=str(by.organisation_id))
    return make_membership(make_user("Kit Moss"), organisation, Role.REFERRER, weekly_hours=20)


def test_another_role_from_today_and_history_stays(held: Membership, by: Actor) -> None:
    new = actions.change_role(held.id, role=Role.VOLUNTEER, scheme_id=None, by=by)

    held.refresh_from_db()
    assert held.role == "referrer"
    assert held.starts_on == date(2024, 1, 1)
    assert held.ends_on == clock.today()
    assert (new.role, new.starts_on, new.weekly_hours) == ("volunteer", clock.today(), 20)
    assert actor_for(held.user).role == "volunteer"


def test_the_same_role_changes_nothing(held: Membership, by: Actor) -> None:
    assert actions.change_role(held.id, role=Role.REFERRER, scheme_id=None, by=by).id == held.id
    assert Membership.objects.filter(user=held.user).count() == 1


def test_a_role_changed_twice_in_a_day(held: Membership, by: Actor) -> None:
    new = actions.change_role(held.id, role=Role.VOLUNTEER, scheme_id=None, by=by)
    newest = actions.change_role(new.id, role=Role.REFERRER, scheme_id=None, by=by)

    assert list(live_memberships(held.user)) == [newest]


def test_ending_a_role_takes_it_away_at_once(held: Membership, by: Actor) -> None:
    actions.end_membership(held.id, by=by)

    assert actor_for(held.user).permissions == frozenset()
    assert held.user not in [each.user for each in members(by)]
    with pytest.raises(Conflict, match="ended already"):
        actions.end_membership(held.id, by=by)
    with pytest.raises(Conflict, match="ended already"):
        actions.change_role(held.id, role=Role.VOLUNTEER, scheme_id=None, by=by)


def test_a_role_somebody_already_has_is_not_given_twice(held: Membership, by: Actor) -> None:
    make_membership(held.user, held.organisation, Role.VOLUNTEER)

    with pytest.raises(Conflict, match="already have this role"):
        actions.change_role(held.id, role=Role.VOLUNTEER, scheme_id=None, by=by)
    held.refresh_from_db()
    assert held.ends_on is None


def test_a_role_in_somebody_elses_scheme_cannot_be_given(held: Membership, by: Actor, cast: Cast) -> None:
    foreign = next(each for each in (cast.other_scheme, cast.scheme) if each.host_id != by.organisation_id)

    with pytest.raises(Invalid, match="Choose which scheme"):
        actions.change_role(held.id, role=Role.LINK_WORKER, scheme_id=foreign.id, by=by)


def test_an_administrator_cannot_change_their_own_role(by: Actor) -> None:
    with pytest.raises(NotAllowed, match="Ask another administrator"):
        actions.end_membership(by.membership_id, by=by)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        actions.change_role(by.membership_id, role=Role.LINK_WORKER, scheme_id=None, by=by)  # type: ignore[arg-type]


def test_nobody_touches_another_organisations_people(by: Actor, cast: Cast) -> None:
    theirs = make_membership(make_user("Bo Lin"), cast.other_host, Role.REFERRER)

    with pytest.raises(NotAllowed):
        actions.end_membership(theirs.id, by=by)
    theirs.refresh_from_db()
    assert theirs.ends_on is None


def test_a_colleague_who_lost_their_phone_starts_again(held: Membership, by: Actor) -> None:
    actions.ask_for_new_password(email=held.user.email, by=PUBLIC)
    asked = PasswordReset.objects.get()
    reset = actions.start_again(held.id, by=by)

    assert [(each.move, each.made_by, each.made_by_name) for each in asked.moves.all()] == [("replace", by.id, by.name)]
    held.user.refresh_from_db()
    assert not has_second_factor(held.user)
    assert not held.user.check_password(PASSWORD)
    assert (reset.started_by, reset.started_by_name) == (by.id, by.name)
    letter = password_reset_mail(reset.id)
    assert letter.to == held.user.email
    assert f"{by.name} has helped you to start again" in letter.body
    actions.set_new_password(reset.id, password="marmalade canal bicycle", by=PUBLIC)
    held.user.refresh_from_db()
    assert held.user.check_password("marmalade canal bicycle")


def test_nobody_starts_themselves_or_strangers_again(by: Actor, cast: Cast) -> None:
    theirs = make_membership(make_user("Bo Lin"), cast.other_host, Role.REFERRER)

    for membership_id in (theirs.id, by.membership_id):
        with pytest.raises(NotAllowed):
            actions.start_again(membership_id, by=by)  # type: ignore[arg-type]
    assert has_second_factor(theirs.user)


def test_every_change_is_in_the_audit(held: Membership, by: Actor) -> None:
    events = Membership.pgh_event_model.objects  # type: ignore[attr-defined]
    before = events.count()

    actions.end_membership(held.id, by=by)

    assert events.count() == before + 1
    assert events.latest("pgh_id").ends_on == clock.today()


def test_members_are_found_by_name_or_address(held: Membership, by: Actor) -> None:
    assert [each.user.name for each in members(by, "kit")] == ["Kit Moss"]
    assert [each.user.name for each in members(by, "MOSS@exam")] == ["Kit Moss"]
    assert not members(by, "zebra").exists()
    make_membership(make_user("Ended Long Ago"), held.organisation, Role.REFERRER, ends_on=clock.today() - timedelta(1))
    assert not members(by, "Ended").exists()
