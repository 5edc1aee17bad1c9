"""A group says whether what it was told was enough, by link and in the portal."""

from typing import Any

import pytest
from django.test import Client

from linkworks.connections.models import GroupFeedback
from tests.cast import Cast
from tests.factories.connections import make_connection, make_service

from .conftest import portal, text_of

OPEN = ["sent", "waitlisted", "accepted", "attending", "declined", "ended"]


@pytest.mark.parametrize("state", OPEN)
def test_by_link_it_is_asked_in_every_state_and_said_once(
    cast: Cast, visitor: Client, by_link: Any, state: str
) -> None:
    connection = make_connection(cast, state)
    assert by_link(connection, "enough") in text_of(visitor.get(by_link(connection)))
    said = {"enough": "no", "text": "Which days suit them?", "form_token": "once"}
    for _ in range(2):
        answer = visitor.post(by_link(connection, "enough"), said)
        assert (answer.status_code, answer["Location"]) == (302, by_link(connection, "done", "enough"))
    kept = GroupFeedback.objects.get()
    assert (kept.enough, kept.text, kept.given_by_name) == (
        "no",
        "Which days suit them?",
        "Kettle and Company (by link)",
    )
    connection.refresh_from_db()
    assert connection.state == state


def test_the_group_sees_its_own_words_again(cast: Cast, visitor: Client, by_link: Any) -> None:
    connection = make_connection(cast, "accepted")
    visitor.post(by_link(connection, "enough"), {"enough": "partly", "text": "A telephone number, please"})
    page = text_of(visitor.get(by_link(connection)))
    assert "What we told you was partly enough." in page
    assert "A telephone number, please" in page


def test_in_the_portal_too(cast: Cast, maggie: Client) -> None:
    connection = make_connection(cast)
    assert maggie.get(portal(connection, "enough")).status_code == 200
    answer = maggie.post(portal(connection, "enough"), {"enough": "yes", "text": ""}, follow=True)
    assert "Thank you for telling us" in text_of(answer)
    assert GroupFeedback.objects.get().given_by_name == "Maggie Flynn"


def test_without_an_answer_the_words_stay(cast: Cast, maggie: Client) -> None:
    answer = maggie.post(portal(make_connection(cast), "enough"), {"text": "More about the stairs"})
    page = text_of(answer)
    assert answer.status_code == 400
    assert "Choose whether it was enough" in page
    assert "More about the stairs" in page


@pytest.mark.parametrize("typed", [{"enough": "maybe"}, {"enough": "no", "text": "x" * 601}])
def test_what_can_not_be_is_said_on_the_form(cast: Cast, maggie: Client, typed: dict[str, str]) -> None:
    answer = maggie.post(portal(make_connection(cast), "enough"), typed)
    assert answer.status_code == 400
    assert "There is a problem" in text_of(answer)
    assert not GroupFeedback.objects.exists()


def test_odd_signs_are_shown_as_they_were_typed_and_never_run(cast: Cast, maggie: Client) -> None:
    connection = make_connection(cast)
    maggie.post(portal(connection, "enough"), {"enough": "no", "text": "<script>alert(1)</script> & “naïve”"})
    page = text_of(maggie.get(portal(connection)))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; “naïve”" in page


@pytest.mark.parametrize("who", ["session_leader", "link_worker", "referrer", "commissioner"])
def test_other_roles_are_refused(cast: Cast, who: str) -> None:
    assert cast.client(getattr(cast, who)).get(portal(make_connection(cast), "enough")).status_code == 403


def test_another_group_does_not_learn_that_it_exists(cast: Cast, maggie: Client) -> None:
    theirs = make_connection(cast, service=make_service(cast.other_provider))
    assert maggie.get(portal(theirs, "enough")).status_code == 404
    assert maggie.post(portal(theirs, "enough"), {"enough": "no"}).status_code == 404
    assert not GroupFeedback.objects.exists()


def test_signed_out_leads_to_signing_in_and_other_methods_are_refused(
    cast: Cast, visitor: Client, maggie: Client
) -> None:
    connection = make_connection(cast)
    assert visitor.get(portal(connection, "enough")).status_code == 302
    assert maggie.put(portal(connection, "enough")).status_code == 405
    assert maggie.delete(portal(connection, "enough")).status_code == 405


def test_an_id_of_another_connection_in_the_form_is_nothing(cast: Cast, maggie: Client) -> None:
    """What is written about is in the address, which is checked; the form can name nothing else."""
    mine, theirs = make_connection(cast), make_connection(cast, service=make_service(cast.other_provider))
    maggie.post(
        portal(mine, "enough"),
        {"enough": "no", "connection": str(theirs.pk), "connection_id": str(theirs.pk), "scheme_id": "x"},
    )
    assert GroupFeedback.objects.get().connection_id == mine.pk
