"""One's own account, and choosing whom to act for."""

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.accounts.models import Membership, User
from linkworks.accounts.queries import CHOSEN
from linkworks.accounts.roles import Role
from tests.cast import Cast
from tests.factories.accounts import BACKEND, PASSWORD, make_membership, make_user

pytestmark = pytest.mark.django_db

YOU, SWITCH, ARRIVE = reverse("accounts:account"), reverse("accounts:switch"), reverse("accounts:arrive")
NAME, CHANGE = reverse("accounts:name"), reverse("accounts:password")
GOOD = "marmalade canal bicycle"


@pytest.fixture
def two_hats(cast: Cast) -> User:
    user = make_user()
    make_membership(user, cast.host, Role.LINK_WORKER, cast.scheme)
    make_membership(user, cast.other_host, Role.ORGANISATION_ADMINISTRATOR)
    return user


@pytest.fixture
def browser(two_hats: User) -> Client:
    browser = Client()
    browser.force_login(two_hats, backend=BACKEND)
    return browser


@pytest.mark.parametrize("address", [YOU, SWITCH, NAME, CHANGE])
def test_everybody_signed_in_opens_their_own(cast: Cast, client: Client, address: str) -> None:
    for who in (cast.link_worker, cast.referrer, cast.session_leader, cast.commissioner):
        assert cast.client(who).get(address).status_code == 200
    assert client.get(address)["Location"].startswith(reverse("account_login"))


def test_with_several_roles_one_chooses_on_arrival(browser: Client) -> None:
    assert browser.get(ARRIVE)["Location"] == SWITCH
    page = browser.get(SWITCH).content.decode()
    assert "Link worker in" in page
    assert "Organisation administrator" in page
    assert page.count("Acting now") == 1


@pytest.mark.parametrize("kept", [None, "nonsense"])
def test_a_choice_that_somebody_else_left_here_is_asked_again(browser: Client, kept: str | None) -> None:
    session = browser.session
    session[CHOSEN] = kept
    session.save()
    assert browser.get(ARRIVE)["Location"] == SWITCH


def test_choosing_changes_what_one_may_do(browser: Client, two_hats: User, cast: Cast) -> None:
    assert browser.get(reverse("accounts:members")).status_code == 403
    other = Membership.objects.get(user=two_hats, organisation=cast.other_host)

    assert browser.post(SWITCH, {"membership": str(other.id)})["Location"] == ARRIVE

    assert browser.get(ARRIVE, follow=True).request["PATH_INFO"] == reverse("accounts:members")
    page = browser.get(reverse("accounts:members")).content.decode()
    assert cast.other_host.name in page
    assert f'href="{SWITCH}"' in page


@pytest.mark.parametrize("typed", ["", "nonsense"])
def test_a_choice_that_is_not_there_asks_again(browser: Client, typed: str) -> None:
    assert browser.post(SWITCH, {"membership": typed}).status_code == 400


def test_somebody_elses_role_cannot_be_chosen(browser: Client, cast: Cast) -> None:
    theirs = Membership.objects.get(user=cast.manager)

    assert browser.post(SWITCH, {"membership": str(theirs.id)}).status_code == 400
    assert "membership_id" not in browser.session


def test_with_one_role_there_is_nothing_to_switch(cast: Cast) -> None:
    browser = cast.client(cast.administrator)

    assert browser.get(ARRIVE, follow=True).request["PATH_INFO"] == reverse("accounts:members")
    assert f'href="{SWITCH}"' not in browser.get(YOU).content.decode()


def test_the_header_says_who_acts_for_whom(browser: Client, cast: Cast) -> None:
    page = browser.get(YOU).content.decode()

    assert "Asha Bell" in page
    assert cast.host.name in page
    assert "Sign out" in page


def test_the_page_shows_second_factors(browser: Client) -> None:
    page = browser.get(YOU).content.decode()

    assert "Authenticator app" in page
    assert "Stop using the app" not in page
    assert "Make recovery codes" in page


def test_a_name_is_changed(browser: Client, two_hats: User) -> None:
    response = browser.post(NAME, {"name": "Asha Bell-Okoro"}, follow=True)

    assert "Your name is changed." in response.content.decode()
    two_hats.refresh_from_db()
    assert two_hats.name == "Asha Bell-Okoro"
    assert browser.post(NAME, {"name": ""}).status_code == 400


def test_a_password_is_changed_and_other_sessions_end(browser: Client, two_hats: User) -> None:
    elsewhere = Client()
    elsewhere.force_login(two_hats, backend=BACKEND)

    response = browser.post(CHANGE, {"current": PASSWORD, "password": GOOD}, follow=True)

    assert "Your password is changed." in response.content.decode()
    assert browser.get(YOU).status_code == 200
    assert elsewhere.get(YOU).status_code == 302


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"current": "wrong", "password": GOOD}, "The current password is not right."),
        ({"current": PASSWORD, "password": "short"}, "12 characters or more"),
        ({"current": "", "password": ""}, "Enter your current password"),
    ],
)
def test_a_password_that_cannot_be_changed_says_why(
    browser: Client, two_hats: User, typed: dict[str, str], said: str
) -> None:
    response = browser.post(CHANGE, typed)

    assert response.status_code == 400
    page = response.content.decode()
    assert said in page
    assert GOOD not in page
    two_hats.refresh_from_db()
    assert two_hats.check_password(PASSWORD)


def test_wrong_methods(browser: Client) -> None:
    assert browser.post(YOU).status_code == 405
    assert browser.post(ARRIVE).status_code == 405
    assert browser.put(NAME).status_code == 405


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("link_worker", "casework:today"),
        ("manager", "casework:today"),
        ("safeguarding_lead", "casework:today"),
        ("referrer", "referrals:list"),
        ("signposter", "referrals:key-in"),
        ("provider_coordinator", "providers:inbox"),
        ("session_leader", "providers:registers"),
        ("administrator", "accounts:members"),
        ("steward", "directory:steward-list"),
        ("commissioner", "home"),
    ],
)
def test_each_role_lands_where_its_work_is(cast: Cast, who: str, page: str) -> None:
    browser = cast.client(getattr(cast, who))

    assert browser.get(ARRIVE)["Location"] == reverse("home")
    arrived = browser.get(reverse("home"), follow=True)
    assert arrived.status_code == 200 and arrived.request["PATH_INFO"] == reverse(page)
