"""The same answers in the portal."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from linkworks.connections.models import ConnectionMove, Question
from linkworks.core.clock import now, today
from tests.cast import Cast
from tests.factories.connections import make_connection, make_service

from .conftest import portal, text_of

GIVEN = {"accept": {}, "waitlist": {}, "decline": {"reason": "full"}, "ask": {"text": "Stairs?"}}
PAGES = ["connection", "accept", "waitlist", "decline", "ask"]


def test_it_shows_the_seven_fields_and_nothing_else_about_the_person(cast: Cast, maggie: Client) -> None:
    connection = make_connection(cast)
    page = text_of(maggie.get(portal(connection)))
    for field in (
        "reference",
        "name_shared",
        "contact_shared",
        "support_need",
        "access_and_language",
        "emergency_contact",
    ):
        assert getattr(connection, field) in page
    assert "Canary" not in page


@pytest.mark.parametrize("kind", GIVEN)
def test_each_answer_works(cast: Cast, maggie: Client, kind: str) -> None:
    connection = make_connection(cast)
    assert maggie.get(portal(connection, kind)).status_code == 200
    response = maggie.post(portal(connection, kind), {**GIVEN[kind], "form_token": "once"}, follow=True)
    assert response.redirect_chain[-1][0] == portal(connection, "done", kind)
    assert "Back to your connections" in text_of(response)
    made = ConnectionMove.objects.first() or Question.objects.get()
    assert "Maggie Flynn" in (getattr(made, "made_by_name", ""), getattr(made, "asked_by_name", ""))


def test_attendance_can_be_marked_for_one(cast: Cast, maggie: Client) -> None:
    connection, day = make_connection(cast, "accepted"), today()
    form = {"session_on_day": day.day, "session_on_month": day.month, "session_on_year": day.year, "attended": "yes"}
    assert maggie.post(portal(connection, "attendance"), form).status_code == 302
    connection.refresh_from_db()
    assert connection.state == "attending"


def test_what_is_missing_is_said_and_typed_words_stay(cast: Cast, maggie: Client) -> None:
    response = maggie.post(portal(make_connection(cast), "decline"), {"words": "We are moving"})
    assert response.status_code == 400
    assert "Choose why not" in text_of(response)
    assert "We are moving" in text_of(response)


def test_a_colleague_of_the_group_can_answer_too(cast: Cast) -> None:
    from linkworks.accounts.roles import Role
    from tests.cast import member

    colleague = member("Bea Lodge", Role.PROVIDER_COORDINATOR, cast.provider)
    connection = make_connection(cast)
    assert cast.client(colleague).post(portal(connection, "accept"), {}).status_code == 302
    assert ConnectionMove.objects.get().made_by_name == "Bea Lodge"


@pytest.mark.parametrize("page", PAGES)
def test_another_group_does_not_learn_that_it_exists(cast: Cast, page: str) -> None:
    stranger = cast.client(cast.other_provider_coordinator)
    assert stranger.get(portal(make_connection(cast), page)).status_code == 404


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["session_leader", "link_worker", "referrer"])
def test_other_roles_are_refused(cast: Cast, page: str, who: str) -> None:
    assert cast.client(getattr(cast, who)).get(portal(make_connection(cast), page)).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_signed_out_leads_to_signing_in(cast: Cast, visitor: Client, page: str) -> None:
    assert visitor.get(portal(make_connection(cast), page)).status_code == 302


def test_what_was_never_sent_is_not_there(cast: Cast, maggie: Client) -> None:
    assert maggie.get(portal(make_connection(cast, "proposed", ended_at=now()))).status_code == 404


@pytest.mark.parametrize("state", ["declined", "ended", "withdrawn"])
def test_what_is_closed_to_the_group_says_so_calmly_and_nothing_else(cast: Cast, maggie: Client, state: str) -> None:
    """An old message leads here: one page whatever happened, without a word about anybody."""
    closed = make_connection(cast, state, ended_at=now() - timedelta(days=31))
    answer = maggie.get(portal(closed))
    page = text_of(answer)
    assert answer.status_code == 410
    assert "This is closed now" in page
    told = ("Sam", "eat with other people", closed.reference, "Amara", "lunch", "Canary", "taken back by")
    assert [word for word in told if word in page] == []


def test_the_closed_page_is_the_same_whatever_happened(cast: Cast, maggie: Client) -> None:
    long_ago = now() - timedelta(days=31)
    pages = {
        re.sub(
            r'(nonce|csrf\w*|value)="[^"]*"',
            "",
            text_of(maggie.get(portal(make_connection(cast, each, ended_at=long_ago)))),
        )
        for each in ("declined", "ended", "withdrawn")
    }
    assert len({re.sub(r"[0-9a-f-]{36}", "", page) for page in pages}) == 1


@pytest.mark.parametrize("page", ["accept", "waitlist", "decline", "ask", "attendance", "enough"])
def test_nothing_can_be_answered_once_it_is_closed(cast: Cast, maggie: Client, page: str) -> None:
    closed = make_connection(cast, "ended", ended_at=now() - timedelta(days=31))
    assert maggie.get(portal(closed, page)).status_code == 404
    assert maggie.post(portal(closed, page), {"text": "hello"}).status_code == 404


def test_pages_take_only_their_methods(cast: Cast, maggie: Client) -> None:
    connection = make_connection(cast)
    assert maggie.post(portal(connection)).status_code == 405
    assert maggie.put(portal(connection, "accept")).status_code == 405
    assert maggie.post(portal(connection, "done", "accept")).status_code == 405


def test_an_unknown_thank_you_is_not_found(cast: Cast, maggie: Client) -> None:
    assert maggie.get(portal(make_connection(cast), "done", "dance")).status_code == 404


def test_somebody_who_works_for_scheme_and_group_sees_only_the_groups_own_here(cast: Cast, maggie: Client) -> None:
    elsewhere = make_connection(cast, service=make_service(cast.other_provider))
    assert maggie.get(portal(elsewhere)).status_code == 404


def test_the_page_asks_little_of_the_database(cast: Cast, maggie: Client, django_assert_max_num_queries: Any) -> None:
    connection = make_connection(cast)
    maggie.get(portal(connection))
    with django_assert_max_num_queries(16):
        maggie.get(portal(connection))
