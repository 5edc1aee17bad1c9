"""Pages behind links in letters: joining, and choosing a new password."""

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.accounts import actions
from linkworks.accounts.models import Invitation, Membership, PasswordReset, User
from linkworks.accounts.queries import actor_for
from linkworks.accounts.queries.mail import INVITATION, RESET, token_for
from linkworks.accounts.roles import Role
from linkworks.core.actor import PUBLIC
from tests.cast import Cast
from tests.factories.accounts import BACKEND, PASSWORD, make_membership, make_user

pytestmark = pytest.mark.django_db

GOOD = "marmalade canal bicycle"
FORGOTTEN, SENT = reverse("account_reset_password"), reverse("accounts:password-sent")


@pytest.fixture
def invited(cast: Cast) -> Invitation:
    by = actor_for(cast.administrator)
    return actions.invite(
        cast.host.id,
        name="Kit Moss",
        email="kit.moss@example.org",
        role=Role.LINK_WORKER,
        scheme_id=cast.scheme.id,
        by=by,
    )


def link(invited: Invitation) -> str:
    return reverse("accounts:join", args=[token_for(INVITATION, invited.id)])


def test_the_link_says_what_one_is_invited_to(client: Client, invited: Invitation, cast: Cast) -> None:
    page = client.get(link(invited)).content.decode()

    assert f"Join {cast.host.name}" in page
    assert "Link worker" in page
    assert cast.scheme.name in page
    assert 'value="Kit Moss"' in page


def test_joining_leads_to_the_second_factor_and_nowhere_else(client: Client, invited: Invitation) -> None:
    response = client.post(link(invited), {"name": "Kit Moss", "password": GOOD})

    assert response["Location"] == reverse("accounts:set-up")
    assert client.get(response["Location"]).status_code == 200
    assert client.get(reverse("accounts:account"))["Location"] == reverse("accounts:set-up")
    assert Membership.objects.get(user__email="kit.moss@example.org").role == "link-worker"


@pytest.mark.parametrize(
    ("typed", "said"),
    [({"name": "Kit", "password": "short"}, "12 characters"), ({"name": "", "password": GOOD}, "Enter your name")],
)
def test_what_is_wrong_is_said_and_the_name_stays(
    client: Client, invited: Invitation, typed: dict[str, str], said: str
) -> None:
    response = client.post(link(invited), typed)

    assert response.status_code == 400
    assert said in response.content.decode()
    assert GOOD not in response.content.decode()
    assert f'value="{typed["name"]}"' in response.content.decode()
    assert not User.objects.filter(email="kit.moss@example.org").exists()


def test_with_an_account_one_signs_in_first(client: Client, invited: Invitation, cast: Cast) -> None:
    user = make_user("Kit Moss")
    page = client.get(link(invited)).content.decode()
    assert "You already have an account" in page
    assert "next=" in page
    assert client.post(link(invited), {"name": "Kit", "password": GOOD}).status_code == 200
    assert not Membership.objects.filter(user=user).exists()
    client.force_login(user, backend=BACKEND)

    response = client.post(link(invited))

    assert response["Location"] == reverse("accounts:arrive")
    assert actor_for(user).schemes == frozenset([cast.scheme.id])


def test_signed_in_as_somebody_else_one_is_told(cast: Cast, invited: Invitation) -> None:
    browser = cast.client(cast.referrer)

    response = browser.post(link(invited))

    assert response.status_code == 403
    assert "This invitation is for somebody else" in response.content.decode()
    assert Membership.objects.filter(user=cast.referrer).count() == 1


@pytest.mark.parametrize("token", ["x", "0.0", "00000000-0000-0000-0000-000000000001.abc"])
def test_a_dead_link_says_what_to_do(client: Client, token: str) -> None:
    response = client.get(reverse("accounts:join", args=[token]))

    assert response.status_code == 410
    assert "ask whoever invited you" in response.content.decode()
    assert client.get(reverse("accounts:new-password", args=[token])).status_code == 410


def test_an_invitation_taken_back_is_a_dead_link(client: Client, invited: Invitation, cast: Cast) -> None:
    actions.revoke(invited.id, by=actor_for(cast.administrator))

    assert client.get(link(invited)).status_code == 410


def test_asking_for_a_password_answers_the_same_to_all(client: Client) -> None:
    make_user()
    pages = []
    for email in ("asha.bell@example.org", "nobody@example.org"):
        response = client.post(FORGOTTEN, {"email": email})
        assert response["Location"] == SENT
        pages.append(client.get(SENT).content)

    assert pages[0] == pages[1]
    assert b"If that address has an account" in pages[0]
    assert client.post(FORGOTTEN, {"email": "nonsense"}).status_code == 400


@pytest.fixture
def reset(cast: Cast) -> PasswordReset:
    user = make_user()
    make_membership(user, cast.host, Role.ORGANISATION_ADMINISTRATOR)
    actions.ask_for_new_password(email=user.email, by=PUBLIC)
    return PasswordReset.objects.get(user=user)


def test_choosing_a_new_password_signs_nobody_in_and_ends_sessions(client: Client, reset: PasswordReset) -> None:
    elsewhere = Client()
    elsewhere.force_login(reset.user, backend=BACKEND)
    address = reverse("accounts:new-password", args=[token_for(RESET, reset.id)])
    assert client.get(address).status_code == 200

    response = client.post(address, {"password": GOOD})

    assert response["Location"] == reverse("account_login")
    assert "Your new password is set." in client.get(response["Location"]).content.decode()
    assert client.get(reverse("accounts:account")).status_code == 302
    assert elsewhere.get(reverse("accounts:account")).status_code == 302
    assert client.get(address).status_code == 410
    first = client.post(reverse("account_login"), {"login": reset.user.email, "password": GOOD})
    assert first["Location"] == reverse("mfa_authenticate")


def test_a_weak_new_password_says_why(client: Client, reset: PasswordReset) -> None:
    response = client.post(reverse("accounts:new-password", args=[token_for(RESET, reset.id)]), {"password": "short"})

    assert response.status_code == 400
    assert "12 characters or more" in response.content.decode()
    assert reset.user.check_password(PASSWORD)


def test_an_invitations_link_chooses_no_password(client: Client, invited: Invitation) -> None:
    assert client.get(reverse("accounts:new-password", args=[token_for(INVITATION, invited.id)])).status_code == 410


def test_wrong_methods(client: Client, invited: Invitation) -> None:
    assert client.put(link(invited)).status_code == 405
    assert client.put(FORGOTTEN).status_code == 405
    assert client.post(SENT).status_code == 405
