"""Colleagues and invitations, for an organisation's administrators."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linkworks.accounts import actions
from linkworks.accounts.models import Invitation, Membership
from linkworks.accounts.queries import actor_for
from linkworks.accounts.roles import Role
from tests.cast import Cast
from tests.factories.accounts import just_confirmed, make_membership, make_user

pytestmark = pytest.mark.django_db

TEAM, INVITE = reverse("accounts:members"), reverse("accounts:invite")


def without_token(page: bytes) -> list[bytes]:
    return [line for line in page.splitlines() if b"csrfmiddlewaretoken" not in line]


@pytest.fixture
def browser(cast: Cast) -> Client:
    return just_confirmed(cast.client(cast.administrator), cast.administrator)


@pytest.fixture
def colleague(cast: Cast) -> Membership:
    return make_membership(make_user("Kit Moss"), cast.host, Role.REFERRER)


@pytest.fixture
def stranger(cast: Cast) -> Membership:
    return make_membership(make_user("Far Away"), cast.other_host, Role.REFERRER)


@pytest.fixture
def invited(cast: Cast) -> Invitation:
    facts: dict[str, Any] = {
        "name": "New Start",
        "email": "new.start@example.org",
        "role": Role.REFERRER,
        "scheme_id": None,
    }
    return actions.invite(cast.host.id, **facts, by=actor_for(cast.administrator))


def addresses(colleague: Membership, invited: Invitation) -> list[str]:
    return [
        TEAM,
        INVITE,
        reverse("accounts:member", args=[colleague.id]),
        reverse("accounts:end", args=[colleague.id]),
        reverse("accounts:start-again", args=[colleague.id]),
        reverse("accounts:revoke", args=[invited.id]),
    ]


def test_the_administrator_opens_each_page(browser: Client, colleague: Membership, invited: Invitation) -> None:
    assert [browser.get(each).status_code for each in addresses(colleague, invited)] == [200] * 6


def test_a_fellow_administrator_opens_them_too(cast: Cast, colleague: Membership, invited: Invitation) -> None:
    other = make_user("Second Admin")
    make_membership(other, cast.host, Role.ORGANISATION_ADMINISTRATOR)

    assert [cast.client(other).get(each).status_code for each in addresses(colleague, invited)] == [200] * 6


@pytest.mark.parametrize(
    "who", ["link_worker", "manager", "referrer", "provider_coordinator", "commissioner", "steward"]
)
def test_other_roles_are_refused(cast: Cast, colleague: Membership, invited: Invitation, who: str) -> None:
    browser = cast.client(getattr(cast, who))

    assert {browser.get(each).status_code for each in addresses(colleague, invited)} == {403}
    assert browser.post(reverse("accounts:resend", args=[invited.id])).status_code == 403


def test_signed_out_goes_to_sign_in(client: Client, colleague: Membership, invited: Invitation) -> None:
    for each in addresses(colleague, invited):
        assert client.get(each)["Location"].startswith(reverse("account_login"))


def test_another_organisations_people_do_not_exist_here(browser: Client, stranger: Membership) -> None:
    for name in ("accounts:member", "accounts:end", "accounts:start-again"):
        foreign, nobody = browser.get(reverse(name, args=[stranger.id])), browser.get(reverse(name, args=[uuid4()]))
        assert foreign.status_code == nobody.status_code == 404
        assert without_token(foreign.content) == without_token(nobody.content)
        assert browser.post(reverse(name, args=[stranger.id]), {"role": "volunteer"}).status_code == 404
    for name in ("accounts:resend", "accounts:revoke"):
        assert browser.post(reverse(name, args=[uuid4()])).status_code == 404
    assert "Far Away" not in browser.get(TEAM).content.decode()


def test_the_team_is_listed_with_roles_and_no_clients(browser: Client, cast: Cast, colleague: Membership) -> None:
    page = browser.get(TEAM).content.decode()

    assert "Kit Moss" in page
    assert f"Link worker, {cast.scheme.name}" in page
    assert "link-worker" not in page


def test_search_and_an_empty_answer(browser: Client, colleague: Membership) -> None:
    found = browser.get(TEAM, {"q": "kit"}).content.decode()
    assert "Kit Moss" in found
    assert "Paul Watts</a>" not in found
    assert "Nothing was found for" in browser.get(TEAM, {"q": "zebra"}).content.decode()


def test_nobody_invited_says_so(browser: Client) -> None:
    assert "Nobody is waiting to answer an invitation." in browser.get(TEAM, {"view": "invitations"}).content.decode()


def test_an_invitation_is_sent_and_listed(browser: Client) -> None:
    response = browser.post(INVITE, {"name": "Kit Moss", "email": "kit@example.org", "role": "referrer"}, follow=True)

    assert "We are sending kit@example.org an invitation." in response.content.decode()
    listed = browser.get(TEAM, {"view": "invitations"}).content.decode()
    assert "kit@example.org" in listed
    assert "Send again" in listed


def test_with_one_scheme_there_is_nothing_to_choose(browser: Client, cast: Cast) -> None:
    assert 'name="scheme"' not in browser.get(INVITE).content.decode()

    browser.post(INVITE, {"name": "Kit Moss", "email": "kit@example.org", "role": "link-worker", "weekly_hours": "30"})

    assert Invitation.objects.get(email="kit@example.org").scheme == cast.scheme


def test_with_two_schemes_one_is_chosen(browser: Client, cast: Cast) -> None:
    cast.other_scheme.host = cast.host
    cast.other_scheme.save()
    typed = {"name": "Kit Moss", "email": "kit@example.org", "role": "link-worker", "weekly_hours": "30"}

    refused = browser.post(INVITE, typed)
    assert refused.status_code == 400
    assert "Choose which scheme they will work in" in refused.content.decode()
    browser.post(INVITE, {**typed, "scheme": str(cast.other_scheme.id)})

    assert Invitation.objects.get(email="kit@example.org").scheme == cast.other_scheme


def test_bad_input_shows_its_errors_and_keeps_what_was_typed(browser: Client) -> None:
    response = browser.post(INVITE, {"name": "Kit Moss", "email": "kit at home", "role": ""})

    assert response.status_code == 400
    page = response.content.decode()
    assert "Enter an email address in the correct format" in page
    assert "Choose what they will do" in page
    assert 'value="Kit Moss"' in page
    assert 'value="kit at home"' in page
    assert "<title>Error: " in page


@pytest.mark.parametrize("role", ["support", "pan-london-analyst", "king"])
def test_roles_that_are_not_offered_are_not_taken(browser: Client, role: str) -> None:
    assert browser.post(INVITE, {"name": "Kit Moss", "email": "kit@example.org", "role": role}).status_code == 400
    assert not Invitation.objects.exists()


def test_a_double_click_makes_one_invitation(browser: Client) -> None:
    typed = {"name": "Kit Moss", "email": "kit@example.org", "role": "referrer"}
    browser.post(INVITE, typed)

    assert browser.post(INVITE, typed).status_code == 400
    assert Invitation.objects.count() == 1


def test_sending_again_and_taking_back(browser: Client, invited: Invitation) -> None:
    again = browser.post(reverse("accounts:resend", args=[invited.id]), follow=True)
    assert "We are sending new.start@example.org the invitation again." in again.content.decode()

    back = browser.post(reverse("accounts:revoke", args=[invited.id]), follow=True)

    assert "no longer works" in back.content.decode()
    assert browser.post(reverse("accounts:revoke", args=[invited.id])).status_code == 403


def test_a_role_is_changed(browser: Client, colleague: Membership) -> None:
    address = reverse("accounts:member", args=[colleague.id])

    response = browser.post(address, {"role": "volunteer"}, follow=True)

    assert "Kit Moss is now a volunteer." in response.content.decode()
    assert actor_for(colleague.user).role == "volunteer"
    assert browser.get(address).status_code == 404


def test_a_role_is_ended(browser: Client, colleague: Membership) -> None:
    response = browser.post(reverse("accounts:end", args=[colleague.id]), follow=True)

    assert "Kit Moss no longer has this role." in response.content.decode()
    assert actor_for(colleague.user).permissions == frozenset()


def test_a_colleague_who_lost_their_phone_is_signed_out_and_sent_a_link(
    browser: Client, cast: Cast, colleague: Membership
) -> None:
    theirs = cast.client(colleague.user)
    assert theirs.get(reverse("accounts:account")).status_code == 200

    response = browser.post(reverse("accounts:start-again", args=[colleague.id]), follow=True)

    assert "We are sending kit.moss@example.org a link" in response.content.decode()
    assert theirs.get(reverse("accounts:account"))["Location"].startswith(reverse("account_login"))


def test_ones_own_role_cannot_be_changed(browser: Client, cast: Cast) -> None:
    own = Membership.objects.get(user=cast.administrator)

    assert "This is you." in browser.get(reverse("accounts:member", args=[own.id])).content.decode()
    assert browser.post(reverse("accounts:member", args=[own.id]), {"role": "volunteer"}).status_code == 400
    assert browser.post(reverse("accounts:end", args=[own.id])).status_code == 403


def test_wrong_methods(browser: Client, colleague: Membership, invited: Invitation) -> None:
    assert browser.post(TEAM).status_code == 405
    assert browser.get(reverse("accounts:resend", args=[invited.id])).status_code == 405
    assert browser.delete(INVITE).status_code == 405


@pytest.mark.parametrize("view", ["", "invitations"])
def test_queries_do_not_grow_with_rows(
    browser: Client, cast: Cast, colleague: Membership, invited: Invitation, view: str
) -> None:
    browser.get(TEAM, {"view": view})
    with CaptureQueriesContext(connection) as few:
        browser.get(TEAM, {"view": view})
    by = actor_for(cast.administrator)
    for number in range(8):
        make_membership(make_user(f"Member {number}"), cast.host, Role.LINK_WORKER, cast.scheme)
        actions.invite(
            cast.host.id,
            name="X",
            email=f"x{number}@example.org",
            role=Role.LINK_WORKER,
            scheme_id=cast.scheme.id,
            by=by,
        )

    with CaptureQueriesContext(connection) as many:
        browser.get(TEAM, {"view": view})

    assert len(many) == len(few)


def test_long_teams_come_in_pages(browser: Client, cast: Cast) -> None:
    for number in range(30):
        make_membership(make_user(f"Member {number:02}", second_factor=False), cast.host, Role.REFERRER)

    assert "Member 29" not in browser.get(TEAM).content.decode()
    assert "Member 29" in browser.get(TEAM, {"page": 2}).content.decode()
