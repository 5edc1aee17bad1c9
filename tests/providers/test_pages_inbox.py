from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.factories.connections import make_connection, make_service

from .conftest import text_of

INBOX = "/provider/"


def test_it_opens_on_what_waits_for_an_answer(cast: Cast, maggie: Client) -> None:
    make_connection(cast, name_shared="Bronwen")
    make_connection(cast, "accepted", name_shared="Ada")
    page = text_of(maggie.get(INBOX))
    assert "Bronwen" in page
    assert "Ada" not in page
    assert "Waiting for your answer" in page


@pytest.mark.parametrize(("view", "state"), [("waiting", "waitlisted"), ("coming", "attending"), ("past", "ended")])
def test_each_view_shows_its_own(cast: Cast, maggie: Client, view: str, state: str) -> None:
    make_connection(cast, state, name_shared="Bronwen")
    assert "Bronwen" in text_of(maggie.get(INBOX, {"view": view}))


def test_a_view_nobody_knows_is_the_first(cast: Cast, maggie: Client) -> None:
    make_connection(cast, name_shared="Bronwen")
    assert "Bronwen" in text_of(maggie.get(INBOX, {"view": "everything"}))


def test_searching_finds_and_says_when_nothing_was_found(cast: Cast, maggie: Client) -> None:
    make_connection(cast, name_shared="Bronwen")
    assert "Bronwen" in text_of(maggie.get(INBOX, {"q": "bron"}))
    assert "Nothing was found" in text_of(maggie.get(INBOX, {"q": "zebra"}))


@pytest.mark.parametrize(
    ("view", "said"), [("waiting", "Nobody is waiting"), ("coming", "Nobody is coming"), ("past", "30 days")]
)
def test_an_empty_view_says_what_will_appear(cast: Cast, maggie: Client, view: str, said: str) -> None:
    assert said in text_of(maggie.get(INBOX, {"view": view}))


def test_a_long_list_has_pages(cast: Cast, maggie: Client) -> None:
    service = make_service(cast.provider)
    for number in range(26):
        make_connection(cast, service=service, name_shared=f"Guest {number:02}")
    assert "Showing 1 to 25 of 26" in text_of(maggie.get(INBOX))
    assert "Guest 25" in text_of(maggie.get(INBOX, {"page": "2"}))


def test_it_asks_as_much_for_many_as_for_one(cast: Cast, maggie: Client, django_assert_num_queries: Any) -> None:
    service = make_service(cast.provider)
    make_connection(cast, service=service)
    maggie.get(INBOX)
    with CaptureQueriesContext(connection) as few:
        maggie.get(INBOX)
    for _ in range(8):
        make_connection(cast, service=service)
    with django_assert_num_queries(len(few.captured_queries)):
        maggie.get(INBOX)


def test_other_groups_see_nothing_of_it(cast: Cast) -> None:
    make_connection(cast, name_shared="Bronwen")
    assert "Bronwen" not in text_of(cast.client(cast.other_provider_coordinator).get(INBOX))


def test_whoever_runs_sessions_starts_at_the_registers(cast: Cast) -> None:
    response = cast.client(cast.session_leader).get(INBOX)
    assert (response.status_code, response["Location"]) == (302, reverse("providers:registers"))


@pytest.mark.parametrize("who", ["link_worker", "manager", "referrer", "administrator", "steward", "commissioner"])
def test_other_roles_are_refused(cast: Cast, who: str) -> None:
    assert cast.client(getattr(cast, who)).get(INBOX).status_code == 403


def test_signed_out_leads_to_signing_in(cast: Cast, visitor: Client) -> None:
    response = visitor.get(INBOX)
    assert response.status_code == 302
    assert "sign-in" in response["Location"]


def test_it_is_only_read(cast: Cast, maggie: Client) -> None:
    assert maggie.post(INBOX).status_code == 405
