"""The demonstration's page of characters."""

import uuid

from django.test import Client
from django.urls import reverse

from linkworks.accounts.models import User
from tests.cast import Cast

PAGE = "demo:sign-in"


def test_it_offers_each_character_by_name_and_role(cast: Cast) -> None:
    page = Client().get(reverse(PAGE)).content.decode()
    assert "Sign in as Amara Boateng" in page and "Link worker" in page and "made-up London" in page


def test_pressing_a_character_signs_in_and_goes_home(cast: Cast) -> None:
    client = Client()
    response = client.post(reverse("demo:become", args=[cast.link_worker.id]))
    assert response.status_code == 302 and response["Location"] == reverse("accounts:arrive")
    assert client.session["_auth_user_id"] == str(cast.link_worker.id)


def test_nobody_but_a_character_can_be_signed_in_as(cast: Cast) -> None:
    stranger = User.objects.create(email="real@example.org", name="Amara Boateng", is_fictional=False)
    for user_id in (stranger.id, uuid.uuid4()):
        assert Client().post(reverse("demo:become", args=[user_id])).status_code == 404


def test_looking_never_signs_in(cast: Cast) -> None:
    assert Client().get(reverse("demo:become", args=[cast.link_worker.id])).status_code == 405
    assert Client().post(reverse(PAGE)).status_code == 405


def test_an_empty_demonstration_says_what_to_do(db: None) -> None:
    assert "Run make demo" in Client().get(reverse(PAGE)).content.decode()


def test_the_page_for_passwords_leads_to_the_characters_in_a_demonstration_only(db: None, settings) -> None:
    assert reverse(PAGE) not in Client().get(reverse("account_login")).content.decode()
    settings.DEMO = True
    assert reverse(PAGE) in Client().get(reverse("account_login")).content.decode()
