"""Who may see and change people, role by role."""

import pytest

from linkworks.accounts.roles import Role, permissions_of
from linkworks.core.actor import PUBLIC, Actor
from linkworks.core.errors import NotAllowed
from linkworks.people import access
from tests.cast import Cast
from tests.factories.people import channel, person

WORKERS = {
    Role.LINK_WORKER,
    Role.COMMUNITY_CONNECTOR,
    Role.HEALTH_AND_WELLBEING_COACH,
    Role.LOCAL_AREA_COORDINATOR,
    Role.TEAM_MANAGER,
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role(role: Role) -> None:
    actor = Actor(id="staff:x", name="X", permissions=permissions_of(role))
    sees = role in WORKERS | {Role.SAFEGUARDING_LEAD}
    assert access.can_see_people(actor) is sees
    assert access.can_change_people(actor) is sees
    assert access.can_see_protected(actor) is (role == Role.SAFEGUARDING_LEAD)


def test_the_public_may_nothing() -> None:
    assert not access.can_see_people(PUBLIC)
    assert not access.can_change_people(PUBLIC)
    assert not access.can_see_protected(PUBLIC)


class TestRequireChange:
    @pytest.mark.parametrize("who", ["link_worker", "colleague", "manager", "safeguarding_lead"])
    def test_ones_own_scheme(self, cast: Cast, who: str) -> None:
        access.require_change(cast.actor(getattr(cast, who)), cast.scheme.id)

    @pytest.mark.parametrize(
        "who", ["outsider", "outside_manager", "signposter", "referrer", "provider_coordinator", "steward"]
    )
    def test_nobody_else(self, cast: Cast, who: str) -> None:
        with pytest.raises(NotAllowed):
            access.require_change(cast.actor(getattr(cast, who)), cast.scheme.id)

    def test_a_job_acts_for_its_own_scheme_only(self, cast: Cast) -> None:
        job = Actor(id="job:x", name="Linkworks", schemes=frozenset([cast.scheme.id]), purpose="job")
        access.require_change(job, cast.scheme.id)
        with pytest.raises(NotAllowed):
            access.require_change(job, cast.other_scheme.id)


def test_with_row_security_out_of_the_way_python_alone_still_shows_nothing(cast: Cast) -> None:
    """The test's own context reaches both schemes, so only the first wall is asked here."""
    jean = person(cast.scheme.id)
    channel(jean)
    for who in ("outsider", "referrer", "steward", "provider_coordinator", "administrator"):
        actor = cast.actor(getattr(cast, who))
        assert not access.visible_people(actor).exists()
