"""Where staff start, and how schemes are shown to anybody."""

from uuid import uuid4

import pytest

from linkworks.accounts.queries import grantable_roles
from linkworks.accounts.roles import Role, permissions_of
from linkworks.core.actor import Actor
from linkworks.frontdoor import presenters
from linkworks.organisations.queries import Gap, SchemeCard, WhoServes

STARTS = {
    Role.LINK_WORKER: "/cases/today",
    Role.COMMUNITY_CONNECTOR: "/cases/today",
    Role.TEAM_MANAGER: "/cases/today",
    Role.SAFEGUARDING_LEAD: "/cases/today",
    Role.SIGNPOSTER: "/referrals/key-in",
    Role.REFERRER: "/referrals/",
    Role.HEALTH_CHAMPION: "/referrals/",
    Role.PRACTICE_ADMINISTRATOR: "/referrals/",
    Role.PROVIDER_COORDINATOR: "/provider/",
    Role.SESSION_LEADER: "/provider/registers",
    Role.DIRECTORY_STEWARD: "/directory",
    Role.ORGANISATION_ADMINISTRATOR: "/accounts/members",
    Role.VOLUNTEER: "",
    Role.COMMISSIONER: "",
    Role.SUPPORT: "",
}


@pytest.mark.parametrize("role", list(STARTS))
def test_each_role_starts_where_its_work_is(role: Role) -> None:
    assert presenters.landing(Actor(id="staff:x", name="X", permissions=permissions_of(role))) == STARTS[role]


def test_nobody_is_invited_to_a_role_that_promises_a_page_and_has_none() -> None:
    """A volunteer's sentence promises none."""
    without = {role for role in grantable_roles() if not STARTS.get(role, "/cases/today")}
    assert without == {Role.VOLUNTEER}


def card(name: str) -> SchemeCard:
    return SchemeCard(
        uuid4(), "x", name, "A host", "whole-population", "For everybody", "02079460100", "x@example.org", "Weekdays"
    )


def test_schemes_are_shown_with_how_to_reach_them() -> None:
    (shown,) = presenters.scheme_cards(WhoServes("served", "SE15 5DD", "Yes.", schemes=(card("Elm Tree"),)))  # type: ignore[arg-type]
    assert shown["heading"] == "Elm Tree"
    assert ("Phone", "020 7946 0100") in shown["facts"]
    assert shown["tags"] == []


def test_in_a_gap_the_nearest_is_marked() -> None:
    answer = WhoServes("gap", "EN5 5XQ", "No.", gap=Gap("None yet.", card("Canal Side")))  # type: ignore[arg-type]
    (shown,) = presenters.scheme_cards(answer)
    assert shown["tags"] == [{"text": "Nearest", "colour": "yellow"}]


def test_with_nobody_near_there_is_no_card() -> None:
    assert presenters.scheme_cards(WhoServes("gap", "EN5 5XQ", "No.", gap=Gap("None yet.", None))) == []  # type: ignore[arg-type]
